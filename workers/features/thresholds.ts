/**
 * At most `count` thresholds that split the values into parts of about equal size, rounded to two
 * significant digits so that a person can read them. Ascending, each different, NaN left out.
 */
export function readableThresholds(values: ArrayLike<number>, count: number): number[] {
	const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
	const thresholds = new Set<number>();
	for (let i = 1; i <= count; i++) {
		const quantile = sorted[Math.floor((i * sorted.length) / (count + 1))];
		if (quantile !== undefined) thresholds.add(Number(quantile.toPrecision(2)));
	}
	const lowest = sorted[0] ?? 0;
	return [...thresholds].filter((value) => value > lowest).sort((a, b) => a - b);
}
