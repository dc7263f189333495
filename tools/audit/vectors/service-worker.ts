import { vectors } from '../vector';

interface Scope {
	clients: {
		matchAll(options: object): Promise<{ navigate(url: string): unknown }[]>;
		openWindow(url: string): unknown;
	};
}

/** What only a service worker can do. */
export const serviceWorker = [
	...vectors(46, 'request', ['service-worker'], {
		'cache-add-all': [
			'Cache.addAll',
			async ({ url }) => {
				const cache = await caches.open('audit');
				await cache.addAll([url]);
			},
		],
	}),
	...vectors(35, 'navigation', ['service-worker'], {
		'client-navigate': [
			'taking an open page elsewhere',
			async ({ url }) => {
				const { clients } = globalThis as unknown as Scope;
				const open = await clients.matchAll({ type: 'window' });
				await Promise.allSettled(open.map(async (client) => client.navigate(url)));
			},
		],
		'open-window': [
			'opening a window',
			({ url }) => (globalThis as unknown as Scope).clients.openWindow(url),
		],
	}),
	...vectors(44, 'request', ['service-worker'], {
		'background-fetch': [
			'background fetch',
			({ url, token }) => {
				const { registration } = globalThis as unknown as {
					registration: { backgroundFetch: { fetch(id: string, url: string): unknown } };
				};
				return registration.backgroundFetch.fetch(token, url);
			},
		],
	}),
];
