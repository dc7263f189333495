/** What stands beside the list: rows that follow acts, saved searches, what was left open, guides. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { expectNoFault } from '../support/axe';
import {
	bringIn,
	csvFile,
	forYouCards,
	openSampleTown,
	saveForYou,
	trained,
} from '../support/catalogues';
import { exported } from '../support/copy';
import { csv, listings } from '../support/csv';

test.setTimeout(120_000);

const shelf = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const because = (page: Page) => shelf(page, /^Because you saved/);
const addresses = (page: Page, within = page.locator('main')) =>
	within
		.locator('article a')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href')));

test('a saved home brings a row of homes like it, offline too; none of them stands in the list', async ({
	context,
	page,
}) => {
	await openSampleTown(page);
	await trained(page);
	await expect(shelf(page, 'Worth a read')).toBeVisible();
	await expect(because(page)).toHaveCount(0);
	await context.setOffline(true);
	await saveForYou(page, 2);
	await expect(because(page)).toHaveCount(2);

	const listed = await addresses(page, page.getByRole('list', { name: 'Homes for you' }));
	const alike = await addresses(page, because(page).first());
	expect(alike.length).toBeGreaterThan(2);
	for (const address of alike) expect(listed).not.toContain(address);
	await expect(because(page).first().getByRole('article').first()).toContainText(/Both: /);

	const first = because(page).first().getByRole('link');
	await first.nth(0).focus();
	await page.keyboard.press('ArrowRight');
	await expect(first.nth(1)).toBeFocused();
	await expectNoFault(page, 'for you with what stands beside it');

	const gone = alike[0] as string;
	await because(page)
		.first()
		.getByRole('button', { name: /^Not for me:/ })
		.first()
		.click();
	await page.getByRole('menuitem', { name: 'Too expensive' }).click();
	await expect(page.locator(`a[href="${gone}"]`)).toHaveCount(0);
	await context.setOffline(false);
});

test('a home shows homes like it, and says in what', async ({ page }) => {
	await openSampleTown(page);
	await forYouCards(page).first().getByRole('link').click();
	const similar = shelf(page, 'Similar homes');
	await expect(similar.getByRole('article').first()).toContainText(/Both: |Alike on the whole/);
	await expect(similar.getByRole('article')).toHaveCount(12);
	const own = new URL(page.url());
	const alike = await addresses(page, similar);
	expect(alike).not.toContain(`${own.pathname}${own.hash}`);
	await similar.getByRole('link').first().click();
	await expect.poll(() => page.url()).toContain(alike[0]);
});

test('a search is saved under its words, renamed, opened, deleted and brought back', async ({
	page,
}) => {
	await openSampleTown(page);
	await page.goto('/browse#priceTo=1500');
	await page.getByRole('button', { name: 'Save this search' }).click();
	await expect(page.getByRole('link', { name: 'Search saved' })).toBeVisible();
	await page.getByRole('link', { name: 'Saved', exact: true }).first().click();
	const searches = page.getByRole('region', { name: 'Saved searches' });
	await expect(searches.getByRole('article')).toContainText(/Under .*1,500.*homes, none new/s);
	await page.getByRole('button', { name: /^Rename:/ }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('For spring');
	await page.getByRole('button', { name: 'Rename', exact: true }).click();
	await expect(searches.getByRole('button', { name: 'For spring', exact: true })).toBeVisible();
	await expectNoFault(page, 'saved searches');

	await searches.getByRole('button', { name: 'For spring', exact: true }).click();
	await expect(page).toHaveURL(/\/browse#.*priceTo=1500/);
	await page.goto('/saved');
	await searches.getByRole('button', { name: /^Delete:/ }).click();
	await expect(searches).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(searches.getByRole('article')).toHaveCount(1);
	const { savedSearches } = await exported(page);
	expect(savedSearches).toMatchObject([{ name: 'For spring', filter: { priceTo: 1500 } }]);
});

test('homes that a newer catalogue brings are new to a saved search, until it is opened', async ({
	page,
}) => {
	await bringIn(page, csvFile(csv(listings(9))));
	await page.goto('/browse#guestsFrom=1');
	await page.getByRole('button', { name: 'Save this search' }).click();
	await expect(page.getByRole('link', { name: 'Search saved' })).toBeVisible();
	await bringIn(page, csvFile(csv(listings(12))));
	await page.goto('/for-you');
	const nav = page.getByRole('navigation', { name: 'Places' }).first();
	await expect(nav.getByRole('link', { name: 'Saved 3 new' })).toBeVisible();
	const fresh = shelf(page, /^Three new homes for/);
	await expect(fresh.getByRole('article')).toHaveCount(3);
	await fresh.getByRole('link', { name: 'Your searches' }).click();
	await page.getByRole('region', { name: 'Saved searches' }).getByText('3 new').waitFor();
	await page.getByRole('region', { name: 'Saved searches' }).getByRole('button').first().click();
	await expect(page).toHaveURL(/\/browse#/);
	await expect(nav.getByRole('link', { name: 'Saved', exact: true })).toBeVisible();
});

test('what an earlier visit left open is offered at the next one, until it is waved away', async ({
	page,
}) => {
	await openSampleTown(page);
	const left = page.getByRole('region', { name: 'Pick up where you left off' });
	const link = forYouCards(page).nth(2).getByRole('link');
	const address = (await link.getAttribute('href')) as string;
	// By its address: a look puts the list in another order.
	for (let look = 1; look <= 2; look++) {
		await page.goto(address);
		await expect(page.getByRole('heading', { name: /^Why it/ })).toBeVisible();
		await page.goto('/for-you');
		await expect(forYouCards(page).first()).toBeVisible();
	}
	await expect(left).toHaveCount(0);

	await page.clock.install({ time: Date.now() + 2 * 60 * 60_000 });
	await page.reload();
	await expect(left.locator(`a[href="${address}"]`)).toBeVisible();
	await expectNoFault(page, 'for you with what was left open');
	await left.getByRole('button', { name: 'Not now' }).click();
	await expect(left).toHaveCount(0);
});

test('guides are read behind the hash, in the order of the taste, and leave no act', async ({
	page,
}) => {
	await openSampleTown(page);
	await saveForYou(page, 3);
	await expect(page.getByText('learned from three acts')).toBeVisible();
	await page.getByRole('link', { name: 'All guides' }).click();
	await expect(page.getByRole('list', { name: 'Guides' }).getByRole('article')).toHaveCount(13);
	await expect(page.getByText(/^Because you like homes/).first()).toBeVisible();
	await expectNoFault(page, 'guides');
	await page.getByRole('link', { name: 'Light and warmth' }).click();
	await expect(page).toHaveURL(/\/guides#light-and-warmth$/);
	await expect(page.getByRole('heading', { name: 'Light and warmth', level: 1 })).toBeVisible();
	await expectNoFault(page, 'a guide');
	await page.goto('/for-you');
	await expect(page.getByText('learned from three acts')).toBeVisible();
});

test('places are told by their homes, in a town of the sample and in one that was brought in', async ({
	page,
}) => {
	await openSampleTown(page);
	await page.goto('/guides');
	const places = page.getByRole('list', { name: 'Places' }).getByRole('article');
	await expect(places).toHaveCount(6);
	await page.getByRole('button', { name: /^Show all \d+ places$/ }).click();
	expect(await places.count()).toBeGreaterThan(6);
	const name = await places.first().getByRole('link').innerText();
	// By its name: what was learned meanwhile puts the places in another order.
	await places.getByRole('link', { name, exact: true }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	await expect(page.getByText(/^Half of its \d+ homes ask /)).toBeVisible();
	await expectNoFault(page, 'a place');
	await page.getByRole('link', { name: 'See its homes, best fit first' }).click();
	await expect(page).toHaveURL(/\/browse#.*neighbourhoods=/);

	const town = listings(30).map((row) => ({ ...row, neighbourhood_cleansed: 'Old Harbour' }));
	await bringIn(page, csvFile(csv(town)));
	await page.goto('/guides#in%20Old%20Harbour');
	await expect(page.getByRole('heading', { name: 'Old Harbour', level: 1 })).toBeVisible();
	await expect(page.getByText(/^Half of its 30 homes ask /)).toBeVisible();
});
