import { EVERYWHERE, PAGE, vectors } from '../vector';

/** The app's own host reads along: addresses, queries, cookies. */
export const ownOrigin = [
	...vectors(47, 'own-origin', EVERYWHERE, {
		'own-query': ['a query to the own host', ({ own, token }) => fetch(`${own}/?${token}`)],
		'own-path': ['a made-up path of the own host', ({ own, token }) => fetch(`${own}/${token}`)],
		'own-post': [
			'a body sent to the own host',
			({ own, token }) => fetch(`${own}/${token}`, { method: 'POST', body: token }),
		],
	}),
	...vectors(47, 'own-origin', PAGE, {
		'own-image': [
			'a picture of the own host, with a query',
			({ own, token }) => (new Image().src = `${own}/icon.svg?${token}`),
		],
		'own-beacon': [
			'sendBeacon to the own host',
			({ own, token }) => navigator.sendBeacon(`${own}/${token}`, token),
		],
		'own-window': [
			'a window of the own host, with a query',
			({ own, token }) => void open(`${own}/?${token}`),
		],
	}),
	...vectors(48, 'own-origin', PAGE, {
		'own-worker-query': [
			'a service worker registered with a query',
			({ token }) =>
				navigator.serviceWorker.register(`/service-worker.js?${token}`, { scope: '/audit/' }),
		],
	}),
	...vectors(49, 'own-origin', PAGE, {
		'own-cookie': [
			'a cookie, and then a file of the app',
			async ({ own, token }) => {
				document.cookie = `audit=${token}; path=/`;
				await fetch(`${own}/service-worker.js`, { cache: 'no-store' });
				document.cookie = 'audit=; path=/; max-age=0';
			},
		],
	}),
	...vectors(50, 'own-origin', PAGE, {
		'own-referrer': [
			'the address of the page as referrer',
			async ({ own, token }) => {
				const before = location.href;
				history.replaceState(history.state, '', `/?${token}`);
				await fetch(`${own}/theme.js`, { cache: 'no-store' });
				history.replaceState(history.state, '', before);
			},
		],
	}),
];
