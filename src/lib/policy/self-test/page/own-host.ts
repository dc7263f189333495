import { absent, answered, refused, type Aim, type Sign, type Way } from '../way';

const UNCONTROLLED: Sign = {
	kind: 'put-off',
	because:
		'This page was loaded without the service worker, which stops it: its own host would see the address. Reload and run again.',
};

/** Asks the app's own host for what is none of its files: the service worker has to refuse. */
async function asked(aim: Aim, address: string, options: RequestInit = {}): Promise<Sign> {
	if (!aim.controlled) return UNCONTROLLED;
	const response = await fetch(address, { ...options, cache: 'no-store', credentials: 'omit' });
	const entries = performance.getEntriesByName(new URL(address, location.href).href);
	const entry = entries.at(-1) as PerformanceResourceTiming | undefined;
	const fromNetwork = (entry?.transferSize ?? 0) > 0;
	return response.status === 404 && !fromNetwork ? { kind: 'by-service-worker' } : answered;
}

const way = (
	id: string,
	name: string,
	attempt: (aim: Aim) => Promise<Sign> | Sign,
	row = 47,
): Way => ({ id, name, group: 'own-host', rows: [row], place: 'service-worker', attempt });

export const ownHost: readonly Way[] = [
	way('own-path', 'A path that says something', (aim) => asked(aim, aim.own)),
	way('own-query', 'A query that says something', (aim) => asked(aim, `/?${aim.token}`)),
	way('own-file-query', 'A query on one of the files', (aim) =>
		asked(aim, `/theme.js?${aim.token}`),
	),
	way('own-catalogue', 'A query on the catalogue', (aim) =>
		asked(aim, `/catalogue/homes.bin?${aim.token}`),
	),
	way('own-post', 'A body sent to the host', (aim) =>
		asked(aim, '/', { method: 'POST', body: aim.token }),
	),
	{
		id: 'own-worker',
		name: 'A service worker with a query',
		group: 'own-host',
		rows: [48],
		place: 'page',
		alone: true,
		async attempt({ token, own }) {
			if (!navigator.serviceWorker) return absent;
			try {
				const registration = await navigator.serviceWorker.register(`/service-worker.js?${token}`, {
					scope: `${own}/`,
				});
				await registration.unregister();
				return answered;
			} catch (error) {
				return refused(error);
			}
		},
	},
	{
		id: 'cookie',
		name: 'A cookie',
		group: 'own-host',
		rows: [49],
		place: 'page',
		because:
			'No rule of a browser stops one, and trying would leave one. The app sets none; the audit looks for them.',
	},
];
