import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Before, serveFolder } from '../static-server';

/** A request as the app's host saw it. */
export interface HostRequest {
	readonly at: Date;
	readonly method: string;
	/** Path and query. */
	readonly url: string;
	readonly cookie: string;
	readonly referrer: string;
	/** All of them, those above included. */
	readonly headers: Readonly<Record<string, string>>;
}

/** The app's own host, which writes down what it is asked. */
export interface Host {
	readonly address: string;
	readonly requests: readonly HostRequest[];
	/** Whether the service worker's file is there. */
	offerServiceWorker: boolean;
	close(): Promise<void>;
}

export interface HostOptions {
	readonly headers: boolean;
	/** Adds what the vectors need: a careless redirect, and a worker that sends what it is told. */
	readonly careless?: boolean;
}

const REDIRECT = '/audit-redirect?';
const WORKER = '/audit-worker.js';
const WORKER_CODE = "fetch(self.name, { mode: 'no-cors' });";

/** Serves a built folder on a free port of this machine, with the headers that it names itself. */
export async function openHost(folder: string, options: HostOptions): Promise<Host> {
	const requests: HostRequest[] = [];
	const host = { address: '', requests, offerServiceWorker: true, close: async () => undefined };
	const before: Before = (request, response) => {
		requests.push(seen(request));
		const url = request.url ?? '';
		if (!host.offerServiceWorker && url === '/service-worker.js') return refuse(response);
		return options.careless === true && answerCarelessly(url, response);
	};
	const { headers } = options;
	const server = await serveFolder(folder, { port: 0, host: '127.0.0.1', headers, before });
	return Object.assign(host, { address: server.address, close: () => server.close() });
}

function seen(request: IncomingMessage): HostRequest {
	return {
		at: new Date(),
		method: request.method ?? '',
		url: request.url ?? '',
		cookie: request.headers.cookie ?? '',
		referrer: request.headers.referer ?? '',
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		),
	};
}

function refuse(response: ServerResponse): true {
	response.writeHead(404).end();
	return true;
}

function answerCarelessly(url: string, response: ServerResponse): boolean {
	if (url.startsWith(REDIRECT))
		response.writeHead(302, { Location: url.slice(REDIRECT.length) }).end();
	else if (url === WORKER)
		response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(WORKER_CODE);
	else return false;
	return true;
}
