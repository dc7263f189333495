/** The areas of the list, beside what was asked for: reached from the taste. */
import { expect, test } from '../support/app';
import { expectNoFault } from '../support/axe';
import { openSampleTown, saveForYou } from '../support/catalogues';

test('each area of the list stands beside what was asked for', async ({ page }) => {
	await openSampleTown(page);
	await saveForYou(page, 2);
	await page.getByRole('link', { name: 'My taste' }).first().click();
	await page.getByRole('link', { name: 'Does it steer you?' }).click();
	await expect(page.getByText(/Of your first 100 homes|In your first 100 homes/)).toBeVisible();
	const areas = page.getByRole('img', { name: /of the list.*asked for; by chance/ });
	const shares = await areas.evaluateAll((rows) =>
		rows.map((row) => Number.parseFloat(row.getAttribute('aria-label') ?? '')),
	);
	expect(shares.length).toBeGreaterThan(3);
	const total = shares.reduce((sum, share) => sum + share, 0);
	// Rounded to a tenth or a whole of a hundredth each.
	expect(Math.abs(total - 100)).toBeLessThan(shares.length / 2 + 0.5);
	await expectNoFault(page, 'areas of the list');
});
