/** Files that cannot be used, and a device without room: one clear message, and the old homes stay. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { bringIn, csvFile, type NamedFile, pick } from '../support/catalogues';
import { csv, listings } from '../support/csv';
import { visit } from '../support/site';

const header = () => csv(listings(1)).split('\n')[0] ?? '';
const openQuote = () => {
	const lines = csv(listings(40)).split('\n');
	lines[17] = lines[17]?.replace('Quiet rooms', '"Quiet rooms') ?? '';
	return lines.join('\n');
};

interface BadFile {
	readonly what: string;
	readonly file: NamedFile;
	/** The fault's name, for a report. */
	readonly fault: string;
	readonly where?: RegExp;
}

const BAD_FILES: readonly BadFile[] = [
	{ what: 'an empty file', file: csvFile(''), fault: 'FileEmpty' },
	{ what: 'a header and no row', file: csvFile(`${header()}\n`), fault: 'HeaderOnly' },
	{
		what: 'no price column',
		file: csvFile(csv(listings(5), { columns: ['id', 'name', 'latitude', 'longitude'] })),
		fault: 'ColumnMissing',
		where: /price/,
	},
	{
		what: 'an open quote',
		file: csvFile(openQuote()),
		fault: 'QuoteUnterminated',
		where: /row 17/,
	},
	{
		what: 'UTF-16 without a mark',
		file: csvFile(Buffer.from(csv(listings(5)), 'utf16le')),
		fault: 'TextNotUtf8',
	},
	{
		what: 'a gzip cut short',
		file: csvFile(gzipSync(csv(listings(3_000))).subarray(0, 3_000), 'listings.csv.gz'),
		fault: 'TruncatedGzip',
		where: /row/,
	},
	{
		what: 'a picture',
		file: {
			name: 'home.png',
			mimeType: 'image/png',
			buffer: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
		},
		fault: 'FileTypeUnknown',
	},
];

async function expectOldHomes(page: Page): Promise<void> {
	await page.goto('/browse');
	await expect(page.getByRole('heading', { name: '7 homes of 7 fit' })).toBeVisible();
}

test('each bad file gives one message that says what, where, what is kept and what to do', async ({
	page,
}) => {
	await bringIn(page, csvFile(csv(listings(7))));
	await page.getByRole('button', { name: 'Open another file' }).click();
	const alert = page.getByRole('alert');
	for (const { what, file, fault, where } of BAD_FILES) {
		await test.step(what, async () => {
			await pick(page, file);
			await expect(alert.getByText(fault)).toBeAttached();
			await expect(alert.getByText('Not imported')).toBeVisible();
			await expect(alert.getByText(/homes that were here are as they were/)).toBeVisible();
			if (where) await expect(alert).toContainText(where);
		});
	}
	await expectOldHomes(page);
});

test('the homes of another place take the old ones’ place only when that is asked for', async ({
	page,
}) => {
	await bringIn(page, csvFile(csv(listings(7))));
	await page.getByRole('button', { name: 'Open another file' }).click();
	const elsewhere = csvFile(csv(listings(4, () => ({ latitude: '1.3', longitude: '103.8' }))));
	await pick(page, elsewhere);
	await expect(page.getByRole('alert')).toContainText(/km from the ones you have/);
	await expectOldHomes(page);
	await page.goto('/catalogue');
	await pick(page, elsewhere);
	await page.getByRole('button', { name: 'Open it instead' }).click();
	await expect(page.getByRole('heading', { name: '4 homes are in' })).toBeVisible();
});

test('one’s own homes are not replaced from the sample town either', async ({ page }) => {
	await bringIn(page, csvFile(csv(listings(7))));
	await page.goto('/catalogue');
	await page.getByRole('button', { name: 'Look around with the sample town' }).click();
	await expect(page.getByRole('heading', { name: '2,000 homes' })).toBeVisible();
	await pick(page, csvFile(csv(listings(4, () => ({ latitude: '1.3', longitude: '103.8' })))));
	await expect(page.getByRole('alert')).toContainText('Your catalogue of 7 homes');
	await page.goto('/catalogue');
	await pick(page, csvFile(csv(listings(7))));
	await expect(page.getByRole('heading', { name: 'Nothing new in this file' })).toBeVisible();
	await expectOldHomes(page);
});

test('a full disk is said plainly, and nothing is lost', async ({ site }) => {
	const visitor = await visit(site.address);
	await bringIn(await visitor.context.newPage(), csvFile(csv(listings(7))));
	// The browser asks for the room left at the first write, and then trusts the answer for a while.
	await visitor.restart();
	const page = await visitor.context.newPage();
	const browser = await visitor.context.newCDPSession(page);
	const origin = `${site.address}/`;
	await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000 });
	await page.goto('/catalogue');
	const many = listings(5_000, (i) => ({ name: `Rooms number ${i * 7919} by the mill` }));
	await pick(page, csvFile(csv(many)));
	await expect(page.getByRole('alert')).toContainText('There is no room left on this device');
	await expectOldHomes(page);
	await visitor.leave();
});
