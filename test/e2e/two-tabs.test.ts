/** The same person in two tabs at once. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { bringIn, csvFile, forYouCards, openSampleTown, pick } from '../support/catalogues';
import { actsOf, exported } from '../support/copy';
import { csv, listings } from '../support/csv';

const saves = (page: Page) => page.getByRole('button', { name: /^Save:/ });

test('what is done in one tab shows in the other', async ({ page, context }) => {
	await openSampleTown(page);
	const other = await context.newPage();
	await other.goto('/saved');
	await expect(
		other.getByText('Nothing saved yet').or(other.locator('main h1, main h2').first()),
	).toBeVisible();
	await saves(page).first().click();
	await expect(other.getByRole('heading', { name: '1 saved home' })).toBeVisible();
	await saves(other).first().click();
	await expect(saves(page).and(page.locator('[aria-pressed=true]'))).toHaveCount(0);
});

test('two imports at once: the second is told to wait, the first comes in whole', async ({
	page,
	context,
}) => {
	await bringIn(page, csvFile(csv(listings(7))));
	await page.getByRole('button', { name: 'Open another file' }).click();
	const other = await context.newPage();
	await other.goto('/catalogue');
	await expect(other.getByRole('heading', { name: '7 homes' })).toBeVisible();
	await pick(page, csvFile(csv(listings(40_000)), 'large.csv'));
	await expect(page.getByRole('progressbar')).toBeVisible();
	await pick(other, csvFile(csv(listings(8)), 'small.csv'));
	await expect(other.getByRole('alert')).toContainText('Another tab is bringing in a catalogue.');
	await expect(page.getByRole('heading', { name: '40,000 homes are in' })).toBeVisible({
		timeout: 40_000,
	});
});

test('many small writes from both tabs: none is lost, none is doubled', async ({
	page,
	context,
}) => {
	await bringIn(page, csvFile(csv(listings(8))));
	const tabs = [page, await context.newPage()];
	for (const tab of tabs) {
		await tab.goto('/browse');
		await expect(saves(tab)).not.toHaveCount(0);
	}
	const clicks = 10;
	await Promise.all(
		tabs.map(async (tab, which) => {
			for (let i = 0; i < clicks; i++) await saves(tab).nth(which).click();
		}),
	);
	const written = async () =>
		actsOf(await exported(page)).filter(({ kind }) => kind === 'save' || kind === 'unsave').length;
	await expect.poll(written).toBe(tabs.length * clicks);
});

test('a catalogue opened in one tab is the one that the other shows and writes to', async ({
	page,
	context,
}) => {
	await openSampleTown(page);
	const other = await context.newPage();
	await bringIn(other, csvFile(csv(listings(9))));
	await expect(forYouCards(page)).toHaveCount(9);
	await saves(page).first().click();
	await other.goto('/saved');
	await expect(other.getByRole('heading', { name: '1 saved home' })).toBeVisible();
	const copy = await exported(page);
	expect(copy.catalogue?.summary.homes).toBe(9);
});
