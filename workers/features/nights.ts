import type { Books } from '$workers/table/bookings';

/** Nights let and what they brought, property by property and day by day. */
export interface Nights {
	/** Civil day of the first column. */
	readonly first: number;
	readonly days: number;
	readonly properties: number;
	/** Units let, `property * days + (day - first)`. */
	readonly taken: Uint16Array;
	/** Money, spread evenly over the nights of a stay; same places. */
	readonly revenue: Float64Array;
	/** Units that could be let at all; same places. 0 before a property opened. */
	readonly units: Uint16Array;
}

/**
 * Spreads stays that were not cancelled over their nights, as known on `books.asOf`. Columns run from
 * the first arrival to `until` (excluded).
 */
export function spreadNights(books: Books, until: number): Nights {
	const { arrives_on, nights, property, status, total } = books.bookings.columns;
	const lost = lostStatuses(status.names);
	const first = firstOf(arrives_on.values, books.asOf);
	const days = Math.max(0, until - first);
	const properties = books.properties.count;
	const taken = new Uint16Array(properties * days);
	const revenue = new Float64Array(properties * days);
	for (let row = 0; row < books.bookings.count; row++) {
		if (lost[status.codes[row] as number]) continue;
		const stay = nights.values[row] as number;
		const start = (arrives_on.values[row] as number) - first;
		const at = (property.values[row] as number) * days;
		const night = (total.values[row] as number) / stay;
		for (let day = Math.max(0, start); day < Math.min(days, start + stay); day++) {
			taken[at + day] = (taken[at + day] as number) + 1;
			revenue[at + day] = (revenue[at + day] as number) + night;
		}
	}
	return { first, days, properties, taken, revenue, units: openUnits(books, first, days) };
}

/** By status code: true for bookings that no night was let for. */
export const lostStatuses = (names: readonly string[]): boolean[] =>
	names.map((name) => name === 'cancelled' || name === 'no-show');

function openUnits(books: Books, first: number, days: number): Uint16Array {
	const { opened_on, units } = books.properties.columns;
	const open = new Uint16Array(books.properties.count * days);
	for (let property = 0; property < books.properties.count; property++) {
		const opened = opened_on.values[property] as number;
		const from = opened > first ? opened - first : 0;
		const count = units.values[property] as number;
		open.fill(count > 0 ? count : 1, property * days + from, (property + 1) * days);
	}
	return open;
}

function firstOf(days: ArrayLike<number>, asOf: number): number {
	let first = asOf;
	for (let row = 0; row < days.length; row++) first = Math.min(first, days[row] as number);
	return first;
}
