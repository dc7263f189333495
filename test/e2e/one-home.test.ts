/** A home's page, and what can be done from it. */
import { expect, test } from '../support/app';
import { forYouCards, openSampleTown, trained } from '../support/catalogues';
import { actsOf, exported } from '../support/copy';

test.beforeEach(async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
	await forYouCards(page).nth(1).getByRole('link').click();
	await expect(page.getByRole('heading', { name: 'What it has' })).toBeVisible();
});

test('a home’s page says why it stands where it stands, with bars that add up', async ({
	page,
}) => {
	const why = page
		.getByRole('region')
		.or(page.locator('section'))
		.filter({
			has: page.getByRole('heading', { name: /^Why it/ }),
		});
	const bars = why.locator('li b');
	await expect(bars.first()).toBeVisible();
	const values = (await bars.allInnerTexts()).map((text) => Number(text.replace('−', '-')));
	const fit = Number(
		(
			await why
				.getByText(/its fit:/)
				.locator('b')
				.innerText()
		).replace('-', '-'),
	);
	expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(fit, 2);
	await expect(page.getByRole('heading', { name: 'The price among its like' })).toBeVisible();
	await expect(page.getByText('No photo is fetched.')).toBeVisible();
});

test('like, save, share and enquire go into the log, and an enquiry is a text that is copied', async ({
	page,
}) => {
	await page.getByRole('button', { name: /^Like / }).click();
	await expect(page.getByRole('button', { name: /^Like / })).toHaveAttribute(
		'aria-pressed',
		'true',
	);
	await page
		.getByRole('button', { name: /^Save:/ })
		.first()
		.click();
	await expect(page.getByRole('button', { name: /^Save:/ }).first()).toHaveAttribute(
		'aria-pressed',
		'true',
	);
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await expect(page.getByText('Copied: its name, place and price.')).toBeVisible();

	await page.getByRole('button', { name: 'Write an enquiry' }).click();
	const message = page.getByLabel('Your message');
	await message.fill('May I come and see it?');
	await page.getByRole('button', { name: 'Copy the message' }).click();
	await expect(page.getByText('Copied. Paste it where you write to the host.')).toBeVisible();
	await page.getByRole('button', { name: 'Write an enquiry' }).click();
	await expect(message).not.toHaveValue('May I come and see it?');
	await message.press('ControlOrMeta+A');
	await message.press('ControlOrMeta+V');
	await expect(message).toHaveValue('May I come and see it?');
	await page.keyboard.press('Escape');

	await page.getByRole('link', { name: 'Saved', exact: true }).first().click();
	await expect(page.getByRole('heading', { name: '1 saved home' })).toBeVisible();
	const copy = await exported(page);
	const kinds = actsOf(copy).map((act) => act.kind);
	expect(kinds).toEqual(expect.arrayContaining(['view', 'like', 'save', 'share', 'enquire']));
	expect(copy.ledger.map(({ what, subject }) => `${what} ${subject}`)).toEqual(
		expect.arrayContaining(['shared enquiry', 'shared home', 'opened sample town']),
	);
	expect(JSON.stringify(copy)).not.toContain('May I come and see it?');
});

test('a dismissal on its page takes it from the list', async ({ page }) => {
	const address = new URL(page.url()).pathname + new URL(page.url()).hash;
	await page.getByRole('button', { name: /^Not for me:/ }).click();
	await page.getByRole('menuitem', { name: 'Wrong area' }).click();
	await expect(page.getByText('it is gone from your list')).toBeVisible();
	await page.getByRole('link', { name: 'For you' }).first().click();
	await expect(forYouCards(page)).toHaveCount(24);
	await expect(page.locator(`a[href="${address}"]`)).toHaveCount(0);
});

test('an address of a home that is not in the catalogue says so', async ({ page }) => {
	await page.goto('/home#nowhere:1');
	await expect(page.getByText('This home is not in your catalogue')).toBeVisible();
});
