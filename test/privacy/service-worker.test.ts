/** What the service worker answers, what it refuses, and what reaches the host. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Page, type Response } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { BUILD, copyBuild, openSite, temporaryFolder, visit, type Visitor } from '../support/site';

let site: StaticServer;
let visitor: Visitor;

test.afterEach(async () => {
	await visitor.leave();
	await site.close();
});

/** A page that came through the service worker, and its response. */
async function open(folder: string, headers: boolean): Promise<[Page, Response | null]> {
	site = await openSite(folder, { headers });
	visitor = await visit();
	const page = await visitor.context.newPage();
	await page.goto(site.address);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	return [page, await page.reload()];
}

const statusOf = (page: Page, address: string, method = 'GET') =>
	page.evaluate(async ({ address, method }) => (await fetch(address, { method })).status, {
		address,
		method,
	});

const markOf = (page: Page) => page.evaluate(() => localStorage.getItem('mark'));

test('on a plain host that sends no headers, pages carry the policy from the second visit on', async () => {
	const [page, response] = await open(BUILD, false);
	const headers = response?.headers() ?? {};
	expect(headers['content-security-policy']).toContain("default-src 'none'");
	expect(headers['connection-allowlist']).toBe('(response-origin)');
	expect(headers['doorstep-policy-by']).toBe('service-worker');
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('on a host that sends the policy, the service worker says that the host sent it', async () => {
	const [page, response] = await open(BUILD, true);
	expect(response?.headers()['doorstep-policy-by']).toBe('host');
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('what is not a file of the build is refused, and nothing about it reaches the host', async () => {
	const [page] = await open(BUILD, true);
	const asked = site.requests.length;
	expect(await statusOf(page, '/?looked-at=42')).toBe(404);
	expect(await statusOf(page, '/theme.js?looked-at=42')).toBe(404);
	expect(await statusOf(page, '/looked-at/42')).toBe(404);
	expect(await statusOf(page, '/catalogue/homes.bin?looked-at=42')).toBe(404);
	expect(await statusOf(page, '/catalogue/pack.bin?looked-at=42')).toBe(404);
	expect(await statusOf(page, '/theme.js', 'POST')).toBe(404);
	expect(await statusOf(page, '/_app/version.json')).toBe(404);
	await page.goto(`${site.address}/browse?looked-at=42`);
	const later = site.requests.slice(asked);
	expect(later.filter((request) => request.includes('looked-at'))).toEqual([]);
	expect(
		later.filter(
			(request) => !/^GET \/(service-worker\.js|catalogue\/(homes|pack)\.bin)$/.test(request),
		),
	).toEqual([]);
});

test('the catalogue of the host comes whole, under its one address', async () => {
	const folder = await temporaryFolder();
	await copyBuild(folder.path);
	await mkdir(path.join(folder.path, 'catalogue'), { recursive: true });
	await writeFile(path.join(folder.path, 'catalogue/homes.bin'), 'homes');
	const [page] = await open(folder.path, true);
	const content = await page.evaluate(async () => (await fetch('/catalogue/homes.bin')).text());
	expect(content).toBe('homes');
	expect(site.requests).toContain('GET /catalogue/homes.bin');
	await folder.remove();
});

test('a link to /erase erases nothing by itself', async () => {
	const [page] = await open(BUILD, true);
	await page.evaluate(() => localStorage.setItem('mark', 'kept'));
	await page.goto(`${site.address}/erase`);
	await expect(page.getByRole('heading', { name: 'Nothing was removed' })).toBeVisible();
	expect(await markOf(page)).toBe('kept');
	expect(await page.evaluate(() => caches.keys())).not.toEqual([]);
	expect(site.requests).not.toContain('GET /erase');
});

test('once the app has let go of its service worker, /erase empties the origin', async () => {
	const [page] = await open(BUILD, true);
	await page.evaluate(() => localStorage.setItem('mark', 'kept'));
	await page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.unregister();
		location.href = '/erase';
	});
	await page.waitForURL('**/erase');
	expect(site.requests).toContain('GET /erase');
	expect(await markOf(page)).toBeNull();
	expect(await page.evaluate(() => caches.keys())).toEqual([]);
});
