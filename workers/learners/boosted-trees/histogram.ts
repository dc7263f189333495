import type { BinnedRows } from './bins';

/**
 * Sums of gradients and of hessians by bin: two numbers a bin, one column after another. Column c
 * starts at bin `starts[c]`.
 */
export type Histogram = Float64Array;

/** Where the bins of each column start, and after the last the number of all bins. */
export function binStarts(counts: readonly number[]): Uint32Array {
	const starts = new Uint32Array(counts.length + 1);
	counts.forEach((count, column) => (starts[column + 1] = (starts[column] as number) + count));
	return starts;
}

/** Fills the histogram with the rows `rows[from]` to `rows[to - 1]`; `pairs` has gradient and hessian a row. */
export function fillHistogram(
	histogram: Histogram,
	starts: Uint32Array,
	{ bins, width }: BinnedRows,
	rows: Uint32Array,
	from: number,
	to: number,
	pairs: Float64Array,
): void {
	histogram.fill(0);
	for (let i = from; i < to; i++) {
		const row = rows[i] as number;
		const gradient = pairs[2 * row] as number;
		const hessian = pairs[2 * row + 1] as number;
		const first = row * width;
		for (let column = 0; column < width; column++) {
			const at = ((starts[column] as number) + (bins[first + column] as number)) << 1;
			histogram[at] = (histogram[at] as number) + gradient;
			histogram[at + 1] = (histogram[at + 1] as number) + hessian;
		}
	}
}

/** What is left of a parent's histogram without one child is the other child's: in place. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
	for (let i = 0; i < parent.length; i++) parent[i] = (parent[i] as number) - (child[i] as number);
}
