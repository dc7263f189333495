import { hashText } from '$workers/math/random';
import type { BookingStatus, Books } from '$workers/table/bookings';
import { yearOf } from '$workers/table/calendar';

/** The homes that a guest stayed in, in the order of arrival. */
export interface GuestHistory {
	readonly homes: readonly number[];
	/** Held out: these guests have no part in the pack, and it is measured on them. */
	readonly heldOut: boolean;
}

export interface Histories {
	/** In an order by lot that depends on each guest's own key. */
	readonly guests: readonly GuestHistory[];
	/** Years of arrival, whoever the guests are: earliest first. */
	readonly years: readonly number[];
}

const OVER: BookingStatus = 'checked out';
/** One guest in so many is held out. */
export const HELD_OUT_OF = 5;

/**
 * Who stayed where, of stays that are over.
 *
 * @param leftOut keys of the guests who are not to be counted
 * @throws RangeError where the bookings name no guests
 */
export function guestHistories(books: Books, leftOut: ReadonlySet<string>, fold = 0): Histories {
	if (books.guests.count === 0) throw new RangeError('the bookings name no guests');
	const { arrives_on, guest, property } = books.bookings.columns;
	const keys = books.guests.columns.key.values;
	const homes = new Map<number, number[]>();
	const years = new Set<number>();
	for (const row of rowsByArrival(books)) {
		const person = guest.values[row] as number;
		if (leftOut.has(keys[person] ?? '')) continue;
		const own = homes.get(person) ?? [];
		own.push(property.values[row] as number);
		homes.set(person, own);
		years.add(yearOf(arrives_on.values[row] as number));
	}
	const drawn = [...homes].map(([person, own]) => {
		const lot = hashText(`pack/${keys[person] ?? ''}`);
		return { lot, history: { homes: own, heldOut: lot % HELD_OUT_OF === fold } };
	});
	return {
		guests: drawn.sort((a, b) => a.lot - b.lot).map(({ history }) => history),
		years: [...years].sort((a, b) => a - b),
	};
}

function rowsByArrival({ asOf, bookings }: Books): readonly number[] {
	const { arrives_on, status } = bookings.columns;
	const over = status.names.indexOf(OVER);
	const arrival = (row: number) => arrives_on.values[row] as number;
	const rows = Array.from({ length: bookings.count }, (_, row) => row);
	return rows
		.filter((row) => status.codes[row] === over && arrival(row) < asOf)
		.sort((a, b) => arrival(a) - arrival(b) || a - b);
}
