import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import adapter from './tools/static-with-precache.js';
import { VERSION } from './tools/version.js';
import { kitDirectives } from './src/lib/policy/policy.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: {
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true),
	},
	kit: {
		adapter: adapter({ pages: 'build', assets: 'build', fallback: '404.html', strict: true }),
		alias: { $workers: 'workers' },
		typescript: {
			// The service worker and the workers have tsconfigs of their own, without the DOM.
			config: (config) => ({
				...config,
				include: [...config.include, '../test/**/*.ts', '../*.config.ts'],
			}),
		},
		paths: { relative: false },
		serviceWorker: { register: false },
		// Kit's default is a timestamp, and two builds of the same source would differ.
		version: { name: VERSION, pollInterval: 0 },
		csp: { mode: 'hash', directives: kitDirectives },
	},
};
