/** Books without a guest or a booking, against books that were made without them from the start. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '$lib/contracts';
import {
	engagementOf,
	forgetBooking,
	forgetGuest,
	guestOf,
	withoutKey,
} from '$workers/data/forget-books';
import { type Forgotten, withoutForgotten } from '$workers/data/forgotten';
import { booksOf } from '$workers/data/importers/books/books-of';
import { mergeBooks } from '$workers/data/merge-books';
import { corrected } from '$workers/privacy/rights-correct';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { nameAt, numbers, texts } from '$workers/table/column';
import { table } from '$workers/table/table';
import { plainMapping, read, TODAY } from '../support/books';
import { csv } from '../support/csv';

interface Stay {
	readonly guest: number;
	readonly home: number;
	readonly day: number;
	readonly nights: number;
	readonly total: number;
}

const MAPPING: Mapping = plainMapping({
	columns: {
		booking_id: ['id'],
		guest: ['guest'],
		property: ['home'],
		booked_on: ['booked'],
		arrives_on: ['arrives'],
		nights: ['nights'],
		total: ['total'],
		status: ['status'],
		channel: ['channel'],
	},
});
const date = (day: number) => new Date((20_000 + day) * 86_400_000).toISOString().slice(0, 10);

/** A file of stays, read. The first two rows stay: they hold every home, and the file's names. */
const readStays = (stays: readonly Stay[], without: (stay: Stay) => boolean = () => false) =>
	read(
		csv(
			stays.flatMap((stay, i) =>
				without(stay)
					? []
					: {
							id: `B${i}`,
							guest: `G${stay.guest}`,
							home: `Home ${stay.home}`,
							booked: date(stay.day),
							arrives: date(stay.day + 7),
							nights: String(stay.nights),
							total: String(stay.total),
							status: 'confirmed',
							channel: 'direct',
						},
			),
		),
		MAPPING,
		TODAY,
	);

const stays = fc
	.array(
		fc.record({
			guest: fc.integer({ min: 0, max: 5 }),
			home: fc.integer({ min: 0, max: 1 }),
			day: fc.integer({ min: 0, max: 300 }),
			nights: fc.integer({ min: 1, max: 9 }),
			total: fc.integer({ min: 50, max: 900 }),
		}),
		{ minLength: 1, maxLength: 30 },
	)
	.map((drawn): Stay[] => [
		{ guest: 100, home: 0, day: 0, nights: 2, total: 200 },
		{ guest: 101, home: 1, day: 301, nights: 3, total: 330 },
		...drawn,
	]);

const guestsByName = async (all: readonly Stay[]) => {
	const first = new Map<number, string>();
	const whole = await readStays(all);
	const { guest } = whole.rows.columns;
	if (guest?.type !== 'number') throw new Error('the file names guests');
	all.forEach((stay, row) => {
		const key = whole.guestKeys[guest.values[row] as number] ?? '';
		first.set(stay.guest, key);
	});
	return { whole, keyOf: (own: number) => first.get(own) ?? '' };
};

const sample = sampleBooks({ seed: 'forget', guests: 120, managed: 4, years: 1 });
const firstKey = (books: Books, guest = 7) => books.guests.columns.key.values[guest] ?? '';

