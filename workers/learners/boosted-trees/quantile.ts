/**
 * The smallest value below or at which lies this share of the weight: the inverse of the weighted
 * distribution function, as scikit-learn's `_weighted_percentile`. Values of weight 0 do not count.
 */
export function weightedQuantile(
	values: ArrayLike<number>,
	weights: ArrayLike<number>,
	share: number,
): number {
	const order = Uint32Array.from({ length: values.length }, (_, i) => i)
		.filter((i) => (weights[i] as number) > 0)
		.sort((a, b) => (values[a] as number) - (values[b] as number));
	let total = 0;
	for (const i of order) total += weights[i] as number;
	let below = 0;
	for (const i of order) {
		below += weights[i] as number;
		// Sums of weights round; a share of exactly half should be reached.
		if (below >= share * total * (1 - 1e-12)) return values[i] as number;
	}
	return NaN;
}
