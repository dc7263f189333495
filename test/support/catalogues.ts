/** Catalogues that end-to-end tests open, and the pages where that is done. */
import { existsSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { saveOne } from '../../tools/audit/journeys/rooms';

const BOSTON = '../shared/data/inside-airbnb-boston-2024-06/listings.csv.gz';

/** A real city's listings; `undefined` where this machine does not have them. */
export const boston = existsSync(BOSTON) ? BOSTON : undefined;
export const BOSTON_ROWS = 4_325;

export interface NamedFile {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

export const csvFile = (content: string | Uint8Array, name = 'listings.csv'): NamedFile => ({
	name,
	mimeType: 'text/csv',
	buffer: Buffer.from(content),
});

/** In by the front door: the sample town, as the host of the tests offers no catalogue. */
export async function openSampleTown(page: Page): Promise<void> {
	await page.goto('/');
	await page.getByRole('button', { name: 'Looking for a home' }).click();
	await expect(page.getByRole('heading', { name: 'For you', level: 1 })).toBeVisible();
	await expect(forYouCards(page)).toHaveCount(24);
}

/** Hands a file to the picker of the catalogue page. */
export async function pick(page: Page, file: string | NamedFile): Promise<void> {
	await page.locator('input[type=file]').first().setInputFiles(file);
}

/** Opens a file on the catalogue page and waits until its homes are in. */
export async function bringIn(page: Page, file: string | NamedFile): Promise<void> {
	await page.goto('/catalogue');
	await pick(page, file);
	await expect(page.getByRole('heading', { name: /homes? (are|is) in$/ })).toBeVisible();
}

/** Opens the homes that the journey is walked with: a real city's, or the sample town. */
export async function openHomes(page: Page): Promise<void> {
	if (!boston) return openSampleTown(page);
	await bringIn(page, boston);
	await page.getByRole('link', { name: 'Look at the homes' }).click();
	await expect(page.getByRole('heading', { name: /homes of/ })).toBeVisible();
}

export const forYouCards = (page: Page) =>
	page.getByRole('list', { name: 'Homes for you' }).getByRole('article');

/**
 * Saves the first homes of the list that are not saved, each once the list has learned from the one
 * before: it moves under the pointer, and a press on a saved home takes it off again.
 */
export async function saveForYou(page: Page, count = 1): Promise<void> {
	for (let saved = 0; saved < count; saved++) await saveOne(page);
}

/** Waits until no training runs: it reorders the list when it is done. */
export async function trained(page: Page): Promise<void> {
	await expect(page.getByRole('region', { name: 'Learning the homes' })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Learning the homes' })).toBeHidden();
}
