import { sampleBooks } from '$workers/sample';
import { nameAt } from '$workers/table/column';

const DAY = 86_400_000;
/** All of it lies in the past of whoever runs the audit: only stays that are over go into a pack. */
const EARLIER = 3 * 365;

/** What stands in a file of bookings, to be known again. */
export interface BookingMarks {
	/** Guests' ids begin with it. */
	readonly guest: string;
	/** Booking numbers do. */
	readonly booking: string;
	/** What somebody noted beside each booking. */
	readonly remark: string;
	/** Names of the homes do. */
	readonly home: string;
}

/** Made-up bookings as a booking system exports them (CSV), with marks in every text. */
export function bookingsFile(marks: BookingMarks): string {
	const { bookings, currency } = sampleBooks({ seed: 'audit' });
	const { columns } = bookings;
	const dayOf = (day: number) => new Date((day - EARLIER) * DAY).toISOString().slice(0, 10);
	const at = (values: ArrayLike<number>, row: number) => values[row] ?? Number.NaN;
	const rows = Array.from({ length: bookings.count }, (_, row) => {
		const arrives = at(columns.arrives_on.values, row);
		const cancelled = at(columns.cancelled_on.values, row);
		return {
			booking_number: `${marks.booking}-${row}`,
			unit: `${marks.home}-${at(columns.property.values, row)}`,
			guest_id: `${marks.guest}-${at(columns.guest.values, row)}`,
			booked_on: dayOf(at(columns.booked_on.values, row)),
			arrival_date: dayOf(arrives),
			departure_date: dayOf(arrives + at(columns.nights.values, row)),
			adults: at(columns.adults.values, row),
			total: at(columns.total.values, row).toFixed(2),
			currency,
			channel: nameAt(columns.channel, row),
			status: nameAt(columns.status, row),
			cancelled_on: Number.isNaN(cancelled) ? '' : dayOf(cancelled),
			remark: marks.remark,
		};
	});
	const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
	return lines.map((line) => `${line.join(',')}\n`).join('');
}
