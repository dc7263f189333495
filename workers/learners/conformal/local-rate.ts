/** Scores that were tried, and what came of them: how often rows like a given one had the outcome. */
export interface LocalRate {
	/** Ascending. */
	readonly scores: Float64Array;
	/** Outcomes up to a place (excluded), in the order of `scores`; one more than there are scores. */
	readonly sums: Float64Array;
}

const NEIGHBOURS = 200;
/** Of a normal distribution, 8 in 10. */
const EIGHT_IN_TEN = 1.2816;

/** @param scores of rows that the model has not learned from, with their outcomes (0 or 1) */
export function fitLocalRate(scores: Float64Array, targets: Float64Array): LocalRate {
	const order = Uint32Array.from(scores.keys()).sort(
		(a, b) => (scores[a] as number) - (scores[b] as number),
	);
	const sums = new Float64Array(order.length + 1);
	order.forEach((row, i) => (sums[i + 1] = (sums[i] as number) + (targets[row] as number)));
	return { scores: Float64Array.from(order, (row) => scores[row] as number), sums };
}

/**
 * Where the chance of each score lies, 8 times in 10: Wilson's interval (1927) for the share of
 * outcomes among the 200 nearest scores. A calibrated chance says how often; this says how sure that is.
 */
export function localInterval(
	{ scores: known, sums }: LocalRate,
	scores: Float64Array,
): { readonly low: Float64Array; readonly high: Float64Array } {
	const low = new Float64Array(scores.length);
	const high = new Float64Array(scores.length);
	const count = Math.min(NEIGHBOURS, known.length);
	scores.forEach((score, row) => {
		const from = nearestWindow(known, score, count);
		const outcomes = (sums[from + count] as number) - (sums[from] as number);
		[low[row], high[row]] = wilson(outcomes, count);
	});
	return { low, high };
}

/** First place of the `count` scores about a score. */
function nearestWindow(known: Float64Array, score: number, count: number): number {
	let from = 0;
	let to = known.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((known[middle] as number) < score) from = middle + 1;
		else to = middle;
	}
	return Math.max(0, Math.min(known.length - count, from - (count >> 1)));
}

function wilson(outcomes: number, count: number): [number, number] {
	if (count === 0) return [0, 1];
	const share = outcomes / count;
	const square = EIGHT_IN_TEN ** 2 / count;
	const centre = share + square / 2;
	const spread = EIGHT_IN_TEN * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
	return [
		Math.max(0, (centre - spread) / (1 + square)),
		Math.min(1, (centre + spread) / (1 + square)),
	];
}
