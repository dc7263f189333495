/** What is past its time, and whether the clock is to be believed: rules without storage. */
import { describe, expect, test } from 'vitest';
import { datesIn, withoutExpired } from '$workers/data/retention-books';
import {
	booksDay,
	type ClockMemory,
	DATED_TABLES,
	DAY,
	DAYS_OF_USE,
	daysKept,
	PERIODS,
	readClock,
	requirePeriod,
} from '$workers/privacy/retention';
import { sampleBooks } from '$workers/sample';

const books = sampleBooks({ seed: 'kept', managed: 4, guests: 200, years: 2 });
const NOW = Date.UTC(2026, 4, 14, 12);
const YEAR_AGO = (books.asOf - 365) * DAY;

describe('periods', () => {
	test('acts go after two years without being asked for, books stay until a period is chosen', () => {
		const kept = Object.fromEntries(DATED_TABLES.map((table) => [table, daysKept(table, {})]));
		expect(kept).toEqual({
			interaction: 730,
			fact_booking_detail: null,
			dim_user: null,
			fact_property_engagement: null,
			fact_booking_daily: null,
			run: null,
		});
	});

	test('what a person chose holds, until erased included', () => {
		expect(daysKept('interaction', { interaction: null })).toBe(null);
		expect(daysKept('fact_booking_detail', { fact_booking_detail: 90 })).toBe(90);
	});

	test('every table has a usual period that can be chosen', () => {
		for (const table of DATED_TABLES)
			expect(() => requirePeriod(table, PERIODS[table].usual)).not.toThrow();
	});

	test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 40_000])(
		'%s days are no period',
		(days) => {
			expect(() => requirePeriod('interaction', days)).toThrow(RangeError);
		},
	);

	test('a table without dates has no period', () => {
		expect(() => requirePeriod('ledger' as 'run', 30)).toThrow(RangeError);
	});
});

describe('the day from which the ages of books are counted', () => {
	const asOf = Date.UTC(2017, 8, 1) / DAY;

	test('is their own newest day when they are brought in, however old they are', () => {
		expect(booksDay({ asOf, since: NOW }, NOW)).toBe(asOf * DAY);
	});

	test('goes on as time passes', () => {
		expect(booksDay({ asOf, since: NOW }, NOW + 400 * DAY)).toBe((asOf + 400) * DAY);
	});

	test('never goes back with the clock', () => {
		expect(booksDay({ asOf, since: NOW }, NOW - 400 * DAY)).toBe(asOf * DAY);
	});
});

