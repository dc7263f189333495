import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sirv from 'sirv';

/** One rule of a `_headers` file: an exact path, or all that begins with what stands before `*`. */
export interface HeaderRule {
	readonly path: string;
	readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface StaticServer {
	/** E.g. `http://127.0.0.1:4173`, without a slash at the end. */
	readonly address: string;
	/** Whether browsers allow a service worker there. */
	readonly secure: boolean;
	/** Every request so far, as `GET /path?query`. */
	readonly requests: readonly string[];
	close(): Promise<void>;
}

/** Sees each request, its policy's headers set on the answer; `true` where it has answered itself. */
export type Before = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Serves a built folder like a static host: clean addresses, `404.html`, and the headers that its
 * own `_headers` file names, on every answer. Where a file's `.br` stands beside it, that is sent.
 *
 * @param options  `port` 0 takes a free one; `headers: false` plays a host that sends none
 */
export function serveFolder(
	folder: string,
	options: { port: number; host: string; headers: boolean; before?: Before },
): Promise<StaticServer> {
	const rules = options.headers ? readRules(folder) : [];
	const requests: string[] = [];
	// `dev`: files are looked up anew for each request, so that a test may deploy another build.
	const serve = sirv(folder, { dev: true, etag: true, brotli: true, extensions: ['html'] });
	const server = createServer((request, response) => {
		requests.push(`${request.method} ${request.url}`);
		for (const [name, value] of headersFor(rules, pathOf(request))) {
			response.setHeader(name, value);
		}
		if (options.before?.(request, response)) return;
		serve(request, response, () => notFound(folder, response));
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port, options.host, () => {
			const { port } = server.address() as AddressInfo;
			resolve({
				address: `http://${options.host}:${port}`,
				secure: /^(127\.|localhost$|\[?::1)/.test(options.host),
				requests,
				close: () => {
					server.closeAllConnections();
					return new Promise((done) => server.close(() => done()));
				},
			});
		});
	});
}

/** Reads a `_headers` file: a path at the start of a line, its headers indented below. */
export function parseHeaders(text: string): HeaderRule[] {
	const rules: { path: string; headers: [string, string][] }[] = [];
	for (const line of text.split('\n')) {
		const [, name, value] = /^\s+([^:\s]+):\s*(.+)$/.exec(line) ?? [];
		if (name && value) rules.at(-1)?.headers.push([name, value]);
		else if (line.startsWith('/')) rules.push({ path: line.trim(), headers: [] });
	}
	return rules;
}

/** The headers that a host sends for a path: those of every rule that matches. */
export function headersFor(
	rules: readonly HeaderRule[],
	pathname: string,
): (readonly [name: string, value: string])[] {
	return rules.filter((rule) => matches(rule.path, pathname)).flatMap((rule) => rule.headers);
}

function matches(rule: string, pathname: string): boolean {
	return rule.endsWith('*') ? pathname.startsWith(rule.slice(0, -1)) : pathname === rule;
}

function readRules(folder: string): HeaderRule[] {
	return parseHeaders(readFileSync(path.join(folder, '_headers'), 'utf8'));
}

function pathOf(request: IncomingMessage): string {
	return new URL(request.url ?? '/', 'http://host').pathname;
}

function notFound(folder: string, response: ServerResponse): void {
	const page = path.join(folder, '404.html');
	response.statusCode = 404;
	response.setHeader('Content-Type', 'text/html; charset=utf-8');
	response.end(existsSync(page) ? readFileSync(page) : '');
}
