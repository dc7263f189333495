import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody else's server: whatever reaches it got out. */
export interface Canary {
	readonly http: string;
	readonly webSocket: string;
	readonly stun: string;
	/** What arrived: the path of each request, and `stun` for any packet. */
	hits(): string[];
	/** TCP connections, with or without a request on them. */
	connections(): number;
	close(): Promise<void>;
}

/** Listens on two free ports of this machine: HTTP and WebSocket on one, UDP on the other. */
export async function openCanary(): Promise<Canary> {
	const hits = new Set<string>();
	let connections = 0;
	const server = createServer((request, response) => {
		hits.add(request.url ?? '');
		response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end();
	});
	server.on('connection', () => connections++);
	server.on('upgrade', (request, socket) => {
		hits.add(request.url ?? '');
		socket.destroy();
	});
	const udp = createSocket('udp4', () => hits.add('stun'));
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	await new Promise<void>((ready) => udp.bind(0, '127.0.0.1', ready));
	const tcpPort = (server.address() as AddressInfo).port;
	return {
		http: `http://127.0.0.1:${tcpPort}`,
		webSocket: `ws://127.0.0.1:${tcpPort}`,
		stun: `stun:127.0.0.1:${udp.address().port}`,
		hits: () => [...hits].sort(),
		connections: () => connections,
		async close() {
			udp.close();
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}
