import {
	chanceInterval,
	chanceOf,
	fitLocalRate,
	fitVennAbers,
	type LocalRate,
	localInterval,
	type VennAbers,
} from '$workers/learners/conformal';

/** What came of scores on days that the model had not seen. */
export interface Tried {
	readonly venn: VennAbers;
	readonly rates: LocalRate;
}

export const tryScores = (scores: Float64Array, truth: Float64Array): Tried => ({
	venn: fitVennAbers(scores, truth),
	rates: fitLocalRate(scores, truth),
});

/**
 * Scores as calibrated chances (Venn-Abers), with the interval that holds the chance 8 times in 10:
 * what is not known of the calibration, and of how often rows with such scores had the outcome.
 */
export function chancesOf({ rates, venn }: Tried, scores: Float64Array) {
	const calibrated = chanceInterval(venn, scores);
	const local = localInterval(rates, scores);
	return {
		chances: chanceOf(calibrated),
		low: calibrated.low.map((low, i) => Math.min(low, local.low[i] as number)),
		high: calibrated.high.map((high, i) => Math.max(high, local.high[i] as number)),
	};
}
