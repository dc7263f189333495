import { DAY } from '$workers/privacy/retention';
import type { Books } from '$workers/table/bookings';
import { numbers } from '$workers/table/column';
import { table } from '$workers/table/table';
import { withoutBookings, withoutRows } from './forget-books';

/** Tables of the books whose rows have a date. */
export const BOOKS_TABLES = [
	'fact_booking_detail',
	'dim_user',
	'fact_property_engagement',
	'fact_booking_daily',
] as const;
export type BooksTable = (typeof BOOKS_TABLES)[number];

const NOBODY = -1;

/** The date of every row, UTC milliseconds: departure, last departure, instant, day. */
export function datesIn(books: Books, name: BooksTable): Float64Array {
	switch (name) {
		case 'fact_booking_detail':
			return departures(books);
		case 'dim_user':
			return lastStays(books);
		case 'fact_property_engagement':
			return Float64Array.from(books.engagement.columns.instant.values);
		case 'fact_booking_daily':
			return Float64Array.from(books.daily.columns.day.values, (day) => day * DAY);
	}
}

function departures({ bookings }: Books): Float64Array {
	const { arrives_on, nights } = bookings.columns;
	return Float64Array.from(
		arrives_on.values,
		(day, row) => (day + (nights.values[row] as number)) * DAY,
	);
}

/** The last departure; the day on which they were first seen of those who never booked. */
function lastStays(books: Books): Float64Array {
	const { bookings, guests } = books;
	const last = new Float64Array(guests.count).fill(Number.NEGATIVE_INFINITY);
	const leave = departures(books);
	if (guests.count > 0)
		bookings.columns.guest.values.forEach((guest, row) => {
			last[guest] = Math.max(last[guest] as number, leave[row] as number);
		});
	return last.map((stay, guest) =>
		stay === Number.NEGATIVE_INFINITY
			? (guests.columns.first_seen.values[guest] as number) * DAY
			: stay,
	);
}

export interface ExpiredBooks {
	readonly books: Books;
	/** Tables that lost rows, and how many. */
	readonly removed: Readonly<Partial<Record<BooksTable, number>>>;
}

/**
 * The books without rows from before an instant (UTC milliseconds), by table. A guest goes with all
 * bookings, and without a booking left a guest goes too; their looks become looks of nobody. Those
 * who stay are numbered anew.
 */
export function withoutExpired(
	books: Books,
	before: Readonly<Partial<Record<BooksTable, number>>>,
): ExpiredBooks {
	const stays = (name: BooksTable) => {
		const end = before[name] ?? Number.NEGATIVE_INFINITY;
		return Array.from(datesIn(books, name), (date) => !(date < end));
	};
	const guestStays = stays('dim_user');
	const bookingStays = stays('fact_booking_detail');
	const guestOf = books.bookings.columns.guest.values;
	const gone = rowsWhere(
		books.bookings.count,
		(row) => !bookingStays[row] || guestStays[guestOf[row] as number] === false,
	);
	const known = withoutRows(
		books.engagement,
		trueRows(stays('fact_property_engagement')),
	) as Books['engagement'];
	const daily = withoutRows(books.daily, trueRows(stays('fact_booking_daily'))) as Books['daily'];
	const left = gone.length > 0 ? withoutBookings(books, gone).books : books;
	const after = withoutGuests(
		{ ...left, engagement: known, daily },
		guestsWithout(books, gone, guestStays),
	);
	const removed = {
		fact_booking_detail: gone.length,
		dim_user: books.guests.count - after.guests.count,
		fact_property_engagement: books.engagement.count - after.engagement.count,
		fact_booking_daily: books.daily.count - after.daily.count,
	};
	return {
		books: after,
		removed: Object.fromEntries(Object.entries(removed).filter(([, rows]) => rows > 0)),
	};
}

/** Which guests stay: neither past their time nor left without the bookings that they had. */
function guestsWithout(
	{ bookings, guests }: Books,
	gone: readonly number[],
	stays: readonly boolean[],
): boolean[] {
	const lost = new Set(gone);
	const had = new Set<number>();
	const has = new Set<number>();
	if (guests.count > 0)
		bookings.columns.guest.values.forEach((guest, row) => {
			had.add(guest);
			if (!lost.has(row)) has.add(guest);
		});
	return stays.map((stay, guest) => stay && (has.has(guest) || !had.has(guest)));
}

function withoutGuests(books: Books, stays: readonly boolean[]): Books {
	if (stays.every(Boolean)) return books;
	let next = 0;
	const numberOf = stays.map((stay) => (stay ? next++ : NOBODY));
	const renumbered = (guest: number) => (guest < 0 ? NOBODY : (numberOf[guest] ?? NOBODY));
	const { bookings, engagement } = books;
	return {
		...books,
		guests: withoutRows(books.guests, trueRows(stays)),
		bookings: table({
			...bookings.columns,
			guest: numbers(Uint32Array.from(bookings.columns.guest.values, renumbered)),
		}),
		engagement: table({
			...engagement.columns,
			guest: numbers(Int32Array.from(engagement.columns.guest.values, renumbered)),
		}),
	};
}

const trueRows = (stays: readonly boolean[]) => rowsWhere(stays.length, (row) => !!stays[row]);

function rowsWhere(count: number, holds: (row: number) => boolean): number[] {
	return Array.from({ length: count }, (_, row) => row).filter(holds);
}
