/** The data map: every store with its fields, every model with what it learned from. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { openSampleTown, saveForYou, trained } from '../support/catalogues';

const stores = (page: Page) => page.getByRole('table', { name: 'Every store with its fields' });
const models = (page: Page) =>
	page.getByRole('table', { name: 'Every model and what it learned from' });

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
	await saveForYou(page);
	await expect(page.getByText('learned from one act')).toBeVisible();
	await page.goto('/privacy/data');
	await expect(page.getByRole('heading', { name: 'Data map', level: 1 })).toBeVisible();
});

test('every store opens to its fields, each with a class and a sentence', async ({ page }) => {
	await expect(stores(page).getByRole('row', { name: /^Catalogue 2,000 / })).toBeVisible();
	const buttons = stores(page).getByRole('button');
	const count = await buttons.count();
	expect(count).toBeGreaterThan(17);
	for (let i = 0; i < count; i++) {
		await buttons.nth(i).click();
		const fields = stores(page).locator('tbody').nth(i).getByRole('listitem');
		await expect(fields.first()).toBeVisible();
		for (const words of await fields.allInnerTexts())
			expect(words).toMatch(/\n(Public|Internal|Personal|Sensitive)\n.+/);
		await buttons.nth(i).click();
	}
	await stores(page).getByRole('button', { name: 'Your acts' }).click();
	await expect(page.getByText('The home it was about: what you look at')).toBeVisible();
});

test('every model says what it learned from, how much, and whether it may', async ({ page }) => {
	await expect(
		models(page).getByRole('row', {
			name: /^What homes have in common Catalogue 2,000 Suggest .* In use$/,
		}),
	).toBeVisible();
	await expect(
		models(page).getByRole('row', {
			name: /^Your taste Catalogue, Your acts, Your corrections \d+ Suggest computed each time/,
		}),
	).toBeVisible();
});

test('every field stands on paper', async ({ page }) => {
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText('What you said that it is worth to you.')).toBeVisible();
	await expect(
		page.getByText('SHA-256 over the entry and the fingerprint before it.'),
	).toBeVisible();
});

test('it opens without a network', async ({ context, page }) => {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await context.setOffline(true);
	await page.reload();
	await expect(stores(page).getByRole('row', { name: /^Catalogue 2,000 / })).toBeVisible();
	await expect(models(page).getByRole('row')).toHaveCount(3);
});
