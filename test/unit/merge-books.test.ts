import { describe, expect, it } from 'vitest';
import type { Mapping } from '$lib/contracts';
import { type ReadBooks, lookAtFile, readBooksFile } from '$workers/data/importers/books';
import { mergeBooks } from '$workers/data/merge-books';

const HEADER = 'Reservation,Listing,Guest id,Booked,Check-in,Nights,Total,Status,Meal';

function file(rows: readonly string[], header = HEADER): File {
	return new File([[header, ...rows].join('\n')], 'bookings.csv');
}

const MAPPING: Mapping = {
	source: 'other',
	table: 'bookings',
	columns: {
		booking_id: ['Reservation'],
		property: ['Listing'],
		guest: ['Guest id'],
		booked_on: ['Booked'],
		arrives_on: ['Check-in'],
		nights: ['Nights'],
		total: ['Total'],
		status: ['Status'],
	},
	extras: ['Meal'],
	currency: 'EUR',
};

const run = { cancelled: () => false, onProgress: () => {} };
const read = (rows: readonly string[], mapping: Mapping = MAPPING): Promise<ReadBooks> =>
	readBooksFile(file(rows), mapping, run, { today: 20_600 });

const first = [
	'A1,Mill Lane,g1,2025-01-05,2025-02-01,2,200,confirmed,BB',
	'A2,Pond Cabin,g2,2025-01-02,2025-02-03,3,450,confirmed,HB',
];

describe('adding a file to the books', () => {
	it('takes bookings in the order in which they were made', async () => {
		const { added, books } = mergeBooks(null, await read(first));
		expect(added).toBe(2);
		const { booked_on, property } = books.bookings.columns;
		expect(booked_on.values[0]).toBeLessThan(booked_on.values[1] as number);
		const title = books.properties.columns.title.values[property.values[0] as number];
		expect(title).toContain('Pond Cabin');
		expect(books.guests.count).toBe(2);
	});

	it('doubles nothing when the same file is opened again', async () => {
		const once = mergeBooks(null, await read(first)).books;
		const again = mergeBooks(once, await read(first));
		expect(again).toMatchObject({ added: 0, changed: 0, known: 2 });
		expect(again.books.bookings).toEqual(once.bookings);
		expect(again.books.guests).toEqual(once.guests);
	});

	it('brings what changed about a booking up to date, and adds what is new', async () => {
		const once = mergeBooks(null, await read(first)).books;
		const later = [
			'A1,Mill Lane,g1,2025-01-05,2025-02-01,2,200,cancelled,BB',
			first[1] as string,
			'A3,Mill Lane,g3,2025-01-09,2025-03-01,1,110,confirmed,BB',
		];
		const merged = mergeBooks(once, await read(later));
		expect(merged).toMatchObject({ added: 1, changed: 1, known: 1 });
		const { status, total } = merged.books.bookings.columns;
		expect(Array.from(status.codes, (code) => status.names[code])).toEqual([
			'confirmed',
			'cancelled',
			'confirmed',
		]);
		expect(Array.from(total.values)).toEqual([450, 200, 110]);
		expect(merged.books.properties.count).toBe(2);
	});

	it('keeps the source’s own columns beside the rows they came with', async () => {
		const { books } = mergeBooks(null, await read(first));
		const meal = books.extras.Meal;
		if (meal?.type !== 'category') throw new Error('Meal is a column of names');
		expect(Array.from(meal.codes, (code) => meal.names[code])).toEqual(['HB', 'BB']);
	});

	it('refuses another currency, and keeps the books', async () => {
		const { books } = mergeBooks(null, await read(first));
		const dollars = await read(first, { ...MAPPING, currency: 'USD' });
		expect(() => mergeBooks(books, dollars)).toThrow(
			expect.objectContaining({ name: 'MixedCurrencies' }),
		);
	});

	it('leaves the books that it was given as they were', async () => {
		const once = mergeBooks(null, await read(first)).books;
		const before = structuredClone(once);
		mergeBooks(once, await read(['A9,Mill Lane,g9,2025-01-05,2025-02-09,2,200,confirmed,BB']));
		expect(once).toEqual(before);
	});
});

describe('the first look at a file of bookings', () => {
	it('matches the columns by their names', async () => {
		const look = await lookAtFile(file(first), () => undefined);
		expect(look.table).toBe('bookings');
		expect(look.mapping.columns.arrives_on).toEqual(['Check-in']);
		expect(look.mapping.columns.total).toEqual(['Total']);
	});
});
