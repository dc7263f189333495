import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright';
import { serviceWorkerReady } from '../browser';
import type { Host } from '../host';
import type { Marks } from '../marks';

/** One thing a person does. */
export interface Step {
	/** As it stands in the report: "opens the front door". */
	readonly name: string;
	readonly run: (page: Page, place: Place) => Promise<void>;
}

export interface Place {
	readonly host: Host;
	/** Folder that the host serves. */
	readonly build: string;
	/** Addresses of all pages, e.g. `/browse`. */
	readonly routes: readonly string[];
	/** What is typed and done here and nowhere else. */
	readonly marks: Marks;
	/** What was saved on the way. */
	readonly files: SavedFile[];
}

/**
 * Who gets a file: `copy` is everything, for the person alone; `own` is a part of it, or a key, for
 * the person alone; `others` is made to be published.
 */
export type SavedFor = 'copy' | 'own' | 'others';

export interface SavedFile {
	readonly name: string;
	readonly step: string;
	readonly for: SavedFor;
	readonly content: Buffer;
}

export interface Journey {
	readonly name: string;
	readonly steps: readonly Step[];
}

/** The longest that a page is waited for, in milliseconds, on a machine with other work. */
export const SHOWN = 60_000;

/** What a page that has drawn itself may still ask for, in milliseconds. */
const AFTER = 250;

/** Opens a page by its address, as typed, and waits until it is drawn, or says what it waits for. */
export async function openPage(page: Page, address: string): Promise<void> {
	await page.goto(address);
	const drawn = page.getByRole('heading', { level: 1 });
	const learning = page.getByRole('status').filter({ hasText: 'Being learned' });
	await drawn.or(learning).first().waitFor({ timeout: SHOWN });
	await page.waitForTimeout(AFTER);
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
	await page.getByRole('button', { name }).first().click({ timeout: SHOWN });
}

/** Waits until these words stand on the page. */
export async function reads(page: Page, words: string | RegExp): Promise<void> {
	await page.getByText(words).first().waitFor({ timeout: SHOWN });
}

/**
 * Presses a button that saves files, and keeps what they hold for the report.
 *
 * @param forWhom one for each file, in their order
 */
export async function takeAway(
	page: Page,
	{ files, marks }: Place,
	name: string,
	...forWhom: readonly SavedFor[]
): Promise<void> {
	const taken = new Set<Download>();
	const predicate = (download: Download) => !taken.has(download) && taken.add(download).size > 0;
	const arriving = forWhom.map(() => page.waitForEvent('download', { predicate, timeout: SHOWN }));
	const [downloads] = await Promise.all([Promise.all(arriving), press(page, name)]);
	for (const [at, download] of downloads.entries()) {
		const content = await readFile(await download.path());
		const who = forWhom[at] ?? 'others';
		files.push({ name: download.suggestedFilename(), step: marks.step, for: who, content });
	}
}

/** A step for every page of the app. */
export const everyPage: Step = {
	name: 'opens every page of the app',
	async run(page, { host, routes }) {
		// `/erase` is a page like the others; only the person's own press of a button erases.
		for (const route of routes) await openPage(page, `${host.address}${route}`);
	},
};

/** The app's host is gone from here on: what is asked for then can only come from the device. */
export const hostGone: Step = {
	name: 'goes on without a network, page by page',
	async run(page, { host, routes }) {
		await serviceWorkerReady(page);
		await host.close();
		for (const route of routes) await openPage(page, `${host.address}${route}`);
	},
};

/** What is found in it shows that a mark was kept, and that it can be found. */
export const copyOfEverything: Step = {
	name: 'takes a copy of everything away',
	async run(page, place) {
		await openPage(page, `${place.host.address}/privacy`);
		await press(page, 'Export everything');
		await takeAway(page, place, 'Save the file', 'copy');
	},
};
