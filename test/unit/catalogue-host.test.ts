import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { fetchFromHost } from '$workers/data/host-file';
import { quietRun } from '../support/csv';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A real host on this machine. */
async function host(answer: RequestListener): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closing.push(() => server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the catalogue of the host', () => {
	test('is asked for at one address, without cookies, referrer or query', async () => {
		const asked: unknown[] = [];
		const origin = await host((request, response) => {
			const { cookie, referer } = request.headers;
			asked.push([request.method, request.url, cookie, referer]);
			response.end(Buffer.alloc(300_000, 7));
		});
		const seen: number[] = [];
		const run = { ...quietRun, onProgress: ({ done }: { done: number }) => seen.push(done) };
		const bytes = await fetchFromHost('homes', origin, run);
		expect(bytes?.byteLength).toBe(300_000);
		expect(seen.at(-1)).toBe(300_000);
		expect(asked).toEqual([['GET', '/catalogue/homes.bin', undefined, undefined]]);
	});

	test('is absent where the host answers 404, or with its page', async () => {
		const missing = await host((_, response) => response.writeHead(404).end('no'));
		const page = await host((_, response) =>
			response
				.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
				.end('<!doctype html>'),
		);
		expect(await fetchFromHost('homes', missing, quietRun)).toBeNull();
		expect(await fetchFromHost('homes', page, quietRun)).toBeNull();
	});

	test('is a fault where the host fails, sends elsewhere or is not there', async () => {
		const failing = await host((_, response) => response.writeHead(500).end());
		const elsewhere = await host((_, response) =>
			response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
		);
		for (const origin of [failing, elsewhere, 'http://127.0.0.1:9'])
			await expect(fetchFromHost('homes', origin, quietRun)).rejects.toMatchObject({
				name: 'NotReady',
			});
	});

	test('stops when cancelled', async () => {
		const origin = await host((_, response) => response.end(Buffer.alloc(1_000_000)));
		const cancelled = { ...quietRun, cancelled: () => true };
		await expect(fetchFromHost('homes', origin, cancelled)).rejects.toMatchObject({
			name: 'Cancelled',
		});
	});
});
