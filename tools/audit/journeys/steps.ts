import type { Page } from 'playwright';
import { serviceWorkerReady } from '../browser';
import type { Host } from '../host';

/** One thing a person does. */
export interface Step {
	/** As it stands in the report: "opens the front door". */
	readonly name: string;
	readonly run: (page: Page, place: Place) => Promise<void>;
}

export interface Place {
	readonly host: Host;
	/** Addresses of all pages, e.g. `/browse`. */
	readonly routes: readonly string[];
}

export interface Journey {
	readonly name: string;
	readonly steps: readonly Step[];
}

/** The longest that a page is waited for, in milliseconds, on a machine with other work. */
export const SHOWN = 60_000;

/** What a page that has drawn itself may still ask for, in milliseconds. */
const AFTER = 250;

/** Opens a page by its address, as typed, and waits until it is drawn. */
export async function openPage(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: SHOWN });
	await page.waitForTimeout(AFTER);
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
	await page.getByRole('button', { name }).first().click({ timeout: SHOWN });
}

/** Presses a button that saves a file, and throws the file away. */
export async function takeAway(page: Page, name: string): Promise<void> {
	const [download] = await Promise.all([
		page.waitForEvent('download', { timeout: SHOWN }),
		press(page, name),
	]);
	await download.delete();
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
