import type { BringTable, KnownSource, Mapping } from '$lib/contracts';
import { plainName } from './plain-name';

/** A format whose columns are known. */
export interface Source {
	readonly source: KnownSource;
	readonly table: BringTable;
	/** ISO 4217 of its amounts, where all its files have the same and name none. */
	readonly currency?: string;
	/** A file with these columns is of this source. */
	readonly toldBy: readonly string[];
	/** Fields and the columns that they are read from; columns that a file lacks are left out. */
	readonly columns: Mapping['columns'];
	/** Columns kept beside the fields: these, or every other one that does not name a person. */
	readonly extras: readonly string[] | 'others';
}

const HOTEL_EXTRAS = [
	'hotel',
	'lead_time',
	'arrival_date_year',
	'arrival_date_month',
	'arrival_date_week_number',
	'arrival_date_day_of_month',
	'stays_in_weekend_nights',
	'stays_in_week_nights',
	'adults',
	'children',
	'babies',
	'meal',
	'country',
	'market_segment',
	'distribution_channel',
	'is_repeated_guest',
	'previous_cancellations',
	'previous_bookings_not_canceled',
	'reserved_room_type',
	'assigned_room_type',
	'booking_changes',
	'deposit_type',
	'agent',
	'company',
	'days_in_waiting_list',
	'customer_type',
	'adr',
	'required_car_parking_spaces',
	'total_of_special_requests',
	'reservation_status',
	'reservation_status_date',
];

export const SOURCES: readonly Source[] = [
	{
		// Antonio, de Almeida, Nunes, "Hotel booking demand datasets", Data in Brief 22 (2019).
		source: 'hotel-booking-demand',
		table: 'bookings',
		currency: 'EUR',
		toldBy: [...HOTEL_EXTRAS.slice(0, 4), 'stays_in_week_nights', 'adr', 'reservation_status_date'],
		columns: {
			property: ['hotel', 'reserved_room_type'],
			lead_time: ['lead_time'],
			arrives_on: ['arrival_date_year', 'arrival_date_month', 'arrival_date_day_of_month'],
			nights: ['stays_in_weekend_nights', 'stays_in_week_nights'],
			adults: ['adults'],
			nightly_price: ['adr'],
			channel: ['distribution_channel'],
			deposit: ['deposit_type'],
			status: ['reservation_status'],
			status_on: ['reservation_status_date'],
		},
		extras: HOTEL_EXTRAS,
	},
	{
		source: 'inside-airbnb-calendar',
		table: 'daily',
		toldBy: ['listing_id', 'date', 'available', 'price', 'minimum_nights'],
		columns: {
			property: ['listing_id'],
			day: ['date'],
			available: ['available'],
			price: ['price'],
		},
		extras: [],
	},
	{
		source: 'inside-airbnb-reviews',
		table: 'reviews',
		toldBy: ['listing_id', 'id', 'date', 'reviewer_id'],
		columns: {
			property: ['listing_id'],
			day: ['date'],
			guest: ['reviewer_id'],
			review_id: ['id'],
		},
		extras: [],
	},
	{
		source: 'inside-airbnb-listings',
		table: 'properties',
		toldBy: ['id', 'name', 'host_id', 'latitude', 'longitude', 'room_type', 'price'],
		columns: {
			key: ['id'],
			title: ['name'],
			property_type: ['property_type'],
			destination: ['neighbourhood_cleansed'],
			bedrooms: ['bedrooms'],
			max_guests: ['accommodates'],
			base_price: ['price'],
			rating: ['review_scores_rating'],
			latitude: ['latitude'],
			longitude: ['longitude'],
			amenities: ['amenities'],
			opened_on: ['first_review'],
		},
		extras: [],
	},
	{
		source: 'airbnb-reservations',
		table: 'bookings',
		toldBy: ['Confirmation code', 'Start date', 'End date', 'Booked', 'Listing', 'Earnings'],
		columns: {
			booking_id: ['Confirmation code'],
			property: ['Listing'],
			booked_on: ['Booked'],
			arrives_on: ['Start date'],
			departs_on: ['End date'],
			adults: ['# of adults'],
			total: ['Earnings'],
			status: ['Status'],
		},
		extras: ['# of children', '# of infants'],
	},
	{
		source: 'booking-com-reservations',
		table: 'bookings',
		toldBy: ['Book number', 'Check-in', 'Check-out', 'Booked on', 'Status', 'Price'],
		columns: {
			booking_id: ['Book number'],
			property: ['Unit type'],
			booked_on: ['Booked on'],
			arrives_on: ['Check-in'],
			departs_on: ['Check-out'],
			adults: ['Adults'],
			total: ['Price'],
			status: ['Status'],
			cancelled_on: ['Cancellation date'],
		},
		extras: [
			'Rooms',
			'People',
			'Persons',
			'Children',
			'Commission %',
			'Payment status',
			'Booker country',
			'Travel purpose',
			'Device',
		],
	},
	{
		source: 'property-features',
		table: 'features',
		toldBy: ['property_id', 'bookings_lag_30d', 'occupancy_30d', 'adr_30d'],
		columns: { key: ['property_id'], date: ['date'] },
		extras: 'others',
	},
	{
		source: 'user-features',
		table: 'features',
		toldBy: ['user_id', 'total_bookings', 'total_spend', 'days_since_last_booking'],
		columns: { key: ['user_id'], date: ['date'] },
		extras: 'others',
	},
	{
		source: 'engagement-features',
		table: 'features',
		toldBy: ['property_id', 'date', 'view_count', 'click_count', 'views_7d'],
		columns: { key: ['property_id'], date: ['date'] },
		extras: 'others',
	},
];

export function usualCurrency(source: KnownSource): string | undefined {
	return SOURCES.find((one) => one.source === source)?.currency;
}

/** The source whose columns these are; undefined where none is. */
export function sourceOf(header: readonly string[]): Source | undefined {
	const names = new Set(header.map(plainName));
	return SOURCES.find(({ toldBy }) => toldBy.every((name) => names.has(plainName(name))));
}

/** The mapping of a format whose columns are known, for a whole file of it. */
export function knownMapping(source: Exclude<KnownSource, 'other'>): Mapping {
	const known = SOURCES.find((one) => one.source === source);
	if (!known) throw new RangeError(`${source} has no mapping of its own`);
	const { table, columns, extras, currency } = known;
	return {
		source,
		table,
		columns,
		extras: extras === 'others' ? [] : extras,
		...(currency ? { currency } : {}),
	};
}

/** The mapping of a known format for one file of it: by the file's own names, of columns it has. */
export function mappingFor(
	known: Source,
	header: readonly string[],
	isPersonal: (name: string) => boolean,
): Mapping {
	const nameOf = new Map(header.map((name) => [plainName(name), name]));
	const own = (names: readonly string[]) =>
		names.flatMap((name) => nameOf.get(plainName(name)) ?? []);
	const entries = Object.entries(known.columns).map(
		([field, names]) => [field, own(names)] as const,
	);
	const used = new Set(entries.flatMap(([, names]) => names));
	const others = () => header.filter((name) => !used.has(name) && !isPersonal(name));
	return {
		source: known.source,
		table: known.table,
		columns: Object.fromEntries(entries.filter(([, names]) => names.length > 0)),
		extras: known.extras === 'others' ? others() : own(known.extras),
		...(known.currency ? { currency: known.currency } : {}),
	};
}
