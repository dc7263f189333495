/** "This build": the app shows what it is made of, and finds each file that was changed or is gone. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { IntegrityList } from '$lib/contracts';
import { expect, test } from '../support/app';
import { BUILD, copyBuild, openSite, temporaryFolder, visit } from '../support/site';

const listBytes = () => readFile(`${BUILD}/integrity.json`);
const list = async () => JSON.parse((await listBytes()).toString()) as IntegrityList;

const section = (page: Page) => page.getByRole('region', { name: 'This build' });

/** The page as every visit but the first has it: answered from what is kept on the device. */
async function openCheck(page: Page): Promise<void> {
	await page.goto('/privacy/check');
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await page.reload();
	await expect(section(page).getByText('SHA-256 of integrity.json')).toBeVisible();
}

async function checkEveryFile(page: Page): Promise<void> {
	await section(page).getByRole('button', { name: 'Check every file' }).click();
	await expect(section(page).getByRole('status').first()).toBeVisible();
}

/** Puts other content in the place of a file that is kept, or takes it away. */
function tamper(page: Page, address: string, content: string | null): Promise<void> {
	return page.evaluate(
		async ({ address, content }) => {
			const [name = ''] = (await caches.keys()).filter((name) => name.startsWith('doorstep-'));
			const cache = await caches.open(name);
			if (content === null) await cache.delete(address);
			else await cache.put(address, new Response(content));
		},
		{ address, content },
	);
}

test('the list names every file, and the service worker has the same hash for each that it keeps', async () => {
	const { files, build } = await list();
	const worker = await readFile(`${BUILD}/service-worker.js`, 'utf8');
	expect(worker).toContain(build);
	for (const [name, { sha256, bytes, keptAs }] of Object.entries(files)) {
		const content = await readFile(`${BUILD}/${name}`);
		expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256);
		expect(content.length, name).toBe(bytes);
		if (keptAs && name !== 'service-worker.js') expect(worker).toContain(`"${keptAs}":"${sha256}"`);
	}
});

test('the page shows the fingerprint that anybody computes from the published list', async ({
	page,
}) => {
	await openCheck(page);
	const { version, build, files } = await list();
	const fingerprint = createHash('sha256')
		.update(await listBytes())
		.digest('hex');
	const shown = (await section(page).innerText()).replaceAll(/\s/g, '');
	expect(shown).toContain(fingerprint);
	expect(shown).toContain(`${version},${build}`);
	await expect(section(page).getByText(`${Object.keys(files).length}, of which`)).toBeVisible();
	await expect(section(page).getByText('Not signed')).toBeVisible();
});

test('an untouched build passes, without one request to the host, offline too', async ({
	page,
	site,
	context,
}) => {
	await openCheck(page);
	await context.setOffline(true);
	const asked = site.requests.length;
	await checkEveryFile(page);
	const kept = Object.values((await list()).files).filter((file) => file.keptAs);
	await expect(
		section(page).getByText(
			`All ${kept.length} files that this device keeps are those of the list.`,
		),
	).toBeVisible();
	expect(site.requests.slice(asked)).toEqual([]);
	await context.setOffline(false);
});

test('a file with other content and a file that is gone are named', async ({ page }) => {
	await openCheck(page);
	await tamper(page, '/theme.js', 'changed()');
	await tamper(page, '/icon.svg', null);
	await tamper(page, '/service-worker.js', 'changed()');
	await checkEveryFile(page);
	const named = (name: string) =>
		section(page).getByRole('list', { name }).getByRole('listitem').allInnerTexts();
	expect(await named('With other content')).toEqual(['service-worker.js', 'theme.js']);
	expect(await named('Not on this device')).toEqual(['icon.svg']);
});

test('a build whose list names another hash for one file is not kept at all', async () => {
	const folder = await temporaryFolder();
	await copyBuild(folder.path);
	const file = path.join(folder.path, 'integrity.json');
	const { files, ...rest } = JSON.parse(await readFile(file, 'utf8')) as IntegrityList;
	const other = { ...files['theme.js'], keptAs: '/theme.js', sha256: '0'.repeat(64) };
	await writeFile(file, JSON.stringify({ ...rest, files: { ...files, 'theme.js': other } }));
	const site = await openSite(folder.path);
	const visitor = await visit(site.address);
	const page = await visitor.context.newPage();
	await page.goto('/');
	await expect.poll(() => site.requests).toContain('GET /integrity.json');
	await expect
		.poll(() =>
			page.evaluate(async () => ({
				kept: await caches.keys(),
				workers: (await navigator.serviceWorker.getRegistrations()).length,
			})),
		)
		.toEqual({ kept: [], workers: 0 });
	await visitor.leave();
	await site.close();
	await folder.remove();
});