describe('books without what is past its time', () => {
	test('without limits they are as they were', () => {
		const { books: same, removed } = withoutExpired(books, {});
		expect(removed).toEqual({});
		expect(same.bookings.columns).toEqual(books.bookings.columns);
		expect(same.guests.columns).toEqual(books.guests.columns);
	});

	test('no booking is left that ended before, and all others are', () => {
		const before = datesIn(books, 'fact_booking_detail');
		const { books: left, removed } = withoutExpired(books, { fact_booking_detail: YEAR_AGO });
		const gone = before.filter((date) => date < YEAR_AGO).length;
		expect(gone).toBeGreaterThan(0);
		expect(removed.fact_booking_detail).toBe(gone);
		expect(left.bookings.count).toBe(books.bookings.count - gone);
		expect(Math.min(...datesIn(left, 'fact_booking_detail'))).toBeGreaterThanOrEqual(YEAR_AGO);
	});

	test('each booking that stays keeps its guest, by key', () => {
		const { books: left } = withoutExpired(books, { fact_booking_detail: YEAR_AGO });
		const dates = datesIn(books, 'fact_booking_detail');
		const keysOf = ({ bookings, guests }: typeof books, rows: readonly number[]) =>
			rows.map((row) => guests.columns.key.values[bookings.columns.guest.values[row] as number]);
		const stay = Array.from(dates.keys()).filter((row) => (dates[row] as number) >= YEAR_AGO);
		expect(keysOf(left, Array.from(left.bookings.columns.guest.values.keys()))).toEqual(
			keysOf(books, stay),
		);
	});

	test('a guest whose bookings are all gone is gone, and a look of theirs is nobody’s', () => {
		const { books: left, removed } = withoutExpired(books, { fact_booking_detail: YEAR_AGO });
		const booked = new Set(left.bookings.columns.guest.values);
		const had = new Set(books.bookings.columns.guest.values);
		expect(removed.dim_user).toBe(had.size - booked.size);
		expect(left.guests.count).toBe(books.guests.count - had.size + booked.size);
		expect(left.engagement.count).toBe(books.engagement.count);
		const { guest } = left.engagement.columns;
		expect(Math.max(...guest.values)).toBeLessThan(left.guests.count);
		const signedIn = (from: typeof books) =>
			Array.from(from.engagement.columns.guest.values, (own) =>
				own < 0 ? '' : from.guests.columns.key.values[own],
			);
		const keys = new Set(left.guests.columns.key.values);
		expect(signedIn(left)).toEqual(signedIn(books).map((key) => (key && keys.has(key) ? key : '')));
	});

	test('a guest goes with every booking once the last stay is past its time', () => {
		const { books: left, removed } = withoutExpired(books, { dim_user: YEAR_AGO });
		expect(removed.dim_user).toBeGreaterThan(0);
		const stays = datesIn(books, 'dim_user');
		const goes = (guest: number) => (stays[guest] as number) < YEAR_AGO;
		expect(removed.dim_user).toBe(stays.filter((date) => date < YEAR_AGO).length);
		expect(removed.fact_booking_detail).toBe(
			books.bookings.columns.guest.values.filter(goes).length,
		);
		expect(Math.min(...datesIn(left, 'dim_user'))).toBeGreaterThanOrEqual(YEAR_AGO);
	});

	test('looks and nights go by their own day and nothing else does', () => {
		const { books: left, removed } = withoutExpired(books, {
			fact_property_engagement: YEAR_AGO,
			fact_booking_daily: YEAR_AGO,
		});
		const past = (table: 'fact_property_engagement' | 'fact_booking_daily') =>
			datesIn(books, table).filter((date) => date < YEAR_AGO).length;
		expect(removed).toEqual({
			fact_property_engagement: past('fact_property_engagement'),
			fact_booking_daily: past('fact_booking_daily'),
		});
		expect(left.bookings.columns).toEqual(books.bookings.columns);
	});

	test('removing twice removes nothing more', () => {
		const limits = { fact_booking_detail: YEAR_AGO, dim_user: YEAR_AGO + 30 * DAY };
		const once = withoutExpired(books, limits);
		expect(withoutExpired(once.books, limits).removed).toEqual({});
	});

	test('books without guests lose bookings alone', () => {
		const none = { ...books, guests: sampleBooks({ seed: 'k', managed: 1, guests: 1 }).guests };
		const empty = withoutExpired(
			{
				...none,
				guests: withoutExpired(none, { dim_user: Number.POSITIVE_INFINITY }).books.guests,
			},
			{ fact_booking_detail: YEAR_AGO, dim_user: YEAR_AGO },
		);
		expect(empty.books.guests.count).toBe(0);
		expect(Object.keys(empty.removed)).toEqual(['fact_booking_detail']);
	});
});

describe('the clock', () => {
	const memory = (trusted: number, hold: ClockMemory['hold'] = null) => ({ trusted, hold });

	test('is believed the first time, and day after day', () => {
		expect(readClock(memory(0), NOW)).toEqual(memory(NOW));
		expect(readClock(memory(NOW), NOW + 45 * DAY)).toEqual(memory(NOW + 45 * DAY));
	});

	test('set back is believed, and what was believed before stays the latest', () => {
		expect(readClock(memory(NOW), NOW - 400 * DAY)).toEqual(memory(NOW));
	});

	test('set ahead by a year is held', () => {
		const held = readClock(memory(NOW), NOW + 365 * DAY);
		expect(held.trusted).toBe(NOW);
		expect(held.hold?.days).toBe(1);
	});

	test('looking often on the same day does not end a hold', () => {
		let state = readClock(memory(NOW), NOW + 365 * DAY);
		for (let look = 0; look < 100; look++)
			state = readClock(state, NOW + 365 * DAY + look * 60_000);
		expect(state.hold?.days).toBe(1);
	});

	test('a hold ends with use on fourteen different days, and not one before', () => {
		let state = readClock(memory(NOW), NOW + 365 * DAY);
		for (let day = 1; day < DAYS_OF_USE - 1; day++)
			state = readClock(state, NOW + (365 + day) * DAY);
		expect(state.hold?.days).toBe(DAYS_OF_USE - 1);
		const last = NOW + (365 + DAYS_OF_USE) * DAY;
		expect(readClock(state, last)).toEqual(memory(last));
	});

	test('another jump begins the hold anew', () => {
		let state = readClock(memory(NOW), NOW + 365 * DAY);
		state = readClock(state, NOW + 366 * DAY);
		expect(readClock(state, NOW + 800 * DAY).hold?.days).toBe(1);
	});

	test('a clock that was put right again ends the hold', () => {
		const state = readClock(memory(NOW), NOW + 365 * DAY);
		expect(readClock(state, NOW + DAY)).toEqual(memory(NOW + DAY));
	});
});
