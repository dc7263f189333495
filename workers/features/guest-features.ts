import { nameAt } from '$workers/table/column';
import type { CategoryColumn } from '$workers/table/column';
import type { BookingTable, Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { type Matrix, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';
import type { FeatureDefinition } from './definitions';

/** A row for each guest who was known on the day; `guests` are rows of the guest table, ascending. */
export interface GuestFeatures {
	readonly guests: Uint32Array;
	readonly matrix: Matrix;
}

const YEAR = 365;
const HALF_YEAR = 182;
/** A guest of yesterday is not one of 365 bookings a year. */
const SHORTEST_TENURE = 30;

/**
 * `user_features` as of a day: what was known when that day began. Bookings count from the day on
 * which they were made, as cancelled from the day after they were, and as spend once the guest has
 * left; a later row, or a later change of an earlier one, alters nothing.
 */
export function guestFeatures(books: Books, asOf: CivilDay): GuestFeatures {
	const { country, type, first_seen } = books.guests.columns;
	const sums = sumBookings(books, asOf);
	const guests = Uint32Array.from(sums.keys()).filter((guest) => {
		const seen = first_seen.values[guest] as number;
		return seen < asOf || (sums[guest] as Sums).made > 0;
	});
	const column = (name: string, of: (sums: Sums, guest: number) => number) =>
		numberColumn(
			name,
			Float64Array.from(guests, (guest) => of(sums[guest] as Sums, guest)),
		);
	const tenure = ({ first }: Sums, guest: number) =>
		asOf - Math.min(first, first_seen.values[guest] as number);
	return {
		guests,
		matrix: matrix([
			levels('country', country, guests),
			levels('user_type', type, guests),
			column('is_business', (_, guest) => isBusiness(nameAt(type, guest))),
			column('tenure_days', tenure),
			column('total_bookings', ({ made }) => made),
			column('total_spend', ({ spend }) => spend),
			column('avg_booking_value', ({ value, standing }) => value / standing),
			column(
				'booking_frequency',
				(own, guest) => (own.made * YEAR) / Math.max(SHORTEST_TENURE, tenure(own, guest)),
			),
			column('avg_lead_time', ({ lead, made }) => lead / made),
			column('cancellation_rate', ({ made, cancelled }) => cancelled / made),
			column('days_since_last_booking', ({ made, last }) => (made ? asOf - last : Number.NaN)),
			column('booking_trend', ({ recent, earlier }) => recent - earlier),
		]),
	};
}

interface Sums {
	/** Bookings, cancelled ones too. */
	made: number;
	cancelled: number;
	/** Bookings neither cancelled nor missed, and the money of them. */
	standing: number;
	value: number;
	/** Money of stays that are over. */
	spend: number;
	lead: number;
	/** Days of the first and the last booking. */
	first: number;
	last: number;
	/** Bookings in the last half-year, and in the one before. */
	recent: number;
	earlier: number;
}

const nothing = (): Sums => ({
	made: 0,
	cancelled: 0,
	standing: 0,
	value: 0,
	spend: 0,
	lead: 0,
	first: Number.POSITIVE_INFINITY,
	last: Number.NEGATIVE_INFINITY,
	recent: 0,
	earlier: 0,
});

function sumBookings({ bookings, guests }: Books, asOf: CivilDay): Sums[] {
	const all = Array.from({ length: guests.count }, nothing);
	const { columns } = bookings;
	for (let row = 0; row < bookings.count; row++) {
		const sums = all[columns.guest.values[row] as number];
		const made = columns.booked_on.values[row] as number;
		if (sums && made < asOf) add(sums, bookings, row, asOf);
	}
	return all;
}

function add(sums: Sums, bookings: BookingTable, row: number, asOf: CivilDay): void {
	const { columns } = bookings;
	const made = columns.booked_on.values[row] as number;
	const total = columns.total.values[row] as number;
	const leaves =
		(columns.arrives_on.values[row] as number) + (columns.nights.values[row] as number);
	sums.made++;
	sums.lead += columns.lead_time.values[row] as number;
	sums.first = Math.min(sums.first, made);
	sums.last = Math.max(sums.last, made);
	if (made >= asOf - HALF_YEAR) sums.recent++;
	else if (made >= asOf - 2 * HALF_YEAR) sums.earlier++;
	if ((columns.cancelled_on.values[row] as number) < asOf) sums.cancelled++;
	else if (!isMissed(bookings, row, asOf)) {
		sums.standing++;
		sums.value += total;
		if (leaves < asOf) sums.spend += total;
	}
}

/** A guest who did not come is known from the day after the arrival on. */
function isMissed({ columns }: BookingTable, row: number, asOf: CivilDay): boolean {
	return (
		nameAt(columns.status, row) === 'no-show' && (columns.arrives_on.values[row] as number) < asOf
	);
}

function levels(name: string, column: CategoryColumn, guests: Uint32Array) {
	const codes = Float64Array.from(guests, (guest) =>
		nameAt(column, guest) ? (column.codes[guest] as number) : Number.NaN,
	);
	return categoryColumn(name, codes, column.names);
}

const isBusiness = (type: string): number => (type ? Number(type === 'business') : Number.NaN);

const described = (name: string, description: string, source: string): FeatureDefinition => ({
	name,
	table: 'user_features',
	description,
	sources: [`dim_user.${source}`],
	timestamp: 'dim_user.first_seen',
	freshness: 'daily',
	version: 1,
});

const counted = (
	name: string,
	description: string,
	...sources: readonly string[]
): FeatureDefinition => ({
	name,
	table: 'user_features',
	description,
	sources: sources.map((source) => `fact_booking_detail.${source}`),
	timestamp: 'fact_booking_detail.booked_on',
	freshness: 'daily',
	version: 1,
});

const ENDED = ['cancelled_on', 'status', 'arrives_on'] as const;

/** In the order of the matrix. */
export const GUEST_FEATURES: readonly FeatureDefinition[] = [
	described('country', 'Country that the guest comes from, ISO 3166 alpha-2.', 'country'),
	described('user_type', 'Leisure or business, as the source has it.', 'type'),
	described('is_business', '1 for a business guest, 0 for others.', 'type'),
	described('tenure_days', 'Days since the guest was first seen.', 'first_seen'),
	counted('total_bookings', 'Bookings made, cancelled ones too.', 'booked_on'),
	counted(
		'total_spend',
		'Money of stays that are over, in the currency of the books.',
		'total',
		'nights',
		...ENDED,
	),
	counted(
		'avg_booking_value',
		'Mean money of bookings neither cancelled nor missed; missing where there is none.',
		'total',
		...ENDED,
	),
	counted(
		'booking_frequency',
		'Bookings a year since the guest was first seen, over at least thirty days.',
		'booked_on',
	),
	counted('avg_lead_time', 'Mean days from booking to arrival.', 'lead_time'),
	counted('cancellation_rate', 'Share of bookings cancelled, 0 to 1.', 'cancelled_on'),
	counted('days_since_last_booking', 'Days since the last booking was made.', 'booked_on'),
	counted(
		'booking_trend',
		'Bookings made in the last 182 days, less those of the 182 days before.',
		'booked_on',
	),
];
