import type { ChanceAnswer } from '$lib/contracts/insight';
import type { Run } from '$workers/learners/contract';
import type { Books } from '$workers/table/bookings';
import { type Column, nameAt } from '$workers/table/column';
import {
	type Matrix,
	type MatrixColumn,
	categoryColumn,
	matrix,
	numberColumn,
} from '$workers/table/matrix';
import { titlesOf } from '$workers/table/titles';
import type { Trained } from '../trained';
import type { ChanceOptions, ChanceTask } from './chance-task';
import { earlierBookings } from './earlier-bookings';
import { trainChance } from './train-chance';

/** Of the newest bookings, where none is still to come. */
const NEWEST = 1000;
/** A column of whole numbers that lie so near the arrival is a date. */
const NEAR_ARRIVAL = 800;
const FIRST_DATE = 3653;

/**
 * The chance that a booking falls through: cancelled, or the guest does not come. Learned from
 * bookings whose arrival is past, from what was known when they were made and from the source's other
 * columns; those that were not known in time are refused by the leak sentinel and named on the card.
 */
export async function trainCancellation(
	books: Books,
	run: Run,
	options: ChanceOptions = {},
): Promise<Trained<ChanceAnswer>> {
	if (books.bookings.count === 0) return { ready: false, missing: { reason: 'NoBookings' } };
	return trainChance(cancellationTask(books), run, options);
}

function cancellationTask(books: Books): ChanceTask {
	const { bookings, asOf, guests } = books;
	const { columns } = bookings;
	const arrives = Float64Array.from(columns.arrives_on.values);
	const outcomes = arrives.map((day, row) => {
		const status = nameAt(columns.status, row);
		if (status === 'confirmed' || day >= asOf) return Number.NaN;
		return Number(status !== 'checked out');
	});
	const rows = bookingMatrix(books);
	const titles = titlesOf(books);
	return {
		question: 'cancellation',
		model: 'cancellation',
		rows,
		outcomes,
		days: arrives,
		dates: datesAmong(rows, arrives),
		open: openBookings(books, arrives),
		describe: (row) => {
			const property = columns.property.values[row] as number;
			return {
				property,
				title: titles[property] ?? '',
				guest: guests.count > 0 ? (columns.guest.values[row] as number) : -1,
				id: columns.booking_id.values[row] as number,
				amount: columns.total.values[row] as number,
			};
		},
		target: Number.NaN,
	};
}

/** Bookings still to come; where the books end with their last arrival, those that arrived last. */
function openBookings({ bookings, asOf }: Books, arrives: Float64Array): Uint32Array {
	const { status } = bookings.columns;
	const rows = Uint32Array.from(arrives.keys());
	const ahead = rows.filter(
		(row) => (arrives[row] as number) >= asOf && nameAt(status, row) === 'confirmed',
	);
	if (ahead.length > 0) return ahead;
	return rows.sort((a, b) => (arrives[b] as number) - (arrives[a] as number)).slice(0, NEWEST);
}

/**
 * What is known of each booking when it is made, and all other columns of the source. The source's own
 * columns stand in for ours where they have the same name or say the same.
 */
export function bookingMatrix(books: Books): Matrix {
	const { bookings, properties, guests, extras } = books;
	const { columns } = bookings;
	const read = (name: 'lead_time' | 'nights' | 'adults' | 'nightly_price' | 'total') =>
		numberColumn(name, Float64Array.from(columns[name].values));
	const price = Float64Array.from(columns.nightly_price.values);
	const usual = price.map(
		(asked, row) =>
			asked / (properties.columns.base_price.values[columns.property.values[row] as number] ?? NaN),
	);
	const earlier = guests.count > 0 ? earlierBookings(bookings) : undefined;
	const own = [
		categoryColumn(
			'property',
			Float64Array.from(columns.property.values),
			properties.columns.key.values,
		),
		read('lead_time'),
		read('nights'),
		read('adults'),
		read('nightly_price'),
		read('total'),
		numberColumn(
			'price over usual',
			usual.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
		),
		extraColumn('channel', columns.channel),
		extraColumn('deposit', columns.deposit),
		...(earlier
			? [
					numberColumn('earlier bookings', earlier.made),
					numberColumn('earlier cancellations', earlier.cancelled),
					ofGuest('country', books),
					ofGuest('type', books),
				]
			: []),
	].flatMap((column) => (column ? [column] : []));
	const others = Object.entries(extras).flatMap(([name, column]) => {
		const made = extraColumn(name, column);
		return made ? [made] : [];
	});
	const ours = own.filter(
		(column) => !others.some((other) => other.name === column.name || saysTheSame(other, column)),
	);
	return matrix([...ours, ...others]);
}

function ofGuest(name: 'country' | 'type', { bookings, guests }: Books): MatrixColumn {
	const { codes, names } = guests.columns[name];
	const values = Float64Array.from(bookings.columns.guest.values, (guest) => {
		const code = codes[guest];
		return code !== undefined && names[code] ? code : Number.NaN;
	});
	return categoryColumn(`guest's ${name}`, values, names);
}

/** Numbers and categories; other kinds are no features of a table. */
function extraColumn(name: string, column: Column): MatrixColumn | undefined {
	if (column.type === 'number') return numberColumn(name, Float64Array.from(column.values));
	if (column.type !== 'category') return undefined;
	const values = Float64Array.from(column.codes, (code) =>
		column.names[code] ? code : Number.NaN,
	);
	return categoryColumn(name, values, column.names);
}

const saysTheSame = (a: MatrixColumn, b: MatrixColumn): boolean =>
	a.kind === b.kind &&
	a.values.every((value, row) => Object.is(value, b.values[row])) &&
	a.levels.every((level, place) => level === b.levels[place]);

/** Columns of whole numbers that lie within two years or so of the arrival in every row. */
function datesAmong({ columns }: Matrix, arrives: Float64Array): string[] {
	return columns
		.filter(
			({ kind, values }) =>
				kind === 'number' &&
				values.some((value) => value > FIRST_DATE) &&
				values.every(
					(value, row) =>
						Number.isNaN(value) ||
						(Number.isInteger(value) && Math.abs(value - (arrives[row] as number)) < NEAR_ARRIVAL),
				),
		)
		.map(({ name }) => name);
}
