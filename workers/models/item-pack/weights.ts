import { pairAt } from '$workers/table/pairs';
import { type SparseRow, type SparseRows, sparseRows } from '$workers/table/sparse';

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
}

export interface ItemWeights {
	readonly chosen: Float32Array;
	readonly also: SparseRows;
	readonly next: SparseRows;
}

/** Homes that a home says something of, at most. */
export const MOST_NEIGHBOURS = 64;
/** However rarely two homes were chosen together, the odds are never below this part of the usual. */
const LEAST_LIFT = 0.2;
/** Of the Laplace distribution: how widely squares of its draws spread. */
const KURTOSIS = 6;
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
 * the same of steps from one to the other, beyond what `also` says.
 *
 * Each lift is drawn towards 1 by how much of its cell can be noise and chance, against how far lifts
 * differ from 1 over all cells, less a standard error (empirical Bayes: Efron and Morris 1973); of
 * steps, less several. With much noise nothing is left but `chosen`: it then ranks as popularity does.
 */
export function itemWeights(counts: ItemCounts, noise: CountNoise): ItemWeights {
	const { homes } = counts;
	const { unit } = noise;
	const shares = sharesOf(counts.chosen, Math.sqrt(noise.chosen));
	const usual = cells(homes, (from, to) => (shares[from] as number) * (shares[to] as number));
	const together = cells(homes, (from, to) => counts.also[pairAt(from, to)] as number);
	const also = liftsOf(together, usual, { cell: noise.also, unit, errors: 1 });
	const expected = usual.map((share, at) => share * (also[at] as number));
	const steps = Float64Array.from(counts.next);
	const next = liftsOf(steps, expected, { cell: noise.next, unit, errors: STEP_ERRORS });
	return {
		chosen: Float32Array.from(shares),
		also: strongest(also, homes),
		next: strongest(next, homes),
	};
}

/** Shares of all choices; a home that noise took everything from keeps a little. */
function sharesOf(chosen: ArrayLike<number>, deviation: number): Float64Array {
	const least = Math.max(1, deviation);
	const kept = Float64Array.from(chosen, (count) => Math.max(least, count));
	const total = kept.reduce((sum, count) => sum + count, 0);
	return kept.map((count) => count / total);
}

/** A square of cells; those on the diagonal are 0. */
function cells(homes: number, at: (from: number, to: number) => number): Float64Array {
	return Float64Array.from({ length: homes * homes }, (_, cell) => {
		const [from, to] = [Math.floor(cell / homes), cell % homes];
		return from === to ? 0 : at(from, to);
	});
}

interface CellNoise {
	/** Variance of a cell's noise. */
	readonly cell: number;
	readonly unit: number;
	/** So many standard errors of how far lifts differ from 1 are taken for noise. */
	readonly errors: number;
}

function liftsOf(
	counts: Float64Array,
	usual: Float64Array,
	{ cell: noise, errors, unit }: CellNoise,
): Float64Array {
	const scale = Math.max(0, sum(counts)) / sum(usual);
	const expected = usual.map((share) => share * scale);
	const variance = (mean: number) => noise + unit * mean;
	let apart = 0;
	let squares = 0;
	let spread = 0;
	expected.forEach((mean, cell) => {
		if (mean === 0) return;
		apart += ((counts[cell] as number) - mean) ** 2 - variance(mean);
		squares += mean ** 2;
		spread += (KURTOSIS - 1) * variance(mean) ** 2;
	});
	const differ = squares > 0 ? Math.max(0, (apart - errors * Math.sqrt(spread)) / squares) : 0;
	return expected.map((mean, cell) => {
		const signal = differ * mean ** 2;
		if (signal === 0) return 1;
		const trust = signal / (signal + variance(mean));
		return Math.max(LEAST_LIFT, 1 + trust * ((counts[cell] as number) / mean - 1));
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

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
