/**
 * The security policy of Doorstep, written once. From here come the `<meta>` tag of every page
 * (through svelte.config.js), the `_headers` file of the host, and with it the headers of
 * `npm start` and of the service worker. Plain JavaScript: Node reads it before anything is built.
 */

/**
 * What a page may load and run, as SvelteKit takes it. It adds the hash of its own inline script.
 * The hash of `style-src-attr` is that of the style attribute of SvelteKit's route announcer.
 *
 * @satisfies {NonNullable<import('@sveltejs/kit').KitConfig['csp']>['directives']}
 */
export const kitDirectives = {
	'default-src': ['none'],
	'script-src': ['self', 'wasm-unsafe-eval'],
	'style-src': ['self'],
	'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
	'img-src': ['self', 'blob:', 'data:'],
	'font-src': ['self'],
	'connect-src': ['self'],
	'worker-src': ['self', 'blob:'],
	'manifest-src': ['self'],
	'base-uri': ['none'],
	'form-action': ['none'],
	'frame-src': ['none'],
	'object-src': ['none'],
	'require-trusted-types-for': ['script'],
	'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'app-url'],
};

/** Directives that a `<meta>` tag may not carry. */
const HEADER_ONLY = { 'frame-ancestors': ['none'] };

/** What no page of Doorstep ever asks the browser for. Names that Chromium does not know are left out: it logs an error for each. */
const PERMISSIONS = [
	'camera=()',
	'microphone=()',
	'geolocation=()',
	'payment=()',
	'publickey-credentials-get=(self)',
	'identity-credentials-get=()',
	'usb=()',
	'serial=()',
	'hid=()',
	'midi=()',
	'display-capture=()',
	'clipboard-read=()',
	'browsing-topics=()',
	'local-network-access=()',
];

/** Where a person's data is erased: the host answers it with `Clear-Site-Data`. */
export const ERASE_PATH = '/erase';

/**
 * The headers of every response, 404s and workers included: a window or a worker takes the policy
 * of its own response, so one bare response would be a way out.
 *
 * @param {readonly string[]} scriptHashes  of the inline scripts of the built pages, as `sha256-…`
 * @returns {[name: string, value: string][]}
 */
export function headers(scriptHashes) {
	return [
		['Content-Security-Policy', contentSecurityPolicy(scriptHashes)],
		// One character wrong, and the browser refuses everything: a list with one item, no parameter.
		['Connection-Allowlist', '(response-origin)'],
		['Permissions-Policy', PERMISSIONS.join(', ')],
		['Cross-Origin-Opener-Policy', 'same-origin'],
		['Cross-Origin-Embedder-Policy', 'require-corp'],
		['Cross-Origin-Resource-Policy', 'same-origin'],
		['Referrer-Policy', 'no-referrer'],
		['X-Content-Type-Options', 'nosniff'],
	];
}

/**
 * The `_headers` file, as Netlify and Cloudflare Pages read it.
 *
 * @param {readonly string[]} scriptHashes
 */
export function headersFile(scriptHashes) {
	const lines = (/** @type {[string, string][]} */ pairs) =>
		pairs.map(([name, value]) => `  ${name}: ${value}`);
	return [
		'/*',
		...lines(headers(scriptHashes)),
		ERASE_PATH,
		...lines([['Clear-Site-Data', '"*"']]),
		'',
	].join('\n');
}

/** @param {readonly string[]} scriptHashes */
function contentSecurityPolicy(scriptHashes) {
	const directives = {
		...kitDirectives,
		...HEADER_ONLY,
		'script-src': [...kitDirectives['script-src'], ...scriptHashes],
	};
	return Object.entries(directives)
		.map(([name, sources]) => [name, ...sources.map((source) => quoted(name, source))].join(' '))
		.join('; ');
}

/** @param {string} directive @param {string} source */
function quoted(directive, source) {
	const bare = directive === 'trusted-types' || source.endsWith(':');
	return bare ? source : `'${source}'`;
}