describe('forgetting a guest', () => {
	it('leaves the books that a file without the guest would have given', async () => {
		await fc.assert(
			fc.asyncProperty(stays, fc.integer({ min: 0, max: 5 }), async (all, guest) => {
				fc.pre(all.some((stay) => stay.guest === guest));
				const { keyOf, whole } = await guestsByName(all);
				const { books } = forgetGuest(booksOf(whole), keyOf(guest));
				const never = booksOf(await readStays(all, (stay) => stay.guest === guest));
				expect(books).toEqual({ ...never, asOf: books.asOf });
			}),
			{ numRuns: 60 },
		);
	});

	it('takes every booking and look of the guest, and of nobody else', () => {
		const key = firstKey(sample);
		const guest = guestOf(sample, key);
		const own = sample.bookings.columns.guest.values.filter((each) => each === guest).length;
		const looks = engagementOf(sample, guest).length;
		const { books, removed } = forgetGuest(sample, key);
		expect(removed).toEqual([
			{ table: 'fact_booking_detail', rows: own },
			{ table: 'dim_user', rows: 1 },
			{ table: 'fact_property_engagement', rows: looks },
		]);
		expect(own).toBeGreaterThan(0);
		expect(books.bookings.count).toBe(sample.bookings.count - own);
		expect(books.engagement.count).toBe(sample.engagement.count - looks);
		expect(books.guests.columns.key.values).not.toContain(key);
	});

	it('leaves every other booking with its guest, home and money, in the same order', () => {
		const key = firstKey(sample);
		const plain = (books: Books) =>
			Array.from({ length: books.bookings.count }, (_, row) => {
				const { arrives_on, guest, property, status, total } = books.bookings.columns;
				return [
					books.guests.columns.key.values[guest.values[row] as number],
					property.values[row],
					arrives_on.values[row],
					total.values[row],
					nameAt(status, row),
				];
			});
		const { books } = forgetGuest(sample, key);
		expect(plain(books)).toEqual(plain(sample).filter(([own]) => own !== key));
		expect(Array.from(books.bookings.columns.booking_id.values)).toEqual(
			Array.from({ length: books.bookings.count }, (_, row) => row + 1),
		);
		expect(books.daily).toBe(sample.daily);
	});

	it('takes what was looked at before signing in, unless somebody else signed in too', () => {
		const { columns } = sample.engagement;
		const rows = [
			{ session: 1, guest: -1 },
			{ session: 1, guest: 7 },
			{ session: 2, guest: -1 },
			{ session: 3, guest: 7 },
			{ session: 3, guest: -1 },
			{ session: 3, guest: 9 },
		];
		const engagement = table({
			...columns,
			...Object.fromEntries(
				Object.entries(columns).map(([name, column]) => [
					name,
					column.type === 'category'
						? { ...column, codes: column.codes.slice(0, rows.length) }
						: { ...column, values: column.values.slice(0, rows.length) },
				]),
			),
			session: numbers(Uint32Array.from(rows, ({ session }) => session)),
			guest: numbers(Int32Array.from(rows, ({ guest }) => guest)),
		}) as Books['engagement'];
		expect(engagementOf({ ...sample, engagement }, 7)).toEqual([0, 1, 3]);
	});

	it('takes names along that only this guest had', () => {
		const { country } = sample.guests.columns;
		const lone = {
			...country,
			names: [...country.names, 'IS'],
			codes: country.codes.map((code, row) => (row === 7 ? country.names.length : code)),
		};
		const books: Books = {
			...sample,
			guests: table({ ...sample.guests.columns, country: lone }),
		};
		const left = forgetGuest(books, firstKey(books)).books.guests.columns.country;
		expect(left.names).toEqual(country.names);
		expect(left.codes).toEqual(country.codes.filter((_, row) => row !== 7));
	});

	it('refuses a guest whom the books do not know', () => {
		expect(() => forgetGuest(sample, 'nobody')).toThrow(RangeError);
	});

	it('takes the rows under the guest’s key out of imported features', () => {
		const features = table({
			key: texts(['a', 'b', 'a']),
			score: numbers(Float64Array.of(1, 2, 3)),
		});
		expect(withoutKey(features, 'a')).toEqual(
			table({ key: texts(['b']), score: numbers(Float64Array.of(2)) }),
		);
	});
});

describe('forgetting a booking', () => {
	it('leaves the books that a file without the booking would have given', async () => {
		await fc.assert(
			fc.asyncProperty(stays, fc.nat(), async (all, draw) => {
				const lost = all[2 + (draw % (all.length - 2))] as Stay;
				fc.pre(all.filter((stay) => stay.guest === lost.guest).length > 1);
				const whole = booksOf(await readStays(all));
				const never = booksOf(await readStays(all, (stay) => stay === lost));
				const before = all
					.map((stay, i) => ({ stay, i }))
					.sort((a, b) => a.stay.day - b.stay.day || a.i - b.i);
				const number = before.findIndex(({ stay }) => stay === lost) + 1;
				const { books } = forgetBooking(whole, number);
				// The file's order of guests is that of their first rows, which may have been the lost one.
				const byGuest = (of: Books) =>
					Array.from(of.bookings.columns.guest.values, (guest) => [
						of.guests.columns.key.values[guest],
						of.guests.columns.first_seen.values[guest],
					]);
				expect(byGuest(books)).toEqual(byGuest(never));
				expect(books.bookings.columns.total).toEqual(never.bookings.columns.total);
				expect(books.properties).toEqual(never.properties);
			}),
			{ numRuns: 60 },
		);
	});
});

