import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { copyBuild, openSite, temporaryFolder, visit, type Visitor } from '../support/site';

/**
 * Deploys a build whose page and whose script each carry a mark, so that a mixture would show. All at
 * once, as hosts do: the browser may look for an update by itself at any moment.
 */
async function deploy(folder: string, mark: string): Promise<void> {
	const staging = `${folder}-${mark}`;
	await copyBuild(staging, {
		files: {
			'index.html': (html) => html.replace('<html', `<html data-page="${mark}"`),
			'theme.js': (code) => `${code}document.documentElement.dataset.script = '${mark}';\n`,
		},
	});
	await rm(folder, { recursive: true });
	await rename(staging, folder);
}

const marks = (page: Page) =>
	page.evaluate(() => {
		const { page: html, script } = document.documentElement.dataset;
		return `${html} ${script}`;
	});

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

/** Asks for an update, as the browser does at a load; `true` when the new build was installed. */
const lookForUpdate = (page: Page) =>
	page.evaluate(async () => {
		const registration = await navigator.serviceWorker.ready;
		await registration.update();
		const { installing } = registration;
		if (!installing) return registration.waiting !== null;
		return new Promise<boolean>((resolve) => {
			installing.addEventListener('statechange', () => {
				if (installing.state === 'installed') resolve(true);
				if (installing.state === 'redundant') resolve(false);
			});
		});
	});

const updateButton = (page: Page) => page.getByRole('button', { name: 'Change to it now' });

let folder: { path: string; remove(): Promise<void> };
let site: StaticServer;
let visitor: Visitor;

test.beforeEach(async () => {
	folder = await temporaryFolder();
	await deploy(folder.path, 'A');
	site = await openSite(folder.path);
	visitor = await visit();
});

test.afterEach(async () => {
	await visitor.leave();
	await site.close();
	await folder.remove();
});

/** A tab that the service worker of build A controls. */
async function openTab(): Promise<Page> {
	const page = await visitor.context.newPage();
	await page.goto(site.address);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await page.reload();
	expect(await marks(page)).toBe('A A');
	return page;
}

test('a new version offers itself, never mixes with the old one, and starts in every tab at once', async () => {
	const [first, second] = [await openTab(), await openTab()];
	await deploy(folder.path, 'B');
	expect(await lookForUpdate(first)).toBe(true);
	await expect(updateButton(first)).toBeVisible();
	await expect(updateButton(second)).toBeVisible();

	const asked = site.requests.length;
	await second.reload();
	expect(await marks(second)).toBe('A A');
	const script = await first.evaluate(async () => (await fetch('/theme.js')).text());
	expect(script).toContain("'A'");
	expect(site.requests.slice(asked).filter((request) => !request.endsWith('.js'))).toEqual([]);

	await updateButton(first).click();
	await expect.poll(() => marks(first).catch(() => '')).toBe('B B');
	await expect.poll(() => marks(second).catch(() => '')).toBe('B B');
});

test('the files of the old version go once no page is open that may run it', async () => {
	const tab = await openTab();
	await deploy(folder.path, 'B');
	await lookForUpdate(tab);
	await updateButton(tab).click();
	await expect.poll(() => marks(tab).catch(() => '')).toBe('B B');
	await expect
		.poll(async () => {
			await tab.goto('about:blank');
			await tab.goto(site.address);
			return (await cacheNames(tab)).length;
		})
		.toBe(1);
});

test('a half-downloaded version is not installed, and the old one stays whole', async () => {
	const tab = await openTab();
	const before = await cacheNames(tab);
	await deploy(folder.path, 'B');
	await rm(path.join(folder.path, 'icon-192.png'));
	expect(await lookForUpdate(tab)).toBe(false);
	expect(await cacheNames(tab)).toEqual(before);
	await tab.reload();
	expect(await marks(tab)).toBe('A A');
});

test('a page of somebody else in place of a file, as captive portals send it, is refused', async () => {
	const tab = await openTab();
	await deploy(folder.path, 'B');
	await writeFile(path.join(folder.path, 'theme.js'), '<html>Please sign in</html>');
	expect(await lookForUpdate(tab)).toBe(false);
	await tab.reload();
	expect(await marks(tab)).toBe('A A');
});
