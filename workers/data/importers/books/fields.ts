import type { BringTable, FieldRule, Mapping } from '$lib/contracts';
import { booksFault } from './books-fault';

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

/** Of each set, one field has to be matched beside those that are required. */
const ONE_OF: Readonly<Partial<Record<BringTable, readonly (readonly string[])[]>>> = {
	bookings: [
		['departs_on', 'nights'],
		['nightly_price', 'total'],
	],
	daily: [['let', 'available']],
};

/** The fields that a mapping still lacks: any one of each set. */
export function lackingFields({ table, columns }: Mapping): readonly (readonly string[])[] {
	const required = FIELDS[table].filter((rule) => rule.required).map((rule) => [rule.field]);
	const matched = (name: string) => Object.hasOwn(columns, name) && columns[name]?.length !== 0;
	return [...required, ...(ONE_OF[table] ?? [])].filter((set) => !set.some(matched));
}

/** @throws FaultError MappingIncomplete, with the first field that lacks a column */
export function refuseIncomplete(mapping: Mapping): void {
	const [lacking] = lackingFields(mapping);
	if (!lacking) return;
	throw booksFault(
		'MappingIncomplete',
		`No column is matched to ${lacking.join(' or ')}.`,
		'Match a column to it, or open a file that has one.',
		{ row: 0, column: lacking[0] },
	);
}
