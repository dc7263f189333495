/** How good the list is stands on a page of its own: by the person's own acts, offline, beside popularity. */
import type { Page } from '@playwright/test';
import { expect, test } from '../support/app';
import { expectNoFault } from '../support/axe';
import { forYouCards, openSampleTown, trained } from '../support/catalogues';
import { actsOf, exported } from '../support/copy';

test.use({ reducedMotion: 'reduce' });
test.setTimeout(120_000);

const saveButtons = (page: Page) =>
	forYouCards(page).getByRole('button', { name: /^Save:/, pressed: false });

/** Looks at homes for longer than an impression takes by the page's clock, and saves them. */
async function save(page: Page, count: number): Promise<void> {
	const learned = page.getByText(/^learned from/);
	for (let saved = 0; saved < count; saved++) {
		const before = (await learned.textContent()) ?? '';
		const button = saveButtons(page).first();
		await button.scrollIntoViewIfNeeded();
		await page.evaluate(
			() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
		);
		await page.clock.fastForward(1_100);
		await button.click();
		// The list has its new order: nothing moves under the next click. A saved home may have left it.
		await expect(learned).not.toHaveText(before);
	}
}

async function look(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'My taste' }).first().click();
	await page.getByRole('link', { name: 'How good is it?' }).click();
	await expect(page.getByRole('heading', { name: 'How good is it?' })).toBeVisible();
}

test('what is found of a handful of acts, and a trial that the list then is', async ({
	page,
	context,
}) => {
	await page.clock.install();
	await openSampleTown(page);
	await trained(page);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await page.goto('/for-you');
	await look(page);
	await expect(
		page.getByText(/^Too little to say: you have opened or saved no homes/),
	).toBeVisible();
	await expect(page.getByRole('table')).toHaveCount(0);
	await expectNoFault(page, 'too little to say');

	await page.getByRole('radio', { name: 'What most people choose' }).click();
	await page.getByRole('link', { name: 'For you' }).first().click();
	await expect(forYouCards(page)).toHaveCount(24);
	await save(page, 11);

	await context.setOffline(true);
	await look(page);
	await expect(page.getByText(/^Of 11 homes that you opened or saved/)).toBeVisible();
	const figures = page.getByRole('table', { name: 'Your list and popularity, on the same homes' });
	await expect(figures.getByRole('row')).toHaveCount(4);
	await page.getByText('What the lists are made of').first().click();
	const made = page.getByRole('table', { name: 'What the lists are made of' });
	await expect(made.getByRole('row')).toHaveCount(6);
	await expect(made).not.toContainText('NaN');
	await expect(figures).not.toContainText('NaN');
	await expect(page.getByText(/^For you showed \d+ homes, and you opened or saved/)).toBeVisible();
	const trials = page.getByRole('table', { name: 'Trials so far' });
	await expect(trials.getByText('Not told apart yet')).toBeVisible();
	await expectNoFault(page, 'evaluation');

	// What the log keeps: who put a home there, and the chance of the coin.
	const shown = actsOf(await exported(page)).filter(({ kind }) => kind === 'impression');
	const rankers = new Set(shown.map(({ ranker }) => String(ranker).replace(/^taste-\d+/, '')));
	expect(rankers).toContain('/a-popularity');
	expect(rankers).toContain('/b-popularity');
	const propensities = shown.map(({ propensity }) => Number(propensity));
	expect(propensities.filter((propensity) => !(propensity > 0 && propensity <= 1))).toEqual([]);
	expect(Math.min(...propensities)).toBeLessThan(1);
});
