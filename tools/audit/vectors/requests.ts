import { EVERYWHERE, PAGE, PAGE_AND_WORKER, vectors } from '../vector';

/** Plain requests by a script. */
export const requests = [
	...vectors(1, 'request', EVERYWHERE, {
		'fetch-get': ['fetch, GET', ({ url }) => fetch(url, { mode: 'no-cors' })],
		'fetch-post': [
			'fetch, POST with a body',
			({ url }) => fetch(url, { mode: 'no-cors', method: 'POST', body: 'secret' }),
		],
		'fetch-keepalive': [
			'fetch that outlives the page',
			({ url }) => fetch(url, { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true }),
		],
		'fetch-cors': [
			'fetch with a header of its own, asked for first (CORS)',
			({ url }) => fetch(url, { headers: { 'X-Secret': 'x' } }),
		],
	}),
	...vectors(2, 'request', PAGE_AND_WORKER, {
		'xhr-get': [
			'XMLHttpRequest, GET',
			({ url }) => {
				const request = new XMLHttpRequest();
				request.open('GET', url);
				request.send();
			},
		],
		'xhr-post': [
			'XMLHttpRequest, POST',
			({ url }) => {
				const request = new XMLHttpRequest();
				request.open('POST', url);
				request.send('secret');
			},
		],
	}),
	...vectors(3, 'request', PAGE, {
		beacon: ['sendBeacon', ({ url }) => navigator.sendBeacon(url, 'secret')],
	}),
	...vectors(5, 'request', EVERYWHERE, {
		'event-source': ['EventSource', ({ url }) => void new EventSource(url)],
	}),
	...vectors(7, 'request', PAGE, {
		'fetch-later': [
			'fetchLater',
			({ near }) => {
				const later = globalThis as unknown as {
					fetchLater(url: string, options: { activateAfter: number }): unknown;
				};
				later.fetchLater(near, { activateAfter: 0 });
			},
		],
	}),
	...vectors(46, 'request', EVERYWHERE, {
		'cache-add': [
			'Cache.add',
			async ({ url }) => {
				const cache = await caches.open('audit');
				await cache.add(new Request(url, { mode: 'no-cors' }));
			},
		],
	}),
];
