import type { CorrectableField, Correction } from '$lib/contracts';
import { BOOKING_STATUSES, type Books } from '$workers/table/bookings';
import { parseCivilDay } from '$workers/table/civil';
import { type CategoryColumn, type NumberArray, nameAt, numbers } from '$workers/table/column';
import { pickRows, pickTableRows } from '$workers/table/pick';
import { table } from '$workers/table/table';

/** A value that can't stand there, and what could. */
export class CorrectionError extends RangeError {
	override readonly name = 'CorrectionError';
	constructor(
		readonly field: CorrectableField,
		/** One sentence. */
		readonly allowed: string,
	) {
		super(`${field}: ${allowed}`);
	}
}

type Row = Readonly<Record<BookingField, number>> & { readonly status: string };
type BookingField =
	'adults' | 'nights' | 'nightly_price' | 'total' | 'booked_on' | 'arrives_on' | 'cancelled_on';

const MOST_ADULTS = 50;
const MOST_NIGHTS = 365;
const MOST_MONEY = 1e6;

/**
 * The books with one field of a guest or of one of the guest's bookings put right. What follows from
 * it follows: the total from price and nights, the lead time from the days, the order of bookings from
 * the day on which they were made.
 *
 * @throws CorrectionError where the value can't stand there
 * @throws RangeError where guest or booking are not in the books
 */
export function corrected(books: Books, guestKey: string, correction: Correction): Books {
	const guest = books.guests.columns.key.values.indexOf(guestKey);
	if (guest < 0) throw new RangeError('no guest has this key');
	if (correction.table === 'dim_user') return guestCorrected(books, guest, correction);
	const { booking_id, guest: owners } = books.bookings.columns;
	const row = booking_id.values.indexOf(correction.booking ?? 0);
	if (row < 0 || owners.values[row] !== guest)
		throw new RangeError('the guest has no such booking');
	return inBookingOrder(bookingCorrected(books, row, correction));
}

function guestCorrected(books: Books, guest: number, { field, value }: Correction): Books {
	const { columns } = books.guests;
	const text = value.trim();
	if (field === 'country') {
		const country = text.toUpperCase();
		if (!/^[A-Z]{2}$/.test(country))
			throw new CorrectionError(field, 'Give the two letters of the country, such as DE.');
		return withGuests(books, { ...columns, country: named(columns.country, guest, country) });
	}
	if (field === 'type') {
		if (text !== 'leisure' && text !== 'business')
			throw new CorrectionError(field, 'A guest is here for leisure or for business.');
		return withGuests(books, { ...columns, type: named(columns.type, guest, text) });
	}
	throw new RangeError('a guest has no such field');
}

const withGuests = (books: Books, columns: Books['guests']['columns']): Books => ({
	...books,
	guests: table({ ...columns }),
});

function bookingCorrected(books: Books, row: number, { field, value }: Correction): Books {
	const { columns } = books.bookings;
	const after = withValue(rowOf(books, row), field, value.trim());
	if (after.arrives_on < after.booked_on)
		throw new CorrectionError(field, 'A stay can’t begin before it was booked.');
	const put = (name: BookingField) => numbers(replaced(columns[name].values, row, after[name]));
	const lead = after.arrives_on - after.booked_on;
	return {
		...books,
		bookings: table({
			...columns,
			adults: put('adults'),
			nights: put('nights'),
			nightly_price: put('nightly_price'),
			total: put('total'),
			booked_on: put('booked_on'),
			arrives_on: put('arrives_on'),
			cancelled_on: put('cancelled_on'),
			lead_time: numbers(replaced(columns.lead_time.values, row, lead)),
			status: named(columns.status, row, after.status),
		}),
	};
}

function rowOf({ bookings: { columns } }: Books, row: number): Row {
	const at = (name: BookingField) => columns[name].values[row] as number;
	return {
		adults: at('adults'),
		nights: at('nights'),
		nightly_price: at('nightly_price'),
		total: at('total'),
		booked_on: at('booked_on'),
		arrives_on: at('arrives_on'),
		cancelled_on: at('cancelled_on'),
		status: nameAt(columns.status, row),
	};
}

function withValue(row: Row, field: CorrectableField, text: string): Row {
	switch (field) {
		case 'adults':
			return { ...row, adults: whole(field, text, 1, MOST_ADULTS) };
		case 'nights': {
			const nights = whole(field, text, 1, MOST_NIGHTS);
			return { ...row, nights, total: row.nightly_price * nights };
		}
		case 'nightly_price': {
			const price = money(field, text);
			return { ...row, nightly_price: price, total: price * row.nights };
		}
		case 'booked_on':
		case 'arrives_on':
			return { ...row, [field]: day(field, text) };
		case 'cancelled_on': {
			const cancelled_on = day(field, text);
			if (cancelled_on < row.booked_on)
				throw new CorrectionError(field, 'A booking can’t be cancelled before it was made.');
			return { ...row, cancelled_on, status: 'cancelled' };
		}
		case 'status':
			return { ...row, ...statusFrom(row, text) };
		default:
			throw new RangeError('a booking has no such field');
	}
}

function statusFrom(row: Row, text: string): Pick<Row, 'status' | 'cancelled_on'> {
	if (!(BOOKING_STATUSES as readonly string[]).includes(text))
		throw new CorrectionError('status', `It is one of: ${BOOKING_STATUSES.join(', ')}.`);
	if (text !== 'cancelled') return { status: text, cancelled_on: Number.NaN };
	if (Number.isNaN(row.cancelled_on))
		throw new CorrectionError('status', 'Give the day of cancelling instead.');
	return { status: text, cancelled_on: row.cancelled_on };
}

function whole(field: CorrectableField, text: string, least: number, most: number): number {
	const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
	if (value >= least && value <= most) return value;
	throw new CorrectionError(field, `Give a whole number from ${least} to ${most}.`);
}

function money(field: CorrectableField, text: string): number {
	const value = /^\d+(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
	if (value > 0 && value <= MOST_MONEY) return value;
	throw new CorrectionError(field, 'Give an amount above zero, with a point before the cents.');
}

function day(field: CorrectableField, text: string): number {
	const value = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseCivilDay(text) : Number.NaN;
	if (Number.isNaN(value)) throw new CorrectionError(field, 'Give a day of the calendar.');
	return value;
}

function replaced<Kind extends NumberArray>(values: Kind, row: number, value: number): Kind {
	const copy = values.slice() as Kind;
	copy[row] = value;
	return copy;
}

/** A name that is new to the list goes to its end. */
function named(column: CategoryColumn, row: number, name: string): CategoryColumn {
	const code = column.names.indexOf(name);
	const names = code < 0 ? [...column.names, name] : column.names;
	return {
		...column,
		names,
		codes: replaced(column.codes, row, code < 0 ? names.length - 1 : code),
	};
}

/** Bookings stand in the order in which they were made. */
function inBookingOrder(books: Books): Books {
	const made = books.bookings.columns.booked_on.values;
	const order = Array.from({ length: books.bookings.count }, (_, row) => row).sort(
		(a, b) => (made[a] as number) - (made[b] as number) || a - b,
	);
	if (order.every((row, i) => row === i)) return books;
	const bookings = pickTableRows(books.bookings, order);
	const extras = Object.entries(books.extras).map(([name, column]) => [
		name,
		pickRows(column, order),
	]);
	return {
		...books,
		bookings: table({
			...bookings.columns,
			booking_id: numbers(Uint32Array.from(order, (_, i) => i + 1)),
		}),
		extras: Object.fromEntries(extras) as Books['extras'],
	};
}
