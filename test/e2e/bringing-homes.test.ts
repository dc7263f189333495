/** The first screen, and how homes come in: from the sample town, from a file, by picker and by drop. */
import { expect, test } from '../support/app';
import {
	boston,
	BOSTON_ROWS,
	bringIn,
	csvFile,
	forYouCards,
	openSampleTown,
	pick,
} from '../support/catalogues';
import { csv, listings } from '../support/csv';

test('a person looking for a home gets the sample town where the host offers no catalogue', async ({
	page,
}) => {
	await page.goto('/');
	await expect(page.getByRole('heading', { name: 'Who is at the door?' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Managing homes' })).toBeEnabled();
	await openSampleTown(page);
	await expect(page.getByText('Sample town')).toBeVisible();
	await expect(forYouCards(page)).toHaveCount(24);
	await page.goto('/');
	await expect(page, 'the door is remembered').toHaveURL(/\/for-you$/);
});

test('a file of one’s own comes in with a report of every row', async ({ page }) => {
	test.skip(!boston, 'The Boston listings are not on this machine.');
	await page.goto('/catalogue');
	await pick(page, boston ?? '');
	await expect(page.getByRole('progressbar')).toBeVisible();
	await expect(page.getByRole('heading', { name: /homes are in$/ })).toBeVisible();

	const numbers = async (text: Promise<string>) =>
		Number((await text).replaceAll(',', '').match(/\d+/)?.[0]);
	const kept = await numbers(page.getByRole('heading', { level: 1 }).innerText());
	const refused = await numbers(
		page.getByRole('heading', { name: 'could not be used' }).innerText(),
	);
	expect(kept + refused).toBe(BOSTON_ROWS);
	await expect(page.getByText('4,325 rows', { exact: false })).toBeVisible();
	const reasons = page.getByRole('table', { name: 'Why rows were refused' });
	await expect(reasons.getByRole('row', { name: /No price/ })).toBeVisible();

	await page.getByRole('link', { name: 'Look at the homes' }).click();
	await expect(
		page.getByRole('heading', { name: `${kept.toLocaleString('en')} homes of` }),
	).toBeVisible();
});

test('a file that is dropped comes in like one that is picked', async ({ page }) => {
	await page.goto('/catalogue');
	const transfer = await page.evaluateHandle(
		(text) => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
			return transfer;
		},
		csv(listings(12)),
	);
	const field = page.getByRole('group', { name: 'Drop a file here' });
	await field.dispatchEvent('dragover', { dataTransfer: transfer });
	await field.dispatchEvent('drop', { dataTransfer: transfer });
	await expect(page.getByRole('heading', { name: '12 homes are in' })).toBeVisible();
	await expect(page.getByText('dropped.csv')).toBeVisible();
});

test('a cancelled import keeps nothing, and the homes from before stay', async ({ page }) => {
	await bringIn(page, csvFile(csv(listings(7))));
	await page.getByRole('button', { name: 'Open another file' }).click();
	const large = csv(listings(60_000, (i) => ({ name: `Rooms number ${i} by the mill` })));
	await pick(page, csvFile(large, 'large.csv'));
	await page.getByRole('button', { name: 'Cancel, keep nothing' }).click();
	await expect(page.getByRole('heading', { name: '7 homes', exact: true })).toBeVisible();
	await page.goto('/browse');
	await expect(page.getByRole('heading', { name: '7 homes of 7 fit' })).toBeVisible();
});

test('a file opened twice doubles nothing', async ({ page }) => {
	const file = csvFile(csv(listings(9)));
	await bringIn(page, file);
	await page.getByRole('button', { name: 'Open another file' }).click();
	await pick(page, file);
	await expect(page.getByRole('heading', { name: 'Nothing new in this file' })).toBeVisible();
	await page.goto('/browse');
	await expect(page.getByRole('heading', { name: '9 homes of 9 fit' })).toBeVisible();
});
