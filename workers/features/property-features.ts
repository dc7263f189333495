import type { BookingTable, Books, PropertyTable } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { type Matrix, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';
import type { FeatureDefinition } from './definitions';

/** A row for each property, in the order of the property table. */
export interface PropertyFeatures {
	readonly keys: { readonly property: Uint32Array };
	readonly matrix: Matrix;
}

const OCCUPANCY_DAYS = 30;
const CANCELLATION_DAYS = 90;
const WEEK = 7;
const MONTH = 30;

/**
 * `property_features` as of a day: what was known when that day began. Bookings count from the day on
 * which they were made and as cancelled from the day after they were; a later row, or a later change
 * of an earlier one, alters nothing.
 */
export function propertyFeatures(books: Books, asOf: CivilDay): PropertyFeatures {
	const { properties, bookings } = books;
	const known = knownBookings(bookings, asOf);
	const nights = nightsBefore(bookings, known, properties.count, asOf);
	const perUnit = openNights(properties, asOf);
	const count = (from: number, to: number) =>
		countMade(bookings, known, properties.count, asOf - from, asOf - to);
	return {
		keys: { property: Uint32Array.from({ length: properties.count }, (_, row) => row) },
		matrix: matrix([
			...describedColumns(properties),
			numberColumn('bookings_lag_7d', count(WEEK, WEEK - 1)),
			numberColumn('bookings_lag_30d', count(MONTH, MONTH - 1)),
			numberColumn(
				'bookings_ma_7d',
				count(WEEK, 0).map((made) => made / WEEK),
			),
			numberColumn('occupancy_30d', ratio(nights.let, perUnit)),
			numberColumn('adr_30d', ratio(nights.revenue, nights.let)),
			numberColumn('cancellation_rate_90d', cancelledShare(bookings, known, properties, asOf)),
		]),
	};
}

/** What the property table says, and no booking changes. */
function describedColumns({ columns }: PropertyTable) {
	const names = [
		'bedrooms',
		'max_guests',
		'base_price',
		'rating',
		'photos_count',
		'latitude',
		'longitude',
		'amenities_count',
	] as const;
	const { codes, names: levels } = columns.property_type;
	const types = Float64Array.from(codes, (code) => (levels[code] ? code : Number.NaN));
	return [
		categoryColumn('property_type', types, levels),
		...names.map((name) => numberColumn(name, Float64Array.from(columns[name].values))),
	];
}

/** Rows of the bookings that were made before the day. */
function knownBookings({ columns }: BookingTable, asOf: CivilDay): Uint32Array {
	const made = columns.booked_on.values;
	const rows: number[] = [];
	for (let row = 0; row < made.length; row++) if ((made[row] as number) < asOf) rows.push(row);
	return Uint32Array.from(rows);
}

/** Cancelled, or not come, as far as the day knows. */
function fellThrough({ columns }: BookingTable, row: number, asOf: CivilDay): boolean {
	if ((columns.cancelled_on.values[row] as number) < asOf) return true;
	const status = columns.status.names[columns.status.codes[row] as number];
	return status === 'no-show' && (columns.arrives_on.values[row] as number) < asOf;
}

/** Bookings made on days `from` to `to` (excluded), cancelled since or not, by property. */
function countMade(
	{ columns }: BookingTable,
	known: Uint32Array,
	properties: number,
	from: CivilDay,
	to: CivilDay,
): Float64Array {
	const counts = new Float64Array(properties);
	for (const row of known) {
		const made = columns.booked_on.values[row] as number;
		const property = columns.property.values[row] as number;
		if (made >= from && made < to) counts[property] = (counts[property] as number) + 1;
	}
	return counts;
}

/** Nights let in the days before, and what they brought. */
function nightsBefore(
	bookings: BookingTable,
	known: Uint32Array,
	properties: number,
	asOf: CivilDay,
) {
	const { columns } = bookings;
	const letNights = new Float64Array(properties);
	const revenue = new Float64Array(properties);
	for (const row of known) {
		const arrives = columns.arrives_on.values[row] as number;
		const leaves = arrives + (columns.nights.values[row] as number);
		const inside = Math.min(leaves, asOf) - Math.max(arrives, asOf - OCCUPANCY_DAYS);
		if (inside <= 0 || fellThrough(bookings, row, asOf)) continue;
		const property = columns.property.values[row] as number;
		letNights[property] = (letNights[property] as number) + inside;
		const price = columns.nightly_price.values[row] as number;
		revenue[property] = (revenue[property] as number) + inside * price;
	}
	return { let: letNights, revenue };
}

/** Nights that could have been let in the days before: units times days since opening. */
function openNights({ count, columns }: PropertyTable, asOf: CivilDay): Float64Array {
	return Float64Array.from({ length: count }, (_, row) => {
		const opened = columns.opened_on.values[row] as number;
		const days = Number.isNaN(opened) ? OCCUPANCY_DAYS : asOf - opened;
		const units = columns.units.values[row] as number;
		return (units >= 1 ? units : 1) * Math.min(OCCUPANCY_DAYS, Math.max(0, days));
	});
}

function cancelledShare(
	bookings: BookingTable,
	known: Uint32Array,
	properties: PropertyTable,
	asOf: CivilDay,
): Float64Array {
	const { columns } = bookings;
	const recent = known.filter(
		(row) => (columns.booked_on.values[row] as number) >= asOf - CANCELLATION_DAYS,
	);
	const cancelled = recent.filter((row) => (columns.cancelled_on.values[row] as number) < asOf);
	const count = (rows: Uint32Array) =>
		countMade(bookings, rows, properties.count, asOf - CANCELLATION_DAYS, asOf);
	return ratio(count(cancelled), count(recent));
}

/** NaN where there is nothing to divide by. */
const ratio = (parts: Float64Array, wholes: Float64Array): Float64Array =>
	parts.map((part, row) =>
		(wholes[row] as number) > 0 ? part / (wholes[row] as number) : Number.NaN,
	);

const described = (name: string, description: string): FeatureDefinition => ({
	name,
	table: 'property_features',
	description,
	sources: [`dim_property.${name}`],
	timestamp: 'dim_property.opened_on',
	freshness: 'daily',
	version: 1,
});

const counted = (
	name: string,
	description: string,
	...sources: readonly string[]
): FeatureDefinition => ({
	name,
	table: 'property_features',
	description,
	sources: sources.map((source) => `fact_booking_detail.${source}`),
	timestamp: 'fact_booking_detail.booked_on',
	freshness: 'daily',
	version: 1,
});

/** In the order of the matrix. */
export const PROPERTY_FEATURES: readonly FeatureDefinition[] = [
	described('property_type', 'Kind of property, as its source calls it.'),
	described('bedrooms', 'Number of bedrooms.'),
	described('max_guests', 'Most guests allowed.'),
	described('base_price', 'Usual price of a night, in the currency of the books.'),
	described('rating', 'Mean rating, 0 to 5.'),
	described('photos_count', 'Number of photos.'),
	described('latitude', 'Degrees north, as coarse as the source has it.'),
	described('longitude', 'Degrees east, as coarse as the source has it.'),
	described('amenities_count', 'Number of amenities listed.'),
	counted('bookings_lag_7d', 'Bookings made on the day seven days before.', 'booked_on'),
	counted('bookings_lag_30d', 'Bookings made on the day thirty days before.', 'booked_on'),
	counted('bookings_ma_7d', 'Bookings made a day, mean of the seven days before.', 'booked_on'),
	counted(
		'occupancy_30d',
		'Share of the nights of the thirty days before that were let.',
		'arrives_on',
		'nights',
		'status',
		'cancelled_on',
	),
	counted(
		'adr_30d',
		'Mean price of the nights let in the thirty days before.',
		'nightly_price',
		'arrives_on',
		'nights',
		'status',
		'cancelled_on',
	),
	counted(
		'cancellation_rate_90d',
		'Share of the bookings made in the ninety days before that are cancelled already.',
		'booked_on',
		'cancelled_on',
	),
];
