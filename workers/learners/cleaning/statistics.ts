/** The numbers that are not missing, ascending. */
export function sortedKnown(values: Float64Array): Float64Array {
	return values.filter((value) => !Number.isNaN(value)).sort();
}

/** NaN of nothing. */
export function mean(known: Float64Array): number {
	return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Of the population: divided by the count. */
export function standardDeviation(known: Float64Array): number {
	const centre = mean(known);
	const squares = known.reduce((sum, value) => sum + (value - centre) ** 2, 0);
	return Math.sqrt(squares / known.length);
}

/** The mean and a deviation to divide by: 1 where the numbers are all the same, or none. */
export function standardOf(values: Float64Array): {
	readonly mean: number;
	readonly deviation: number;
} {
	const known = sortedKnown(values);
	if (known.length === 0) return { mean: 0, deviation: 1 };
	const centre = mean(known);
	const deviation = standardDeviation(known);
	// Sums of equal numbers round to a little beside them.
	return { mean: centre, deviation: deviation > 1e-12 * Math.abs(centre) ? deviation : 1 };
}

/** The most frequent of entries in ascending order, the first of several; undefined of nothing. */
export function mostFrequent<Value>(counts: Iterable<readonly [Value, number]>): Value | undefined {
	let best: Value | undefined;
	let most = 0;
	for (const [value, count] of counts) {
		if (count <= most) continue;
		best = value;
		most = count;
	}
	return best;
}
