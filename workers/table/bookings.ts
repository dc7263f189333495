import type { CategoryColumn, NumberColumn } from './column';
import type { Table } from './table';

/**
 * The manager's fact tables and the guests they speak of. `property` is a row of the catalogue's
 * home table, `guest` a row of the guest table; days are civil days (since 1970-01-01), money is in
 * the catalogue's currency.
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

/** `fact_booking_daily`: a row for each home and day on which it could be let. */
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

export type BookingTable = Table<BookingColumns>;
export type GuestTable = Table<GuestColumns>;
export type EngagementTable = Table<EngagementColumns>;
export type DailyTable = Table<DailyColumns>;
export type HolidayTable = Table<HolidayColumns>;
