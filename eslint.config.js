import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { forbiddenImports, rooms } from './tools/lint/rooms.js';

/** Ways out of the device. Only the files named below may use one, each for our own files alone. */
const WAYS_OUT = [
	'fetch',
	'XMLHttpRequest',
	'WebSocket',
	'WebSocketStream',
	'EventSource',
	'WebTransport',
	'RTCPeerConnection',
	'fetchLater',
].map((name) => ({
	name,
	message:
		'Nothing leaves: only workers/data/host-file.ts and the service worker ask the host for files.',
}));

export default defineConfig(
	{ ignores: ['build/', '.svelte-kit/', 'node_modules/', 'test-results/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.worker, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-console': 'error',
			'no-eval': 'error',
			eqeqeq: 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig,
			},
		},
	},
	{
		files: ['**/*.svelte'],
		rules: {
			// The app owns the root of its origin (its policy and erasing are for a whole origin): no base path.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/no-at-html-tags': 'error',
			'svelte/no-inline-styles': ['error', { allowTransitions: true }],
		},
	},
	...rooms.map((room) => ({
		files: [room.path.endsWith('.ts') ? room.path : `${room.path}/**/*`],
		rules: { 'no-restricted-imports': ['error', { patterns: forbiddenImports(room) }] },
	})),
	{
		files: ['src/**/*', 'workers/**/*'],
		// level.ts asks for the headers of its own page, to tell which part of the policy is in force.
		// The self-test tries the ways out, to see them stopped: docs/adr/0004.
		ignores: [
			'workers/data/host-file.ts',
			'src/service-worker.ts',
			'src/lib/policy/level.ts',
			'src/lib/policy/self-test/**',
		],
		rules: {
			'no-restricted-globals': ['error', ...WAYS_OUT],
			'no-restricted-properties': [
				'error',
				{ object: 'navigator', property: 'sendBeacon', message: 'Nothing leaves.' },
				{ object: 'document', property: 'cookie', message: 'No cookies: the host would see them.' },
				{ object: 'window', property: 'open', message: 'No link leaves by itself.' },
				{ object: 'location', property: 'assign', message: 'No link leaves by itself.' },
				{ object: 'Math', property: 'random', message: 'Randomness is handed in.' },
			],
		},
	},
	{
		files: ['tools/**/*', 'test/**/*'],
		rules: { 'no-console': 'off' },
	},
);
