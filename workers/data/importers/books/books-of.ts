import type {
	BookingTable,
	Books,
	DailyTable,
	EngagementTable,
	HolidayTable,
} from '$workers/table/bookings';
import { type Column, numbers } from '$workers/table/column';
import { table } from '$workers/table/table';
import type { ReadBookingColumns, ReadBooks } from './read-books';

/**
 * The books of one file of bookings, properties and guests numbered in order of first appearance;
 * bookings in the order in which they were made, as the models take them.
 *
 * @throws RangeError where the file held no bookings
 */
export function booksOf(read: ReadBooks): Books {
	if (read.table !== 'bookings') throw new RangeError('booksOf requires a file of bookings');
	const columns = { ...read.rows.columns } as Partial<ReadBookingColumns>;
	delete columns.identity_high;
	delete columns.identity_low;
	const order = byBookingDay(columns.booked_on?.values ?? []);
	const ordered = pickAll(columns, order) as BookingTable['columns'];
	const bookings: BookingTable = table({
		...ordered,
		booking_id: numbers(Uint32Array.from(order, (_, i) => i + 1)),
	});
	return {
		properties: read.properties,
		bookings,
		extras: pickAll(read.extras, order),
		guests: read.guests,
		engagement: noEngagement(),
		daily: noDays(),
		holidays: noHolidays(),
		asOf: read.asOf,
		currency: read.currency,
		sample: false,
	};
}

/** Rows by day of booking; those of one day in the order of the file. */
function byBookingDay(booked: ArrayLike<number>): Uint32Array {
	const order = Uint32Array.from({ length: booked.length }, (_, i) => i);
	return order.sort((a, b) => (booked[a] as number) - (booked[b] as number) || a - b);
}

function pickAll(columns: Readonly<Record<string, Column>>, rows: Uint32Array) {
	return Object.fromEntries(
		Object.entries(columns).map(([name, column]) => [name, pick(column, rows)]),
	);
}

function pick(column: Column, rows: Uint32Array): Column {
	if (column.type === 'number') {
		const picked = column.values.slice();
		rows.forEach((row, i) => (picked[i] = column.values[row] as number));
		return { ...column, values: picked };
	}
	if (column.type === 'category')
		return { ...column, codes: Uint16Array.from(rows, (row) => column.codes[row] as number) };
	throw new RangeError('bookings have columns of numbers and of categories alone');
}

const none = () => ({ type: 'category', codes: new Uint16Array(0), names: [] }) as const;

const noEngagement = (): EngagementTable =>
	table({
		instant: numbers(new Float64Array(0)),
		session: numbers(new Uint32Array(0)),
		property: numbers(new Uint32Array(0)),
		guest: numbers(new Int32Array(0)),
		kind: none(),
		device: none(),
		referrer: none(),
		seconds: numbers(new Float32Array(0)),
	});

const noDays = (): DailyTable =>
	table({
		property: numbers(new Uint32Array(0)),
		day: numbers(new Int32Array(0)),
		price: numbers(new Float64Array(0)),
		let: numbers(new Uint8Array(0)),
	});

const noHolidays = (): HolidayTable => table({ day: numbers(new Int32Array(0)), name: none() });
