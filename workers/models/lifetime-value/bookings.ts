import type { BookingTable, Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { nameAt } from '$workers/table/column';
import { type PurchaseLog, purchaseLog } from './purchase-log';

/**
 * Bookings made before a day as purchases of guests, dated on the day on which they were made, at
 * their full price: whoever cancels has shown as much interest as whoever comes.
 */
export function purchasesBefore({ bookings, guests }: Books, day: CivilDay): PurchaseLog {
	const { columns } = bookings;
	const rows = rowsMade(bookings, Number.NEGATIVE_INFINITY, day);
	const take = (values: ArrayLike<number>) => rows.map((row) => values[row] as number);
	return purchaseLog(
		guests.count,
		take(columns.guest.values),
		take(columns.booked_on.values),
		take(columns.total.values),
	);
}

/** The day of the first booking; `day` where there is none before it. */
export function firstBooking({ bookings }: Books, day: CivilDay): CivilDay {
	const made = bookings.columns.booked_on.values;
	let first = day;
	for (let row = 0; row < made.length; row++) first = Math.min(first, made[row] as number);
	return first;
}

/** Of the money of bookings whose arrival has passed, the share that was neither cancelled nor missed. */
export function keptShare({ bookings }: Books, day: CivilDay): number {
	const { columns } = bookings;
	let [booked, kept] = [0, 0];
	for (const row of rowsMade(bookings, Number.NEGATIVE_INFINITY, day)) {
		if (!((columns.arrives_on.values[row] as number) < day)) continue;
		const total = columns.total.values[row] as number;
		booked += total;
		if (!isLost(bookings, row, day)) kept += total;
	}
	return booked > 0 ? kept / booked : 1;
}

/**
 * What each guest's bookings of the days `from` to `to` (excluded) bring, as known on `day`: nothing
 * where they were cancelled or missed; where the arrival is yet to come, the share that is usually
 * kept.
 */
export function revenueBetween(
	books: Books,
	from: CivilDay,
	to: CivilDay,
	day: CivilDay,
): Float64Array {
	const { bookings, guests } = books;
	const { columns } = bookings;
	const usual = keptShare(books, day);
	const revenue = new Float64Array(guests.count);
	for (const row of rowsMade(bookings, from, Math.min(to, day))) {
		if (isLost(bookings, row, day)) continue;
		const guest = columns.guest.values[row] as number;
		const sure = (columns.arrives_on.values[row] as number) < day ? 1 : usual;
		revenue[guest] = (revenue[guest] as number) + sure * (columns.total.values[row] as number);
	}
	return revenue;
}

/** Cancelled or missed, as far as is known when a day begins. */
export function isLost({ columns }: BookingTable, row: number, day: CivilDay): boolean {
	if ((columns.cancelled_on.values[row] as number) < day) return true;
	return (
		nameAt(columns.status, row) === 'no-show' && (columns.arrives_on.values[row] as number) < day
	);
}

/** Bookings made on the days `from` to `to` (excluded). */
function rowsMade({ count, columns }: BookingTable, from: CivilDay, to: CivilDay): number[] {
	const rows: number[] = [];
	for (let row = 0; row < count; row++) {
		const made = columns.booked_on.values[row] as number;
		if (made >= from && made < to) rows.push(row);
	}
	return rows;
}
