/** A search for somebody else has marks and a taste of its own, and leaves the own one as it was. */
import { expect, test } from '../support/app';
import { expectNoFault } from '../support/axe';
import { openSampleTown, saveForYou } from '../support/catalogues';

test('a search for somebody else learns apart, and goes with all that was done in it', async ({
	page,
}) => {
	await openSampleTown(page);
	await saveForYou(page);
	await expect(page.getByText('learned from one act')).toBeVisible();

	await page.getByRole('link', { name: 'My taste' }).first().click();
	await page.getByRole('button', { name: 'For somebody else' }).click();
	await page.getByLabel('Whom is it for?').fill('my parents');
	await expectNoFault(page, 'a search for somebody else');
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(page.getByText('This search is for my parents')).toBeVisible();
	await expect(page.getByText('Nothing was learned yet')).toBeVisible();

	await page.getByRole('link', { name: 'Saved' }).first().click();
	await expect(page.getByText('A plot, and no house yet')).toBeVisible();
	await page.getByRole('link', { name: 'For you' }).first().click();
	await expect(page.getByText('learned from no acts')).toBeVisible();
	await saveForYou(page, 2);
	await expect(page.getByText('learned from two acts')).toBeVisible();

	await page.getByRole('button', { name: 'Back to mine' }).click();
	await expect(page.getByText('learned from one act')).toBeVisible();

	await page.getByRole('link', { name: 'My taste' }).first().click();
	await page.getByRole('radio', { name: 'my parents' }).click();
	await page.getByRole('button', { name: 'End this search' }).click();
	await page.getByRole('button', { name: 'End it, and forget' }).click();
	await expect(page.getByText('Forgotten with it: two acts')).toBeVisible();
	await expect(page.getByRole('radio')).toHaveCount(0);
	await page.getByRole('link', { name: 'Saved' }).first().click();
	await expect(page.getByRole('heading', { name: '1 saved home' })).toBeVisible();
});
