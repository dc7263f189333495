/** Purposes taken back and granted again: what stops, what is learned anew, and the question at level C. */
import { expect, type Page, test } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { listen } from '../support/app';
import { expectNoFault } from '../support/axe';
import {
	csvFile,
	forYouCards,
	openSampleTown,
	pick,
	saveForYou,
	trained,
} from '../support/catalogues';
import { actsOf, exported } from '../support/copy';
import { csv } from '../support/csv';
import { exportedBookings, fewBooks } from '../support/exported-bookings';
import {
	jobStates,
	keep,
	learned,
	lookAt,
	openSampleBooks,
	readRows,
	stages,
	versionsOf,
} from '../support/manager';
import { openSite, visit, type Visitor } from '../support/site';

const LEARN = 'Learn from the bookings';
const SUGGEST = 'Suggest homes';
const bookings = csvFile(csv(exportedBookings(fewBooks())), 'bookings.csv');

let site: StaticServer;
let visitor: Visitor;
let page: Page;
let faults: string[];

test.describe.configure({ timeout: 400_000 });

async function begin(options?: { headers: boolean }): Promise<void> {
	site = await openSite(undefined, options);
	visitor = await visit(site.address);
	faults = listen(visitor.context, site.address);
	page = await visitor.context.newPage();
}

test.afterEach(async () => {
	await visitor.leave();
	await site.close();
	expect(faults).toEqual([]);
});

const heading = (on = page) => on.getByRole('heading', { level: 1 });

/** Through the switch on the page of the purposes; taking back is asked about first. */
async function take(name: string): Promise<void> {
	await page.goto('/privacy/purposes');
	await page.getByRole('switch', { name, exact: true }).click();
	await page.getByRole('button', { name: 'Take it back' }).click();
	await expect(page.getByRole('switch', { name, exact: true })).not.toBeChecked();
}

async function grant(name: string): Promise<void> {
	await page.goto('/privacy/purposes');
	await page.getByRole('switch', { name, exact: true }).click();
	await expect(page.getByRole('switch', { name, exact: true })).toBeChecked();
}

/** What the receipts say, newest first: what, which purpose, of what. */
async function receipts(): Promise<string[][]> {
	await page.goto('/privacy/purposes');
	const rows = page
		.getByRole('table', { name: 'Receipts of what you changed' })
		.locator('tbody tr');
	await expect(rows.first()).toBeVisible();
	return rows.evaluateAll((found) =>
		found.map((row) => Array.from(row.children, (cell) => cell.textContent?.trim() ?? '').slice(1)),
	);
}

async function offline(): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await visitor.context.setOffline(true);
}

test('bookings that may not be learned from: every page says so, and granted again all is learned anew', async () => {
	await begin();
	await lookAt(page, bookings);
	await readRows(page);
	await keep(page);
	await learned(page);
	await page.goto('/guests');
	await expect(page.getByRole('table', { name: 'Figures of the backtest' })).toBeVisible();

	const other = await visitor.context.newPage();
	await other.goto('/revenue');
	await expect(other.getByRole('table', { name: 'Figures of the backtest' })).toBeVisible();
	await take(LEARN);
	// The other tab hears of it.
	await expect(heading(other)).toHaveText(`${LEARN}: you took this back`);
	await other.close();
	for (const path of ['/overview', '/revenue', '/demand', '/prices', '/conversion', '/guests']) {
		await page.goto(path);
		await expect(heading()).toHaveText(`${LEARN}: you took this back`);
	}
	for (const path of ['/models', '/features']) {
		await page.goto(path);
		await expect(page.getByRole('alert')).toContainText('you took the permission back');
	}
	const copy = await exported(page);
	expect(
		copy.ledger.some(({ subject, what }) => what === 'withdrew' && subject === 'purpose'),
	).toBe(true);
	// Nothing that was learned is left, and nothing that was brought in has gone.
	expect(copy.models).toEqual([]);

	await offline();
	await grant(LEARN);
	expect(await receipts()).toEqual([
		['Granted', LEARN, 'All of it'],
		['Took back', LEARN, 'All of it'],
	]);
	await page.goto('/overview');
	await learned(page);
	await page.goto('/guests');
	await expect(page.getByRole('table', { name: 'Figures of the backtest' })).toBeVisible();
});

test('guests taken out of learning: their value can’t be told, the others are learned anew without them', async () => {
	await begin();
	await lookAt(page, bookings);
	await readRows(page);
	await keep(page);
	await learned(page);
	const guests = `Guests, without names, to ${LEARN.toLowerCase()}`;
	await take(guests);
	await page.goto('/revenue');
	// Revenue never learned from guests: it goes on answering.
	await expect(page.getByRole('table', { name: 'Figures of the backtest' })).toBeVisible();
	await learned(page);
	expect(Object.values(await stages(versionsOf(page, 'Value of guests')))).toEqual([
		'Taken out of use',
	]);
	await page.goto('/guests');
	await expect(heading()).toHaveText('Value of guests: the bookings name no guests');
	await expect(
		page.getByText('You took this out of learning: guests, without names'),
	).toBeVisible();
	expect((await receipts())[0]).toEqual(['Took back', LEARN, 'Guests, without names']);

	await grant(guests);
	await page.goto('/overview');
	await learned(page);
	await page.goto('/guests');
	await expect(page.getByRole('table', { name: 'Figures of the backtest' })).toBeVisible();
});

