/** Keeping by periods: counted before, measured before, removed by the job, written down, offline too. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { StaticServer } from '../../tools/static-server';
import { listen } from '../support/app';
import { expectNoFault } from '../support/axe';
import { openSampleTown } from '../support/catalogues';
import { learned, openSampleBooks, stages, versionsOf } from '../support/manager';
import { openSite, visit, type Visitor } from '../support/site';

const KEEPING = '/privacy/keeping';
const DAY = 86_400_000;
/** Two trainings of a model on two busy cores. */
const MEASURED = 240_000;

let site: StaticServer;
let visitor: Visitor;
let page: Page;
let faults: string[];

test.beforeEach(async () => {
	site = await openSite();
	visitor = await visit(site.address);
	faults = listen(visitor.context, site.address);
	page = await visitor.context.newPage();
});

test.afterEach(async () => {
	await visitor.leave();
	await site.close();
	expect(faults).toEqual([]);
});

const part = (name: string): Locator => page.getByRole('region', { name, exact: true });
const reports = (): Locator => page.getByRole('list', { name: 'What was removed' });

/** The first number in a text: `12,480 looks, the oldest of ...`. */
const firstNumber = (text: string | null) =>
	Number(/\d[\d,]*/.exec(text ?? '')?.[0].replaceAll(',', ''));

/** Saves a home of the sample town, so that there is an act; waits until it is on disk. */
async function saveOne(): Promise<void> {
	const saving = page.getByRole('button', { name: /^Save:/ }).first();
	await saving.click();
	await expect(saving).toHaveAttribute('aria-pressed', 'true');
	await page.goto(KEEPING);
	await expect(part('Your acts')).toBeVisible();
}

/**
 * Moves the stored acts some days into the past, and the job's last run too: the clock of a worker
 * can't be set from here, what it compares itself with can.
 */
async function age(acts: number, job: number): Promise<void> {
	await page.evaluate(
		async ({ actsAt, jobAt }) => {
			const request = <Value>(asked: IDBRequest<Value>) =>
				new Promise<Value>((resolve, reject) => {
					asked.onsuccess = () => resolve(asked.result);
					asked.onerror = () => reject(new Error('the database refused'));
				});
			const database = await request(indexedDB.open('doorstep-sample'));
			const change = database.transaction(['rows', 'records'], 'readwrite');
			const rows = change.objectStore('rows');
			for (const row of await request(
				rows.getAll() as IDBRequest<{ table: string; sealed: ArrayBuffer }[]>,
			)) {
				if (row.table !== 'interaction') continue;
				const vector = new Float64Array(row.sealed);
				vector[0] = actsAt;
				await request(rows.put({ ...row, sealed: vector.buffer }));
			}
			const state = { choices: {}, ranAt: jobAt, trusted: jobAt };
			const sealed = new TextEncoder().encode(JSON.stringify(state)).buffer;
			await request(change.objectStore('records').put({ key: 'retention', sealed }));
			database.close();
		},
		{ actsAt: Date.now() - acts * DAY, jobAt: Date.now() - job * DAY },
	);
}

test('acts of more than two years ago are gone with the next start, and a report says so', async () => {
	await openSampleTown(page);
	await saveOne();
	await age(800, 2);
	await page.reload();
	await expect(reports()).toContainText(/acts? older than 2 years/);
	await expect(part('Your acts')).toBeHidden();
	await page.goto('/privacy/ledger');
	const row = page.getByRole('row').filter({ hasText: 'Your acts' });
	await expect(row.filter({ hasText: /Erased/i }).first()).toBeVisible();
});

test('a clock far ahead removes nothing until the person says that it is right', async () => {
	await openSampleTown(page);
	await saveOne();
	await age(800, 400);
	await page.reload();
	await expect(page.getByText(/clock is 400 days ahead/)).toBeVisible();
	await expect(part('Your acts')).toContainText('would go now');
	await expect(page.getByRole('button', { name: 'Look now' })).toBeDisabled();
	await page.getByRole('button', { name: 'Yes, the date is right' }).click();
	await expect(reports()).toContainText(/acts? older than 2 years/);
	await expect(page.getByText(/days ahead/)).toBeHidden();
});

test('a period is counted and measured before it removes anything, and its model learns anew', async () => {
	test.setTimeout(1_200_000);
	await openSampleBooks(page);
	await learned(page);
	await page.goto(KEEPING);
	const looks = part('Looks at your homes');
	const before = firstNumber(await looks.getByText(/the oldest of/).textContent());
	await expect(looks.getByText('Nothing would go now.')).toBeVisible();
	await looks.getByLabel('Kept, after it happened').selectOption('1 year');
	const wouldGo = looks.getByText(/would go now/);
	await expect(wouldGo).toContainText(/^\d/);
	const past = firstNumber(await wouldGo.textContent());
	expect(past).toBeGreaterThan(0);

	await looks.getByRole('button', { name: 'What would that cost?' }).click();
	await expect(looks.getByText(/^Conversion would tell \d+ in 100 pairs apart/)).toBeVisible({
		timeout: MEASURED,
	});
	// Colours that are still on their way from light to dark have too little contrast.
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await expectNoFault(page, KEEPING);

	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await visitor.context.setOffline(true);
	await looks.getByRole('button', { name: 'Keep it so' }).click();
	const question = page.getByRole('dialog');
	await expect(question).toContainText(`${past.toLocaleString('en-GB')} looks`);
	await question.getByRole('button', { name: 'Remove and keep it so' }).click();
	await expect(reports()).toContainText(
		`${past.toLocaleString('en-GB')} looks older than 1 year were removed`,
	);
	expect(firstNumber(await looks.getByText(/the oldest of/).textContent())).toBe(before - past);
	await expect(looks.getByText('Nothing would go now.')).toBeVisible();

	await page.goto('/privacy/ledger');
	const entry = page.getByRole('row').filter({ hasText: past.toLocaleString('en-GB') });
	await expect(entry.filter({ hasText: /Erased/i }).first()).toContainText('Looks at your homes');

	await page.goto('/models');
	await learned(page);
	const versions = await stages(versionsOf(page, 'Conversion'));
	expect(Object.values(versions)).toHaveLength(2);
	expect(versions['1.0']).toBe('Taken out of use');
	const others = await stages(versionsOf(page, 'Cancellations'));
	expect(Object.values(others)).toHaveLength(1);
	await visitor.context.setOffline(false);
});
