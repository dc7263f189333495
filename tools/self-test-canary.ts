import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type ServerResponse } from 'node:http';
import path from 'node:path';

/** The other end of the app's self-test: answers whatever it is asked, to whomever, and counts. */
export interface SelfTestCanary {
	/** What arrived: `GET /path`, and `stun` for a packet of WebRTC. */
	readonly hits: readonly string[];
	close(): Promise<void>;
}

/** One transparent pixel. */
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);
/** The shortest module: its mark and its version. */
const WASM = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
/** Tells the page that framed it that it was loaded. */
const DOCUMENT =
	'<!doctype html><title>self-test</title><script>top.postMessage(location.pathname, "*")</script>';

const ANSWERS: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
	'.png': ['image/png', PIXEL],
	'.css': ['text/css', ':root{}'],
	'.js': ['text/javascript', 'export {};'],
	'.wasm': ['application/wasm', WASM],
	'.html': ['text/html', DOCUMENT],
	'.events': ['text/event-stream', ': open\n\n'],
};

/** Named by the WebSocket protocol (RFC 6455, section 1.3). */
const WEBSOCKET_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Listens on one port, TCP and UDP, as somebody else's server would: HTTP with every door open,
 * WebSocket, and STUN for WebRTC.
 *
 * @throws where the port is taken
 */
export async function openSelfTestCanary(port: number, host: string): Promise<SelfTestCanary> {
	const hits: string[] = [];
	const server = createServer((request, response) => {
		hits.push(`${request.method} ${request.url}`);
		answer(new URL(request.url ?? '/', 'http://host').pathname, response);
	});
	server.on('upgrade', (request, socket) => {
		hits.push(`${request.method} ${request.url}`);
		const key = request.headers['sec-websocket-key'] ?? '';
		const accept = createHash('sha1')
			.update(key + WEBSOCKET_KEY)
			.digest('base64');
		socket.write(
			`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
		);
		setTimeout(() => socket.destroy(), 500).unref();
	});
	const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
	udp.on('message', (packet, sender) => {
		hits.push('stun');
		udp.send(stunAnswer(packet), sender.port, sender.address);
	});
	await new Promise<void>((ready, failed) => {
		server.once('error', failed);
		server.listen(port, host, ready);
	});
	await bound(udp, port, host);
	return {
		hits,
		async close() {
			udp.close();
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

function answer(pathname: string, response: ServerResponse): void {
	const [type, body] = ANSWERS[path.extname(pathname)] ?? ['text/plain', 'self-test'];
	response.writeHead(200, {
		'Content-Type': type,
		'Access-Control-Allow-Origin': '*',
		'Access-Control-Allow-Headers': '*',
		'Cross-Origin-Resource-Policy': 'cross-origin',
		'Cross-Origin-Embedder-Policy': 'require-corp',
		'Timing-Allow-Origin': '*',
		'Cache-Control': 'no-store',
	});
	response.end(body);
}

/**
 * The answer to a STUN binding request (RFC 8489): its transaction, and one XOR-MAPPED-ADDRESS, an
 * address of TEST-NET-3, which the browser shows as a candidate only where this answer arrived.
 */
function stunAnswer(request: Buffer): Buffer {
	const head = Buffer.from([0x01, 0x01, 0, 12]);
	const cookieAndTransaction = request.subarray(4, 20);
	const mapped = Buffer.from([0, 0x20, 0, 8, 0, 1, 0x13, 0x88, 203, 0, 113, 7]);
	for (const [at, byte] of [0x21, 0x12].entries()) mapped[6 + at]! ^= byte;
	for (const [at, byte] of [0x21, 0x12, 0xa4, 0x42].entries()) mapped[8 + at]! ^= byte;
	return Buffer.concat([head, cookieAndTransaction, mapped]);
}

/** A taken UDP port is no reason to stop: WebRTC is judged by what it finds, not by an answer. */
const bound = (udp: Socket, port: number, host: string): Promise<void> =>
	new Promise((done) => {
		udp.once('error', () => done());
		udp.bind(port, host, done);
	});
