/**
 * The self-test in the page: at level A every way is stopped and nothing arrives, without a network
 * too; in a build without any policy it says that ways got out, so it can fail.
 */
import { expect, test, type Page } from '@playwright/test';
import { openSelfTestCanary, type SelfTestCanary } from '../../tools/self-test-canary';
import { serveFolder, type StaticServer } from '../../tools/static-server';
import { BUILD, copyBuild, temporaryFolder, visit, type Visitor } from '../support/site';

const HOST = '127.0.0.1';

let site: StaticServer;
let canary: SelfTestCanary;
let visitor: Visitor;

test.afterEach(async () => {
	await visitor.leave();
	await site.close();
	await canary.close();
});

/** The app on a port whose next one is free for the canary. */
async function open(folder: string, headers: boolean): Promise<Page> {
	for (;;) {
		site = await serveFolder(folder, { port: 0, host: HOST, headers });
		try {
			canary = await openSelfTestCanary(Number(new URL(site.address).port) + 1, HOST);
			break;
		} catch {
			await site.close();
		}
	}
	visitor = await visit(site.address);
	const page = await visitor.context.newPage();
	await page.goto('/');
	return page;
}

/** A page that came through the service worker. */
async function controlled(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await page.reload();
}

/** By links inside the app: the page stays the one that was loaded. */
async function toCheck(page: Page): Promise<void> {
	await page.getByRole('link', { name: /Nothing leaves/ }).click();
	await page.getByRole('link', { name: 'Check', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Check it yourself' })).toBeVisible();
}

async function check(page: Page): Promise<void> {
	await toCheck(page);
	await page.getByRole('button', { name: 'Run the self-test' }).click();
	await expect(page.getByRole('button', { name: 'Run the self-test again' })).toBeVisible({
		timeout: 40_000,
	});
}

/** Name, group, where, outcome and what stopped it, of each row. */
const rows = (page: Page) =>
	page
		.getByRole('table', { name: 'Every way out of the self-test' })
		.getByRole('row')
		.evaluateAll((all) =>
			all.slice(1).map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
		);

const outcomes = async (page: Page) => (await rows(page)).map(([, , , outcome]) => outcome);

const leftBehind = (page: Page) =>
	page.evaluate(() => ({
		elements: document.querySelectorAll('iframe, base, object, embed, [data-mark]').length,
		links: document.querySelectorAll('[href*="self-test/"], [src*="self-test/"]').length,
		cookie: document.cookie,
	}));

test('at level A every way that is tried is stopped, and nothing arrives', async () => {
	const page = await open(BUILD, true);
	await controlled(page);
	await check(page);
	const found = await outcomes(page);
	expect(found).not.toContain('Got out');
	expect(found.filter((outcome) => outcome === 'Stopped').length).toBeGreaterThanOrEqual(65);
	expect(found.filter((outcome) => outcome === 'Not conclusive').length).toBeLessThanOrEqual(3);
	expect(canary.hits).toEqual([]);
	expect(site.requests.filter((request) => request.includes('self-test'))).toEqual([]);
	expect(await leftBehind(page)).toEqual({ elements: 0, links: 0, cookie: '' });
	await page.getByRole('link', { name: 'Overview', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Nothing has left this browser.' })).toBeVisible();
	await expect(
		page.getByRole('heading', { name: /^Self-test: \d+ ways out stopped$/ }),
	).toBeVisible();
});

test('each of the places and of the kinds of evidence is there', async () => {
	const page = await open(BUILD, true);
	await controlled(page);
	await check(page);
	const found = await rows(page);
	const stoppers = found.map(([, , , , stopper]) => stopper);
	for (const expected of [
		'The policy’s connect-src',
		'The policy’s frame-src',
		'Trusted Types: no text becomes code',
		'The permission payment is taken away',
		'The browser’s connection list',
		'Answered by the service worker with 404',
	])
		expect(stoppers).toContain(expected);
	expect(new Set(found.map(([, , place]) => place))).toEqual(
		new Set(['In the page', 'In a worker', 'Asked of the service worker']),
	);
});

test('without a network it runs too, and does not take silence for proof', async () => {
	const page = await open(BUILD, true);
	await controlled(page);
	await visitor.context.setOffline(true);
	await check(page);
	const found = await rows(page);
	expect(found.map(([, , , outcome]) => outcome)).not.toContain('Got out');
	expect(found.find(([name]) => name === 'WebRTC')?.[3]).toBe('Not conclusive');
	await expect(page.getByText('There was no network')).toBeVisible();
});

test('in a build without any policy it says that ways got out, and the headline says so', async () => {
	const folder = await temporaryFolder();
	await copyBuild(folder.path, { withoutPolicy: true });
	const page = await open(folder.path, false);
	await check(page);
	const found = await rows(page);
	const gotOut = found.filter(([, , , outcome]) => outcome === 'Got out');
	const names = gotOut.map(([name, , place]) => `${name}, ${place?.toLowerCase()}`);
	for (const expected of [
		'fetch, in the page',
		'fetch, in a worker',
		'XMLHttpRequest, in a worker',
		'A beacon, in the page',
		'WebSocket, in the page',
		'An image, in the page',
		'A frame, in the page',
		'A form, into a frame, in the page',
		'WebRTC, in the page',
	])
		expect(names).toContain(expected);
	expect(gotOut.length).toBeGreaterThan(45);
	expect(canary.hits).toContain('stun');
	expect(await leftBehind(page)).toEqual({ elements: 0, links: 0, cookie: '' });
	await page.getByRole('link', { name: 'Overview', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Not every way out is closed.' })).toBeVisible();
	await folder.remove();
});

test('it can be stopped, and leaves nothing in the document', async () => {
	const page = await open(BUILD, true);
	await toCheck(page);
	await page.getByRole('button', { name: 'Run the self-test' }).click();
	await page.getByRole('button', { name: 'Stop', exact: true }).click();
	await expect(page.getByText('It was stopped before its end.')).toBeVisible();
	expect(await leftBehind(page)).toEqual({ elements: 0, links: 0, cookie: '' });
});
