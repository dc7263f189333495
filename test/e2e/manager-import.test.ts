/** A manager's file on its way into the books: looked at, read, kept or not, in every format. */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { expectNoFault } from '../support/axe';
import { zipOf } from '../support/books';
import { csvFile, pick, type NamedFile } from '../support/catalogues';
import { csv } from '../support/csv';
import { exportedBookings, fewBooks, hotelBookings, parquetOf } from '../support/exported-bookings';
import { jobStates, keep, learned, lookAt, readRows } from '../support/manager';
import { kill, workerNamed } from '../support/workers';

test.setTimeout(180_000);

const LOST = 'A part of Doorstep stopped in the middle of its work.';
const books = fewBooks();
const rows = exportedBookings(books);
const homes = new Set(rows.map(({ unit }) => unit)).size;
const bookingsFile = csvFile(csv(rows), 'bookings.csv');
/** Enough that reading takes a while. */
const large = (): NamedFile => {
	const many = Array.from({ length: 120_000 }, (_, i) => ({
		...rows[i % rows.length],
		booking_number: `L${i}`,
	}));
	return csvFile(csv(many), 'large.csv');
};

async function bring(page: Page, file: NamedFile = bookingsFile): Promise<void> {
	await lookAt(page, file);
	await readRows(page);
	await keep(page);
}

/** Ends the store in the middle of the transaction that makes what was read the books. */
async function killAtFirstWrite(page: Page): Promise<void> {
	const store = await workerNamed(page, 'store');
	await store.evaluate(() => {
		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (...args) {
			if (this.name === 'chunks') self.close();
			return put.apply(this, args);
		};
	});
}

/** What the page of the data says of the person's own books. */
async function expectBooks(page: Page, bookings: number): Promise<void> {
	await page.goto('/data');
	const [count, of] = [bookings.toLocaleString('en-GB'), homes];
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		new RegExp(`^${count} bookings of (${of}|\\w+) homes$`),
	);
}

test('is looked at, read and kept; again it adds nothing, and a newer one what has changed', async ({
	page,
}) => {
	await page.goto('/overview');
	await expect(page.getByRole('heading', { name: 'No bookings here yet' })).toBeVisible();
	await page.getByRole('link', { name: 'Bring in bookings' }).click();
	await lookAt(page, bookingsFile);
	expect(await readRows(page)).toEqual({ New: rows.length, Changed: 0, 'Known already': 0 });
	await keep(page);
	await expectBooks(page, rows.length);

	await lookAt(page, bookingsFile);
	await expect(page.getByText(/^Matched as /).first()).toBeVisible();
	expect(await readRows(page)).toEqual({ New: 0, Changed: 0, 'Known already': rows.length });
	await keep(page);

	const [first, ...others] = rows;
	const newer = [{ ...first, total: '7777.00' }, ...others, { ...first, booking_number: 'B-new' }];
	await page.goto('/data');
	await lookAt(page, csvFile(csv(newer), 'newer.csv'));
	expect(await readRows(page)).toEqual({
		New: 1,
		Changed: 1,
		'Known already': rows.length - 1,
	});
	await keep(page);
	await expectBooks(page, rows.length + 1);
});

test('keeps nothing where a person stops at the columns or after reading', async ({ page }) => {
	await lookAt(page, bookingsFile);
	await page.getByRole('button', { name: 'Cancel, keep nothing' }).click();
	await expect(page.getByRole('heading', { name: 'Bring in your bookings' })).toBeVisible();
	await lookAt(page, bookingsFile);
	await readRows(page);
	await page.getByRole('button', { name: 'Drop it, keep nothing' }).click();
	await expect(page.getByRole('heading', { name: 'Bring in your bookings' })).toBeVisible();
	await page.goto('/overview');
	await expect(page.getByRole('heading', { name: 'No bookings here yet' })).toBeVisible();
});

test('keeps nothing where a person stops the reading', async ({ page }) => {
	await bring(page);
	await page.goto('/data');
	await lookAt(page, large());
	await page.getByRole('button', { name: 'Read the rows' }).click();
	await page.getByRole('button', { name: 'Cancel, keep nothing' }).click();
	await expect(page.getByRole('progressbar', { name: 'Reading the file' })).toBeHidden();
	await expect(page.getByRole('alert')).toBeHidden();
	await expectBooks(page, rows.length);
});

