import type { SparseRows } from '$workers/table/sparse';

/** What one row has to do with which columns, and how much each counts. */
export interface History {
	readonly columns: ArrayLike<number>;
	readonly values: ArrayLike<number>;
}

/** One row of interactions: views. */
export function historyOf({ starts, columns, values }: SparseRows, row: number): History {
	const from = starts[row] as number;
	const to = starts[row + 1] as number;
	return { columns: columns.subarray(from, to), values: values.subarray(from, to) };
}
