/** What every end-to-end test stands on: the built app, served with its headers, and an ear for faults. */
import { test as base, expect, type BrowserContext } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { BUILD, openSite } from './site';

export { expect };

/**
 * `page` opens the built app in a fresh browser profile. A test fails where the console shows an
 * error, or anything asks another origin.
 */
export const test = base.extend<{ faults: string[] }, { build: string; site: StaticServer }>({
	build: [BUILD, { option: true, scope: 'worker' }],
	site: [
		async ({ build }, use) => {
			const site = await openSite(build);
			await use(site);
			await site.close();
		},
		{ scope: 'worker' },
	],
	baseURL: async ({ site }, use) => use(site.address),
	faults: [
		async ({ context, site }, use) => {
			const faults = listen(context, site.address);
			await use(faults);
			expect(faults).toEqual([]);
		},
		{ auto: true },
	],
});

/** What goes wrong in a browser, as it comes: errors in the console, and requests to elsewhere. */
export function listen(context: BrowserContext, address: string): string[] {
	const faults: string[] = [];
	context.on('console', (message) => {
		if (message.type() === 'error') faults.push(message.text());
	});
	context.on('weberror', (error) => faults.push(error.error().message));
	context.on('request', (request) => {
		const url = new URL(request.url());
		const own = url.origin === address || ['blob:', 'data:'].includes(url.protocol);
		if (!own) faults.push(`a request to ${url.origin}`);
	});
	return faults;
}
