import { lostStatuses } from '$workers/features/nights';
import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { endsWithLastArrival, latest } from '$workers/table/reach';

/**
 * What was asked for each property and day, and what came of it. A home is let or not; of a property
 * without a calendar (a hotel's rooms) the arrivals of a day are counted.
 */
export interface Panel {
	readonly kind: 'nights' | 'arrivals';
	readonly first: CivilDay;
	/** Days from `first`; those from `known` on are still to come. */
	readonly days: number;
	readonly known: number;
	readonly properties: number;
	/** Asked for a night, `property * days + day`; NaN where nobody asked. */
	readonly price: Float64Array;
	/** Nights let (0 or 1), or arrivals; same places. */
	readonly let: Float64Array;
	/** Civil day on which the stay that fills the night was booked; Infinity for none. Nights only. */
	readonly madeOn: Float64Array;
	/** Bookings reach beyond `known`: the nights to come that are taken already are known. */
	readonly seesAhead: boolean;
}

const AHEAD = 120;
/** Prices paid this many days around a day tell what was asked on it. */
const AROUND = 3;

/** `null` where there is nothing to learn from. */
export function panelOf(books: Books): Panel | null {
	const asked = books.daily.columns.day.values;
	const hasPast = asked.some((day) => day < books.asOf);
	if (hasPast) return nightsPanel(books);
	return books.bookings.count > 0 ? arrivalsPanel(books) : null;
}

function nightsPanel(books: Books): Panel {
	const { day, let: taken, price, property } = books.daily.columns;
	const first = least(day.values);
	const days = books.asOf + AHEAD - first;
	const panel = emptyPanel('nights', books, first, days);
	for (let row = 0; row < books.daily.count; row++) {
		const column = (day.values[row] as number) - first;
		if (column >= days) continue;
		const at = (property.values[row] as number) * days + column;
		panel.price[at] = price.values[row] as number;
		panel.let[at] = taken.values[row] as number;
	}
	markStays(books, panel);
	return panel;
}

/** When each night was booked, by the stay that was not cancelled. */
function markStays(books: Books, { days, first, madeOn }: Panel): void {
	const { arrives_on, booked_on, nights, property, status } = books.bookings.columns;
	const lost = lostStatuses(status.names);
	for (let row = 0; row < books.bookings.count; row++) {
		if (lost[status.codes[row] as number]) continue;
		const start = (arrives_on.values[row] as number) - first;
		const from = (property.values[row] as number) * days;
		const end = Math.min(days, start + (nights.values[row] as number));
		for (let night = Math.max(0, start); night < end; night++)
			madeOn[from + night] = booked_on.values[row] as number;
	}
}

function arrivalsPanel(books: Books): Panel {
	const { arrives_on, nightly_price, property, status } = books.bookings.columns;
	const first = least(arrives_on.values);
	const days = books.asOf + AHEAD - first;
	const seesAhead = !endsWithLastArrival(books.bookings);
	// The day after the last arrival is the first of which nothing is known.
	const known = Math.min(books.asOf, latest(arrives_on.values) + 1) - first;
	const panel = { ...emptyPanel('arrivals', books, first, days), seesAhead, known };
	const lost = lostStatuses(status.names);
	const paid = new Float64Array(panel.price.length);
	const count = new Float64Array(panel.price.length);
	for (let row = 0; row < books.bookings.count; row++) {
		const column = (arrives_on.values[row] as number) - first;
		if (column < 0 || column >= days) continue;
		const at = (property.values[row] as number) * days + column;
		const price = nightly_price.values[row] as number;
		if (price > 0) {
			paid[at] = (paid[at] as number) + price;
			count[at] = (count[at] as number) + 1;
		}
		if (!lost[status.codes[row] as number]) panel.let[at] = (panel.let[at] as number) + 1;
	}
	for (let property_ = 0; property_ < panel.properties; property_++)
		smoothPrices(panel, property_ * days, paid, count);
	return panel;
}

/** Mean price paid within some days: nobody writes down what was asked of those who did not book. */
function smoothPrices(panel: Panel, from: number, paid: Float64Array, count: Float64Array): void {
	for (let day = 0; day < panel.days; day++) {
		let sum = 0;
		let bookings = 0;
		const end = Math.min(panel.days - 1, day + AROUND);
		for (let near = Math.max(0, day - AROUND); near <= end; near++) {
			sum += paid[from + near] as number;
			bookings += count[from + near] as number;
		}
		panel.price[from + day] = bookings > 0 ? sum / bookings : Number.NaN;
	}
}

function emptyPanel(kind: Panel['kind'], books: Books, first: number, days: number): Panel {
	const size = books.properties.count * days;
	return {
		kind,
		first,
		days,
		known: books.asOf - first,
		properties: books.properties.count,
		price: new Float64Array(size).fill(Number.NaN),
		let: new Float64Array(size),
		madeOn: new Float64Array(size).fill(Number.POSITIVE_INFINITY),
		seesAhead: true,
	};
}

function least(values: ArrayLike<number>): number {
	let found = Number.POSITIVE_INFINITY;
	for (let i = 0; i < values.length; i++) found = Math.min(found, values[i] as number);
	return found;
}
