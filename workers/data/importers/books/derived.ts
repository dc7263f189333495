import type { KnownSource } from '$lib/contracts';
import {
	BOOKING_STATUSES,
	type BookingColumns,
	type GuestTable,
	type PropertyTable,
} from '$workers/table/bookings';
import { type NumberArray, categories, numbers, texts } from '$workers/table/column';
import { type Table, table } from '$workers/table/table';

/** Of these a room was kept free. */
const TAKEN = new Set(
	['confirmed', 'checked out'].map((name) => BOOKING_STATUSES.indexOf(name as never)),
);

/**
 * Properties as far as their bookings tell: as many units as were ever let at once, and the median
 * price as base price. What bookings do not tell is NaN.
 */
export function derivedProperties(
	bookings: Table<BookingColumns>,
	keys: readonly string[],
	source: KnownSource,
): PropertyTable {
	const rowsOf = rowsByNumber(bookings.columns.property.values, keys.length);
	const each = (of: (rows: readonly number[]) => number) => numbers(Float64Array.from(rowsOf, of));
	const described = keys.map((key) => describe(key, source));
	return table({
		...bareProperties(keys).columns,
		title: texts(described.map(({ title }) => title)),
		property_type: categories(described.map(({ type }) => type)),
		destination: categories(described.map(({ destination }) => destination)),
		base_price: each((rows) => medianPrice(bookings, rows)),
		units: each((rows) => mostAtOnce(bookings, rows)),
		opened_on: each((rows) => firstArrival(bookings, rows)),
	});
}

/** Properties of which no more is known than their keys. */
export function bareProperties(keys: readonly string[]): PropertyTable {
	const unknown = () => numbers(new Float64Array(keys.length).fill(Number.NaN));
	const empty = () => categories(keys.map(() => ''));
	return table({
		key: texts(keys),
		title: texts(keys.map((key) => key.slice(key.indexOf(':') + 1))),
		property_type: empty(),
		destination: empty(),
		country: empty(),
		bedrooms: unknown(),
		max_guests: unknown(),
		base_price: unknown(),
		rating: unknown(),
		photos_count: unknown(),
		latitude: unknown(),
		longitude: unknown(),
		amenities_count: unknown(),
		units: unknown(),
		opened_on: unknown(),
	});
}

/** Guests of whom no more is known than their keys, and the day on which each was first seen. */
export function bareGuests(keys: readonly string[], firstSeen: Int32Array): GuestTable {
	return table({
		key: texts(keys),
		country: categories(keys.map(() => '')),
		type: categories(keys.map(() => '')),
		first_seen: numbers(firstSeen),
	});
}

/** The first day on which each number stands; the last day there is where it stands nowhere. */
export function firstDays(numberAt: ArrayLike<number>, days: ArrayLike<number>, count: number) {
	const first = new Int32Array(count).fill(0x7fffffff);
	for (let row = 0; row < numberAt.length; row++) {
		const number = numberAt[row] as number;
		if ((days[row] as number) < (first[number] ?? -Infinity)) first[number] = days[row] as number;
	}
	return first;
}

/** Guests as far as their bookings tell. */
export function derivedGuests(
	bookings: Table<BookingColumns>,
	keys: readonly string[],
	countries: readonly string[],
	types: readonly string[],
): GuestTable {
	const { guest, booked_on } = bookings.columns;
	const firstSeen = firstDays(guest.values, booked_on.values, keys.length);
	return table({
		...bareGuests(keys, firstSeen).columns,
		country: categories(keys.map((_, i) => countryCode(countries[i] ?? ''))),
		type: categories(keys.map((_, i) => guestType(types[i] ?? ''))),
	});
}

const guestType = (text: string) =>
	text === ''
		? ''
		: /busi|work|gesch|affaire|negocio|zakelijk/i.test(text)
			? 'business'
			: 'leisure';

/** Exports write codes of two letters in either case; names of countries are kept as they are. */
const countryCode = (text: string) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : text);

function rowsByNumber(numberAt: NumberArray, count: number): number[][] {
	const rows = Array.from({ length: count }, (): number[] => []);
	numberAt.forEach((number, row) => rows[number]?.push(row));
	return rows;
}

function describe(key: string, source: KnownSource) {
	const name = key.slice(source.length + 1);
	if (source !== 'hotel-booking-demand') return { title: name, type: '', destination: '' };
	const [hotel = '', room = ''] = name.split('/');
	return { title: `${hotel}, room ${room}`, type: `room ${room}`, destination: hotel };
}

function medianPrice({ columns }: Table<BookingColumns>, rows: readonly number[]): number {
	const prices = Float64Array.from(rows, (row) => columns.nightly_price.values[row] as number)
		.filter((price) => price > 0)
		.sort();
	const middle = prices.length >> 1;
	const upper = prices[middle] ?? Number.NaN;
	return prices.length % 2 ? upper : (upper + (prices[middle - 1] ?? Number.NaN)) / 2;
}

/** The most stays over one night among those that were not cancelled; at least 1. */
function mostAtOnce({ columns }: Table<BookingColumns>, rows: readonly number[]): number {
	const changes = new Map<number, number>();
	const change = (day: number, by: number) => changes.set(day, (changes.get(day) ?? 0) + by);
	for (const row of rows) {
		if (!TAKEN.has(columns.status.codes[row] as number)) continue;
		const arrives = columns.arrives_on.values[row] as number;
		change(arrives, 1);
		change(arrives + (columns.nights.values[row] as number), -1);
	}
	let [taken, most] = [0, 1];
	for (const day of [...changes.keys()].sort((a, b) => a - b)) {
		taken += changes.get(day) ?? 0;
		most = Math.max(most, taken);
	}
	return most;
}

const firstArrival = ({ columns }: Table<BookingColumns>, rows: readonly number[]) =>
	rows.reduce(
		(first, row) => Math.min(first, columns.arrives_on.values[row] as number),
		Number.POSITIVE_INFINITY,
	);
