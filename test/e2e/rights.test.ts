/** Rights are answered on the device: forgetting with a receipt, correcting, restricting, an archive. */
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { forYouCards, openSampleTown, saveForYou, trained } from '../support/catalogues';
import { openSampleBooks } from '../support/manager';

const LEARNING = 500_000;

const archiveSaved = async (page: Page) => {
	await expect(page.getByRole('dialog', { name: 'This is what leaves' })).toBeVisible();
	const arriving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save the archive' }).click();
	const download = await arriving;
	expect(download.suggestedFilename()).toMatch(/^doorstep-archive-\d{4}-\d\d-\d\d\.zip$/);
	const files = unzipSync(await readFile(await download.path()));
	return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
};
const rowsOf = (text: string | undefined) =>
	(JSON.parse(text ?? '') as { readonly rows: readonly Record<string, unknown>[] }).rows;

const receipt = (page: Page) => page.getByRole('region', { name: /^Receipt:/ });

/** Finds a guest on the page of the rights; keys of the sample end with their number. */
async function findGuest(page: Page, key: string): Promise<void> {
	await page.goto('/privacy/rights');
	await page.getByRole('searchbox', { name: 'Part of a guest’s key' }).fill(key);
	await page.getByRole('button', { name: key, exact: true }).click();
	await expect(page.getByRole('table', { name: 'Bookings of this guest' })).toBeVisible();
}

test('a forgotten act comes with a receipt: what went, and that nothing of it is left, offline too', async ({
	context,
	page,
}) => {
	await openSampleTown(page);
	await trained(page);
	await saveForYou(page, 2);
	await expect(page.getByText('learned from two acts')).toBeVisible();
	await page.evaluate(async () => void (await navigator.serviceWorker.ready));
	await context.setOffline(true);
	await page.goto('/taste');
	await page
		.getByRole('list', { name: 'Remembered acts' })
		.getByRole('button', { name: /^Forget that you saved/ })
		.first()
		.click();
	await expect(receipt(page)).toContainText('Receipt: One act is forgotten');
	const model = receipt(page).getByRole('row', { name: /^Your taste/ });
	await expect(model).toContainText('Subtracted from its sums');
	await expect(model.getByRole('cell').last()).toHaveText(/^(0|[\d.]+ × 10⁻(⁹|¹.))$/);
	await expect(receipt(page).getByText(/^[0-9a-f]{64}$/)).toBeVisible();

	await page.goto('/privacy/rights');
	await page.getByRole('button', { name: 'Prepare your archive' }).click();
	const files = await archiveSaved(page);
	expect(rowsOf(files['data/acts.json']).filter(({ kind }) => kind === 'save')).toHaveLength(1);
	expect(rowsOf(files['data/saved.json'])).toHaveLength(1);
	expect(rowsOf(files['predictions/fits.json'])).toHaveLength(1);
	expect(rowsOf(files['explanations/fits.json']).length).toBeGreaterThan(1);
	expect(files['read-me.html']).not.toContain('<script');
});

test('an objection to suggestions stops them, and lifting it brings them back', async ({
	page,
}) => {
	await openSampleTown(page);
	await page.goto('/privacy/rights');
	const objecting = page.getByRole('switch', { name: 'Object to suggestions' });
	await objecting.click();
	await expect(objecting).toBeChecked();
	await page.goto('/privacy/rights');
	await expect(objecting).toBeChecked();
	await objecting.click();
	await expect(objecting).not.toBeChecked();
	await page.goto('/for-you');
	await expect(forYouCards(page)).toHaveCount(24);
});

test('a guest’s archive holds that guest and nobody else, offline too', async ({
	context,
	page,
}) => {
	await openSampleBooks(page);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await findGuest(page, 'sample:7');
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Prepare the archive' }).click();
	const files = await archiveSaved(page);
	await context.setOffline(false);
	const stays = await page
		.getByRole('table', { name: 'Bookings of this guest' })
		.getByRole('row')
		.count();
	expect(rowsOf(files['data/bookings.json'])).toHaveLength(stays - 1);
	expect(rowsOf(files['data/guest.json'])).toMatchObject([{ key: 'sample:7' }]);
	expect(rowsOf(files['features/guest-features.json'])).toHaveLength(12);
	const keys = new Set(
		Object.values(files)
			.join(' ')
			.match(/sample:\d+/g),
	);
	expect([...keys]).toEqual(['sample:7']);
});

test('a booking is corrected, and a value that can’t stand is refused with what could', async ({
	page,
}) => {
	await openSampleBooks(page);
	await findGuest(page, 'sample:7');
	await page
		.getByRole('button', { name: /^Correct the booking/ })
		.first()
		.click();
	const dialog = page.getByRole('dialog', { name: 'Correct this booking' });
	await dialog.getByLabel('What is right').fill('0');
	await dialog.getByRole('button', { name: 'Put it right' }).click();
	await expect(dialog.getByText('Give a whole number from 1 to 50.')).toBeVisible();
	await dialog.getByLabel('What is right').fill('9');
	await dialog.getByRole('button', { name: 'Put it right' }).click();
	await expect(dialog).toBeHidden();
	await expect(
		page.getByRole('table', { name: 'Bookings of this guest' }).getByRole('row').nth(1),
	).toContainText('9');
});

test(
	'a forgotten guest leaves the books, and every model that is trained anew equals one from scratch',
	{ tag: '@long' },
	async ({ page }) => {
		test.setTimeout(2 * LEARNING);
		await openSampleBooks(page);
		await page.getByRole('link', { name: 'Models', exact: true }).first().click();
		const jobs = page.getByRole('table', { name: 'Refreshes of the models' });
		await expect(jobs.getByText('done')).toHaveCount(6, { timeout: LEARNING });
		await findGuest(page, 'sample:7');
		const counted = page.getByText(/Of [\d,]+ guests/);
		const guests = Number((await counted.innerText()).replace(/\D/g, ''));
		await page.getByRole('button', { name: 'Forget this guest' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Forget', exact: true }).click();
		await expect(receipt(page)).toContainText('Receipt: A guest is forgotten');
		await expect(receipt(page).getByText('Not measured yet')).toHaveCount(6);
		await expect(counted).toContainText((guests - 1).toLocaleString('en'));
		await expect(page.getByRole('button', { name: 'sample:70', exact: true })).toBeVisible();
		await expect(page.getByRole('button', { name: 'sample:7', exact: true })).toBeHidden();

		await page.getByRole('button', { name: 'Train without it and compare' }).click();
		await expect(receipt(page).getByText('Not measured yet')).toHaveCount(0, { timeout: LEARNING });
		const differences = await receipt(page)
			.getByRole('row', { name: /Trained anew/ })
			.evaluateAll((rows) => rows.map((row) => row.lastElementChild?.textContent?.trim()));
		expect(differences).toEqual(Array.from({ length: 6 }, () => '0'));
	},
);
