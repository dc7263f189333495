import type {
	AreaPortrait,
	CatalogueSummary,
	Home,
	HomeFilter,
	HomeOrder,
	MapPoints,
	PriceContext,
	SearchAnswer,
} from '$lib/contracts';
import type { HomeTable } from '$workers/table/homes';
import { areaPortraits } from './area-portraits';
import { countFacets } from './facets';
import { missedFilters } from './filters';
import { homeAt } from './home-at';
import { byScore, fixedOrders } from './orders';
import { priceBins } from './price-bins';
import { priceContext } from './price-context';
import { TextIndex } from './text-index';

export { drawingTraits } from './drawing-traits';

/** A catalogue to search: its homes, their dictionary numbers, and the money it is in. */
export interface Searchable {
	readonly homes: HomeTable;
	/** Row i's dictionary number. */
	readonly properties: Uint32Array;
	readonly summary: Pick<CatalogueSummary, 'currency' | 'period'>;
}

export interface Search {
	search(filter: HomeFilter, order: HomeOrder): SearchAnswer;
	mapPoints(): MapPoints;
	/** `null`: no home of that number here, or none like it. */
	priceContext(property: number): PriceContext | null;
	/** Neighbourhoods with enough homes to speak of, most homes first. */
	areas(): readonly AreaPortrait[];
	home(property: number): Home | null;
	byKey(key: string): Home | null;
}

/** Sorts and indexes a catalogue once; a search then looks at each column once. */
export function buildSearch({ homes, properties, summary }: Searchable): Search {
	const text = new TextIndex(homes);
	const orders = fixedOrders(homes);
	const bins = priceBins(homes.columns.price.values);
	const rowOf = new Map(Array.from(properties, (property, row) => [property, row]));
	const rowOfKey = new Map(homes.columns.key.values.map((key, row) => [key, row]));
	const homesOfHost = countHosts(homes);
	let areas: readonly AreaPortrait[] | undefined;

	const home = (row: number | undefined): Home | null => {
		if (row === undefined) return null;
		const host = homes.columns.host.values[row] as number;
		return homeAt(homes, row, properties[row] as number, summary, homesOfHost.get(host) ?? 1);
	};

	return {
		search(filter, order) {
			const scores = text.score(filter.text ?? '');
			const missed = missedFilters(homes, properties, filter, scores);
			const rows = rowsFound(
				missed,
				order === 'fit' || order === 'relevance' ? null : orders[order],
			);
			const sorted = order === 'relevance' && scores ? byScore(rows, scores) : rows;
			return {
				properties: sorted.map((row) => properties[row] as number),
				total: sorted.length,
				facets: countFacets(homes, missed, bins, filter),
			};
		},
		mapPoints: () => ({
			properties: properties.slice(),
			latitudes: Float64Array.from(homes.columns.latitude.values),
			longitudes: Float64Array.from(homes.columns.longitude.values),
			neighbourhoods: homes.columns.neighbourhood.codes.slice(),
			names: homes.columns.neighbourhood.names,
		}),
		priceContext(property) {
			const row = rowOf.get(property);
			return row === undefined ? null : priceContext(homes, row);
		},
		areas: () => (areas ??= areaPortraits(homes)),
		home: (property) => home(rowOf.get(property)),
		byKey: (key) => home(rowOfKey.get(key)),
	};
}

/** Rows that pass every filter, in the order given or in catalogue order. */
function rowsFound(missed: Uint8Array, order: Uint32Array | null): Uint32Array {
	const rows = new Uint32Array(missed.length);
	let found = 0;
	for (let place = 0; place < missed.length; place++) {
		const row = order ? (order[place] as number) : place;
		if (missed[row] === 0) rows[found++] = row;
	}
	return rows.slice(0, found);
}

function countHosts(homes: HomeTable): ReadonlyMap<number, number> {
	const counts = new Map<number, number>();
	for (const host of homes.columns.host.values) counts.set(host, (counts.get(host) ?? 0) + 1);
	return counts;
}
