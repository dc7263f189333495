/** The network is off after one visit: everything goes on, across a restart of the browser too. */
import { expect, test } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { listen } from '../support/app';
import { bringIn, csvFile, forYouCards } from '../support/catalogues';
import { csv, listings } from '../support/csv';
import { modelStored } from '../support/training';
import { builtRoutes, openSite, visit, type Visitor } from '../support/site';

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

async function visitOnce() {
	const page = await visitor.context.newPage();
	await page.goto('/');
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	return page;
}

test('after one visit every page opens without a network', async () => {
	const page = await visitOnce();
	await visitor.context.setOffline(true);
	await site.close();

	const faults = listen(visitor.context, site.address);
	for (const route of await builtRoutes()) {
		await page.goto(route);
		await expect(page.locator('main')).toBeVisible();
		await page.reload();
		await expect(page.locator('main')).toContainText(/\w/);
	}
	expect(faults).toEqual([]);
	const unknown = await page.goto('/no-such-page');
	expect(unknown?.status()).toBe(404);
	await expect(page.getByText('Nobody lives at this address')).toBeVisible();
});

test('offline and after a restart, homes are browsed, learned, suggested and saved', async () => {
	const online = await visitOnce();
	const varied = listings(300, (i) => ({
		name: `Rooms ${i % 3 ? 'by the mill' : 'with a garden'}`,
		price: `$${40 + (i % 50) * 7}.00`,
		bedrooms: String(1 + (i % 4)),
		neighbourhood_cleansed: ['Millbrook', 'Fenwick', 'Alderley'][i % 3] ?? '',
	}));
	await bringIn(online, csvFile(csv(varied)));
	await visitor.close();
	await site.close();
	await visitor.restart();
	await visitor.context.setOffline(true);
	const faults = listen(visitor.context, site.address);

	const page = await visitor.context.newPage();
	await page.goto('/browse');
	await expect(page.getByRole('heading', { name: '300 homes of 300 fit' })).toBeVisible();
	await page.getByRole('searchbox', { name: 'Search homes' }).fill('garden');
	await expect(page.getByRole('heading', { name: '100 homes of 300 fit' })).toBeVisible();

	await page.goto('/for-you');
	await expect(page.getByText('No signal, and nothing is missing.')).toBeVisible();
	await forYouCards(page)
		.nth(3)
		.getByRole('button', { name: /^Save:/ })
		.click();
	await expect(page.getByText('learned from one act')).toBeVisible();
	await expect.poll(() => modelStored(page, 'own', 'listing-encoder')).toBe(true);
	await page.goto('/privacy/ledger');
	await expect(page.getByRole('row', { name: /Trained What homes have in common/ })).toBeVisible();
	expect(faults).toEqual([]);
});
