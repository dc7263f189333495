/** The journey of a hotel with its real bookings: in, learned without a network, and compared. */
import { existsSync } from 'node:fs';
import { expect, test } from '../support/app';
import {
	expectSameFigures,
	figuresShown,
	insightFigures,
	keep,
	learned,
	lookAt,
	readRows,
} from '../support/manager';

const HOTELS = '../shared/data/hotel-booking-demand/hotel_bookings.csv.gz';
const ROWS = 119_390;

test.skip(!existsSync(HOTELS), 'needs the hotel booking demand data beside the repository');
test.setTimeout(1_200_000);

test('two hotels bring in their bookings and learn from them without a network', async ({
	context,
	page,
}) => {
	const printing = insightFigures('--csv', HOTELS, '--model', 'revenue,demand,cancellation,price');
	await page.goto('/');
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
	});
	await lookAt(page, HOTELS);
	expect(await readRows(page)).toEqual({ New: ROWS, Changed: 0, 'Known already': 0 });
	await context.setOffline(true);
	await keep(page);
	await learned(page);

	const printed = await printing;
	for (const [path, model] of [
		['/revenue', 'revenue'],
		['/demand', 'demand'],
		['/prices', 'price'],
	] as const)
		await test.step(model, async () => {
			await page.goto(path);
			expectSameFigures(await figuresShown(page), printed[model]);
		});

	await page.goto('/conversion');
	await expect(
		page.getByRole('heading', { name: /^Conversion: nothing is known of who looked/ }),
	).toBeVisible();
	await page.getByRole('radio', { name: 'Bookings are cancelled' }).click();
	expectSameFigures(await figuresShown(page), printed.cancellation);
	for (const column of [
		'reservation_status',
		'reservation_status_date',
		'required_car_parking_spaces',
	])
		await expect(
			page.getByRole('listitem').filter({ hasText: new RegExp(`\\b${column}\\b \\w`) }),
		).toContainText(/Refused|Suspect/);
	await page.goto('/guests');
	await expect(
		page.getByRole('heading', { name: /^Value of guests: the bookings name no guests/ }),
	).toBeVisible();
});
