/** One interval a row. */
export interface Intervals {
	readonly low: Float64Array;
	readonly high: Float64Array;
}

/**
 * What intervals must add on each side to hold at least `level` of new rows that are exchangeable with
 * those measured: the ⌈(n + 1)·level⌉-th smallest of how far each truth lay outside (Vovk, Gammerman
 * and Shafer 2005; Lei et al. 2018). Infinity where there are too few rows to promise that much.
 */
export function conformalMargin(distances: ArrayLike<number>, level: number): number {
	if (!(level > 0 && level < 1)) throw new RangeError('a level lies between 0 and 1');
	const sorted = Float64Array.from(distances).sort();
	if (sorted.some(Number.isNaN)) throw new RangeError('a distance is not a number');
	// The product is rounded before it is raised: 10 × 0.9 must be 9.
	const place = Math.ceil(Number(((sorted.length + 1) * level).toFixed(9)));
	return sorted[place - 1] ?? Number.POSITIVE_INFINITY;
}

/** |truth - guess| a row, over `spread` where given (normalised residuals, Papadopoulos et al. 2008). */
export function residualDistances(
	truth: Float64Array,
	guess: Float64Array,
	spread?: Float64Array,
): Float64Array {
	return truth.map(
		(value, row) =>
			Math.abs(value - (guess[row] as number)) / (spread ? (spread[row] as number) : 1),
	);
}

/**
 * How far each truth lies outside its interval, negative within: for quantiles that were guessed
 * (conformalised quantile regression, Romano, Patterson and Candès 2019).
 */
export function intervalDistances(truth: Float64Array, { low, high }: Intervals): Float64Array {
	return truth.map((value, row) =>
		Math.max((low[row] as number) - value, value - (high[row] as number)),
	);
}

/** Adds the margin, times `spread` where given, on each side; one that would cross is its middle. */
export function widened(
	{ low, high }: Intervals,
	margin: number,
	spread?: Float64Array,
): Intervals {
	const wide = { low: low.slice(), high: high.slice() };
	for (let row = 0; row < low.length; row++) {
		const added = margin * (spread ? (spread[row] as number) : 1);
		const from = (low[row] as number) - added;
		const to = (high[row] as number) + added;
		wide.low[row] = from <= to ? from : (from + to) / 2;
		wide.high[row] = from <= to ? to : (from + to) / 2;
	}
	return wide;
}
