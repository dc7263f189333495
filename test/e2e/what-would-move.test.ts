/** The dial of how well known homes are, and what would move one home. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { forYouCards, openSampleTown, saveForYou, trained } from '../support/catalogues';

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
});

const littleKnown = async (page: Page) =>
	Number(/^(\d+) of your first 20/.exec(await page.getByText(/little known$/).innerText())?.[1]);

const place = (page: Page) => page.getByText(/^By its fit alone it is /);

const wouldBeFirst = (page: Page) =>
	page
		.getByRole('listitem')
		.filter({ hasText: 'it would be 1st.' })
		.filter({ has: page.getByRole('button', { name: /^Set it so/ }) });

const withoutOneSave = (page: Page) =>
	page.getByRole('listitem').filter({ hasText: /^Without your save of “[^”]+” it would be/ });

/**
 * Opens a home of the list of which such a line is told. Which homes have one depends on the draw
 * of the visit: what a single weight or act carries differs from home to home.
 */
async function openOneWith(page: Page, line: (page: Page) => Locator): Promise<void> {
	for (let card = 1; card < 20; card++) {
		await forYouCards(page).nth(card).getByRole('link').click();
		await expect(
			page.getByText(/Each was tried on a copy|No one or two of your acts/),
		).toBeVisible();
		if ((await line(page).count()) > 0) return;
		await page.goBack();
	}
	throw new Error('No home of the list has such a line.');
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
	await saveForYou(page);
	// Homes that are opened to look at this must not be learned from.
	await page.getByRole('link', { name: 'My taste' }).first().click();
	await page.getByRole('switch', { name: 'Learning' }).click();
	await page.getByRole('link', { name: 'For you' }).first().click();
	await openOneWith(page, withoutOneSave);
	const home = page.url();
	const told = await withoutOneSave(page).innerText();
	const then = /it would be (\S+)\.$/.exec(told)?.[1] ?? '';
	await expect(place(page)).not.toContainText(` is ${then} of `);
	await page.getByRole('link', { name: 'My taste' }).first().click();
	await page.getByRole('button', { name: /^Forget that you saved/ }).click();
	await expect(page.getByText(/^Forgotten\. .* moved\.$/)).toBeVisible();
	await page.goto(home);
	await expect(place(page)).toContainText(` is ${then} of `);
});

test('a weight that would make a home the first does so when it is set, and can be taken back', async ({
	page,
}) => {
	await saveForYou(page, 2);
	await openOneWith(page, wouldBeFirst);
	await expect(place(page)).not.toHaveText(/ is 1st of/);
	const before = await place(page).innerText();
	await wouldBeFirst(page).getByRole('button').first().click();
	await expect(page.getByText(/is set under My taste\.$/)).toBeVisible();
	await expect(place(page)).toHaveText(/ is 1st of/);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(place(page)).toHaveText(before);
});
