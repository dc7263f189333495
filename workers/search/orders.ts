import type { HomeOrder } from '$lib/contracts';
import { type HomeTable, values } from '$workers/table/homes';

type FixedOrder = Exclude<HomeOrder, 'fit' | 'relevance'>;

/** Rows in each fixed order, sorted once; a search only leaves rows out. Unknown values stand last. */
export function fixedOrders(homes: HomeTable): Readonly<Record<FixedOrder, Uint32Array>> {
	const prices = values(homes, 'price');
	const ratings = values(homes, 'rating');
	const reviews = values(homes, 'reviews');
	const listed = values(homes, 'listed_on');
	const at = (column: ArrayLike<number>, row: number) => column[row] as number;
	return {
		'price-up': sortRows(homes.count, (row) => at(prices, row)),
		'price-down': sortRows(homes.count, (row) => -at(prices, row)),
		// Of equal ratings, the one that more people gave.
		rating: sortRows(
			homes.count,
			(row) => -at(ratings, row),
			(row) => -at(reviews, row),
		),
		newest: sortRows(homes.count, (row) => -at(listed, row)),
	};
}

/** Rows by score, best first; rows with equal scores as they were. Scores are few, so none are compared twice. */
export function byScore(rows: Uint32Array, scores: Float32Array): Uint32Array {
	const groups = new Map<number, number[]>();
	for (const row of rows) {
		const score = scores[row] as number;
		const group = groups.get(score);
		if (group) group.push(row);
		else groups.set(score, [row]);
	}
	const best = [...groups.keys()].sort((a, b) => b - a);
	return Uint32Array.from(best.flatMap((score) => groups.get(score) ?? []));
}

/** Ascending by the first key, then the next, then catalogue order. */
function sortRows(count: number, ...keys: readonly ((row: number) => number)[]): Uint32Array {
	const columns = keys.map((key) =>
		Float64Array.from({ length: count }, (_, row) => lastIfUnknown(key(row))),
	);
	return Uint32Array.from({ length: count }, (_, row) => row).sort((a, b) => {
		for (const column of columns) {
			const left = column[a] as number;
			const right = column[b] as number;
			if (left !== right) return left < right ? -1 : 1;
		}
		return a - b;
	});
}

const lastIfUnknown = (value: number) => (Number.isNaN(value) ? Infinity : value);
