/** What others' choices teach: a pack is made, signed, shipped with the site, refused, used. */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type SiteKey, newSiteKey, readPrivateKey } from '$workers/packs/keys';
import { FRONT, BACK, wrap } from '$workers/packs/envelope';
import { encodePack } from '$workers/packs/pack-file';
import { signPack } from '$workers/packs/sign';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { StaticServer } from '../../tools/static-server';
import { expect, listen, test } from '../support/app';
import { forYouCards, openSampleTown, saveForYou } from '../support/catalogues';
import { csv, listings } from '../support/csv';
import { weightsPack } from '../support/packs';
import { copyBuild, openSite, temporaryFolder, visit } from '../support/site';

const HOMES = 40;
const KEYS = Array.from({ length: HOMES }, (_, row) => `airbnb:${row + 1}`);
const FAVOURITE = 17;

/** Everybody chose one home; nothing else is said. */
function favourite(version: number): ArrayBuffer {
	const pack = weightsPack(KEYS, { place: 'Millbrook', version });
	pack.chosen.fill(0.001);
	pack.chosen[FAVOURITE] = 0.9;
	pack.also?.values.fill(0);
	pack.next?.values.fill(0);
	return encodePack(pack);
}

const run = (...args: string[]) =>
	execFileSync('npm', ['run', '-s', ...args], { encoding: 'utf8' });

interface Shipped {
	readonly folder: string;
	readonly build: string;
	readonly key: SiteKey;
	remove(): Promise<void>;
}

/** A site with a catalogue that names its key, and a pack signed with it: by the command line alone. */
async function shipped(version = 3): Promise<Shipped> {
	const folder = await temporaryFolder();
	const inFolder = (name: string) => path.join(folder.path, name);
	const build = await copyBuild(inFolder('build'));
	const offered = path.join(build, 'catalogue');
	await mkdir(offered, { recursive: true });
	await writeFile(
		inFolder('listings.csv'),
		csv(listings(HOMES, (i) => ({ name: `Home ${i + 1}` }))),
	);
	await writeFile(inFolder('pack.bin'), new Uint8Array(favourite(version)));
	run('pack', '--', 'keys', '--out', inFolder('site'));
	const [own, published] = [inFolder('site.pem'), inFolder('site-public.pem')];
	run('catalogue', '--', inFolder('listings.csv'), '--key', published, '--out', offered);
	run(
		'pack',
		'--',
		'sign',
		inFolder('pack.bin'),
		'--key',
		own,
		'--out',
		path.join(offered, 'pack.bin'),
	);
	expect(run('pack', '--', 'verify', path.join(offered, 'pack.bin'), '--key', published)).toContain(
		'As it was signed',
	);
	const key = await readPrivateKey(await readFile(own, 'utf8'));
	return { folder: folder.path, build, key, remove: () => folder.remove() };
}

const file = (bytes: ArrayBuffer, name = 'pack.bin') => ({
	name,
	mimeType: 'application/octet-stream',
	buffer: Buffer.from(bytes),
});

const others = (page: Page) => page.getByRole('region', { name: 'What others’ choices teach' });

async function openPack(page: Page, bytes: ArrayBuffer): Promise<void> {
	await others(page).locator('input[type=file]').setInputFiles(file(bytes));
}

async function enter(page: Page): Promise<void> {
	await page.goto('/');
	await page.getByRole('button', { name: 'Looking for a home' }).click();
	await expect(forYouCards(page).first()).toBeVisible();
}

test('a pack that the site ships is tried and used, the list changes and says why; four others are refused', async () => {
	test.setTimeout(120_000);
	const site = await shipped();
	const server = await openSite(site.build);
	const visitor = await visit(server.address);
	const faults = listen(visitor.context, server.address);
	const page = await visitor.context.newPage();
	await enter(page);

	await page.goto('/catalogue');
	await expect(others(page).getByText('In use', { exact: true })).toBeVisible();
	await expect(others(page).getByText('Version 3 for Millbrook')).toBeVisible();
	await expect(others(page).getByText(`${HOMES} homes of the ones here`)).toBeVisible();
	await expect(others(page).getByText('as the catalogue of the site says')).toBeVisible();

	const signed = await signPack(favourite(4), site.key);
	const altered = new Uint8Array(signed.slice(0));
	altered[altered.length - 200] = (altered[altered.length - 200] as number) ^ 1;
	await openPack(page, altered.buffer);
	await expect(
		others(page).getByRole('heading', { name: /was altered after it was signed/ }),
	).toBeVisible();

	await openPack(page, await signPack(favourite(2), site.key));
	await expect(others(page).getByRole('heading', { name: /It never goes back/ })).toBeVisible();

	await openPack(page, await signPack(favourite(5), (await newSiteKey()).key));
	await expect(others(page).getByRole('heading', { name: /signed by another key/ })).toBeVisible();

	await openPack(page, await signPack(withNaN(favourite(6)), site.key));
	await expect(others(page).getByRole('heading', { name: /not finite/ })).toBeVisible();

	await page.reload();
	await expect(others(page).getByText('Version 3 for Millbrook')).toBeVisible();
	await expect(others(page).getByText('4 packs not taken, and why')).toBeVisible();

	await page.goto('/for-you');
	const first = forYouCards(page).first();
	await expect(
		first.getByRole('link', { name: `Home ${FAVOURITE + 1}`, exact: false }),
	).toBeVisible();
	await expect(first.getByRole('term').filter({ hasText: 'Chosen' })).toBeVisible();
	await expect(first.getByText('Often chosen by others')).toBeVisible();

	await page.goto('/catalogue');
	await others(page).getByRole('button', { name: 'Leave it aside' }).click();
	await expect(others(page).getByText('Left aside')).toBeVisible();
	await page.goto('/for-you');
	await expect(forYouCards(page).first()).toBeVisible();
	await expect(forYouCards(page).getByRole('term').filter({ hasText: 'Chosen' })).toHaveCount(0);

	expect(faults).toEqual([]);
	await visitor.leave();
	await server.close();
	await site.remove();
});

