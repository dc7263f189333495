import { readdirSync, readFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, findChromium } from './tools/chromium.ts';
import { releaseKey } from './tools/integrity-list.js';
import { VERSION } from './tools/version.js';

export default defineConfig(({ mode }) => ({
	plugins: [tailwindcss(), sveltekit()],
	worker: { format: 'es' },
	define: {
		__BUILD__: JSON.stringify(VERSION),
		__RELEASE_KEY__: JSON.stringify(releaseKey()),
	},
	build: { target: 'es2022', assetsInlineLimit: 0 },
	server: { fs: { allow: ['workers', 'test'] } },
	optimizeDeps: {
		// They find their WASM beside themselves, which bundling would move.
		exclude: ['@bsull/augurs', '@bsull/augurs-prophet-wasmstan'],
		include: [
			'comlink',
			'dexie',
			'papaparse',
			'hyparquet',
			'hyparquet-compressors',
			'hyparquet-writer',
			'fflate',
			'bits-ui',
			'@tanstack/svelte-virtual',
			'svelte-sonner',
			'@tensorflow/tfjs-core',
			...imported('src', /@lucide\/svelte\/icons\/[\w-]+/g),
			...imported('workers/device', /@tensorflow\/tfjs-backend[^'?]*(?=')/g),
		],
	},
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'node',
					environment: 'node',
					include: ['test/unit/**/*.test.ts', 'test/conformance/**/*.test.ts'],
					testTimeout: 60_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'long',
					environment: 'node',
					include: ['test/long/**/*.test.ts'],
					testTimeout: 60 * 60_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['test/browser/**/*.test.ts'],
					testTimeout: 60_000,
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: {
								executablePath: mode === 'test' ? findChromium() : undefined,
								args: chromiumArguments,
							},
						}),
						instances: [{ browser: 'chromium' }],
					},
				},
			},
		],
	},
}));

/**
 * Every deep import that the sources of a folder make. Found late, Vite would bundle them in the
 * middle of a browser test and reload its page.
 */
function imported(folder: string, pattern: RegExp): string[] {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	const sources = files
		.filter((file) => /\.(ts|svelte)$/.test(file))
		.map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
	return [...new Set(sources.join().match(pattern))];
}
