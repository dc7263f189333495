import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright';
import { encodeCatalogue } from '$workers/data/catalogue-file';
import type { Catalogue } from '$workers/table/homes';
import { chromiumArguments, findChromium } from '../chromium';
import { type StaticServer, serveFolder } from '../static-server';

/** The built app on a host of its own, in a Chromium of its own. */
export interface Visit {
	readonly site: StaticServer;
	readonly context: BrowserContext;
	readonly page: Page;
}

export interface VisitOptions {
	/** What the host offers; its sample town where left out. */
	readonly catalogue?: Catalogue;
	/** Without it, requests are those of the page alone. */
	readonly serviceWorker?: boolean;
}

/** Serves a copy of the built app, so that a build under way elsewhere changes nothing. */
export async function visit<Value>(
	folder: string,
	{ catalogue, serviceWorker = true }: VisitOptions,
	work: (visit: Visit) => Promise<Value>,
): Promise<Value> {
	const copy = await mkdtemp(path.join(tmpdir(), 'doorstep-bench-'));
	await cp(folder, copy, { recursive: true });
	if (catalogue) await offer(copy, catalogue);
	const site = await serveFolder(copy, { port: 0, host: '127.0.0.1', headers: true });
	const browser = await chromium.launch({
		executablePath: findChromium(),
		args: chromiumArguments,
	});
	try {
		const context = await browser.newContext({
			serviceWorkers: serviceWorker ? 'allow' : 'block',
			viewport: { width: 1280, height: 900 },
		});
		return await work({ site, context, page: await context.newPage() });
	} finally {
		await browser.close();
		await site.close();
		await rm(copy, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** Goes through the first door; answers once the list of homes stands. */
export async function enterAsTenant({ site, page }: Visit): Promise<void> {
	await page.goto(site.address);
	await page.getByRole('button', { name: /home to live in|looking for a home/i }).click();
	await page.getByRole('list', { name: 'Homes for you' }).waitFor({ timeout: 120_000 });
}

async function offer(folder: string, catalogue: Catalogue): Promise<void> {
	await mkdir(path.join(folder, 'catalogue'), { recursive: true });
	await writeFile(
		path.join(folder, 'catalogue', 'homes.bin'),
		new Uint8Array(encodeCatalogue(catalogue)),
	);
}