/** The same pack with a share that is none. */
function withNaN(pack: ArrayBuffer): ArrayBuffer {
	const tensors = decodeTensors(pack.slice(FRONT, pack.byteLength - BACK));
	const chosen = Float32Array.from(tensors.arrays.chosen as Float32Array);
	chosen[0] = Number.NaN;
	return wrap(encodeTensors({ ...tensors, arrays: { ...tensors.arrays, chosen } }));
}

test('two devices with different acts ask the host for the same files, a day later too', async () => {
	test.setTimeout(120_000);
	const site = await shipped();
	const asked: string[][] = [];
	// The catalogue came two days ago as well: it is looked for again.
	for (const busy of [true, false]) {
		const server = await openSite(site.build);
		const visitor = await visit(server.address);
		const page = await visitor.context.newPage();
		await enter(page);
		if (busy) await actALot(page);
		await used(page);
		await aDayPasses(page);
		await page.reload();
		await expect.poll(() => offeredTo(server)).toEqual([...FIRST, ...LATER]);
		asked.push(offeredTo(server));
		await visitor.leave();
		await server.close();
	}
	expect(asked[0]).toEqual(asked[1]);
	await site.remove();
});

const FIRST = ['GET /catalogue/homes.bin', 'GET /catalogue/pack.bin'];
const LATER = FIRST;
const offeredTo = ({ requests }: StaticServer) =>
	requests.filter((request) => request.includes('/catalogue/') && request.includes('.bin'));

async function actALot(page: Page): Promise<void> {
	await saveForYou(page, 3);
	await forYouCards(page).nth(3).getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: 'What it has' })).toBeVisible();
}

async function used(page: Page): Promise<void> {
	await page.goto('/catalogue');
	await expect(others(page).getByText('In use', { exact: true })).toBeVisible();
}

/** As if the last look had been two days ago. */
async function aDayPasses(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const opened = indexedDB.open('doorstep');
		await new Promise((resolve) => (opened.onsuccess = resolve));
		const records = opened.result.transaction('records', 'readwrite').objectStore('records');
		const at = JSON.stringify(Date.now() - 2 * 86_400_000);
		const put = records.put({ key: 'last-look', sealed: new TextEncoder().encode(at).buffer });
		await new Promise((resolve) => (put.onsuccess = resolve));
		opened.result.close();
		const own = indexedDB.open('doorstep-own');
		await new Promise((resolve) => (own.onsuccess = resolve));
		const kept = own.result.transaction('records', 'readwrite').objectStore('records');
		const asking = kept.get('catalogue') as IDBRequest<{ key: string; sealed: ArrayBuffer }>;
		await new Promise((resolve) => (asking.onsuccess = resolve));
		const summary = JSON.parse(new TextDecoder().decode(asking.result.sealed)) as object;
		const text = JSON.stringify({ ...summary, importedAt: Number(at) });
		const putBack = kept.put({ key: 'catalogue', sealed: new TextEncoder().encode(text).buffer });
		await new Promise((resolve) => (putBack.onsuccess = resolve));
		own.result.close();
	});
}

test('in the sample town a pack is taken once the person has compared its fingerprint', async ({
	page,
}) => {
	await openSampleTown(page);
	const keys = Array.from({ length: 50 }, (_, row) => `sample:${row + 1}`);
	const { key } = await newSiteKey();
	await page.goto('/catalogue');
	await openPack(page, await signPack(encodePack(weightsPack(keys, { version: 1 })), key));
	await expect(others(page).getByText('Is this the key of the site')).toBeVisible();
	await others(page).getByRole('button', { name: 'It is the same: try the pack' }).click();
	await expect(others(page).getByText('In use', { exact: true })).toBeVisible();
	await openPack(page, await signPack(encodePack(weightsPack(keys, { version: 2 })), key));
	await expect(others(page).getByText('Version 2 for')).toBeVisible();
	await openPack(page, await signPack(encodePack(weightsPack(KEYS, { version: 3 })), key));
	await expect(
		others(page).getByRole('heading', { name: /none of the homes that you have here/ }),
	).toBeVisible();
	await page.goto('/privacy/ledger');
	const noted = page.getByText('What others’ choices teach').filter({ visible: true });
	await expect(noted.first()).toBeVisible();
});
