import { type ScorePoints, pointsOf, poolAdjacent } from '../calibration';
import type { Intervals } from './margin';

/** Chances to say of a score, should the row turn out negative (`low`) or positive (`high`). */
export interface VennAbers {
	/** Ascending, all different. */
	readonly scores: Float64Array;
	readonly low: Float64Array;
	readonly high: Float64Array;
}

/** More different scores than this are grouped; fitting takes the square of so many steps. */
const MOST_POINTS = 2000;

/**
 * The inductive Venn-Abers predictor (Vovk and Petej 2014): two isotonic calibrations of each score,
 * with a row of this score added once as negative and once as positive. Whatever the scores, one of the
 * two is a perfectly calibrated chance; they lie far apart where few rows had such a score. `targets`
 * are 0 or 1, predictions those of rows that their fit did not see.
 */
export function fitVennAbers(scores: Float64Array, targets: Float64Array): VennAbers {
	const points = grouped(pointsOf(scores, targets));
	const low = points.scores.map((_, place) => withOne(points, place, 0));
	const high = points.scores.map((_, place) => withOne(points, place, 1));
	return { scores: points.scores, low, high };
}

/**
 * [low, high] for each score. A score between two measured ones takes its low chance from the one
 * below and its high chance from the one above: a negative row added between them is pooled with what
 * stands below it, a positive one with what stands above.
 */
export function chanceInterval(fitted: VennAbers, scores: Float64Array): Intervals {
	return {
		low: scores.map((score) => {
			const place = countBelow(fitted.scores, score, true);
			return place === 0 ? 0 : (fitted.low[place - 1] as number);
		}),
		high: scores.map((score) => {
			const place = countBelow(fitted.scores, score, false);
			return place === fitted.scores.length ? 1 : (fitted.high[place] as number);
		}),
	};
}

/** One chance for each interval, which loses least whichever of its ends is right (log loss). */
export function chanceOf({ low, high }: Intervals): Float64Array {
	return high.map((top, row) => top / (1 - (low[row] as number) + top));
}

/** The isotonic value at a place after a row was added there. */
function withOne({ means, weights }: ScorePoints, place: number, target: number): number {
	const weight = weights[place] as number;
	const moved = means.slice();
	moved[place] = ((means[place] as number) * weight + target) / (weight + 1);
	const heavier = weights.slice();
	heavier[place] = weight + 1;
	return poolAdjacent(moved, heavier)[place] as number;
}

/** Neighbouring points as one, at the highest score of theirs, so that at most `MOST_POINTS` are left. */
function grouped(points: ScorePoints): ScorePoints {
	const { scores, means, weights } = points;
	if (scores.length <= MOST_POINTS) return points;
	const size = Math.ceil(scores.length / MOST_POINTS);
	const highest = scores.map((_, i) => {
		const end = Math.min(scores.length, (Math.floor(i / size) + 1) * size);
		return scores[end - 1] as number;
	});
	return pointsOf(highest, means, weights);
}

/** How many of the ascending scores are below this one, or not above it. */
function countBelow(sorted: Float64Array, score: number, orEqual: boolean): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const value = sorted[middle] as number;
		if (value < score || (orEqual && value === score)) low = middle + 1;
		else high = middle;
	}
	return low;
}
