import type { CategoryColumn, Column, NumberColumn, TextColumn } from './column';
import type { CivilDay } from './civil';
import type { Table } from './table';

/**
 * The manager's star schema. `property` is a row of the property table (in what `workers/sample`
 * hands out: of the home table), `guest` a row of the guest table; days are civil days (since
 * 1970-01-01), money is in one currency.
 */

/** `fact_booking_detail`: a row for each booking, in the order in which they were made. */
export type BookingColumns = {
	/** U32, from 1. */
	booking_id: NumberColumn;
	/** U32 */
	property: NumberColumn;
	/** U32 */
	guest: NumberColumn;
	/** I32, civil day. */
	booked_on: NumberColumn;
	/** I32, civil day; at or after `booked_on`. */
	arrives_on: NumberColumn;
	/** U16; the guest leaves on `arrives_on + nights`. */
	nights: NumberColumn;
	/** U8 */
	adults: NumberColumn;
	/** F64, average over the nights. */
	nightly_price: NumberColumn;
	/** F64, of all nights. */
	total: NumberColumn;
	channel: CategoryColumn;
	deposit: CategoryColumn;
	/** See `BOOKING_STATUSES`; consequences of it must never be features. */
	status: CategoryColumn;
	/** F64, civil day from `booked_on` to `arrives_on`; NaN where it was not cancelled. */
	cancelled_on: NumberColumn;
	/** U16, days from booking to arrival. */
	lead_time: NumberColumn;
};

/** `confirmed`: not over yet on the day on which the table was taken. */
export const BOOKING_STATUSES = ['confirmed', 'checked out', 'cancelled', 'no-show'] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** `dim_user`: a row for each guest, in the order in which they were first seen. Nobody has a name. */
export type GuestColumns = {
	/** `source:id`; hashed where the source's id is an address. */
	key: TextColumn;
	/** ISO 3166 alpha-2. */
	country: CategoryColumn;
	/** `leisure` or `business`. */
	type: CategoryColumn;
	/** I32, civil day. */
	first_seen: NumberColumn;
};

/** The log behind `fact_property_engagement`: a row for each event, oldest first. */
export type EngagementColumns = {
	/** F64, UTC milliseconds. */
	instant: NumberColumn;
	/** U32 */
	session: NumberColumn;
	/** U32 */
	property: NumberColumn;
	/** I32; -1 where nobody was signed in. */
	guest: NumberColumn;
	/** See `ENGAGEMENT_KINDS`. */
	kind: CategoryColumn;
	device: CategoryColumn;
	referrer: CategoryColumn;
	/** F32, spent on the page; 0 for all but views. */
	seconds: NumberColumn;
};

export const ENGAGEMENT_KINDS = ['view', 'click', 'save', 'enquiry', 'booking'] as const;
export type EngagementKind = (typeof ENGAGEMENT_KINDS)[number];

/**
 * `fact_booking_daily`: a row for each home and day on which it could be let. Days to come may stand
 * in it too: with the price asked, and let where they are booked already.
 */
export type DailyColumns = {
	/** U32 */
	property: NumberColumn;
	/** I32, civil day. */
	day: NumberColumn;
	/** F64, asked for the night, let or not. */
	price: NumberColumn;
	/** U8, 1 where the night was let. */
	let: NumberColumn;
};

export type HolidayColumns = {
	/** I32, civil day. */
	day: NumberColumn;
	name: CategoryColumn;
};

/**
 * `dim_property` of the manager's own homes: row i is the `property` i of the other tables. NaN (or
 * an empty name) where the source does not say. A hotel's room type is a property of several units.
 */
export type PropertyColumns = {
	/** `source:id`. */
	key: TextColumn;
	title: TextColumn;
	property_type: CategoryColumn;
	/** Neighbourhood, town or hotel. */
	destination: CategoryColumn;
	/** ISO 3166; empty where unknown. */
	country: CategoryColumn;
	/** F64 each. */
	bedrooms: NumberColumn;
	max_guests: NumberColumn;
	/** Of a night: the owner's, or the median of what was asked. */
	base_price: NumberColumn;
	rating: NumberColumn;
	photos_count: NumberColumn;
	latitude: NumberColumn;
	longitude: NumberColumn;
	amenities_count: NumberColumn;
	/** How many can be let at once; 1 for a home. */
	units: NumberColumn;
	/** Civil day from which it can be let. */
	opened_on: NumberColumn;
};

export type PropertyTable = Table<PropertyColumns>;
export type BookingTable = Table<BookingColumns>;
export type GuestTable = Table<GuestColumns>;
export type EngagementTable = Table<EngagementColumns>;
export type DailyTable = Table<DailyColumns>;
export type HolidayTable = Table<HolidayColumns>;

/** Everything a manager's models learn from. Tables that the source does not have are empty. */
export interface Books {
	readonly properties: PropertyTable;
	readonly bookings: BookingTable;
	/**
	 * Columns of the source beyond `BookingColumns`, row by row beside `bookings` (meal, market
	 * segment, parking spaces ...), by the source's own names. Nothing that names or describes a person.
	 */
	readonly extras: Readonly<Record<string, Column>>;
	/** Row i is guest i; empty where bookings name no guest (then `guest` is 0 throughout). */
	readonly guests: GuestTable;
	readonly engagement: EngagementTable;
	/** Asked prices and let nights; empty where the source has bookings alone. */
	readonly daily: DailyTable;
	readonly holidays: HolidayTable;
	/** Civil day on which the books were taken: the first day of which nothing is known. */
	readonly asOf: CivilDay;
	/** ISO 4217; one for all money. */
	readonly currency: string;
	/** Made up by us, and labelled so wherever it shows. */
	readonly sample: boolean;
}
