/** Erasing by the real button: nothing is left in the browser, nor in its files. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { listen } from '../support/app';
import { bringIn, csvFile } from '../support/catalogues';
import { csv, listings } from '../support/csv';
import { openSite, visit, type Visitor } from '../support/site';

/** Stands in a title, in the log as a search, and in storage: it must be nowhere afterwards. */
const MARKER = 'zanzibarite';

let site: StaticServer;
let visitor: Visitor;

test.beforeEach(async () => {
	site = await openSite();
	visitor = await visit(site.address);
});

test.afterEach(async () => {
	await visitor.leave();
	await site.close();
});

/** A browser in which a person has left traces everywhere. */
async function usedPage(): Promise<Page> {
	const page = await visitor.context.newPage();
	const rooms = listings(5, (i) => ({ name: `Rooms of ${MARKER} number ${i}` }));
	await bringIn(page, csvFile(csv(rooms)));
	await page.evaluate(() => localStorage.setItem('theme', 'dark'));
	await page.getByRole('link', { name: 'Look at the homes' }).click();
	await page.getByRole('searchbox', { name: 'Search homes' }).fill(MARKER);
	await page
		.getByRole('button', { name: /^Save:/ })
		.first()
		.click();
	await expect(page.getByRole('button', { name: /^Save:/ }).first()).toHaveAttribute(
		'aria-pressed',
		'true',
	);
	return page;
}

async function erase(page: Page): Promise<void> {
	await page.goto('/privacy');
	await page.getByRole('button', { name: 'Erase everything' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Erase everything' }).click();
	await page.waitForURL('**/erase');
	await expect(page.getByRole('heading', { name: 'Everything is gone' })).toBeVisible();
}

const leftovers = (page: Page) =>
	page.evaluate(async () => ({
		databases: (await indexedDB.databases()).length,
		caches: (await caches.keys()).length,
		registrations: (await navigator.serviceWorker.getRegistrations()).length,
		entries: localStorage.length + sessionStorage.length,
		cookies: document.cookie.length,
	}));

const NOTHING = { databases: 0, caches: 0, registrations: 0, entries: 0, cookies: 0 };

test('erasing leaves no database, cache, service worker or entry, in this tab or another', async () => {
	const faults = listen(visitor.context, site.address);
	const page = await usedPage();
	const other = await visitor.context.newPage();
	await other.goto('/saved');
	await expect(other.getByRole('heading', { name: '1 saved home' })).toBeVisible();
	await erase(page);
	await expect(other.getByRole('heading', { name: 'Everything is gone' })).toBeVisible();
	expect(await leftovers(page)).toEqual(NOTHING);
	await page.getByRole('link', { name: 'Start afresh' }).click();
	await expect(page.getByRole('heading', { name: 'Who is at the door?' })).toBeVisible();
	expect(faults).toEqual([]);
});

test('after an erasure the browser’s files no longer hold what was there', async () => {
	await usedPage();
	await visitor.close();
	expect(await filesWith(visitor.profile, MARKER)).not.toEqual([]);
	await visitor.restart();
	await erase(await visitor.context.newPage());
	await visitor.close();
	expect(await filesWith(visitor.profile, MARKER)).toEqual([]);
});

/** Files below a folder that hold a text, as bytes or as UTF-16. */
async function filesWith(folder: string, text: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const found = await Promise.all(
		files.map(async ({ parentPath, name }) => {
			const file = path.join(parentPath, name);
			const bytes = await readFile(file).catch(() => Buffer.alloc(0));
			const held = bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
			return held ? path.relative(folder, file) : '';
		}),
	);
	return found.filter(Boolean);
}
