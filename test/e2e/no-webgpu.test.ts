import { findChromium } from '../../tools/chromium';
import { expect, test } from '../support/app';
import { openSampleTown, trained } from '../support/catalogues';

test.use({
	launchOptions: {
		executablePath: findChromium(),
		args: ['--no-sandbox', '--disable-gpu', '--disable-features=WebGPU,WebGPUService'],
	},
});

test('a device without WebGPU learns all the same, and says on what', async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
	await page.goto('/privacy');
	const race = page.getByRole('table', { name: 'Backends tried' });
	await expect(race.getByRole('row', { name: /webgpu .*Not on this device/ })).toBeVisible();
	await expect(race.getByRole('row', { name: /wasm .*Chosen/ })).toBeVisible();
});
