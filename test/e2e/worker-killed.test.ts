/** A browser short of memory may end a worker at any moment, without a word. */
import { expect, test } from '../support/app';
import {
	bringIn,
	csvFile,
	forYouCards,
	openSampleTown,
	pick,
	saveForYou,
} from '../support/catalogues';
import { csv, listings } from '../support/csv';
import { modelStored, steerTraining, trainingReport } from '../support/training';
import { kill } from '../support/workers';

/** Plain JavaScript needs seconds, so that a checkpoint is written on the way. */
const SLOWLY = { backend: 'cpu', epochs: 12 } as const;
const LOST = 'A part of Doorstep stopped in the middle of its work.';

test('the store, killed during an import, is said plainly; the old homes stay and work goes on', async ({
	page,
}) => {
	await bringIn(page, csvFile(csv(listings(7))));
	await page.getByRole('button', { name: 'Open another file' }).click();
	await pick(page, csvFile(csv(listings(60_000)), 'large.csv'));
	await expect(page.getByRole('progressbar')).toBeVisible();
	await kill(page, 'store');
	await expect(page.getByRole('alert')).toContainText(LOST);
	await page.getByRole('link', { name: 'Back to my homes' }).click();
	await expect(page.getByRole('heading', { name: '7 homes of 7 fit' })).toBeVisible();
	await page
		.getByRole('button', { name: /^Save:/ })
		.first()
		.click();
	await page.getByRole('link', { name: 'Saved' }).first().click();
	await expect(page.getByRole('heading', { name: '1 saved home' })).toBeVisible();
});

test('store and scoring, killed between two acts, start anew unnoticed', async ({ page }) => {
	await openSampleTown(page);
	await saveForYou(page);
	await expect(page.getByText('learned from one act')).toBeVisible();
	await kill(page, 'store');
	await kill(page, 'scoring');
	await saveForYou(page);
	await expect(page.getByText('learned from two acts')).toBeVisible();
	await page.reload();
	await expect(page.getByText('learned from two acts')).toBeVisible();
});

test('training, killed on its way, goes on from its checkpoint', async ({ page }) => {
	await steerTraining(page, SLOWLY);
	await openSampleTown(page);
	await expect
		.poll(() => modelStored(page, 'sample', 'listing-encoder/checkpoint'), { timeout: 30_000 })
		.toBe(true);
	await kill(page, 'training');
	await expect(page.getByRole('alert')).toContainText(LOST);
	await expect(forYouCards(page)).toHaveCount(24);
	await page.getByRole('button', { name: 'Go on learning' }).click();
	const report = await trainingReport(page);
	expect(report.resumedAt).toBeGreaterThan(0);
	await expect(page.getByRole('alert')).toBeHidden();
});

test('training goes on from its checkpoint after a reload', async ({ page }) => {
	await steerTraining(page, SLOWLY);
	await openSampleTown(page);
	await expect
		.poll(() => modelStored(page, 'sample', 'listing-encoder/checkpoint'), { timeout: 30_000 })
		.toBe(true);
	await page.reload();
	expect((await trainingReport(page)).resumedAt).toBeGreaterThan(0);
});
