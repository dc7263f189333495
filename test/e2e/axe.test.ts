/** No page has a serious fault of accessibility, at phone and desktop size, in light and in dark. */
import { expect, test } from '../support/app';
import { expectNoFault } from '../support/axe';
import {
	bringIn,
	csvFile,
	forYouCards,
	openSampleTown,
	pick,
	saveForYou,
	trained,
} from '../support/catalogues';
import { csv, listings } from '../support/csv';

test.setTimeout(120_000);
test.use({ reducedMotion: 'reduce' });

test('the front door, the catalogue’s report and its faults', async ({ page }) => {
	await page.goto('/');
	await expect(page.getByRole('heading', { name: 'Who is at the door?' })).toBeVisible();
	await expectNoFault(page, 'first screen');
	await page.goto('/for-you');
	await expect(page.getByRole('heading', { name: 'There are no homes here yet' })).toBeVisible();
	await expectNoFault(page, 'no homes');
	const rows = listings(9, (i) => (i === 3 ? { price: '' } : {}));
	await bringIn(page, csvFile(csv(rows)));
	await expectNoFault(page, 'report');
	await page.getByRole('button', { name: 'Open another file' }).click();
	await expect(page.getByRole('group', { name: 'Drop a file here' })).toBeVisible();
	await expectNoFault(page, 'catalogue');
	await pick(page, csvFile(''));
	await expect(page.getByRole('alert')).toBeVisible();
	await expectNoFault(page, 'fault');
});

test('For you, a home, an enquiry, the pairs and the taste', async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
	await saveForYou(page, 3);
	await expect(page.getByText('learned from three acts')).toBeVisible();
	await expectNoFault(page, 'for you');
	await forYouCards(page).first().getByRole('link').click();
	await expect(page.getByRole('heading', { name: /^Why it/ })).toBeVisible();
	await expectNoFault(page, 'home');
	await page.getByRole('button', { name: 'Write an enquiry' }).click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await expectNoFault(page, 'enquiry');
	await page.goto('/taste');
	await expect(page.getByRole('slider').first()).toBeVisible();
	await expectNoFault(page, 'taste');
	await page.goto('/start');
	await expect(page.getByRole('heading', { name: 'Which of these two?' })).toBeVisible();
	await expectNoFault(page, 'pairs');
});

test('browsing, comparing, and what was saved', async ({ page }) => {
	await openSampleTown(page);
	await trained(page);
	await page.goto('/browse');
	await expect(page.getByRole('heading', { name: /homes of/ })).toBeVisible();
	await page
		.getByRole('button', { name: /^Save:/ })
		.first()
		.click();
	await expectNoFault(page, 'browse');
	for (const row of [0, 1])
		await page
			.getByRole('button', { name: /^Compare:/ })
			.nth(row)
			.click();
	await page.getByRole('link', { name: 'Compare 2 homes' }).click();
	await expect(page.getByRole('table')).toBeVisible();
	await expectNoFault(page, 'compare');
	await page.goto('/saved');
	await expect(page.getByRole('heading', { name: '1 saved home' })).toBeVisible();
	await expectNoFault(page, 'saved');
});

const PRIVACY_ROOMS = [
	'/privacy',
	'/privacy/data',
	'/privacy/ledger',
	'/privacy/purposes',
	'/privacy/rights',
	'/privacy/keeping',
	'/privacy/release',
	'/privacy/check',
	'/privacy/report',
];

test('the rooms of privacy', async ({ page }) => {
	// Nine rooms, each looked through four times.
	test.setTimeout(300_000);
	await openSampleTown(page);
	await trained(page);
	for (const room of PRIVACY_ROOMS) {
		await page.goto(room);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expectNoFault(page, room);
	}
});

test('a page that is not there', async ({ page, faults }) => {
	await page.goto('/no-such-page');
	await expect(page.getByText('Nobody lives at this address')).toBeVisible();
	await expectNoFault(page, 'no such page');
	// The browser and the router each write down what is right here: that there is no such page.
	const others = faults.splice(0).filter((fault) => !/404|Not found/.test(fault));
	expect(others).toEqual([]);
});
