import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { type Browser, type Page, chromium } from 'playwright';
import { build } from 'vite';
import { encodeCatalogue } from '$workers/data/catalogue-file';
import type { Catalogue } from '$workers/table/homes';
import { chromiumArguments, findChromium } from '../chromium';
import { type StaticServer, serveFolder } from '../static-server';
import { watchPage } from './in-page/watch';

/** The built app on a host of its own, in a Chromium of its own. */
export interface Visit {
	readonly site: StaticServer;
	readonly page: Page;
}

export interface VisitOptions {
	/** What the host offers; the sample town where left out. */
	readonly catalogue?: Catalogue;
	/** Left out, requests are those of the page alone. */
	readonly serviceWorker?: 'allow' | 'block';
}

/** Where the bench's own modules for the page stand on the host. */
export const LOG_MODULE = '/bench/log.js';
export const BOOKS_MODULE = '/bench/books.js';

/** Serves a copy of the built app, so that a build under way elsewhere changes nothing. */
export async function serveCopy<Value>(
	folder: string,
	catalogue: Catalogue | undefined,
	work: (site: StaticServer) => Promise<Value>,
): Promise<Value> {
	const copy = await mkdtemp(path.join(tmpdir(), 'doorstep-bench-'));
	await cp(folder, copy, { recursive: true });
	await rm(path.join(copy, 'catalogue'), { recursive: true, force: true });
	if (catalogue) await offer(copy, catalogue);
	await bundle(path.join(copy, path.dirname(LOG_MODULE)));
	await packTexts(copy);
	const site = await serveFolder(copy, { port: 0, host: '127.0.0.1', headers: true });
	try {
		return await work(site);
	} finally {
		await site.close();
		await rm(copy, { recursive: true, force: true, maxRetries: 5 });
	}
}

export async function openBrowser<Value>(
	work: (browser: Browser) => Promise<Value>,
): Promise<Value> {
	const browser = await chromium.launch({
		executablePath: findChromium(),
		args: chromiumArguments,
	});
	try {
		return await work(browser);
	} finally {
		await browser.close();
	}
}

/** One person's visit, from a fresh profile. */
export function visit<Value>(
	folder: string,
	{ catalogue, serviceWorker }: VisitOptions,
	work: (visit: Visit) => Promise<Value>,
): Promise<Value> {
	return serveCopy(folder, catalogue, (site) =>
		openBrowser(async (browser) => {
			const viewport = { width: 1280, height: 900 };
			const page = await browser.newPage({ serviceWorkers: serviceWorker, viewport });
			await page.addInitScript(watchPage);
			return work({ site, page });
		}),
	);
}

/** A visit in a profile that stays: the next visit in that folder starts cold, and finds what it left. */
export async function visitAs<Value>(
	profile: string,
	work: (page: Page, browser: Browser) => Promise<Value>,
	before: () => void = watchPage,
): Promise<Value> {
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findChromium(),
		args: chromiumArguments,
		serviceWorkers: 'block',
		viewport: { width: 1280, height: 900 },
	});
	try {
		const [page = await context.newPage()] = context.pages();
		await page.addInitScript(before);
		return await work(page, context.browser() as Browser);
	} finally {
		await context.close();
	}
}

/** Goes through the tenant's door; answers once the homes for this person stand. */
export async function enterAsTenant(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await page.getByRole('button', { name: 'Looking for a home' }).click();
	await homesForYou(page);
}

export async function homesForYou(page: Page): Promise<void> {
	const list = page.getByRole('list', { name: 'Homes for you' });
	await list.getByRole('link').first().waitFor({ timeout: 180_000 });
}

async function offer(folder: string, catalogue: Catalogue): Promise<void> {
	await mkdir(path.join(folder, 'catalogue'), { recursive: true });
	const bytes = new Uint8Array(encodeCatalogue(catalogue));
	await writeFile(path.join(folder, 'catalogue', 'homes.bin'), bytes);
}

/** Static hosts send texts packed. */
async function packTexts(folder: string): Promise<void> {
	const names = await readdir(folder, { recursive: true });
	for (const name of names.filter((name) => /\.(?:js|css|html|svg|webmanifest)$/.test(name))) {
		const file = path.join(folder, name);
		await writeFile(`${file}.br`, brotliCompressSync(await readFile(file)));
	}
}

async function bundle(folder: string): Promise<void> {
	const root = path.resolve(import.meta.dirname, '../..');
	await build({
		configFile: false,
		logLevel: 'error',
		root,
		publicDir: false,
		resolve: { alias: { $workers: `${root}/workers`, $lib: `${root}/src/lib` } },
		build: {
			outDir: folder,
			target: 'es2022',
			lib: {
				entry: ['log', 'books'].map((name) => `${import.meta.dirname}/in-page/${name}.ts`),
				formats: ['es'],
			},
			rolldownOptions: { output: { entryFileNames: '[name].js' } },
		},
	});
}
