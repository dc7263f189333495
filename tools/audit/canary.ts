import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What arrived: a request, a connection without one, a packet (UDP), or a look-up of a name. */
export type HitKind = 'request' | 'connection' | 'packet' | 'lookup' | 'own-host';

export interface Hit {
	readonly token: string;
	readonly kind: HitKind;
	/** For people: e.g. `GET /token`. */
	readonly detail: string;
}

/** Somebody else's servers: whatever reaches them got out. */
export interface Canary {
	/** The port of each token; HTTP, WebSocket and bare TCP on it, and UDP. */
	readonly ports: ReadonlyMap<string, number>;
	hits(): Hit[];
	close(): Promise<void>;
}

/** A server of its own for every token, so that even a bare connection tells who made it. */
export async function openCanary(tokens: readonly string[]): Promise<Canary> {
	const hits: Hit[] = [];
	const note = (token: string, kind: HitKind, detail: string) => hits.push({ token, kind, detail });
	const stations = await Promise.all(tokens.map((token) => openStation(token, note)));
	return {
		ports: new Map(stations.map(({ token, port }) => [token, port])),
		hits: () => [...hits],
		async close() {
			await Promise.all(stations.map((station) => station.close()));
		},
	};
}

interface Station {
	readonly token: string;
	readonly port: number;
	close(): Promise<void>;
}

type Note = (token: string, kind: HitKind, detail: string) => void;

async function openStation(token: string, note: Note): Promise<Station> {
	const server = createServer((request, response) => {
		note(token, 'request', `${request.method} ${request.url}`);
		response.writeHead(200, answerHeaders(request.headers)).end();
	});
	server.on('connection', () => note(token, 'connection', 'TCP'));
	server.on('upgrade', (request, socket) => {
		note(token, 'request', `WebSocket ${request.url}`);
		socket.destroy();
	});
	server.on('clientError', (_error, socket) => socket.destroy());
	const { port, udp } = await bothPorts(server);
	udp.on('message', (message) => note(token, 'packet', `UDP, ${message.length} bytes`));
	return {
		token,
		port,
		async close() {
			udp.close();
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

/** It lets everything in: a browser's caution must not be taken for the policy. */
function answerHeaders(asked: { readonly [name: string]: string | string[] | undefined }) {
	return {
		'Access-Control-Allow-Origin': '*',
		'Access-Control-Allow-Headers': '*',
		'Access-Control-Allow-Private-Network': 'true',
		'Cross-Origin-Resource-Policy': 'cross-origin',
		'Content-Type': asked['sec-fetch-dest'] === 'style' ? 'text/css' : 'text/javascript',
	};
}

/** The same port for TCP and UDP: another try where somebody has the one of them. */
async function bothPorts(server: Server): Promise<{ port: number; udp: UdpSocket }> {
	for (;;) {
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const { port } = server.address() as AddressInfo;
		const udp = createSocket('udp4');
		const bound = await new Promise<boolean>((done) => {
			udp.once('error', () => done(false));
			udp.bind(port, '127.0.0.1', () => done(true));
		});
		if (bound) return { port, udp };
		udp.close();
		await new Promise((done) => server.close(done));
	}
}
