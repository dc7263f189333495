import type { SegmentBy } from '$lib/contracts';
import type { Books } from '$workers/table/bookings';
import { nameAt } from '$workers/table/column';
import type { Stays } from './stays';

/** To which of some segments each stay belongs. */
export interface Segmentation {
	readonly by: SegmentBy;
	readonly keys: readonly string[];
	/** Place in `keys`, stay by stay; -1 where the source does not say. */
	readonly codes: Int16Array;
}

/** Where bands begin: a value belongs to the last that begins at or below it. */
const PARTY = { from: [1, 2, 3, 5], keys: ['1', '2', '3-4', '5+'] };
const NIGHTS = { from: [1, 3, 7, 28], keys: ['1-2', '3-6', '7-27', '28+'] };
const LEAD = { from: [0, 8, 31, 91], keys: ['0-7', '8-30', '31-90', '91+'] };
/** Countries beyond the most usual are told together. */
const MOST_COUNTRIES = 6;
const OTHER = 'other';

/** Every way of telling guests apart that these books can tell. */
export function segmentations(books: Books, stays: Stays): readonly Segmentation[] {
	const { adults, lead_time: lead, nights } = books.bookings.columns;
	const banded = (
		by: SegmentBy,
		{ values }: { values: ArrayLike<number> },
		bands: typeof LEAD,
	) => ({
		by,
		keys: bands.keys,
		codes: Int16Array.from(stays.rows, (row) =>
			bands.from.findLastIndex((from) => (values[row] as number) >= from),
		),
	});
	const all = [
		...(books.guests.count > 0
			? [named('type', ofGuest(books, stays, 'type')), returning(stays)]
			: []),
		banded('party', adults, PARTY),
		banded('stay', nights, NIGHTS),
		banded('lead', lead, LEAD),
		...(books.guests.count > 0 ? [named('country', fewest(ofGuest(books, stays, 'country')))] : []),
	];
	return all.filter(({ codes }) => new Set(codes.filter((code) => code >= 0)).size > 1);
}

function ofGuest({ guests }: Books, stays: Stays, name: 'type' | 'country'): readonly string[] {
	const column = guests.columns[name];
	return Array.from(stays.guest, (guest) => nameAt(column, guest));
}

/** One segment for each text; stays without one are in none. */
function named(by: SegmentBy, texts: readonly string[]): Segmentation {
	const keys = [...new Set(texts)].filter((text) => text !== '').sort();
	const places = new Map(keys.map((key, place) => [key, place]));
	return { by, keys, codes: Int16Array.from(texts, (text) => places.get(text) ?? -1) };
}

function fewest(texts: readonly string[]): readonly string[] {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	const usual = [...counts].filter(([text]) => text !== '').sort((a, b) => b[1] - a[1]);
	const kept = new Set(usual.slice(0, MOST_COUNTRIES).map(([text]) => text));
	return texts.map((text) => (text === '' || kept.has(text) ? text : OTHER));
}

/** Whether the guest had booked before: known when the booking is made. */
function returning({ guest }: Stays): Segmentation {
	const seen = new Set<number>();
	const codes = Int16Array.from(guest, (who) => {
		const again = seen.has(who);
		seen.add(who);
		return again ? 1 : 0;
	});
	return { by: 'returning', keys: ['first', 'again'], codes };
}
