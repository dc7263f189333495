/** Figures leave through the gate: shown, charged, saved, written down; with the network off too. */
import { readFile } from 'node:fs/promises';
import type { Download, Locator, Page } from '@playwright/test';
import Papa from 'papaparse';
import { expect, test } from '../support/app';
import { expectNoFault } from '../support/axe';
import { openSampleBooks } from '../support/manager';

test.setTimeout(180_000);

const RELEASE = { name: 'Draw the noise and release' };
const figuresTable = (page: Page): Locator =>
	page.getByRole('table', { name: /^(Stays|Nights) by .*, \d{4}$/ });
const earlier = (page: Page): Locator => page.getByRole('table', { name: 'Earlier releases' });
const spent = (page: Page, year: number): Locator =>
	page.getByRole('listitem').filter({ hasText: `Stays of ${year}` });

async function openRelease(page: Page): Promise<void> {
	await page.goto('/privacy/release');
	await expect(page.getByRole('heading', { level: 1, name: 'What may leave' })).toBeVisible();
	await page.getByLabel('Stays that began in').selectOption('2025');
}

async function figuresShown(page: Page): Promise<string[][]> {
	await expect(figuresTable(page)).toBeVisible();
	return figuresTable(page)
		.locator('tbody tr')
		.evaluateAll((rows) =>
			rows.map((row) => Array.from(row.children, (cell) => cell.textContent?.trim() ?? '')),
		);
}

/** Saves the release that is shown; the text was shown before. */
async function saved(page: Page, button: string): Promise<{ shown: string; file: Download }> {
	await page.getByRole('button', { name: button }).click();
	const dialog = page.getByRole('dialog', { name: 'This is what leaves' });
	const shown = (await dialog.locator('pre').textContent()) ?? '';
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Save the file' }).click();
	return { shown, file: await download };
}

test('figures are released, shown, saved through the gate and written in the ledger', async ({
	page,
}) => {
	await openSampleBooks(page);
	await openRelease(page);
	await expect(page.getByText('12 groups. Below about')).toBeVisible();
	await expect(spent(page, 2025)).toContainText('ε 0 of 4 spent');
	await page.getByRole('radio', { name: '1, fine' }).click();
	await page.getByRole('button', RELEASE).click();
	const shown = await figuresShown(page);
	expect(shown.length).toBeGreaterThan(3);
	await expect(
		page.getByText('grouped, at least 20 people, noise ε = 1', { exact: false }),
	).toBeVisible();
	await expect(spent(page, 2025)).toContainText('ε 1 of 4 spent');

	const { file, shown: text } = await saved(page, 'Save as CSV');
	expect(file.suggestedFilename()).toBe('figures-2025-1.csv');
	const written = await readFile(await file.path(), 'utf8');
	expect(written).toBe(text);
	const [head, ...rows] = Papa.parse<string[]>(written.trim()).data;
	expect(head?.slice(0, 3)).toEqual(['month', 'stays', 'noise_within_90_of_100']);
	expect(rows.map((row) => row[1])).toEqual(shown.map((row) => row[1]));
	expect(rows.every((row) => Number(row[1]) >= 20)).toBe(true);

	const json = await saved(page, 'Save as JSON');
	const whole = JSON.parse(await readFile(await json.file.path(), 'utf8')) as { cells: unknown[] };
	expect(whole.cells).toHaveLength(shown.length);

	await page.goto('/privacy/ledger');
	const did = (what: string) =>
		page
			.getByRole('row')
			.filter({ has: page.getByRole('cell', { name: what, exact: true }) })
			.filter({ has: page.getByRole('cell', { name: 'Figures with noise', exact: true }) });
	await expect(did('Released')).toHaveCount(1);
	await expect(did('Exported')).toHaveCount(2);
});

test('the same request again hands out the same figures and costs nothing, after a reload too', async ({
	page,
}) => {
	await openSampleBooks(page);
	await openRelease(page);
	await page.getByRole('button', RELEASE).click();
	const first = await figuresShown(page);
	await expect(page.getByText('these figures were released before')).toBeVisible();
	await page.reload();
	await openRelease(page);
	await page.getByRole('button', { name: 'Show these figures again' }).click();
	expect(await figuresShown(page)).toEqual(first);
	await expect(spent(page, 2025)).toContainText('ε 0.5 of 4 spent');
	await expect(earlier(page).locator('tbody tr')).toHaveCount(1);
});

test('a budget that is spent is refused in clear words, and other years have their own', async ({
	page,
}) => {
	await openSampleBooks(page);
	await openRelease(page);
	await page.getByRole('radio', { name: '1, fine' }).click();
	for (const grouping of ['month', 'month-and-kind', 'country', 'lead-time']) {
		await page.getByLabel('Grouped by').selectOption(grouping);
		await page.getByRole('button', RELEASE).click();
		await expect(page.getByText('these figures were released before')).toBeVisible();
	}
	await expect(spent(page, 2025)).toContainText('Spent: ε 4');
	await page.getByLabel('Counted').selectOption('nights');
	const refusal = page.getByText('The budget of 2025 does not pay for this.');
	await expect(refusal).toBeVisible();
	await expect(page.getByRole('button', RELEASE)).toBeDisabled();

	await page.reload();
	await openRelease(page);
	await page.getByLabel('Counted').selectOption('nights');
	await expect(refusal).toBeVisible();
	await page.getByLabel('Stays that began in').selectOption('2024');
	await expect(page.getByRole('button', RELEASE)).toBeEnabled();
	await expect(earlier(page).locator('tbody tr')).toHaveCount(4);
});

test('a second tab sees what the first one spent', async ({ context, page }) => {
	await openSampleBooks(page);
	await openRelease(page);
	const other = await context.newPage();
	await openRelease(other);
	await page.getByRole('button', RELEASE).click();
	const first = await figuresShown(page);
	await expect(spent(other, 2025)).toContainText('ε 0.5 of 4 spent');
	await other.getByRole('button', { name: 'Show these figures again' }).click();
	expect(await figuresShown(other)).toEqual(first);
});

test('without books the page says so, and nothing is spent', async ({ page }) => {
	await page.goto('/privacy/release');
	await expect(page.getByRole('heading', { name: 'No bookings here yet' })).toBeVisible();
	await expect(page.getByRole('button', RELEASE)).toHaveCount(0);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await expectNoFault(page, '/privacy/release');
});

test('without a network figures are released and saved', async ({ context, page }) => {
	await openSampleBooks(page);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await context.setOffline(true);
	await openRelease(page);
	await page.getByLabel('Grouped by').selectOption('lead-time');
	await page.getByRole('button', RELEASE).click();
	const shown = await figuresShown(page);
	const { file } = await saved(page, 'Save as CSV');
	const rows = Papa.parse<string[]>((await readFile(await file.path(), 'utf8')).trim()).data;
	expect(rows).toHaveLength(1 + shown.length);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await expectNoFault(page, '/privacy/release with figures');
	await context.setOffline(false);
});
