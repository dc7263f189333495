import type { HomeFilter } from '$lib/contracts';
import type { CategoryColumn, NumberArray } from '$workers/table/column';
import type { HomeTable } from '$workers/table/homes';

/** One bit for each filter that has a facet, and one for all others together. */
export const MISSED = { roomType: 1, neighbourhood: 2, amenities: 4, price: 8, other: 16 } as const;

/**
 * For each home the filters that it does not pass, as bits of `MISSED`; 0 passes all. One look at
 * the columns serves the list and every facet, since a facet leaves out only its own bit.
 *
 * @param text scores of the text search; 0 does not pass
 */
export function missedFilters(
	homes: HomeTable,
	properties: Uint32Array,
	filter: HomeFilter,
	text: Float32Array | null,
): Uint8Array {
	const { columns, count } = homes;
	const missed = new Uint8Array(count);
	const mark = (bit: number, passes: (row: number) => boolean) => {
		for (let row = 0; row < count; row++)
			if (!passes(row)) missed[row] = (missed[row] as number) | bit;
	};
	if (text) mark(MISSED.other, (row) => text[row] !== 0);
	if (filter.only) mark(MISSED.other, isAmong(properties, filter.only));
	if (filter.bedroomsFrom) mark(MISSED.other, isFrom(columns.bedrooms.values, filter.bedroomsFrom));
	if (filter.guestsFrom) mark(MISSED.other, isFrom(columns.guests.values, filter.guestsFrom));
	if (filter.roomTypes?.length) mark(MISSED.roomType, isOneOf(columns.room_type, filter.roomTypes));
	if (filter.neighbourhoods?.length)
		mark(MISSED.neighbourhood, isOneOf(columns.neighbourhood, filter.neighbourhoods));
	if (filter.amenities?.length) mark(MISSED.amenities, hasAll(homes, filter.amenities));
	const { priceFrom = -Infinity, priceTo = Infinity } = filter;
	if (priceFrom > -Infinity || priceTo < Infinity) {
		const prices = columns.price.values;
		mark(
			MISSED.price,
			(row) => (prices[row] as number) >= priceFrom && (prices[row] as number) <= priceTo,
		);
	}
	return missed;
}

/** What is not known does not pass. */
function isFrom(values: NumberArray, lowest: number) {
	return (row: number) => (values[row] as number) >= lowest;
}

function isOneOf({ codes, names }: CategoryColumn, wanted: readonly string[]) {
	const asked = new Set(wanted);
	const passes = names.map((name) => asked.has(name));
	return (row: number) => passes[codes[row] as number] === true;
}

function isAmong(properties: Uint32Array, only: readonly number[]) {
	const asked = new Set(only);
	return (row: number) => asked.has(properties[row] as number);
}

function hasAll({ columns: { amenities } }: HomeTable, wanted: readonly string[]) {
	const asked = new Set(wanted);
	const isAsked = amenities.names.map((name) => asked.has(name));
	const { starts, items } = amenities;
	return (row: number) => {
		let found = 0;
		const to = starts[row + 1] as number;
		for (let at = starts[row] as number; at < to; at++) if (isAsked[items[at] as number]) found++;
		return found === asked.size;
	};
}
