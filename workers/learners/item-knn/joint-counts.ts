import { type SparseRows, turnedRows } from '$workers/table/sparse';
import { checkInteractions } from '../rank-items';
import type { ItemKnnParams } from './item-knn';

/** Joint counts of one item: the items that were chosen together with it, ascending, itself too. */
export interface JointCounts {
	readonly items: Uint32Array;
	/** Whole numbers, of `STEPS`² a pair chosen once. */
	readonly sums: Float64Array;
}

/**
 * Weights are rounded to whole steps of one over this many. Sums of their products are then sums of whole
 * numbers, the same in any order, and subtracting undoes adding to the last bit.
 */
export const STEPS = 4096;

export const NO_COUNTS: JointCounts = { items: new Uint32Array(), sums: new Float64Array() };

/** How much each interaction counts, in steps, in place of its value. */
export function weighed(
	rows: SparseRows,
	{ rarity, saturation }: Pick<ItemKnnParams, 'rarity' | 'saturation'>,
): SparseRows {
	checkInteractions(rows);
	const values = new Float32Array(rows.values.length);
	for (let row = 0; row < rows.count; row++) {
		const from = rows.starts[row] as number;
		const to = rows.starts[row + 1] as number;
		const rare = rarity ? Math.log1p(rows.width / (to - from)) : 1;
		for (let at = from; at < to; at++)
			values[at] = Math.round(STEPS * rare * saturated(rows.values[at] as number, saturation));
	}
	return { ...rows, values };
}

function saturated(value: number, saturation: number): number {
	return saturation === Number.POSITIVE_INFINITY
		? value
		: (value * (saturation + 1)) / (value + saturation || 1);
}

/** Counts with whom each item was chosen; `countsOf` gives an item's, for items in any order. */
export function jointCounter(rows: SparseRows): (item: number) => JointCounts {
	const byItem = turnedRows(rows);
	const sums = new Float64Array(rows.width);
	return (item) => {
		const met = new Set<number>();
		for (let at = byItem.starts[item] as number; at < (byItem.starts[item + 1] as number); at++) {
			const row = byItem.columns[at] as number;
			const own = byItem.values[at] as number;
			for (
				let other = rows.starts[row] as number;
				other < (rows.starts[row + 1] as number);
				other++
			) {
				const column = rows.columns[other] as number;
				if (sums[column] === 0) met.add(column);
				sums[column] = (sums[column] as number) + own * (rows.values[other] as number);
			}
		}
		const items = Uint32Array.from(met).sort();
		const counted = Float64Array.from(items, (column) => sums[column] as number);
		for (const column of items) sums[column] = 0;
		return { items, sums: counted };
	};
}

/** The sum, or the difference, of two items' counts; what comes to nothing is left out. */
export function joined(left: JointCounts, right: JointCounts, sign: 1 | -1): JointCounts {
	const items = new Uint32Array(left.items.length + right.items.length);
	const sums = new Float64Array(items.length);
	let length = 0;
	let i = 0;
	let j = 0;
	while (i < left.items.length || j < right.items.length) {
		const fromLeft = left.items[i] ?? Number.POSITIVE_INFINITY;
		const fromRight = right.items[j] ?? Number.POSITIVE_INFINITY;
		let sum = 0;
		if (fromLeft <= fromRight) sum += left.sums[i++] as number;
		if (fromRight <= fromLeft) sum += sign * (right.sums[j++] as number);
		if (sum === 0) continue;
		items[length] = Math.min(fromLeft, fromRight);
		sums[length++] = sum;
	}
	return { items: items.slice(0, length), sums: sums.slice(0, length) };
}
