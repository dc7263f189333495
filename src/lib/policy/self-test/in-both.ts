import type { SelfTestPlace } from '$lib/contracts';
import { absent, answered, firstOf, refused, type TriedWay } from './way';

type Scope = typeof globalThis & {
	readonly WebSocketStream?: new (address: string) => { readonly opened: Promise<unknown> };
	readonly WebTransport?: new (address: string) => {
		readonly ready: Promise<unknown>;
		readonly closed: Promise<unknown>;
	};
	/** Called by another name, so that no bundler takes a text for code of its own. */
	readonly eval: (text: string) => unknown;
};
const scope = globalThis as Scope;

/** The ways that a page and a worker have in common. */
export const inBoth = (place: SelfTestPlace): readonly TriedWay[] =>
	WAYS.map((way) => ({ ...way, place }));

const WAYS: readonly Omit<TriedWay, 'place'>[] = [
	{
		id: 'fetch',
		name: 'fetch',
		group: 'requests',
		rows: [1],
		attempt: ({ address }) => fetch(address, { mode: 'no-cors' }).then(() => answered),
	},
	{
		id: 'fetch-post',
		name: 'fetch with a body, kept alive',
		group: 'requests',
		rows: [1],
		attempt: ({ address, token }) =>
			fetch(address, { mode: 'no-cors', method: 'POST', body: token, keepalive: true }).then(
				() => answered,
			),
	},
	{
		id: 'xhr',
		name: 'XMLHttpRequest',
		group: 'requests',
		rows: [2],
		attempt({ address }) {
			const request = new XMLHttpRequest();
			const sign = firstOf(request, 'load', 'error');
			request.open('GET', address);
			request.send();
			return sign;
		},
	},
	{
		id: 'cache-add',
		name: 'Into a cache',
		group: 'requests',
		rows: [46],
		async attempt({ address, token }) {
			const cache = await caches.open(token);
			try {
				await cache.add(address);
				return answered;
			} finally {
				await caches.delete(token);
			}
		},
	},
	{
		id: 'websocket',
		name: 'WebSocket',
		group: 'sockets',
		rows: [4],
		async attempt({ address }) {
			const socket = new WebSocket(address.replace(/^http/, 'ws'));
			const sign = await firstOf(socket, 'open', 'error');
			socket.close();
			return sign;
		},
	},
	{
		id: 'websocket-stream',
		name: 'WebSocketStream',
		group: 'sockets',
		rows: [4],
		attempt({ address }) {
			if (!scope.WebSocketStream) return absent;
			const socket = new scope.WebSocketStream(address.replace(/^http/, 'ws'));
			return socket.opened.then(() => answered);
		},
	},
	{
		id: 'event-source',
		name: 'EventSource',
		group: 'sockets',
		rows: [5],
		ending: '.events',
		async attempt({ address }) {
			const source = new EventSource(address);
			const sign = await firstOf(source, 'open', 'error');
			source.close();
			return sign;
		},
	},
	{
		id: 'web-transport',
		name: 'WebTransport',
		group: 'sockets',
		rows: [6],
		attempt({ address }) {
			if (!scope.WebTransport) return absent;
			const transport = new scope.WebTransport(address.replace(/^http:/, 'https:'));
			transport.closed.catch(() => {});
			return transport.ready.then(() => answered);
		},
	},
	{
		id: 'wasm-stream',
		name: 'Compiled while it loads',
		group: 'sockets',
		rows: [37],
		ending: '.wasm',
		attempt: ({ address }) => WebAssembly.compileStreaming(fetch(address)).then(() => answered),
	},
	{
		id: 'import',
		name: 'import of a module',
		group: 'code',
		rows: [14],
		ending: '.js',
		attempt: ({ address }) => import(/* @vite-ignore */ address).then(() => answered),
	},
	{
		id: 'worker-of-text',
		name: 'A worker made of text',
		group: 'code',
		rows: [33],
		alone: true,
		async attempt({ address }) {
			const text = `fetch(${JSON.stringify(address)}, { mode: 'no-cors' }).then(() => postMessage(1))`;
			const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
			try {
				const worker = new Worker(url);
				const sign = await Promise.race([firstOf(worker, 'message', 'error'), later(1_000)]);
				worker.terminate();
				return sign;
			} finally {
				URL.revokeObjectURL(url);
			}
		},
	},
	{
		id: 'eval',
		name: 'eval',
		group: 'code',
		rows: [38],
		alone: true,
		attempt: () => ran(() => scope.eval('1')),
	},
	{
		id: 'function-of-text',
		name: 'A function made of text',
		group: 'code',
		rows: [38],
		alone: true,
		attempt: () => ran(() => new Function('return 1')()),
	},
	{
		id: 'timer-of-text',
		name: 'A timer with text',
		group: 'code',
		rows: [38],
		alone: true,
		attempt: () => ran(() => clearTimeout(setTimeout('1', 0))),
	},
];

function ran(work: () => unknown) {
	try {
		work();
		return answered;
	} catch (error) {
		return refused(error);
	}
}

const later = (milliseconds: number) =>
	new Promise<typeof refusedLate>((resolve) =>
		setTimeout(() => resolve(refusedLate), milliseconds),
	);
const refusedLate = refused(undefined);
