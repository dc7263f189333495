import type { BookingTable } from './bookings';

/** No arrival so many days after the last booking was made: what comes later was cut off. */
const LOOKS_AHEAD = 14;

/**
 * Books that end with their last arrival, as files cut by the day of arrival do: nothing is known of
 * what is booked for later, and ever fewer of the bookings made of late are in them.
 */
export function endsWithLastArrival({ columns }: BookingTable): boolean {
	return latest(columns.arrives_on.values) - latest(columns.booked_on.values) < LOOKS_AHEAD;
}

/** -Infinity where there are none. */
export function latest(days: ArrayLike<number>): number {
	let last = Number.NEGATIVE_INFINITY;
	for (let row = 0; row < days.length; row++) last = Math.max(last, days[row] as number);
	return last;
}
