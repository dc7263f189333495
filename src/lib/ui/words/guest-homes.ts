import type { FirstThree, GuestHomes, SegmentBy, SegmentHome } from '$lib/contracts';
import { figures } from './count';
import { number } from './intl';

const WAYS: Readonly<Record<SegmentBy, string>> = {
	type: 'Leisure or business',
	returning: 'First or again',
	party: 'Party',
	stay: 'Length of stay',
	lead: 'How long before',
	country: 'Country',
};

const KEYS: Readonly<Partial<Record<SegmentBy, Readonly<Record<string, string>>>>> = {
	type: { leisure: 'Leisure', business: 'Business' },
	returning: { first: 'Here for the first time', again: 'Were here before' },
	lead: {
		'0-7': 'Booked within a week',
		'8-30': 'Booked a week to a month before',
		'31-90': 'Booked one to three months before',
		'91+': 'Booked over three months before',
	},
};

export const wayName = (by: SegmentBy): string => WAYS[by];

/** `Business`, `Parties of 3 to 4`, `1 to 2 nights`, `Germany`. */
export function segmentName(by: SegmentBy, key: string, locale?: string): string {
	const range = key.replace('-', ' to ').replace('+', ' or more');
	if (by === 'party') return key === '1' ? 'One person' : `Parties of ${range}`;
	if (by === 'stay') return `${range} nights`;
	if (by === 'country') return countryName(key, locale);
	return KEYS[by]?.[key] ?? key;
}

function countryName(code: string, locale?: string): string {
	if (code === 'other') return 'Other countries';
	try {
		return new Intl.DisplayNames(locale ?? 'en', { type: 'region' }).of(code) ?? code;
	} catch {
		return code;
	}
}

/** `2.3 times as often as usual (1.9 to 2.7)`. */
export function upliftWords({ high, low, uplift }: SegmentHome): string {
	return `${number(uplift, 1)} times as often as others (${number(low, 1)} to ${number(high, 1)})`;
}

/** Which of both sides of 1 the interval is on. */
export const upliftSure = ({ high, low }: SegmentHome): 'more' | 'less' | 'unsure' =>
	low > 1 ? 'more' : high < 1 ? 'less' : 'unsure';

/** What trying said: is a list of one's own better than the same list for everybody? */
export function triedWords({ bookings, hits, standardError, usualHits }: FirstThree): string {
	const gain = (hits - usualHits) / Math.max(1, bookings);
	const told = `of ${figures(bookings, 'later booking')}, ${number(hits)} went to the first three homes of their own list, ${number(usualHits)} to the three that everybody books`;
	if (gain > 2 * standardError) return `It helps: ${told}.`;
	if (gain < -2 * standardError) return `It misleads: ${told}.`;
	return `It makes no sure difference: ${told}.`;
}

/** The way that helps most, as the page's finding. */
export function guestHomesFinding({ tried }: GuestHomes): string {
	const gainOf = ({ bookings, hits, usualHits }: FirstThree) =>
		(hits - usualHits) / Math.max(1, bookings);
	const [best] = tried
		.filter((one) => gainOf(one) > 2 * one.standardError)
		.sort((a, b) => gainOf(b) - gainOf(a));
	if (!best) return 'Your kinds of guests book much the same homes';
	const says: Readonly<Record<SegmentBy, string>> = {
		type: 'Business or leisure',
		returning: 'Having been here before',
		party: 'The size of the party',
		stay: 'The length of the stay',
		lead: 'How early they book',
		country: 'Where they come from',
	};
	return `${says[best.by]} tells best which home a guest will choose`;
}
