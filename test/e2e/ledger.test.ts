/** The ledger from outside: what is written down, what a person finds, and what is noticed when it is altered. */
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { LedgerEntry } from '$lib/contracts';
import { expect, test } from '../support/app';
import { openSampleTown, trained } from '../support/catalogues';

const DATABASE = 'doorstep-sample';

const table = (page: Page) => page.getByRole('table', { name: 'What happened to the data' });
const newest = (page: Page) => page.locator('[data-newest]').innerText();

async function openLedger(page: Page) {
	await page.goto('/privacy/ledger');
	await expect(page.getByRole('heading', { name: 'Ledger', level: 1 })).toBeVisible();
	await expect(page.getByText(/There is one\.|All \d+ fit together\./)).toBeVisible();
}

/** Does something to the stored entries, behind the app's back. Answers the number of the one it was about. */
function tamper(page: Page, how: 'alter' | 'delete' | 'cut' | 'swap'): Promise<number> {
	return page.evaluate(
		async ([name, kind]) => {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(opening.error ?? new Error('not opened'));
			});
			const transaction = database.transaction('rows', 'readwrite');
			const store = transaction.objectStore('rows');
			const rows = await new Promise<{ sequence: number; sealed: ArrayBuffer }[]>((resolve) => {
				const asking = store.getAll(IDBKeyRange.bound(['ledger', 0], ['ledger', Infinity]));
				asking.onsuccess = () =>
					resolve(asking.result as { sequence: number; sealed: ArrayBuffer }[]);
			});
			const at = kind === 'cut' ? rows.length - 1 : 1;
			const row = rows[at];
			const other = rows[at + 1];
			if (!row) throw new Error('too few entries');
			if (kind === 'alter') {
				// The number of rows: as if less had been read.
				new Float64Array(row.sealed)[4] = 7;
				store.put(row);
			} else if (kind === 'swap' && other) {
				store.put({ ...row, sealed: other.sealed });
				store.put({ ...other, sealed: row.sealed });
			} else {
				store.delete(['ledger', row.sequence]);
			}
			await new Promise((resolve) => (transaction.oncomplete = resolve));
			database.close();
			return row.sequence;
		},
		[DATABASE, how] as const,
	);
}

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
});

test('what came in, was read and was learned stands in it, and all of it fits', async ({
	page,
}) => {
	await openLedger(page);
	await expect(
		table(page).getByRole('row', { name: /Opened Sample town .*2,000 rows/ }),
	).toBeVisible();
	await expect(
		table(page).getByRole('row', { name: /Read Your acts Suggest \d+ reads?/ }),
	).toBeVisible();
	await expect(
		table(page).getByRole('row', { name: /Trained What homes have in common Suggest 2,000 rows/ }),
	).toBeVisible();
	expect(await newest(page)).toMatch(/^[0-9a-f]{64}$/);
});

test('looking at it again and again writes nothing', async ({ page }) => {
	await openLedger(page);
	const before = await newest(page);
	for (let i = 0; i < 5; i++) {
		await page.getByRole('button', { name: 'Check again' }).click();
		await expect(page.getByText(/All \d+ fit together\./)).toBeVisible();
	}
	expect(await newest(page)).toBe(before);
});

test('entries are found by kind, purpose and subject, and by nothing that is not there', async ({
	page,
}) => {
	await openLedger(page);
	await page.getByRole('button', { name: 'Learned' }).click();
	await expect(page.getByRole('heading', { name: /^1 of \d+ entries$/ })).toBeVisible();
	await expect(table(page).locator('tbody tr')).toHaveCount(1);
	await page.getByLabel('Purpose').selectOption('Forecast');
	await expect(page.getByText('No entry is like that.')).toBeVisible();
	await page.getByRole('button', { name: 'Show all entries' }).click();
	await page.getByLabel('Search').fill('your acts');
	await expect(table(page).locator('tbody tr').first()).toContainText('Your acts');
	await expect(table(page).getByText('Sample town')).toHaveCount(0);
});

test('a fingerprint from an older report is found, and an invented one is not', async ({
	page,
}) => {
	await openLedger(page);
	const old = await newest(page);
	await page.getByRole('button', { name: 'Save as JSON' }).click();
	await page.getByRole('button', { name: 'Save the file' }).click();
	await expect(page.getByText('Exported').first()).toBeVisible();
	await page.getByLabel('Search').fill(old);
	await expect(page.getByText('This ledger contains that fingerprint')).toBeVisible();
	await expect(table(page).locator('tbody tr')).toHaveCount(1);
	await page.getByLabel('Search').fill('ab'.repeat(32));
	await expect(page.getByText('No entry carries that fingerprint.')).toBeVisible();
});

test('the saved file can be checked with any SHA-256, and its saving is an entry', async ({
	page,
}) => {
	await openLedger(page);
	const head = await newest(page);
	await page.getByRole('button', { name: 'Save as JSON' }).click();
	await expect(page.getByRole('heading', { name: 'This is what leaves' })).toBeVisible();
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save the file' }).click();
	const file = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as {
		newest: string;
		entries: LedgerEntry[];
	};
	expect(file.newest).toBe(head);
	let previous = '0'.repeat(64);
	for (const { fingerprint, ...entry } of file.entries) {
		const { sequence, instant, what, subject, purpose, rows, bytes } = entry;
		const hashed = JSON.stringify([
			previous,
			sequence,
			instant,
			what,
			subject,
			purpose,
			rows,
			bytes,
		]);
		previous = createHash('sha256').update(hashed).digest('hex');
		expect(fingerprint).toBe(previous);
	}
	await expect(table(page).getByRole('row', { name: /Exported Ledger .*1 file/ })).toBeVisible();
	await expect(page.getByText(/All \d+ fit together\./)).toBeVisible();
});

for (const [how, words] of [
	['alter', (at: number) => `Entry ${at} does not fit.`],
	['swap', (at: number) => `Entry ${at} does not fit.`],
	['delete', (at: number) => `Entry ${at} is missing.`],
	['cut', (at: number) => `The end of the ledger is missing, from entry ${at} on.`],
] as const)
	test(`an entry is noticed and named: ${how}`, async ({ page }) => {
		await openLedger(page);
		const at = await tamper(page, how);
		await page.getByRole('button', { name: 'Check again' }).click();
		await expect(page.getByText(words(at))).toBeVisible();
		await expect(page.getByText('Save the ledger as a file now')).toBeVisible();
		await page.reload();
		await expect(page.getByText(words(at))).toBeVisible();
	});

test('an altered entry is noticed without a network, too', async ({ context, page, site }) => {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await openLedger(page);
	await context.setOffline(true);
	const asked = site.requests.length;
	const at = await tamper(page, 'alter');
	await page.reload();
	await expect(page.getByText(`Entry ${at} does not fit.`)).toBeVisible();
	await expect(page.getByText(`${at} does not fit`, { exact: true })).toBeVisible();
	expect(site.requests).toHaveLength(asked);
});
