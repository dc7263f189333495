/** The privacy page: what is stored, what was asked for, which protection holds, and a copy of it all. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { openSampleTown, saveForYou, trained } from '../support/catalogues';
import { actsOf, exported } from '../support/copy';

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
	await saveForYou(page);
	await expect(page.getByText('learned from one act')).toBeVisible();
});

const openPrivacy = async (page: Page) => {
	await page.getByRole('link', { name: /Nothing has left/ }).click();
	await expect(page.getByRole('heading', { name: 'Nothing has left this browser.' })).toBeVisible();
};

test('each store that holds something stands there with its rows, bytes, purposes and end', async ({
	page,
}) => {
	await openPrivacy(page);
	const tables = page.getByRole('table', { name: 'What is stored in this browser' });
	await expect(
		tables.getByRole('row', { name: /^Catalogue 2,000 .*Suggest|^Catalogue 2,000/ }),
	).toBeVisible();
	await expect(tables.getByRole('row', { name: /^Models 1 / })).toBeVisible();
	await expect(tables.getByRole('row', { name: /^Your acts \d+ .*Two years Yes$/ })).toBeVisible();
	await expect(tables.getByRole('row', { name: /^Bookings / })).toHaveCount(0);
	await page.getByRole('link', { name: /^All \d+ stores, field by field$/ }).click();
	await expect(page).toHaveURL(/\/privacy\/data$/);
});

test('every request of the page and its workers is listed, all of them to this site', async ({
	page,
	site,
}) => {
	const asked = site.requests.length;
	await openPrivacy(page);
	await page.getByRole('link', { name: 'Check', exact: true }).click();
	const requests = page.getByRole('table', { name: /^Every request/ });
	await page.getByRole('button', { name: /^All \d+ requests$/ }).click();
	await expect(requests.getByRole('row', { name: /homes\.bin .*store/ })).toBeVisible();
	await expect(requests.getByRole('row', { name: /worker.*\.js/ }).first()).toBeVisible();
	const places = await requests
		.getByRole('row')
		.evaluateAll((rows) => rows.slice(1).map((row) => row.lastElementChild?.textContent?.trim()));
	expect(new Set(places)).toEqual(new Set(['This site']));
	expect(site.requests.slice(asked).filter((request) => /[?#]/.test(request))).toEqual([]);
});

test('the level in force is said in plain words', async ({ page }) => {
	await openPrivacy(page);
	await expect(page.getByRole('heading', { name: 'Protection in force: level A' })).toBeVisible();
	await expect(page.getByText('Read from this page’s own headers.')).toBeVisible();
	await expect(page.getByText('In force.')).toHaveCount(1);
});

test('the backends that were tried stand there, with why each was taken or refused', async ({
	page,
}) => {
	await openPrivacy(page);
	const race = page.getByRole('table', { name: 'Backends tried' });
	await expect(race.getByRole('row', { name: /webgpu .*only imitated in software/ })).toBeVisible();
	await expect(race.getByRole('row', { name: /Chosen/ })).toHaveCount(1);
});

test('a copy of everything is shown before it is saved, holds it all, and stands in the ledger', async ({
	page,
}) => {
	const copy = await exported(page);
	expect(copy.format).toBe('doorstep-export');
	expect(copy.settings).toMatchObject({ role: 'tenant', learning: true });
	expect(copy.catalogue?.summary.homes).toBe(2_000);
	expect(actsOf(copy).filter((act) => act.kind === 'save')).toHaveLength(1);
	expect(copy.models.map(({ name }) => name)).toEqual(['listing-encoder']);
	await expect(
		page
			.getByRole('table', { name: 'What happened to the data' })
			.getByRole('row', { name: /Exported/ }),
	).toBeVisible();
	await expect(page.getByText(/^You handed over 1 time, last everything/)).toBeVisible();
	await expect(
		page.getByRole('heading', { name: 'Only what you handed over has left.' }),
	).toBeVisible();
});

test('the tabs lead to each room, and the open one is marked', async ({ page }) => {
	await openPrivacy(page);
	const tabs = page.getByRole('navigation', { name: 'Rooms of the privacy workspace' });
	for (const name of await tabs.getByRole('link').allInnerTexts()) {
		await tabs.getByRole('link', { name, exact: true }).click();
		await expect(tabs.getByRole('link', { name, exact: true })).toHaveAttribute(
			'aria-current',
			'page',
		);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		await expect(page.getByRole('main')).toHaveCount(1);
	}
});

test('the report says what the page says, as one file that runs and loads nothing', async ({
	page,
}) => {
	await openPrivacy(page);
	await page.getByRole('link', { name: 'Report for a privacy officer' }).click();
	await expect(page.getByRole('heading', { name: 'Protection in force: level A' })).toBeVisible();
	await expect(page.getByText(/^Newest fingerprint: [0-9a-f]{64}$/)).toBeVisible();
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save the report' }).click();
	const html = await readFile(await (await coming).path(), 'utf8');
	expect(html).toContain('Protection in force: level A');
	expect(html).toContain('Nothing has left this browser.');
	expect(html).toContain('We cannot protect you from a changed app served by the host');
	expect(html).toMatch(/Newest fingerprint: [0-9a-f]{64}/);
	expect(html).not.toMatch(/<script|<img|<link|src=|@import|url\(/);
	// Saving it hands something over, and is written down as such.
	await expect(page.getByText('Only what you handed over has left.')).toBeVisible();
});
