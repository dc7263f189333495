import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	type ReadBooks,
	booksOf,
	knownMapping,
	readBooksFile,
} from '$workers/data/importers/books';
import { asFile, quietRun } from '../support/csv';

const hotels = new URL(
	'../../../shared/data/hotel-booking-demand/hotel_bookings.csv.gz',
	import.meta.url,
);

const identities = ({ rows }: ReadBooks) => {
	const [high, low] = [rows.columns.identity_high, rows.columns.identity_low];
	if (high?.type !== 'number' || low?.type !== 'number') throw new Error('no identities');
	return Array.from(high.values, (value, row) => `${value} ${low.values[row]}`);
};

describe.skipIf(!existsSync(hotels))(
	'the hotel booking demand file (skipped without the shared data)',
	() => {
		const read = () =>
			readBooksFile(
				asFile(new Uint8Array(readFileSync(hotels)), 'hotel_bookings.csv.gz'),
				knownMapping('hotel-booking-demand'),
				quietRun,
			);

		test('comes through whole, each row with an identity that is its own and stays', async () => {
			const first = await read();
			expect(first.report).toMatchObject({
				rowsRead: 119_390,
				rowsFit: 119_390,
				refused: [],
				columnsIgnored: ['is_canceled'],
				properties: 18,
				currency: 'EUR',
				notes: ['NoGuestIds', 'NoBookingIds', 'EndsWithLastArrival', 'RealDuplicates'],
			});
			// 31,994 of the rows equal one before, and are different bookings all the same.
			const own = identities(first);
			expect(new Set(own).size).toBe(119_390);
			expect(identities(await read())).toEqual(own);
		}, 30_000);

		test('gives the books that the hotels had on the day after the last change', async () => {
			const books = booksOf(await read());
			expect(new Date(books.asOf * 86_400_000).toISOString()).toMatch(/^2017-09-15/);
			const { status, total, cancelled_on, booked_on } = books.bookings.columns;
			const counts = status.names.map((_, code) => status.codes.filter((c) => c === code).length);
			// Of the published file: 75,166 stays, 43,017 cancellations, 1,207 who never came.
			expect(Object.fromEntries(status.names.map((name, i) => [name, counts[i]]))).toEqual({
				confirmed: 0,
				'checked out': 75_166,
				cancelled: 43_017,
				'no-show': 1_207,
			});
			expect(total.values.every((value) => value >= 0)).toBe(true);
			expect(cancelled_on.values.filter((day) => !Number.isNaN(day)).length).toBe(43_017);
			expect(
				booked_on.values.every((day, i) => i === 0 || day >= (booked_on.values[i - 1] ?? 0)),
			).toBe(true);
		}, 30_000);
	},
);
