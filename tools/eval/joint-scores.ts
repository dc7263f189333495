import type { Interactions } from '$workers/learners/interactions';
import { type ScoreRow } from '$workers/learners/rank-items';

/** Scores of every item, row by row, as item models tell them. */
export interface ScoreTable {
	readonly items: number;
	readonly values: Float32Array;
}

/**
 * Brings every row of scores to mean 0 and deviation 1 over the items that its history does not have,
 * in place, so that those of several models can be added. Rows in which all are equal become zeros.
 */
export function standardise({ items, values }: ScoreTable, histories: Interactions): void {
	const known = new Uint8Array(items);
	for (let row = 0; row < histories.count; row++) {
		const own = histories.columns.subarray(histories.starts[row], histories.starts[row + 1]);
		for (const item of own) known[item] = 1;
		standardiseRow(values.subarray(row * items, (row + 1) * items), known);
		for (const item of own) known[item] = 0;
	}
}

function standardiseRow(scores: Float32Array, known: Uint8Array): void {
	let [count, sum, squares] = [0, 0, 0];
	scores.forEach((score, item) => {
		if (known[item]) return;
		count++;
		sum += score;
		squares += score * score;
	});
	const mean = sum / count;
	const variance = squares / count - mean * mean;
	const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
	for (let item = 0; item < scores.length; item++)
		scores[item] = scale * ((scores[item] as number) - mean);
}

/** One table plus `share` of the other, row by row. */
export function joint(one: ScoreTable, other: ScoreTable, share: number): ScoreRow {
	const { items } = one;
	return (row, scores) => {
		const from = row * items;
		for (let item = 0; item < items; item++)
			scores[item] =
				(one.values[from + item] as number) + share * (other.values[from + item] as number);
	};
}
