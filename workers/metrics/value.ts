import { meanOf, requireFinite } from './check';

/** Pearson's correlation; a RangeError where one of the columns is constant. */
export function correlation(left: ArrayLike<number>, right: ArrayLike<number>): number {
	requireFinite(left, right);
	const count = left.length;
	const [meanLeft, meanRight] = [left, right].map((values) =>
		meanOf(count, (row) => values[row] as number),
	) as [number, number];
	let [product, squareLeft, squareRight] = [0, 0, 0];
	for (let row = 0; row < count; row++) {
		const a = (left[row] as number) - meanLeft;
		const b = (right[row] as number) - meanRight;
		product += a * b;
		squareLeft += a * a;
		squareRight += b * b;
	}
	if (squareLeft === 0 || squareRight === 0)
		throw new RangeError('a constant column has no correlation');
	return product / Math.sqrt(squareLeft * squareRight);
}

/** Spearman's rank correlation; equal values share the mean of their ranks. */
export function spearman(left: ArrayLike<number>, right: ArrayLike<number>): number {
	requireFinite(left, right);
	return correlation(ranks(left), ranks(right));
}

function ranks(values: ArrayLike<number>): Float64Array {
	const order = orderBy(values, 1);
	const ranked = new Float64Array(values.length);
	for (let from = 0; from < order.length;) {
		let to = from + 1;
		const value = values[order[from] as number] as number;
		while (to < order.length && values[order[to] as number] === value) to++;
		for (let i = from; i < to; i++) ranked[order[i] as number] = (from + to - 1) / 2;
		from = to;
	}
	return ranked;
}

/**
 * How well a guess orders rows by a true value that is at least 0: the Gini coefficient of the truth
 * in the order of the guess over that in its own order. 1 at best, 0 for chance. Equal guesses stand
 * in the order of the rows.
 */
export function normalisedGini(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	requireFinite(truth, guess);
	const best = giniInOrder(truth, orderBy(truth, -1));
	if (best === 0) throw new RangeError('all true values are equal: there is no order to find');
	return giniInOrder(truth, orderBy(guess, -1)) / best;
}

function giniInOrder(truth: ArrayLike<number>, order: Uint32Array): number {
	let [reached, area] = [0, 0];
	for (const row of order) {
		reached += truth[row] as number;
		area += reached;
	}
	if (reached === 0) return 0;
	return area / reached / order.length - (order.length + 1) / (2 * order.length);
}

export interface GroupTotals {
	/** Sum of each group, the group of the largest guesses first. */
	readonly predicted: Float64Array;
	readonly actual: Float64Array;
}

/** Totals of ten groups of equal size by guess, largest first; equal guesses in the order of the rows. */
export function deciles(truth: ArrayLike<number>, guess: ArrayLike<number>): GroupTotals {
	requireFinite(truth, guess);
	const predicted = new Float64Array(10);
	const actual = new Float64Array(10);
	orderBy(guess, -1).forEach((row, place) => {
		const group = Math.floor((place * 10) / truth.length);
		predicted[group] = (predicted[group] as number) + (guess[row] as number);
		actual[group] = (actual[group] as number) + (truth[row] as number);
	});
	return { predicted, actual };
}

/** Sum of the groups' absolute errors over the true total; a RangeError where that is 0. */
export function groupWape({ predicted, actual }: GroupTotals): number {
	const total = actual.reduce((sum, value) => sum + value, 0);
	if (!(total > 0)) throw new RangeError('the true total is 0: there is nothing to compare with');
	return predicted.reduce((sum, p, i) => sum + Math.abs(p - (actual[i] as number)), 0) / total;
}

/** Mean of the groups' relative errors, over the groups whose true sum is not 0. */
export function groupMape({ predicted, actual }: GroupTotals): number {
	const shares = Array.from(predicted, (p, i) => Math.abs(p / (actual[i] as number) - 1));
	const known = shares.filter(Number.isFinite);
	return meanOf(known.length, (i) => known[i] as number);
}

/** Total of the guesses over the true total, less 1: below 0 where too little was expected. */
export function totalError(truth: ArrayLike<number>, guess: ArrayLike<number>): number {
	requireFinite(truth, guess);
	const [real, guessed] = [truth, guess].map((values) =>
		Array.from(values).reduce((sum, value) => sum + value, 0),
	) as [number, number];
	if (real === 0) throw new RangeError('the true total is 0: there is nothing to compare with');
	return guessed / real - 1;
}

function orderBy(values: ArrayLike<number>, direction: 1 | -1): Uint32Array {
	return Uint32Array.from({ length: values.length }, (_, row) => row).sort(
		(a, b) => direction * ((values[a] as number) - (values[b] as number)) || a - b,
	);
}
