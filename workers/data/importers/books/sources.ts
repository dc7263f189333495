import type { BringTable, KnownSource, Mapping } from '$lib/contracts';

/** A format whose columns are known. */
export interface Source {
	readonly source: KnownSource;
	readonly table: BringTable;
	/** ISO 4217 of its amounts, where all its files have the same and name none. */
	readonly currency?: string;
	readonly columns: Mapping['columns'];
	/** Columns kept beside the fields; `all` others where left out. */
	readonly extras?: readonly string[];
}

/** Antonio, de Almeida, Nunes, "Hotel booking demand datasets", Data in Brief 22 (2019). */
const HOTEL_BOOKING_DEMAND: Source = {
	source: 'hotel-booking-demand',
	table: 'bookings',
	currency: 'EUR',
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
	extras: [
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
	],
};

export const SOURCES: readonly Source[] = [HOTEL_BOOKING_DEMAND];

export function usualCurrency(source: KnownSource): string | undefined {
	return SOURCES.find((one) => one.source === source)?.currency;
}

/** The mapping of a format whose columns are known. */
export function knownMapping(source: Exclude<KnownSource, 'other'>): Mapping {
	const known = SOURCES.find((one) => one.source === source);
	if (!known) throw new RangeError(`${source} has no mapping of its own`);
	const { table, columns, extras = [], currency } = known;
	return { source, table, columns, extras, ...(currency ? { currency } : {}) };
}
