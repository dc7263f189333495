import type { SparseRows } from '$workers/table/sparse';
import type { ItemWeights } from './weights';

/**
 * The logarithm of how likely each home is the next choice, up to a constant, for somebody with this
 * history: its share, times what each home of the history says for it, times what the last one says.
 * Several homes of one history tell of one taste and not of as many: their weights are averaged and
 * count by the root of how many there are.
 *
 * @param history homes in the order in which they were chosen
 */
export function packScores(weights: ItemWeights, history: readonly number[]): Float64Array {
	const scores = Float64Array.from(weights.chosen, (share) => Math.log(share));
	for (const home of history) add(scores, weights.also, home, 1 / Math.sqrt(history.length));
	const last = history.at(-1);
	if (last !== undefined) add(scores, weights.next, last, 1);
	return scores;
}

function add(scores: Float64Array, rows: SparseRows, row: number, factor: number): void {
	const end = rows.starts[row + 1] as number;
	for (let at = rows.starts[row] as number; at < end; at++) {
		const column = rows.columns[at] as number;
		scores[column] = (scores[column] as number) + factor * (rows.values[at] as number);
	}
}
