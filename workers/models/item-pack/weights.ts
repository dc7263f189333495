import { pairAt } from '$workers/table/pairs';
import { type SparseRow, type SparseRows, sparseRows } from '$workers/table/sparse';
import { liftsByCell, liftsTogether } from './lifts';
import { sharesOf } from './shares';

/** What guests chose, counted by home; noise may have made numbers negative. */
export interface ItemCounts {
	readonly homes: number;
	readonly chosen: ArrayLike<number>;
	/** By unordered pair, see `pairAt`. */
	readonly also: ArrayLike<number>;
	/** From home to home, row by row. */
	readonly next: ArrayLike<number>;
}

/** How far the counts may be off by noise: variances of one cell. */
export interface CountNoise {
	readonly chosen: number;
	readonly also: number;
	readonly next: number;
	/** What one guest counts for at most: chance alone has the variance of so large steps. */
	readonly unit: number;
	/** What one guest usually counts for in a cell of pairs: those with many homes share the unit out. */
	readonly pair: number;
}

export interface ItemWeights {
	readonly chosen: Float32Array;
	readonly also: SparseRows;
	readonly next: SparseRows;
}

/** Homes that a home says something of, at most. */
export const MOST_NEIGHBOURS = 64;
/** Of more homes than this each pair is told by itself: the time grows with the cube, and 400 may take a minute. */
const MOST_TOGETHER = 250;
/**
 * Steps are twice as many cells as pairs, and most towns have no order beyond what goes together: with
 * one error, noise alone passed for an order in every fifth pack of the sample bookings.
 */
const STEP_ERRORS = 3;
/** Weights smaller than this say nothing. */
const LEAST_WEIGHT = 1e-3;

/**
 * Weights from counts alone. `chosen` is each home's share. `also` is the logarithm of the lift: how
 * many times more often two homes were chosen by one guest than their shares make likely. `next` is
 * the same of steps from one to the other, beyond what `also` says. With much noise nothing is left
 * but `chosen`: it then ranks as popularity does.
 */
export function itemWeights(counts: ItemCounts, noise: CountNoise): ItemWeights {
	const { homes } = counts;
	const shares = sharesOf(counts, noise);
	const usual = cells(homes, (from, to) => (shares[from] as number) * (shares[to] as number));
	const together = cells(homes, (from, to) => counts.also[pairAt(from, to)] as number);
	const ofPairs = { noise: noise.also, step: noise.pair };
	const also =
		homes > MOST_TOGETHER
			? liftsByCell(together, usual, ofPairs, 1)
			: liftsTogether(together, usual, homes, ofPairs);
	const expected = usual.map((share, at) => share * (also[at] as number));
	const ofSteps = { noise: noise.next, step: noise.unit };
	const next = liftsByCell(Float64Array.from(counts.next), expected, ofSteps, STEP_ERRORS);
	return {
		chosen: Float32Array.from(shares),
		also: strongest(also, homes),
		next: strongest(next, homes),
	};
}

/** A square of cells; those on the diagonal are 0. */
function cells(homes: number, at: (from: number, to: number) => number): Float64Array {
	return Float64Array.from({ length: homes * homes }, (_, cell) => {
		const [from, to] = [Math.floor(cell / homes), cell % homes];
		return from === to ? 0 : at(from, to);
	});
}

/** Of each row the largest logarithms, in either direction; none of a home to itself. */
function strongest(lifts: Float64Array, homes: number): SparseRows {
	const rows = Array.from({ length: homes }, (_, from): SparseRow => {
		const row = Array.from({ length: homes }, (_, to): [number, number] => [
			to,
			Math.log(lifts[from * homes + to] as number),
		]);
		return row
			.filter(([to, weight]) => to !== from && Math.abs(weight) >= LEAST_WEIGHT)
			.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
			.slice(0, MOST_NEIGHBOURS)
			.sort(([a], [b]) => a - b);
	});
	return sparseRows(rows, homes);
}
