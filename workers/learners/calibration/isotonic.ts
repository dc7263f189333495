/** A rising line through points; level before the first and after the last. */
export interface IsotonicMap {
	/** Ascending, all different. */
	readonly scores: Float64Array;
	/** Never falling. */
	readonly values: Float64Array;
}

/**
 * The rising values nearest to the targets in weighted squares, by pooling adjacent violators (Ayer
 * et al. 1955), for turning scores into chances (Zadrozny and Elkan 2002). Rows of equal score are one
 * point. Between points the line is straight, as in scikit-learn's `IsotonicRegression`.
 */
export function fitIsotonic(
	scores: ArrayLike<number>,
	targets: ArrayLike<number>,
	weights?: ArrayLike<number>,
): IsotonicMap {
	const points = pointsOf(scores, targets, weights);
	return cornersOf({ scores: points.scores, values: poolAdjacent(points.means, points.weights) });
}

export function applyIsotonic({ scores, values }: IsotonicMap, score: number): number {
	const last = scores.length - 1;
	if (score <= (scores[0] as number)) return values[0] as number;
	if (score >= (scores[last] as number)) return values[last] as number;
	const after = firstAbove(scores, score);
	const left = scores[after - 1] as number;
	const share = (score - left) / ((scores[after] as number) - left);
	return (1 - share) * (values[after - 1] as number) + share * (values[after] as number);
}

/** Scores, ascending and all different, each with the mean target and the weight of its rows. */
export interface ScorePoints {
	readonly scores: Float64Array;
	readonly means: Float64Array;
	readonly weights: Float64Array;
}

/** Rows of weight 0 are left out. */
export function pointsOf(
	scores: ArrayLike<number>,
	targets: ArrayLike<number>,
	weights?: ArrayLike<number>,
): ScorePoints {
	const order = Uint32Array.from({ length: scores.length }, (_, row) => row)
		.filter((row) => !weights || (weights[row] as number) > 0)
		.sort((a, b) => (scores[a] as number) - (scores[b] as number));
	const places: number[] = [];
	const sums: number[] = [];
	const totals: number[] = [];
	for (const row of order) {
		const weight = weights ? (weights[row] as number) : 1;
		if (places.length === 0 || places.at(-1) !== scores[row]) {
			places.push(scores[row] as number);
			sums.push(0);
			totals.push(0);
		}
		const last = places.length - 1;
		sums[last] = (sums[last] as number) + weight * (targets[row] as number);
		totals[last] = (totals[last] as number) + weight;
	}
	return {
		scores: Float64Array.from(places),
		means: Float64Array.from(sums, (sum, i) => sum / (totals[i] as number)),
		weights: Float64Array.from(totals),
	};
}

/** The rising values nearest to `means` in weighted squares: neighbours that fall are pooled. */
export function poolAdjacent(means: Float64Array, weights: Float64Array): Float64Array {
	const blocks: { mean: number; weight: number; end: number }[] = [];
	means.forEach((value, i) => {
		let mean = value;
		let weight = weights[i] as number;
		for (let last = blocks.at(-1); last && last.mean >= mean; last = blocks.at(-1)) {
			mean = (last.mean * last.weight + mean * weight) / (last.weight + weight);
			weight += last.weight;
			blocks.pop();
		}
		blocks.push({ mean, weight, end: i + 1 });
	});
	const values = new Float64Array(means.length);
	let from = 0;
	for (const { mean, end } of blocks) {
		values.fill(mean, from, end);
		from = end;
	}
	return values;
}

/** Leaves out what lies within a level stretch. */
function cornersOf({ scores, values }: IsotonicMap): IsotonicMap {
	const isCorner = (_: number, i: number) =>
		i === 0 ||
		i === scores.length - 1 ||
		values[i] !== values[i - 1] ||
		values[i] !== values[i + 1];
	return { scores: scores.filter(isCorner), values: values.filter(isCorner) };
}

function firstAbove(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] as number) > value) high = middle;
		else low = middle + 1;
	}
	return low;
}
