import type { SparseRows } from '$workers/table/sparse';

const ROWS_A_BREATH = 2000;

/** Adds Σ weight·x·xᵀ (lower triangle) over rows to a matrix of `rows.width` squared numbers. */
export async function addGram(
	gram: Float64Array,
	rows: SparseRows,
	weights: Float64Array,
	breathe: () => Promise<void>,
): Promise<void> {
	const { starts, columns, values, width } = rows;
	for (let row = 0; row < rows.count; row++) {
		if (row % ROWS_A_BREATH === 0) await breathe();
		const weight = weights[row] as number;
		const from = starts[row] as number;
		const end = starts[row + 1] as number;
		for (let i = from; i < end; i++) {
			const line = (columns[i] as number) * width;
			const value = weight * (values[i] as number);
			// A row's columns ascend, which fills the lower triangle.
			for (let j = from; j <= i; j++) {
				const at = line + (columns[j] as number);
				gram[at] = (gram[at] as number) + value * (values[j] as number);
			}
		}
	}
}

/** Σ weight·x over rows. */
export function weightedSums(rows: SparseRows, weights: Float64Array): Float64Array {
	const sums = new Float64Array(rows.width);
	for (let row = 0; row < rows.count; row++)
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const column = rows.columns[at] as number;
			sums[column] =
				(sums[column] as number) + (weights[row] as number) * (rows.values[at] as number);
		}
	return sums;
}

/** The mean of every column over weighted rows. */
export function weightedMeans(rows: SparseRows, weights: Float64Array): Float64Array {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return weightedSums(rows, weights).map((sum) => sum / total);
}