test('taken back while another tab learns: nothing of that training is kept', async () => {
	await begin();
	await lookAt(page, bookings);
	await readRows(page);
	await keep(page);
	const learning = await visitor.context.newPage();
	await page.goto('/privacy/purposes');
	await learning.goto('/models');
	await expect
		.poll(async () => Object.values(await jobStates(learning)), { timeout: 60_000 })
		.toContain('running');
	await take(LEARN);
	await expect
		.poll(
			() =>
				learning.evaluate(async () => {
					const { held = [] } = await navigator.locks.query();
					return held.some(({ name }) => name === 'doorstep-insights');
				}),
			{ timeout: 60_000 },
		)
		.toBe(false);
	expect((await exported(page)).models).toEqual([]);
	await learning.close();
});

test('suggesting taken back: nothing is ranked or written down, offline and in another tab too', async () => {
	await begin();
	await openSampleTown(page);
	await trained(page);
	await saveForYou(page);
	const other = await visitor.context.newPage();
	await other.goto('/for-you');
	await expect(forYouCards(other).first()).toBeVisible();
	await offline();

	await take(SUGGEST);
	await expect(
		other.getByRole('heading', { name: `${SUGGEST}: you took this back` }),
	).toBeVisible();
	await expect(forYouCards(other)).toHaveCount(0);
	await other.close();
	for (const path of ['/taste', '/start', '/for-you']) {
		await page.goto(path);
		await expect(
			page.getByRole('heading', { name: `${SUGGEST}: you took this back` }),
		).toBeVisible();
	}
	const before = actsOf(await exported(page)).filter(({ kind }) => kind !== 'save');
	await page.goto('/browse');
	await expect(page.getByRole('button', { name: 'Order: Best rated first' })).toBeVisible();
	await page.getByRole('button', { name: /^Order:/ }).click();
	await expect(page.getByRole('menuitemradio', { name: 'Newest first' })).toBeVisible();
	await expect(page.getByRole('menuitemradio', { name: /fit/i })).toHaveCount(0);
	await page.keyboard.press('Escape');
	await page.getByRole('article').first().getByRole('link').first().click();
	await expect(page).toHaveURL(/\/home/);
	await expect(heading()).toBeVisible();
	const copy = await exported(page);
	expect(actsOf(copy).filter(({ kind }) => kind !== 'save')).toEqual(before);
	expect(copy.models).toEqual([]);

	await grant(SUGGEST);
	await page.goto('/for-you');
	await expect(forYouCards(page).first()).toBeVisible();
	await expect(page.getByText('learned from')).toBeVisible();
});

test('without the acts suggesting goes on, and has learned from nothing', async () => {
	await begin();
	await openSampleTown(page);
	await trained(page);
	await saveForYou(page);
	await expect(page.getByText('learned from one act')).toBeVisible();
	await take(`Your acts, to ${SUGGEST.toLowerCase()}`);
	await page.goto('/for-you');
	await expect(page.getByText('learned from no acts')).toBeVisible();
	await grant(`Your acts, to ${SUGGEST.toLowerCase()}`);
	await page.goto('/for-you');
	await expect(page.getByText('learned from one act')).toBeVisible();
});

test('at level C bookings are asked about before they are read; the sample town is not', async () => {
	await begin({ headers: false });
	await page.goto('/data');
	await pick(page, bookings);
	await expect(heading()).toHaveText('On this visit, the browser guards your bookings less');
	await expect(page.getByText('Nothing of bookings.csv was read yet.')).toBeVisible();
	await expectNoFault(page, 'level C');
	await page.getByRole('button', { name: 'Leave it' }).click();
	await pick(page, bookings);
	await page.getByRole('button', { name: 'Bring it in all the same' }).click();
	await expect(page.getByRole('button', { name: 'Read the rows' })).toBeVisible();
	await page.getByRole('button', { name: 'Cancel, keep nothing' }).click();
	// Remembered on this visit.
	await pick(page, bookings);
	await expect(page.getByRole('button', { name: 'Read the rows' })).toBeVisible();

	await page.reload();
	// The app's own service worker adds the headers from now on: level B.
	await pick(page, bookings);
	await expect(page.getByRole('button', { name: 'Read the rows' })).toBeVisible();
});

test('at level C the sample town’s books open without a question', async () => {
	await begin({ headers: false });
	await openSampleBooks(page);
	await expect(page.getByRole('table', { name: 'Homes' })).toBeVisible();
});

test('the page of the purposes has no serious fault of accessibility, nor has its question', async () => {
	await begin();
	await openSampleTown(page);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.goto('/privacy/purposes');
	await expect(page.getByRole('heading', { name: SUGGEST })).toBeVisible();
	await expectNoFault(page, 'purposes');
	await page.getByRole('switch', { name: LEARN, exact: true }).click();
	await expect(page.getByRole('dialog')).toContainText('None of your data is deleted');
	await expectNoFault(page, 'question');
	await page.getByRole('button', { name: 'Leave it as it is' }).click();
	await expect(page.getByRole('switch', { name: LEARN, exact: true })).toBeChecked();
});
