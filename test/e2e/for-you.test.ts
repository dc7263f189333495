/** Suggestions: a start by five taps, reasons that add up, and a list that follows every act. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { forYouCards, openSampleTown, saveForYou, trained } from '../support/catalogues';
import { actsOf, exported } from '../support/copy';

const titles = (page: Page) => forYouCards(page).getByRole('link').allInnerTexts();
const addresses = (page: Page) =>
	forYouCards(page)
		.getByRole('link')
		.evaluateAll((links) => links.map((link) => link.getAttribute('href')));

/** What a card prints: its contributions, and the fit. */
async function figures(card: Locator): Promise<number[]> {
	const texts = await card.getByRole('definition').allInnerTexts();
	return texts.map((text) => Number(text.replace('−', '-')));
}

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
});

test('every home is shown with a reason, and its printed contributions add up to its fit', async ({
	page,
}) => {
	await saveForYou(page);
	await expect(page.getByText('learned from one act')).toBeVisible();
	for (const card of await forYouCards(page).all()) {
		await expect(card.locator('.why')).toHaveText(/\w.*\.$/);
		const printed = await figures(card);
		const fit = printed.pop() ?? NaN;
		const sum = printed.reduce((total, part) => total + part, 0);
		expect(sum).toBeCloseTo(fit, 2);
	}
});

test('three homes that are saved before the list can follow are all learned from', async ({
	page,
}) => {
	const saves = forYouCards(page).getByRole('button', { name: /^Save:/ });
	await saves.evaluateAll((buttons) => {
		for (const button of buttons.slice(0, 3)) (button as HTMLButtonElement).click();
	});
	await expect(page.getByText('learned from three acts')).toBeVisible();
	const kinds = actsOf(await exported(page)).map(({ kind }) => kind);
	expect(kinds.filter((kind) => kind === 'save')).toHaveLength(3);
	expect(kinds).not.toContain('unsave');
});

test('the list follows every act: save, dismissal with a reason, and its undo', async ({
	page,
}) => {
	const before = await addresses(page);
	await forYouCards(page)
		.nth(2)
		.getByRole('button', { name: /^Save:/ })
		.click();
	await expect.poll(() => addresses(page)).not.toEqual(before);

	const saved = await addresses(page);
	const address = saved[1];
	const gone = page.locator(`a[href="${address}"]`);
	await forYouCards(page)
		.filter({ has: gone })
		.getByRole('button', { name: /^Not for me:/ })
		.click();
	await page.getByRole('menuitem', { name: 'Too expensive' }).click();
	await expect(gone).toHaveCount(0);
	await expect.poll(() => addresses(page)).not.toEqual(saved);

	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(gone).toHaveCount(1);
});

test('the slider widens the list and narrows it again, and its place is remembered', async ({
	page,
}) => {
	await saveForYou(page, 3);
	await expect(page.getByText('learned from three acts')).toBeVisible();
	const slider = page.getByRole('slider', { name: 'How wide to look' });
	await slider.press('Home');
	await expect(slider).toHaveAttribute('aria-valuenow', '0');
	await expect.poll(() => titles(page)).toHaveLength(24);
	const narrow = await addresses(page);
	await slider.press('End');
	await expect.poll(() => addresses(page)).not.toEqual(narrow);
	await expect(slider).toHaveAttribute('aria-valuenow', '1');
	await page.reload();
	await expect(slider).toHaveAttribute('aria-valuenow', '1');
});

test('five taps make a start', async ({ page }) => {
	await page.getByRole('link', { name: 'Choose between two' }).click();
	for (let step = 1; step <= 5; step++) {
		await expect(page.getByRole('list', { name: `Choice ${step} of 5` })).toBeVisible();
		await page
			.getByRole('region', { name: 'Which of these two?' })
			.getByRole('button')
			.first()
			.click();
	}
	await expect(page).toHaveURL(/\/for-you$/);
	await expect(page.getByText('learned from ten acts')).toBeVisible();
	const reasons = await page.locator('.why').allInnerTexts();
	expect(reasons.some((reason) => !reason.startsWith('Nothing is known'))).toBe(true);
});

test('an impression is written down with place, ranker and propensity; exploration is among them', async ({
	page,
}) => {
	for (const card of await forYouCards(page).all()) {
		await card.scrollIntoViewIfNeeded();
		await expect(card.getByRole('definition').last()).toBeVisible();
	}
	await forYouCards(page).first().scrollIntoViewIfNeeded();
	await saveForYou(page);
	await page.getByRole('link', { name: 'My taste' }).first().click();
	await expect(page.getByText(/It also counted .* homes? that you saw in lists/)).toBeVisible();
	const acts = actsOf(await exported(page));
	const seen = acts.filter((act) => act.kind === 'impression');
	expect(seen.length).toBeGreaterThan(1);
	for (const act of seen) {
		expect(act.channel).toBe('for-you');
		expect(act.position).toBeLessThan(24);
		expect(act.ranker).toMatch(/^taste-/);
		expect(act.propensity).toBeGreaterThan(0);
		expect(act.propensity).toBeLessThanOrEqual(1);
	}
	const [save] = acts.filter((act) => act.kind === 'save');
	expect(save).toMatchObject({ channel: 'for-you', position: 0, ranker: seen[0]?.ranker });
});
