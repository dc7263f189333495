import type { Contributions } from './contract';
import { NO_ITEM, type Interactions, type RankedItems } from './interactions';

/** The share of each item of a history, in its order, in the score of one item. */
export type SharesOf = (row: number, item: number) => ArrayLike<number>;

/** Of each history's best item: a share for every item that stands in one of the histories. */
export function explainBest(
	histories: Interactions,
	{ count, ids }: RankedItems,
	sharesOf: SharesOf,
): Contributions {
	const named = [...new Set(histories.columns)].sort((a, b) => a - b);
	const places = new Map(named.map((item, place) => [item, place]));
	const values = new Float64Array(histories.count * named.length);
	for (let row = 0; row < histories.count; row++) {
		const best = ids[row * count] as number;
		if (best === NO_ITEM) continue;
		const shares = sharesOf(row, best);
		const from = histories.starts[row] as number;
		for (let i = 0; i < shares.length; i++) {
			const place = places.get(histories.columns[from + i] as number) as number;
			const at = row * named.length + place;
			values[at] = (values[at] as number) + (shares[i] as number);
		}
	}
	return { names: named.map(String), values };
}
