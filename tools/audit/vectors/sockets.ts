import { EVERYWHERE, vectors } from '../vector';

/** Connections that stay open. */
export const sockets = [
	...vectors(4, 'request', EVERYWHERE, {
		websocket: ['WebSocket', ({ socket }) => void new WebSocket(socket)],
		'websocket-stream': [
			'WebSocketStream',
			({ socket }) => {
				const { WebSocketStream } = globalThis as unknown as {
					WebSocketStream: new (url: string) => unknown;
				};
				return new WebSocketStream(socket);
			},
		],
	}),
	...vectors(6, 'request', EVERYWHERE, {
		webtransport: ['WebTransport', ({ secure }) => new WebTransport(secure).ready],
	}),
];
