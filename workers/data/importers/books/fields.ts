import type { BringTable, FieldRule } from '$lib/contracts';

const field = (name: string, kind: FieldRule['kind'], required = false): FieldRule => ({
	field: name,
	kind,
	required,
});

/**
 * Fields of each table that columns can be matched to. Beside those that are required, bookings need
 * the day of departure or the number of nights, and the price of a night or the total.
 */
export const FIELDS: Readonly<Record<BringTable, readonly FieldRule[]>> = {
	bookings: [
		field('booking_id', 'key'),
		field('property', 'key', true),
		field('guest', 'key'),
		field('guest_country', 'text'),
		field('guest_type', 'text'),
		field('booked_on', 'date'),
		field('lead_time', 'number'),
		field('arrives_on', 'date', true),
		field('departs_on', 'date'),
		field('nights', 'number'),
		field('adults', 'number'),
		field('nightly_price', 'money'),
		field('total', 'money'),
		field('currency', 'text'),
		field('channel', 'text'),
		field('deposit', 'text'),
		field('status', 'status'),
		field('status_on', 'date'),
		field('cancelled_on', 'date'),
	],
	properties: [
		field('key', 'key', true),
		field('title', 'text'),
		field('property_type', 'text'),
		field('destination', 'text'),
		field('country', 'text'),
		field('bedrooms', 'number'),
		field('max_guests', 'number'),
		field('base_price', 'money'),
		field('rating', 'number'),
		field('photos_count', 'number'),
		field('latitude', 'number'),
		field('longitude', 'number'),
		field('amenities', 'text'),
		field('amenities_count', 'number'),
		field('units', 'number'),
		field('opened_on', 'date'),
	],
	daily: [
		field('property', 'key', true),
		field('day', 'date', true),
		field('price', 'money'),
		field('let', 'yes-no'),
		field('available', 'yes-no'),
	],
	engagement: [
		field('property', 'key', true),
		field('instant', 'date', true),
		field('session', 'key'),
		field('guest', 'key'),
		field('kind', 'text'),
		field('device', 'text'),
		field('referrer', 'text'),
		field('seconds', 'number'),
	],
	reviews: [
		field('property', 'key', true),
		field('day', 'date', true),
		field('guest', 'key'),
		field('review_id', 'key'),
	],
	features: [field('key', 'key', true), field('date', 'date')],
};
