import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import adapterStatic from '@sveltejs/adapter-static';
import { headers, headersFile } from '../src/lib/policy/policy.js';
import { filesIn, sha256, writeIntegrity } from './integrity-list.js';
import { VERSION } from './version.js';

/** Where the service worker expects the description of its build. */
const PLACEHOLDER = 'self.DOORSTEP_BUILD';

/** Not kept for offline use: the worker itself, what the host reads, and what only asks for updates. */
const NOT_KEPT = /^(service-worker\.js|_headers|_app\/version\.json|\.vite\/.*|catalogue\/.*)$/;

const WORKER = 'service-worker.js';

/** Where `npm run catalogue` puts the file that the host offers to everyone. */
const CATALOGUE = 'catalogue';

/**
 * adapter-static, and then: the list of files with their hashes goes into the service worker, the
 * policy's headers, with the hashes of the pages' inline scripts, into `_headers`, and the list of
 * every file, for people to compare, into `integrity.json`.
 *
 * Written by hand: workbox-build brings 270 packages for this.
 *
 * @param {{ pages: string, assets: string, fallback: string, strict: boolean }} options
 * @returns {import('@sveltejs/kit').Adapter}
 */
export default function staticWithPrecache(options) {
	const base = adapterStatic(options);
	return {
		...base,
		name: 'static-with-precache',
		async adapt(builder) {
			await base.adapt(builder);
			const routes = [...builder.prerendered.pages.keys()].map(withoutSlash).sort();
			const count = await finishBuild(options.pages, routes);
			builder.log.minor(`precache: ${count} files`);
		},
	};
}

/** @param {string} folder @param {string[]} routes @returns how many files are kept for offline use */
async function finishBuild(folder, routes) {
	const names = (await filesIn(folder)).filter((name) => !NOT_KEPT.test(name));
	const pages = names.filter((name) => name.endsWith('.html'));
	const scriptHashes = await inlineScriptHashes(folder, pages);
	await writeFile(path.join(folder, '_headers'), headersFile(scriptHashes));
	const kept = names.filter((name) => name === 'index.html' || !name.endsWith('.html'));
	const build = await describeBuild(folder, kept, routes, scriptHashes);
	await addFolderPages(folder, pages);
	await writeIntegrity(folder, {
		version: VERSION,
		build,
		keptAs: (name) => (kept.includes(name) || name === WORKER ? addressOf(name) : undefined),
	});
	if (existsSync(CATALOGUE)) await cp(CATALOGUE, path.join(folder, CATALOGUE), { recursive: true });
	return kept.length;
}

/**
 * The hashes that SvelteKit put into the `<meta>` policy of the pages: the header must allow the
 * same scripts, as a page obeys both.
 *
 * @param {string} folder @param {string[]} pages
 */
async function inlineScriptHashes(folder, pages) {
	const hashes = new Set();
	for (const page of pages) {
		const html = await readFile(path.join(folder, page), 'utf8');
		const policy = /<meta http-equiv="content-security-policy" content="([^"]+)"/i.exec(html)?.[1];
		if (!policy) throw new Error(`${page} carries no policy: is kit.csp still in hash mode?`);
		const scripts = /script-src [^;]+/.exec(policy)?.[0] ?? '';
		for (const [, hash] of scripts.matchAll(/'(sha256-[^']+)'/g)) hashes.add(hash);
	}
	return [...hashes].sort();
}

/**
 * Every page is the same shell, drawn in the browser: `/` stands for all of them, under the one
 * address that every host serves without a redirect.
 *
 * @param {string} folder @param {string[]} kept @param {string[]} routes @param {string[]} scriptHashes
 * @returns the name of the build
 */
async function describeBuild(folder, kept, routes, scriptHashes) {
	const files = await Promise.all(
		kept.map(async (name) => [addressOf(name), sha256(await readFile(path.join(folder, name)))]),
	);
	const worker = path.join(folder, WORKER);
	const code = await readFile(worker, 'utf8');
	const content = { routes, headers: headers(scriptHashes), files: Object.fromEntries(files) };
	const build = { id: sha256(code + JSON.stringify(content)).slice(0, 16), ...content };
	if (code.split(PLACEHOLDER).length !== 2) {
		throw new Error(`${PLACEHOLDER} must stand exactly once in the built service worker.`);
	}
	await writeFile(
		worker,
		code.replace(PLACEHOLDER, () => JSON.stringify(build)),
	);
	return build.id;
}

/**
 * Some hosts answer /browse from browse.html, others only from browse/index.html: both are there.
 *
 * @param {string} folder @param {string[]} pages
 */
async function addFolderPages(folder, pages) {
	for (const page of pages) {
		if (page.endsWith('index.html') || page === '404.html') continue;
		const own = path.join(folder, page.replace(/\.html$/, ''));
		await mkdir(own, { recursive: true });
		await copyFile(path.join(folder, page), path.join(own, 'index.html'));
	}
}

/** @param {string} route */
const withoutSlash = (route) => (route === '/' ? route : route.replace(/\/$/, ''));

/** @param {string} name */
const addressOf = (name) => (name === 'index.html' ? '/' : `/${name}`);
