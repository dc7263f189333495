/** The built site, served and visited as end-to-end tests need it. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { chromiumArguments, findChromium } from '../../tools/chromium';
import { LIST, writeIntegrity } from '../../tools/integrity-list.js';
import { serveFolder, type StaticServer } from '../../tools/static-server';
import type { IntegrityList } from '../../src/lib/contracts';

export const BUILD = 'build';

/** A folder of its own for one test; `remove` deletes it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
	const folder = await mkdtemp(path.join(tmpdir(), 'doorstep-test-'));
	// A browser that has just closed may still write its last files.
	const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
	return { path: folder, remove };
}

/** Serves a built folder on a free port of this machine. */
export function openSite(folder = BUILD, { headers = true } = {}): Promise<StaticServer> {
	return serveFolder(folder, { port: 0, host: '127.0.0.1', headers });
}

export interface Alteration {
	/** What becomes of each file named here. */
	readonly files?: Readonly<Record<string, (text: string) => string>>;
	/** Takes every trace of the policy out: the `<meta>` tags, and what the service worker adds. */
	readonly withoutPolicy?: boolean;
}

/** What tools/static-with-precache.js wrote into the service worker. */
interface Build {
	id: string;
	routes: string[];
	headers: [string, string][];
	files: Record<string, string>;
}

const BUILD_CONSTANT = /\{"id":"[0-9a-f]{16}","routes":.*?"files":\{[^}]*\}\}/;
const META_POLICY = /<meta http-equiv="content-security-policy"[^>]*>/i;

/**
 * Copies the built site as another build of it: with other content, its own id, and hashes that
 * match. The copy replaces what is in `to`.
 */
export async function copyBuild(to: string, alteration: Alteration = {}): Promise<string> {
	await cp(BUILD, to, { recursive: true });
	const worker = path.join(to, 'service-worker.js');
	const code = await readFile(worker, 'utf8');
	const build = JSON.parse(BUILD_CONSTANT.exec(code)?.[0] ?? '') as Build;
	const changes = { ...alteration.files };
	if (alteration.withoutPolicy) {
		changes['index.html'] = (html) => html.replace(META_POLICY, '');
		build.headers = [];
	}
	for (const [name, change] of Object.entries(changes)) {
		const file = path.join(to, name);
		const text = change(await readFile(file, 'utf8'));
		await writeFile(file, text);
		build.files[name === 'index.html' ? '/' : `/${name}`] = sha256(text);
	}
	build.id = sha256(JSON.stringify(build)).slice(0, 16);
	await writeFile(
		worker,
		code.replace(BUILD_CONSTANT, () => JSON.stringify(build)),
	);
	await listAgain(to, build.id);
	return to;
}

/** Writes the list of a build that was altered, as the build itself would have. */
export async function listAgain(folder: string, build: string): Promise<void> {
	const text = await readFile(path.join(folder, LIST), 'utf8');
	const { version, files } = JSON.parse(text) as IntegrityList;
	await writeIntegrity(folder, { version, build, keptAs: (name) => files[name]?.keptAs });
}

/** Which pages the build has, as the service worker knows them. */
export async function builtRoutes(): Promise<string[]> {
	const code = await readFile(path.join(BUILD, 'service-worker.js'), 'utf8');
	return (JSON.parse(BUILD_CONSTANT.exec(code)?.[0] ?? '') as Build).routes;
}

export interface Visitor {
	/** The browser that runs now. */
	readonly context: BrowserContext;
	/** Where the browser keeps its files. */
	readonly profile: string;
	close(): Promise<void>;
	/** Closes the browser, if it runs, and opens it again with the same files. */
	restart(): Promise<void>;
	/** Closes the browser and removes its files; tells every host name that it looked up. */
	leave(): Promise<string[]>;
}

/**
 * A Chromium with a profile on disk, as a person has it: an incognito one never prefetches names.
 * Its network log sees look-ups that never become a connection.
 *
 * @param baseURL where addresses without an origin lead
 */
export async function visit(baseURL?: string): Promise<Visitor> {
	const folder = await temporaryFolder();
	const profile = path.join(folder.path, 'profile');
	const log = path.join(folder.path, 'network-log.json');
	const launch = () =>
		chromium.launchPersistentContext(profile, {
			executablePath: findChromium(),
			args: [...chromiumArguments, `--log-net-log=${log}`],
			serviceWorkers: 'allow',
			...(baseURL && { baseURL }),
		});
	let context = await launch();
	return {
		get context() {
			return context;
		},
		profile,
		close: () => context.close(),
		async restart() {
			await context.close();
			context = await launch();
		},
		async leave() {
			await context.close();
			const names = namesLookedUp(await readFile(log, 'utf8'));
			await folder.remove();
			return names;
		},
	};
}

interface NetworkLog {
	constants: { logEventTypes: Record<string, number> };
	events: { type: number; params?: { host?: string } }[];
}

function namesLookedUp(text: string): string[] {
	const { constants, events } = JSON.parse(text) as NetworkLog;
	const lookup = constants.logEventTypes['HOST_RESOLVER_MANAGER_REQUEST'];
	const hosts = events
		.filter(({ type }) => type === lookup)
		.map(({ params }) => params?.host?.replace(/^\w+:\/\//, '').replace(/:\d+$/, '') ?? '');
	return [...new Set(hosts)].filter(Boolean).sort();
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