describe('a file that is opened again', () => {
	const all: Stay[] = [
		{ guest: 1, home: 0, day: 1, nights: 2, total: 200 },
		{ guest: 2, home: 1, day: 2, nights: 2, total: 300 },
		{ guest: 1, home: 1, day: 3, nights: 1, total: 90 },
	];
	const hash = async (salt: string, key: string) => {
		const bytes = new TextEncoder().encode(`${salt}/${key}`);
		const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
		return Buffer.from(digest.subarray(0, 16)).toString('hex');
	};

	it('does not bring a forgotten guest back, and says how many rows it left out', async () => {
		const { keyOf, whole } = await guestsByName(all);
		const books = mergeBooks(null, whole).books;
		const left = forgetGuest(books, keyOf(1)).books;
		const forgotten: Forgotten = {
			salt: 's',
			guests: [await hash('s', keyOf(1))],
			bookings: [],
		};
		const again = await withoutForgotten(whole, forgotten);
		expect(again.skipped).toBe(2);
		const merged = mergeBooks(left, again.read);
		expect(merged).toMatchObject({ added: 0, changed: 0, known: 1 });
		expect(merged.books.bookings).toEqual(left.bookings);
		expect(merged.books.guests).toEqual(left.guests);
	});

	it('does not bring a forgotten booking back', async () => {
		const { whole } = await guestsByName(all);
		const { books, identities } = forgetBooking(mergeBooks(null, whole).books, 3);
		expect(identities).toHaveLength(1);
		const again = await withoutForgotten(whole, { salt: '', guests: [], bookings: identities });
		expect(again.skipped).toBe(1);
		expect(mergeBooks(books, again.read).books.bookings).toEqual(books.bookings);
	});
});

describe('correcting', () => {
	const key = firstKey(sample, 3);
	const row = sample.bookings.columns.guest.values.indexOf(3);
	const booking = row + 1;
	const of = (field: string, value: string) =>
		corrected(sample, key, { table: 'fact_booking_detail', booking, field, value } as never);

	it('makes the total follow from nights and price, and the lead time from the days', () => {
		const { nightly_price } = sample.bookings.columns;
		const longer = of('nights', '9').bookings.columns;
		expect(longer.total.values[row]).toBe((nightly_price.values[row] as number) * 9);
		const made = sample.bookings.columns.booked_on.values[row] as number;
		const later = of('arrives_on', new Date((made + 30) * 86_400_000).toISOString().slice(0, 10));
		expect(later.bookings.columns.lead_time.values[row]).toBe(30);
	});

	it('sets a status with the day of cancelling, and clears the day with another status', () => {
		const made = sample.bookings.columns.booked_on.values[row] as number;
		const day = new Date((made + 1) * 86_400_000).toISOString().slice(0, 10);
		const { columns } = of('cancelled_on', day).bookings;
		expect(nameAt(columns.status, row)).toBe('cancelled');
		expect(columns.cancelled_on.values[row]).toBe(made + 1);
		const { columns: again } = of('status', 'no-show').bookings;
		expect(again.cancelled_on.values[row]).toBeNaN();
	});

	it.each([
		['adults', '0'],
		['adults', '2.5'],
		['nights', '400'],
		['nights', 'two'],
		['nightly_price', '-10'],
		['nightly_price', '1e3'],
		['nightly_price', ''],
		['status', 'lost'],
		['arrives_on', '2026-02-30'],
		['arrives_on', '1990-01-01'],
		['cancelled_on', '14.05.2026'],
	])('refuses %s %s, and says what could stand there', (field, value) => {
		expect(() => of(field, value)).toThrow(expect.objectContaining({ name: 'CorrectionError' }));
	});

	it('corrects a guest’s country and nobody else’s', () => {
		const after = corrected(sample, key, { table: 'dim_user', field: 'country', value: 'is' });
		const { country } = after.guests.columns;
		expect(nameAt(country, 3)).toBe('IS');
		expect(Array.from({ length: 3 }, (_, guest) => nameAt(country, guest))).toEqual(
			Array.from({ length: 3 }, (_, guest) => nameAt(sample.guests.columns.country, guest)),
		);
	});

	it('refuses a booking of somebody else', () => {
		const foreign = sample.bookings.columns.guest.values.findIndex((guest) => guest !== 3) + 1;
		expect(() =>
			corrected(sample, key, {
				table: 'fact_booking_detail',
				booking: foreign,
				field: 'adults',
				value: '2',
			}),
		).toThrow(RangeError);
	});
});
