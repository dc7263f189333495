import { BOOKING_STATUSES, type Books } from '$workers/table/bookings';
import { civilDay as dayOf } from '$workers/table/civil';
import { categories, numbers, texts } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { table } from '$workers/table/table';
import { EvaluationError } from './evaluation';
import { civilDay, readColumns } from './files';

const COLUMNS = [
	'hotel',
	'lead_time',
	'arrival_date_year',
	'arrival_date_month',
	'arrival_date_day_of_month',
	'stays_in_weekend_nights',
	'stays_in_week_nights',
	'adults',
	'adr',
	'market_segment',
	'distribution_channel',
	'deposit_type',
	'reserved_room_type',
	'reservation_status',
	'reservation_status_date',
] as const;

const MONTHS =
	'January February March April May June July August September October November December'.split(
		' ',
	);
const STATUSES: Readonly<Record<string, string>> = {
	'Check-Out': 'checked out',
	Canceled: 'cancelled',
	'No-Show': 'no-show',
};

/**
 * The books of a file in the hotel-booking-demand format: a property is a room type of a hotel, a
 * booking was made on its arrival less its lead time, and it was cancelled on the date of its status.
 * `hotel` keeps one hotel alone.
 */
export function readBooks(path: string, hotel?: string): Books {
	const read = readColumns(path, COLUMNS);
	const rows = read.hotel.map((_, row) => row).filter((row) => !hotel || read.hotel[row] === hotel);
	if (rows.length === 0) throw new EvaluationError(`${path}: no booking of hotel ${hotel}`);
	const number = (name: (typeof COLUMNS)[number]) =>
		rows.map((row) => numberAt(read, name, row, path));
	const arrives = rows.map((row) => arrivalAt(read, row, path));
	const lead = number('lead_time');
	const price = number('adr');
	const week = number('stays_in_week_nights');
	const nights = number('stays_in_weekend_nights').map(
		(weekend, i) => weekend + (week[i] as number),
	);
	const room = (row: number) => `${read.hotel[row]}: ${read.reserved_room_type[row]}`;
	const properties = [...new Set(rows.map(room))].sort();
	const numberOf = new Map(properties.map((name, i) => [name, i]));
	const status = rows.map((row) => STATUSES[read.reservation_status[row] as string] ?? 'confirmed');
	const statusDay = rows.map((row) =>
		civilDay(read.reservation_status_date[row] as string, path, row + 1),
	);
	const empty = emptyBooks('EUR');
	const category = (name: (typeof COLUMNS)[number]) =>
		categories(rows.map((row) => read[name][row] as string));
	return {
		...empty,
		asOf: maximum(arrives) + 1,
		properties: table({
			...repeated(empty.properties.columns, properties.length),
			key: texts(properties),
			title: texts(properties),
			property_type: categories(properties.map(() => 'room type')),
			destination: categories(properties.map((name) => name.split(': ')[0] as string)),
			country: categories(properties.map(() => '')),
		}),
		bookings: table({
			booking_id: numbers(Uint32Array.from(rows, (_, i) => i + 1)),
			property: numbers(Uint32Array.from(rows, (row) => numberOf.get(room(row)) as number)),
			guest: numbers(new Uint32Array(rows.length)),
			booked_on: numbers(Int32Array.from(arrives, (day, i) => day - (lead[i] as number))),
			arrives_on: numbers(Int32Array.from(arrives)),
			nights: numbers(Uint16Array.from(nights)),
			adults: numbers(Uint8Array.from(number('adults'))),
			nightly_price: numbers(Float64Array.from(price)),
			total: numbers(Float64Array.from(price, (each, i) => each * (nights[i] as number))),
			channel: category('distribution_channel'),
			deposit: category('deposit_type'),
			status: {
				type: 'category',
				codes: Uint16Array.from(status, (name) => BOOKING_STATUSES.indexOf(name as never)),
				names: BOOKING_STATUSES,
			},
			cancelled_on: numbers(
				Float64Array.from(statusDay, (day, i) =>
					status[i] === 'cancelled' || status[i] === 'no-show' ? day : Number.NaN,
				),
			),
			lead_time: numbers(Uint16Array.from(lead)),
		}),
		extras: { market_segment: category('market_segment') },
	};
}

function repeated<Columns extends Record<string, { readonly type: string }>>(
	columns: Columns,
	count: number,
): Columns {
	const filled = Object.entries(columns).map(([name, column]) => [
		name,
		column.type === 'number' ? numbers(new Float64Array(count).fill(Number.NaN)) : column,
	]);
	return Object.fromEntries(filled) as Columns;
}

function numberAt(
	read: Record<(typeof COLUMNS)[number], string[]>,
	name: (typeof COLUMNS)[number],
	row: number,
	path: string,
): number {
	const text = (read[name][row] as string).trim();
	if (name === 'adults' && (text === '' || text === 'NA' || text === 'NULL')) return 0;
	const value = Number(text);
	if (text === '' || !Number.isFinite(value))
		throw new EvaluationError(`${path}: row ${row + 1}, column ${name}, is not a number`);
	return value;
}

function arrivalAt(
	read: Record<(typeof COLUMNS)[number], string[]>,
	row: number,
	path: string,
): number {
	const month = MONTHS.indexOf(read.arrival_date_month[row] as string) + 1;
	const day = dayOf(
		Number(read.arrival_date_year[row]),
		month,
		Number(read.arrival_date_day_of_month[row]),
	);
	if (!Number.isFinite(day))
		throw new EvaluationError(`${path}: row ${row + 1} has no day of arrival`);
	return day;
}

const maximum = (values: readonly number[]) =>
	values.reduce((most, value) => Math.max(most, value), -Infinity);
