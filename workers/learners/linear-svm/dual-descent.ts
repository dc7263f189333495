import { type Random, shuffle } from '$workers/math/random';
import { type SparseRows, rowDot } from '$workers/table/sparse';
import type { Breathe } from '../linear';

export interface SvmSettings {
	/** How much an error counts against half the squared weights. */
	readonly c: number;
	/** Ends where no row could gain more than this. */
	readonly tolerance: number;
	/** Passes over the rows at most. */
	readonly passes: number;
}

const ROWS_A_BREATH = 5000;

/**
 * Weights that minimise ½·Σ w² + c·Σ weight·max(0, 1 - side·score)², by dual coordinate descent
 * (Hsieh et al. 2008, algorithm 1 for the L2 loss). The constant, if rows have one, is penalised like
 * the rest, as in LIBLINEAR.
 *
 * @param sides 1 or -1 a row
 */
export async function dualDescent(
	rows: SparseRows,
	sides: Float64Array,
	rowWeights: Float64Array,
	{ c, tolerance, passes }: SvmSettings,
	random: Random,
	breathe: Breathe,
): Promise<Float64Array> {
	const weights = new Float64Array(rows.width);
	const duals = new Float64Array(rows.count);
	const softness = rowWeights.map((weight) => 1 / (2 * c * weight));
	const bends = softness.map((soft, row) => soft + squaredLength(rows, row));
	const order = Uint32Array.from({ length: rows.count }, (_, row) => row).filter(
		(row) => (rowWeights[row] as number) > 0,
	);
	for (let pass = 0; pass < passes; pass++) {
		shuffle(order, random);
		let largest = 0;
		for (let i = 0; i < order.length; i++) {
			if (i % ROWS_A_BREATH === 0) await breathe((pass + i / order.length) / passes);
			const row = order[i] as number;
			const side = sides[row] as number;
			const dual = duals[row] as number;
			const slope = side * rowDot(rows, row, weights) - 1 + (softness[row] as number) * dual;
			const gain = dual > 0 ? Math.abs(slope) : Math.max(0, -slope);
			if (gain === 0) continue;
			largest = Math.max(largest, gain);
			const next = Math.max(0, dual - slope / (bends[row] as number));
			duals[row] = next;
			addRow(weights, rows, row, side * (next - dual));
		}
		if (largest <= tolerance) break;
	}
	return weights;
}

function squaredLength({ starts, values }: SparseRows, row: number): number {
	let sum = 0;
	for (let at = starts[row] as number; at < (starts[row + 1] as number); at++)
		sum += (values[at] as number) ** 2;
	return sum;
}

function addRow(weights: Float64Array, rows: SparseRows, row: number, times: number): void {
	for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
		const column = rows.columns[at] as number;
		weights[column] = (weights[column] as number) + times * (rows.values[at] as number);
	}
}
