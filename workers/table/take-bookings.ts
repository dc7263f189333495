import type { Books, EngagementTable, GuestTable } from './bookings';
import { numbers } from './column';
import { pickRows, pickTableRows } from './pick';
import { table } from './table';

const NOBODY = -1;

/**
 * The books with some of their bookings alone. Guests without a booking go with theirs, the others
 * are renumbered in the order in which they stood, and looks of those who went become looks of
 * nobody. Properties, prices and holidays stay.
 *
 * @param keepRow of a row of the booking table
 */
export function keepBookings(books: Books, keepRow: (row: number) => boolean): Books {
	const { bookings, guests } = books;
	const kept = Array.from({ length: bookings.count }, (_, row) => row).filter(keepRow);
	if (kept.length === bookings.count) return books;
	const numbersOf = guestsKept(books, new Set(kept));
	const own = pickTableRows(bookings, kept);
	const extras = Object.entries(books.extras).map(([name, column]) => [
		name,
		pickRows(column, kept),
	]);
	return {
		...books,
		bookings: table({
			...own.columns,
			guest: numbers(
				Uint32Array.from(own.columns.guest.values, (guest) => Math.max(0, numbersOf[guest] ?? 0)),
			),
		}),
		extras: Object.fromEntries(extras) as Books['extras'],
		guests: guestsLeft(guests, numbersOf),
		engagement: withGuests(books.engagement, numbersOf),
	};
}

/** The new number of each guest; -1 for those who had bookings and have none left. */
function guestsKept({ bookings, guests }: Books, kept: ReadonlySet<number>): Int32Array {
	const had = new Uint8Array(guests.count);
	const has = new Uint8Array(guests.count);
	for (let row = 0; row < bookings.count; row++) {
		const guest = bookings.columns.guest.values[row] as number;
		had[guest] = 1;
		if (kept.has(row)) has[guest] = 1;
	}
	let next = 0;
	return Int32Array.from(had, (before, guest) => (before && !has[guest] ? NOBODY : next++));
}

function guestsLeft(guests: GuestTable, numbersOf: Int32Array): GuestTable {
	const rows = Array.from(numbersOf.keys()).filter((guest) => numbersOf[guest] !== NOBODY);
	return pickTableRows(guests, rows);
}

function withGuests(engagement: EngagementTable, numbersOf: Int32Array): EngagementTable {
	const guest = Int32Array.from(engagement.columns.guest.values, (own) =>
		own < 0 ? NOBODY : (numbersOf[own] ?? NOBODY),
	);
	return table({ ...engagement.columns, guest: numbers(guest) });
}
