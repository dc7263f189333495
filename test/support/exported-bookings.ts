/** Exports of invented bookings, as booking systems and the hotel booking demand data write them. */
import { toParquet } from '$workers/data/exporters/parquet';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { nameAt, texts } from '$workers/table/column';
import { table } from '$workers/table/table';
import type { Row } from './books';

const DAY = 86_400_000;
/** All of it lies in the past of whoever runs the tests. */
const EARLIER = 3 * 365;

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
] as const;

/** A few homes of the sample town, with two years of guests. */
export const fewBooks = (): Books =>
	sampleBooks({ seed: 'export', managed: 5, guests: 300, years: 2 });

/** Under names of columns that no known source has together. */
export function exportedBookings(books: Books): Row[] {
	const { bookings, currency, properties } = books;
	const { columns } = bookings;
	return Array.from({ length: bookings.count }, (_, row) => {
		const arrives = (columns.arrives_on.values[row] as number) - EARLIER;
		const cancelled = columns.cancelled_on.values[row] as number;
		return {
			booking_number: `B${row + 1}`,
			unit: properties.columns.title.values[columns.property.values[row] as number] as string,
			guest_id: `G${columns.guest.values[row]}`,
			booked_on: dateOf((columns.booked_on.values[row] as number) - EARLIER),
			arrival_date: dateOf(arrives),
			departure_date: dateOf(arrives + (columns.nights.values[row] as number)),
			adults: String(columns.adults.values[row]),
			total: (columns.total.values[row] as number).toFixed(2),
			currency,
			channel: nameAt(columns.channel, row),
			status: nameAt(columns.status, row),
			cancelled_on: Number.isNaN(cancelled) ? '' : dateOf(cancelled - EARLIER),
		};
	});
}

/** In the columns of the hotel booking demand data; that data holds no booking that is not over. */
export function hotelBookings(books: Books): Row[] {
	const { bookings } = books;
	const { columns } = bookings;
	const rows = Array.from({ length: bookings.count }, (_, row) => row).filter(
		(row) => nameAt(columns.status, row) !== 'confirmed',
	);
	return rows.map((row) => {
		const arrives = (columns.arrives_on.values[row] as number) - EARLIER;
		const status = nameAt(columns.status, row);
		const nights = columns.nights.values[row] as number;
		const over =
			status === 'cancelled'
				? (columns.cancelled_on.values[row] as number) - EARLIER
				: arrives + (status === 'no-show' ? 0 : nights);
		const date = new Date(arrives * DAY);
		return {
			hotel: 'Resort Hotel',
			is_canceled: status === 'checked out' ? '0' : '1',
			lead_time: String(columns.lead_time.values[row]),
			arrival_date_year: String(date.getUTCFullYear()),
			arrival_date_month: MONTHS[date.getUTCMonth()] as string,
			arrival_date_day_of_month: String(date.getUTCDate()),
			stays_in_weekend_nights: '0',
			stays_in_week_nights: String(nights),
			adults: String(columns.adults.values[row]),
			distribution_channel: nameAt(columns.channel, row),
			reserved_room_type: String.fromCharCode(65 + (columns.property.values[row] as number)),
			deposit_type: 'No Deposit',
			adr: (columns.nightly_price.values[row] as number).toFixed(2),
			reservation_status:
				status === 'cancelled' ? 'Canceled' : status === 'no-show' ? 'No-Show' : 'Check-Out',
			reservation_status_date: dateOf(over),
			meal: 'BB',
		};
	});
}

/** The same rows as a Parquet file. */
export function parquetOf(rows: readonly Row[]): Buffer {
	const names = Object.keys(rows[0] ?? {});
	const columns = Object.fromEntries(
		names.map((name) => [name, texts(rows.map((row) => row[name] ?? ''))]),
	);
	return Buffer.from(toParquet(table(columns), 'bookings'));
}

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
