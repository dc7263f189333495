import { EVERYWHERE, PAGE, vectors } from '../vector';

/** The audit's host sends `/audit-redirect?<address>` on to that address, as a careless host might. */
export const redirects = [
	...vectors(30, 'request', EVERYWHERE, {
		'redirect-fetch': [
			'fetch of an address that the own host redirects',
			({ own, url }) => fetch(`${own}/audit-redirect?${url}`, { mode: 'no-cors' }),
		],
	}),
	...vectors(30, 'request', PAGE, {
		'redirect-image': [
			'a picture that the own host redirects',
			({ own, url }) => (new Image().src = `${own}/audit-redirect?${url}`),
		],
		'redirect-frame': [
			'an <iframe> that the own host redirects',
			({ own, url }, { add }) => add('iframe', { src: `${own}/audit-redirect?${url}` }),
		],
	}),
	...vectors(30, 'navigation', PAGE, {
		'redirect-page': [
			'a page that the own host redirects',
			({ own, url }) => (location.href = `${own}/audit-redirect?${url}`),
		],
	}),
];
