/** Looking through a catalogue: words, filters, orders, map, and homes side by side. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { openHomes } from '../support/catalogues';

test.beforeEach(async ({ page }) => {
	await openHomes(page);
	await page.getByRole('link', { name: 'Browse' }).first().click();
	await expect(found(page)).toBeVisible();
});

const found = (page: Page) => page.getByRole('heading', { name: /homes? of [\d,]+ fits?$/ });
const rows = (page: Page) => page.getByRole('region', { name: 'Homes found' }).getByRole('article');

/** How many homes the heading says that fit, and of how many. */
async function counts(page: Page): Promise<[fit: number, all: number]> {
	const text = (await found(page).innerText()).replaceAll(',', '');
	const [fit = NaN, all = NaN] = text.match(/\d+/g)?.map(Number) ?? [];
	return [text.startsWith('One') ? 1 : fit, all];
}

/** Opens a filter's chip, uses it and closes it again. */
async function filter(page: Page, chip: string, use: () => Promise<void>): Promise<void> {
	const before = await found(page).innerText();
	await page
		.getByRole('group', { name: 'Filters' })
		.getByRole('button', { name: chip, exact: true })
		.click();
	await use();
	await page.getByRole('button', { name: 'Done' }).click();
	await expect(found(page)).not.toHaveText(before);
}

const prices = (page: Page) =>
	rows(page).evaluateAll((articles) =>
		articles.map((article) =>
			Number(/[$€£]\s?([\d,]+)/.exec(article.textContent ?? '')?.[1]?.replaceAll(',', '')),
		),
	);

test('every filter narrows the homes, stands in the address, and can be taken away', async ({
	page,
}) => {
	const [all] = await counts(page);
	await filter(page, 'Bedrooms', () =>
		page.getByRole('button', { name: 'More: Bedrooms' }).click(),
	);
	await filter(page, 'Guests', async () => {
		await page.getByRole('button', { name: 'More: Guests' }).click();
		await page.getByRole('button', { name: 'More: Guests' }).click();
		await page.getByRole('button', { name: 'More: Guests' }).click();
	});
	const choice = (list: string, which: number) =>
		page.getByRole('group', { name: list }).locator('label').nth(which).click();
	await filter(page, 'Any type', () => choice('Any of these types', 0));
	await filter(page, 'Neighbourhood', () => choice('Any of these neighbourhoods', 0));
	await filter(page, 'What it has', () => choice('All of these', 12));
	const [narrowed] = await counts(page);
	expect(narrowed).toBeLessThan(all);
	await filter(page, 'Price', () => page.getByRole('slider', { name: 'Price to' }).press('Home'));

	const address = page.url();
	for (const part of [
		'bedroomsFrom',
		'guestsFrom',
		'roomTypes',
		'neighbourhoods',
		'amenities',
		'priceTo',
	])
		expect(decodeURIComponent(address)).toContain(part);
	const fitting = await found(page).innerText();
	await page.reload();
	await expect(found(page)).toHaveText(fitting);

	await page.getByRole('button', { name: 'Clear all' }).click();
	await expect(found(page)).toHaveText(new RegExp(`^${all.toLocaleString('en')} homes of`));
});

test('words find homes, a search that finds nothing says so, and it is remembered', async ({
	page,
}) => {
	const [all] = await counts(page);
	const search = page.getByRole('searchbox', { name: 'Search homes' });
	await search.fill('garden');
	await expect.poll(async () => (await counts(page))[0]).toBeLessThan(all);
	await expect(rows(page).first()).toBeVisible();
	await search.fill('xylophonequartz');
	await expect(page.getByText('No home has all of that')).toBeVisible();
	await search.fill('garden');
	await expect(rows(page).first()).toBeVisible();
	await page.getByRole('link', { name: 'My taste' }).first().click();
	await expect(
		page.getByRole('button', { name: 'Forget that you searched “garden”' }),
	).toBeVisible();
});

test('the list can be ordered by price both ways', async ({ page }) => {
	for (const [order, sign] of [
		['Lowest price', 1],
		['Highest price', -1],
	] as const) {
		await page.getByRole('button', { name: /^Order:/ }).click();
		await page.getByRole('menuitemradio', { name: order }).click();
		await expect
			.poll(async () => {
				const shown = await prices(page);
				return (
					shown.length > 3 &&
					shown.every((price, i) => i === 0 || (price - (shown[i - 1] ?? 0)) * sign >= 0)
				);
			})
			.toBe(true);
	}
});

test('a home picked on the map shows what it is and leads to its page', async ({ page }) => {
	const map = page.getByRole('application', { name: /^Map of/ });
	await map.focus();
	await map.press('Enter');
	const callout = page.getByRole('region', { name: 'Map' }).getByRole('link');
	await expect(callout).toBeVisible();
	const title = await callout.locator('b').innerText();
	await callout.click();
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
});

test('homes can be held side by side, four at most', async ({ page }) => {
	for (let i = 0; i < 4; i++)
		await rows(page)
			.nth(i)
			.getByRole('button', { name: /^Compare:/ })
			.click();
	await rows(page)
		.nth(4)
		.getByRole('button', { name: /^Compare:/ })
		.click();
	await expect(page.getByText('4 homes fit side by side')).toBeVisible();
	await page.getByRole('link', { name: 'Compare 4 homes' }).click();
	const table = page.getByRole('table', { name: /side by side/ });
	await expect(table.getByRole('columnheader')).toHaveCount(4);
	await expect(table.getByRole('row', { name: /^Price/ })).toBeVisible();
	await expect(table.getByRole('row', { name: /^Fit/ })).toContainText(/\d\.\d\d/);
	await table
		.getByRole('button', { name: /^Take out of the comparison/ })
		.first()
		.click();
	await expect(table.getByRole('columnheader')).toHaveCount(3);
});

test('the list stays short in the page however many homes there are', async ({ page }) => {
	const list = page.getByRole('list', { name: /homes?$/ });
	await expect(rows(page).first()).toBeVisible();
	expect(await rows(page).count()).toBeLessThan(40);
	const [fit] = await counts(page);
	await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
	await expect(page.locator(`[aria-posinset="${fit}"]`)).toBeVisible();
	expect(await rows(page).count()).toBeLessThan(40);
});
