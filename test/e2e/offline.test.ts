import { expect, test } from '@playwright/test';
import { builtRoutes, openSite, visit } from '../support/site';

test('after one visit every page opens without a network', async () => {
	const site = await openSite();
	const visitor = await visit();
	const page = await visitor.context.newPage();
	await page.goto(site.address);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await visitor.context.setOffline(true);
	await site.close();

	const faults: string[] = [];
	page.on('pageerror', (error) => faults.push(error.message));
	for (const route of await builtRoutes()) {
		await page.goto(site.address + route);
		await expect(page.locator('h1').first()).toBeVisible();
		await page.reload();
		await expect(page.locator('h1').first()).toBeVisible();
	}
	const unknown = await page.goto(`${site.address}/no-such-page`);
	expect(unknown?.status()).toBe(404);
	await expect(page.locator('h1').first()).toBeVisible();
	expect(faults).toEqual([]);
	await visitor.leave();
});
