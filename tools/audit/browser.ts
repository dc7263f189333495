import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumArguments, findChromium } from '../chromium';
import { type NetworkLog, parseNetworkLog } from './network-log';

export interface Visitor {
	/** The browser that runs now. */
	readonly context: BrowserContext;
	/** Where the browser keeps its files. */
	readonly profile: string;
	close(): Promise<void>;
	/** Closes the browser, if it runs, and opens it again with the same files. */
	restart(): Promise<void>;
	/** Closes the browser and removes its files; tells what its network log holds. */
	leave(): Promise<NetworkLog>;
}

export interface VisitOptions {
	/** Where addresses without an origin lead. */
	readonly baseURL?: string;
	/** Further switches. */
	readonly switches?: readonly string[];
}

/** A folder of its own, which `remove` deletes. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
	const folder = await mkdtemp(path.join(tmpdir(), 'doorstep-'));
	// A browser that has just closed may still write its last files.
	const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
	return { path: folder, remove };
}

/**
 * A Chromium with a profile on disk, as a person has it: an incognito one never prefetches names.
 * Its network log sees look-ups that never become a connection.
 */
export async function openVisitor({ baseURL, switches = [] }: VisitOptions = {}): Promise<Visitor> {
	const folder = await temporaryFolder();
	const profile = path.join(folder.path, 'profile');
	const log = path.join(folder.path, 'network-log.json');
	const launch = () =>
		chromium.launchPersistentContext(profile, {
			executablePath: findChromium(),
			args: [...chromiumArguments, `--log-net-log=${log}`, ...switches],
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
			const entries = parseNetworkLog(await readFile(log, 'utf8'));
			await folder.remove();
			return entries;
		},
	};
}

/**
 * Waits until the service worker is there.
 *
 * @throws Error after a minute: a page whose worker cannot be installed would wait for ever
 */
export async function serviceWorkerReady(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const late = new Promise((_, refuse) => {
			setTimeout(() => refuse(new Error('There is no service worker after a minute.')), 60_000);
		});
		await Promise.race([navigator.serviceWorker.ready, late]);
	});
}