test('says what is wrong with a faulty file, and the books stay', async ({ page }) => {
	await bring(page);
	await page.goto('/data');
	const packed = gzipSync(csv(rows));
	const faulty: readonly NamedFile[] = [
		csvFile('', 'empty.csv'),
		csvFile('booking_number,unit\n', 'header.csv'),
		csvFile(packed.subarray(0, packed.length / 2), 'half.csv.gz'),
		csvFile('[{"booking_number": 1}, {', 'half.json'),
		csvFile(parquetOf(rows).subarray(0, 2000), 'half.parquet'),
	];
	for (const file of faulty) {
		await pick(page, file);
		const read = page.getByRole('button', { name: 'Read the rows' });
		await expect(read.or(page.getByRole('alert')).first()).toBeVisible();
		if (await read.isVisible()) await read.click();
		await expect(page.getByRole('alert'), file.name).toContainText(file.name);
		await expect(page.getByRole('alert')).toContainText('Kept');
		await page.goto('/data');
	}
	await expectBooks(page, rows.length);
});

test('may be CSV, JSON, Parquet or a zip: the same bookings are the same', async ({ page }) => {
	await bring(page);
	const same: readonly NamedFile[] = [
		csvFile(gzipSync(csv(rows)), 'bookings.csv.gz'),
		csvFile(JSON.stringify(rows), 'bookings.json'),
		csvFile(parquetOf(rows), 'bookings.parquet'),
		csvFile(zipOf([{ name: 'bookings.csv', content: csv(rows) }]), 'bookings.zip'),
	];
	await page.goto('/data');
	for (const file of same) {
		await lookAt(page, file);
		expect(await readRows(page), file.name).toEqual({
			New: 0,
			Changed: 0,
			'Known already': rows.length,
		});
		await page.getByRole('button', { name: 'Drop it, keep nothing' }).click();
	}
});

test('is known by its columns where it is in the hotel booking demand format', async ({ page }) => {
	const stays = hotelBookings(books);
	await lookAt(page, csvFile(csv(stays), 'hotel.csv'));
	expect(await readRows(page)).toEqual({ New: stays.length, Changed: 0, 'Known already': 0 });
	await keep(page);
	await learned(page);
	await page.goto('/guests');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/the bookings name no guests/);
});

test('leaves the old books whole where the store is killed as it reads or keeps', async ({
	page,
}) => {
	await bring(page);
	await page.goto('/data');
	await lookAt(page, large());
	await page.getByRole('button', { name: 'Read the rows' }).click();
	await expect(page.getByRole('progressbar', { name: /Reading|Checking/ })).toBeVisible();
	await kill(page, 'store');
	await expect(page.getByRole('alert')).toContainText(LOST);
	await expectBooks(page, rows.length);

	await lookAt(page, csvFile(csv(rows.map((row) => ({ ...row, total: '99.00' }))), 'newer.csv'));
	await readRows(page);
	await killAtFirstWrite(page);
	await page.getByRole('button', { name: 'Keep it' }).click();
	await expect(page.getByRole('alert')).toContainText(LOST);
	await expectBooks(page, rows.length);
	await lookAt(page, bookingsFile);
	expect(await readRows(page)).toEqual({ New: 0, Changed: 0, 'Known already': rows.length });
});

test('is learned from where the training was killed: when told to go on, or on the next visit', async ({
	page,
}) => {
	await bring(page);
	await page.getByRole('link', { name: 'Models', exact: true }).first().click();
	const states = async () => Object.values(await jobStates(page)).join();
	await expect.poll(states).toContain('running');
	await kill(page, 'training');
	await expect(page.getByRole('alert')).toContainText(LOST);
	await expect.poll(states).toContain('interrupted');
	await page.getByRole('button', { name: 'Go on learning' }).click();
	await expect.poll(states).toContain('running');
	await kill(page, 'training');
	await expect.poll(states).toContain('interrupted');
	await page.reload();
	await learned(page);
	await expect(page.getByRole('alert')).toBeHidden();
});

test('shows no step with a serious fault of accessibility', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.goto('/overview');
	await expect(page.getByRole('heading', { name: 'No bookings here yet' })).toBeVisible();
	await expectNoFault(page, 'no books');
	const [first, ...others] = rows;
	await lookAt(page, csvFile(csv([{ ...first, arrival_date: 'soon' }, ...others]), 'one.csv'));
	await expectNoFault(page, 'columns');
	await readRows(page);
	await expectNoFault(page, 'report');
	await page.getByRole('button', { name: 'Drop it, keep nothing' }).click();
	await pick(page, csvFile('', 'empty.csv'));
	await expect(page.getByRole('alert')).toBeVisible();
	await expectNoFault(page, 'fault');
});
