/** The listing encoder trains in the browser, on what this device has. */
import { expect, test } from '../support/app';
import { forYouCards, openSampleTown, saveForYou, trained } from '../support/catalogues';
import { exported } from '../support/copy';
import { steerTraining, trainingReport } from '../support/training';

test('by itself: with progress, on the fastest backend that counts right, better than guessing', async ({
	page,
}) => {
	await steerTraining(page);
	await openSampleTown(page);
	await expect(page.getByRole('progressbar')).toBeVisible();
	await trained(page);
	const report = await trainingReport(page);
	expect(report.homes).toBe(2_000);
	expect(report.loss).toBeLessThan(report.naiveLoss);
	expect(report.device.chosen).toBe('wasm');
	const copy = await exported(page);
	expect(copy.models.map(({ name }) => name)).toEqual(['listing-encoder']);
	expect(copy.ledger.map(({ what }) => what)).toContain('trained');
});

test('on WebGPU, with a software adapter', async ({ page }) => {
	await steerTraining(page, { backend: 'webgpu', epochs: 1 });
	await openSampleTown(page);
	const report = await trainingReport(page);
	expect(report.device.chosen).toBe('webgpu');
	expect(report.epochs).toBe(1);
	expect(report.loss).toBeGreaterThan(0);
	await expect(forYouCards(page)).toHaveCount(24);
	await page.goto('/privacy');
	await expect(page.getByText('the graphics processor (WebGPU)')).toBeVisible();
});

test('a run that is stopped keeps the order as it is, and is not started again by an act', async ({
	page,
}) => {
	await steerTraining(page, { backend: 'cpu' });
	await openSampleTown(page);
	await page.getByRole('button', { name: 'Stop, and keep the order as it is' }).click();
	const learning = page.getByRole('region', { name: 'Learning the homes' });
	await expect(learning).toBeHidden();
	await saveForYou(page);
	await expect(page.getByText('learned from one act')).toBeVisible();
	await expect(learning).toBeHidden();
	expect((await exported(page)).ledger.map(({ what }) => what)).not.toContain('trained');
});
