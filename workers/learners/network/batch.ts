import type { Random } from '$workers/math/random';
import type { SparseRows } from '$workers/table/sparse';
import type { Shape } from './layout';

/** Rows of one step as full matrices, row by row. */
export interface Batch {
	readonly rows: number;
	/** rows × columns. */
	readonly input: Float32Array;
	/** A class (0 or 1) or a standardised value. */
	readonly target: Float32Array;
	/** How much a row's error counts; about 1/rows. */
	readonly weight: Float32Array;
	/** For each layer of hidden units rows × units: 0 where dropped, else more than 1; none without dropout. */
	readonly kept: readonly Float32Array[];
}

/** What a network is trained on. */
export interface NetworkRows {
	/** Of the design; its last column, the constant, is left out. */
	readonly rows: SparseRows;
	readonly targets: Float64Array;
	/** Of mean 1. */
	readonly weights: Float64Array;
}

/** Dropout (Srivastava et al. 2014): each unit is left out with this chance, the others count more. */
export function batchOf(
	{ rows, targets, weights }: NetworkRows,
	order: Uint32Array,
	{ columns, hidden }: Shape,
	dropout: number,
	random: Random,
): Batch {
	const input = new Float32Array(order.length * columns);
	order.forEach((row, i) => {
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const column = rows.columns[at] as number;
			if (column < columns) input[i * columns + column] = rows.values[at] as number;
		}
	});
	const kept = () => (random.next() < dropout ? 0 : 1 / (1 - dropout));
	return {
		rows: order.length,
		input,
		target: Float32Array.from(order, (row) => targets[row] as number),
		weight: Float32Array.from(order, (row) => (weights[row] as number) / order.length),
		kept:
			dropout > 0
				? hidden.map((units) => Float32Array.from({ length: order.length * units }, kept))
				: [],
	};
}
