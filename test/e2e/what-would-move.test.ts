/** The dial of how well known homes are, and what would move one home. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { forYouCards, openSampleTown, saveForYou, trained } from '../support/catalogues';

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
});

const littleKnown = async (page: Page) =>
	Number(/^(\d+) of your first 20/.exec(await page.getByText(/little known$/).innerText())?.[1]);

const place = (page: Page) => page.getByText(/^By its fit alone it is /);

/** Any home of the list may be the first by its fit; of two, one is not. */
async function openOneThatIsNotFirst(page: Page) {
	await forYouCards(page).nth(5).getByRole('link').click();
	if (!/ is 1st of /.test(await place(page).innerText())) return;
	await page.goBack();
	await forYouCards(page).nth(8).getByRole('link').click();
}

test('the dial fills the list with little known homes, says how many, and is remembered', async ({
	page,
}) => {
	const slider = page.getByRole('slider', { name: 'How well known' });
	await slider.press('Home');
	await expect(slider).toHaveAttribute('aria-valuenow', '0');
	const known = await littleKnown(page);
	await slider.press('End');
	await expect(slider).toHaveAttribute('aria-valuenow', '1');
	await expect.poll(() => littleKnown(page)).toBeGreaterThan(known);
	await page.reload();
	await expect(slider).toHaveAttribute('aria-valuenow', '1');
});

test('without the save that carries it a home would stand where it then does stand', async ({
	page,
}) => {
	await saveForYou(page, 3);
	await forYouCards(page).nth(4).getByRole('link').click();
	await expect(page.getByText(/^By its fit alone it is .+ of .+ homes/)).toBeVisible();
	await expect(page.getByText(/Each was tried on a copy|No one or two of your acts/)).toBeVisible();
});

test('a weight that would make a home the first does so when it is set, and can be taken back', async ({
	page,
}) => {
	await saveForYou(page, 2);
	await openOneThatIsNotFirst(page);
	await expect(place(page)).not.toHaveText(/ is 1st of/);
	const before = await place(page).innerText();
	const line = page.getByRole('listitem').filter({ hasText: 'it would be 1st.' }).first();
	await line.getByRole('button', { name: /^Set it so/ }).click();
	await expect(page.getByText(/is set under My taste\.$/)).toBeVisible();
	await expect(place(page)).toHaveText(/ is 1st of/);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(place(page)).toHaveText(before);
});
