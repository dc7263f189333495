/** What was learned can be read, changed, switched off, forgotten and paused; the list follows at once. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { forYouCards, openSampleTown, saveForYou, trained } from '../support/catalogues';
import { actsOf, exported } from '../support/copy';

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
	await saveForYou(page, 3);
	await expect(page.getByText('learned from three acts')).toBeVisible();
});

const go = (page: Page, place: 'For you' | 'My taste') =>
	page.getByRole('link', { name: place }).first().click();

/** The list as it stands on the page, each home with its fit. */
const list = (page: Page) =>
	forYouCards(page).evaluateAll((cards) =>
		cards.map((card) => {
			const address = card.querySelector('h2 a')?.getAttribute('href') ?? '';
			return `${address} ${card.querySelector('dl > div:last-child dd')?.textContent}`;
		}),
	);

/** Looks at For you, which shows the list it had until it has the new one; then back to the taste. */
async function onForYou(page: Page, look: () => Promise<void>): Promise<void> {
	await go(page, 'For you');
	await expect(forYouCards(page)).toHaveCount(24);
	await look();
	await go(page, 'My taste');
	await expect(page.getByRole('heading', { name: 'What was learned' })).toBeVisible();
}

const weights = (page: Page) => page.getByRole('region', { name: 'Pull a bar to correct it' });
/** Each weight by its name and value, as it is read aloud. */
const bars = (page: Page) =>
	weights(page)
		.getByRole('slider')
		.evaluateAll((sliders) =>
			sliders.map(
				(bar) => `${bar.getAttribute('aria-label')}: ${bar.getAttribute('aria-valuetext')}`,
			),
		);
const remembered = (page: Page) => page.getByRole('list', { name: 'Remembered acts' });

test('a weight can be changed, switched off and taken back, and the list follows each time', async ({
	page,
}) => {
	const learned = await list(page);
	await go(page, 'My taste');
	const bar = weights(page).getByRole('slider').first();
	const name = (await bar.getAttribute('aria-label')) ?? '';
	const slider = weights(page).getByRole('slider', { name, exact: true });
	await slider.press('Home');
	await expect(weights(page).getByText('set by you')).toBeVisible();
	let changed: string[] = [];
	await onForYou(page, async () => {
		await expect.poll(() => list(page)).not.toEqual(learned);
		changed = await list(page);
	});

	await weights(page)
		.getByRole('switch', { name: `Use ${name}`, exact: true })
		.click();
	await expect(weights(page).getByText('switched off by you')).toBeVisible();
	await onForYou(page, () => expect.poll(() => list(page)).not.toEqual(changed));

	await weights(page)
		.getByRole('switch', { name: `Use ${name}`, exact: true })
		.click();
	await weights(page)
		.getByRole('button', { name: `Take back the change of ${name}` })
		.click();
	await expect(weights(page).getByText('set by you')).toBeHidden();
	await onForYou(page, () => expect.poll(() => list(page)).toEqual(learned));
});

test('a forgotten act loses its effect exactly, and an undo brings it back', async ({ page }) => {
	await go(page, 'My taste');
	await expect(weights(page)).toBeVisible();
	const learned = await bars(page);
	await remembered(page)
		.getByRole('button', { name: /^Forget that you saved/ })
		.first()
		.click();
	await expect(page.getByText(/^Forgotten\. .* moved\.$/)).toBeVisible();
	await expect(page.getByText('from two acts, on this device only')).toBeVisible();
	expect(await bars(page)).not.toEqual(learned);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('from three acts, on this device only')).toBeVisible();
	await expect.poll(() => bars(page)).toEqual(learned);
});

test('with learning paused nothing that is done changes what was learned', async ({ page }) => {
	const paused = await list(page);
	await go(page, 'My taste');
	await page.getByRole('switch', { name: 'Learning' }).click();
	await expect(page.getByText('Learning is paused')).toBeVisible();
	await go(page, 'For you');
	await forYouCards(page)
		.nth(5)
		.getByRole('button', { name: /^Save:/ })
		.click();
	await expect(
		forYouCards(page)
			.nth(5)
			.getByRole('button', { name: /^Save:/ }),
	).toHaveAttribute('aria-pressed', 'true');
	await go(page, 'My taste');
	await onForYou(page, () => expect.poll(() => list(page)).toEqual(paused));
	const before = actsOf(await exported(page)).filter((act) => act.kind === 'view').length;
	await page.getByRole('link', { name: 'Back to the homes' }).click();
	await forYouCards(page).first().getByRole('link').click();
	await expect(page.getByRole('heading', { name: 'What it has' })).toBeVisible();
	const after = actsOf(await exported(page)).filter((act) => act.kind === 'view').length;
	expect(after).toBe(before);
});

test('everything can be forgotten at once', async ({ page }) => {
	await go(page, 'My taste');
	await page.getByRole('button', { name: 'Forget everything' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Forget everything' }).click();
	await expect(page.getByText('Nothing was learned yet')).toBeVisible();
	const copy = await exported(page);
	expect(actsOf(copy).filter((act) => act.kind === 'save')).toEqual([]);
});
