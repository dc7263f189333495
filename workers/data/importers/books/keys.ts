import type { KnownSource } from '$lib/contracts';
import { listingKey } from '../read-listing';
import { hash64, hexOf } from './hash64';
import { isMissing } from './missing';

const PREFIXES: readonly (KnownSource | 'airbnb')[] = [
	'airbnb',
	'hotel-booking-demand',
	'airbnb-reservations',
	'booking-com-reservations',
	'other',
];
const OWN_KEY = new RegExp(`^(?:${PREFIXES.join('|')}):.`);

/** What keys of a source begin with; sources that name the same things share it. */
export function prefixOf(source: KnownSource): string {
	if (source.startsWith('inside-airbnb-')) return listingKey('').slice(0, -1);
	return source.endsWith('-features') ? 'other' : source;
}

/** `source:id`; what is such a key already (of an export of ours) stays. Empty where a part is missing. */
export function propertyKey(source: KnownSource, parts: readonly string[]): string {
	if (parts.length === 0 || parts.some(isMissing)) return '';
	const id = parts.join('/');
	return OWN_KEY.test(id) ? id : `${prefixOf(source)}:${id}`;
}

/** A guest's id or address tells same from other; it is hashed and not kept. */
export function guestKey(source: KnownSource, parts: readonly string[]): string {
	if (parts.length === 0 || parts.some(isMissing)) return '';
	const id = parts.join('/').toLowerCase();
	const prefix = prefixOf(source);
	return OWN_KEY.test(id) ? id : `${prefix}:${hexOf(hash64(`${prefix}:${id}`))}`;
}
