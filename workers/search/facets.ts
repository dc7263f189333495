import type { FacetCount, Facets, HomeFilter } from '$lib/contracts';
import type { CategoryColumn } from '$workers/table/column';
import type { HomeTable } from '$workers/table/homes';
import { MISSED } from './filters';
import type { PriceBins } from './price-bins';

const MOST_AMENITIES = 40;

/** Counts for each filter's choices among the homes that pass all the others. */
export function countFacets(
	homes: HomeTable,
	missed: Uint8Array,
	bins: PriceBins,
	filter: HomeFilter,
): Facets {
	const { room_type, neighbourhood } = homes.columns;
	return {
		roomTypes: countNames(room_type, missed, MISSED.roomType, filter.roomTypes),
		neighbourhoods: countNames(neighbourhood, missed, MISSED.neighbourhood, filter.neighbourhoods),
		amenities: countAmenities(homes, missed, filter.amenities),
		prices: { from: bins.from, to: bins.to, counts: countPrices(missed, bins) },
	};
}

function countNames(
	{ codes, names }: CategoryColumn,
	missed: Uint8Array,
	own: number,
	chosen: readonly string[] = [],
): readonly FacetCount[] {
	const counts = new Uint32Array(names.length);
	for (let row = 0; row < missed.length; row++)
		if (((missed[row] as number) & ~own) === 0) {
			const code = codes[row] as number;
			counts[code] = (counts[code] as number) + 1;
		}
	return mostFirst(names, counts, chosen);
}

function countAmenities(
	homes: HomeTable,
	missed: Uint8Array,
	chosen: readonly string[] = [],
): readonly FacetCount[] {
	const { starts, items, names } = homes.columns.amenities;
	const counts = new Uint32Array(names.length);
	for (let row = 0; row < missed.length; row++) {
		if (((missed[row] as number) & ~MISSED.amenities) !== 0) continue;
		const to = starts[row + 1] as number;
		for (let at = starts[row] as number; at < to; at++) {
			const item = items[at] as number;
			counts[item] = (counts[item] as number) + 1;
		}
	}
	const all = mostFirst(names, counts, chosen);
	return all.filter(({ name }, place) => place < MOST_AMENITIES || chosen.includes(name));
}

function countPrices(missed: Uint8Array, bins: PriceBins): readonly number[] {
	const counts = new Uint32Array(bins.count);
	for (let row = 0; row < missed.length; row++)
		if (((missed[row] as number) & ~MISSED.price) === 0) {
			const bin = bins.binOf[row] as number;
			counts[bin] = (counts[bin] as number) + 1;
		}
	return Array.from(counts);
}

/** Names that are there, and chosen ones even where nothing is left, so that they can be taken back. */
function mostFirst(
	names: readonly string[],
	counts: Uint32Array,
	chosen: readonly string[],
): readonly FacetCount[] {
	return names
		.map((name, code) => ({ name, count: counts[code] ?? 0 }))
		.filter(({ name, count }) => count > 0 || chosen.includes(name))
		.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
