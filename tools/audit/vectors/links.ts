import { PAGE, vectors } from '../vector';

/** What a page may ask the browser to fetch or to prepare. */
export const links = [
	...vectors(15, 'request', PAGE, {
		'preload-image': [
			'<link rel=preload as=image>',
			({ url }, { add }) => add('link', { rel: 'preload', as: 'image', href: url }, document.head),
		],
		'preload-script': [
			'<link rel=preload as=script>',
			({ url }, { add }) => add('link', { rel: 'preload', as: 'script', href: url }, document.head),
		],
		'preload-style': [
			'<link rel=preload as=style>',
			({ url }, { add }) => add('link', { rel: 'preload', as: 'style', href: url }, document.head),
		],
		'preload-font': [
			'<link rel=preload as=font>',
			({ url }, { add }) =>
				add('link', { rel: 'preload', as: 'font', crossorigin: '', href: url }, document.head),
		],
		'preload-fetch': [
			'<link rel=preload as=fetch>',
			({ url }, { add }) =>
				add('link', { rel: 'preload', as: 'fetch', crossorigin: '', href: url }, document.head),
		],
		prefetch: [
			'<link rel=prefetch>',
			({ url }, { add }) => add('link', { rel: 'prefetch', href: url }, document.head),
		],
		'link-prerender': [
			'<link rel=prerender>',
			({ url }, { add }) => add('link', { rel: 'prerender', href: url }, document.head),
		],
		'link-dictionary': [
			'<link rel=compression-dictionary>',
			({ url }, { add }) =>
				add(
					'link',
					{ rel: 'compression-dictionary', crossorigin: 'anonymous', href: url },
					document.head,
				),
		],
	}),
	...vectors(16, 'lookup', PAGE, {
		'dns-prefetch': [
			'<link rel=dns-prefetch>',
			({ url }, { add }) => add('link', { rel: 'dns-prefetch', href: url }, document.head),
		],
		'dns-hover': [
			'a link with its name looked up beforehand',
			({ url }, { add }) => {
				add('meta', { 'http-equiv': 'x-dns-prefetch-control', content: 'on' }, document.head);
				add('a', { href: url }).append('x');
			},
		],
	}),
	...vectors(17, 'lookup', PAGE, {
		preconnect: [
			'<link rel=preconnect>',
			({ url }, { add }) => add('link', { rel: 'preconnect', href: url }, document.head),
		],
	}),
	...vectors(19, 'request', PAGE, {
		icon: [
			'<link rel=icon>',
			({ url }, { add }) => {
				for (const icon of document.querySelectorAll('link[rel=icon]')) icon.remove();
				add('link', { rel: 'icon', href: url }, document.head);
			},
		],
		manifest: [
			'<link rel=manifest>',
			({ url }, { add }) => {
				for (const manifest of document.querySelectorAll('link[rel=manifest]')) manifest.remove();
				add('link', { rel: 'manifest', href: url }, document.head);
			},
		],
	}),
	...vectors(29, 'request', PAGE, {
		ping: ['<a ping>', ({ url }, { add }) => add('a', { href: '#ping', ping: url }).click()],
	}),
	...vectors(31, 'request', PAGE, {
		'speculation-prefetch': [
			'speculation rules, prefetch',
			({ near }, { add }) => {
				const rules = { prefetch: [{ source: 'list', urls: [near] }] };
				add('script', { type: 'speculationrules' }).textContent = JSON.stringify(rules);
			},
		],
		'speculation-prerender': [
			'speculation rules, prerender',
			({ near }, { add }) => {
				const rules = { prerender: [{ source: 'list', urls: [near] }] };
				add('script', { type: 'speculationrules' }).textContent = JSON.stringify(rules);
			},
		],
	}),
	...vectors(39, 'request', PAGE, {
		base: [
			'<base href>, and then a path',
			({ origin, token }, { add }) => {
				const base = add('base', { href: `${origin}/` }, document.head);
				document.head.prepend(base);
				new Image().src = token;
				setTimeout(() => base.remove(), 50);
			},
		],
	}),
];
