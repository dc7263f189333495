import { meanOf, requireFinite } from './check';

/*
 * Figures of a classifier of two classes. `truth` is 0 or 1 a row; `scores` are finite and higher
 * where the class is likelier; `chances` lie in [0, 1]. Each throws a RangeError for what is empty,
 * of different lengths, not finite, or out of these bounds.
 */

/**
 * Area under the receiver operating characteristic: the chance that a positive row outranks a
 * negative one, ties counting half (Mann and Whitney 1947). A RangeError where there is one class.
 */
export function auc(truth: ArrayLike<number>, scores: ArrayLike<number>): number {
	const positives = requireBothClasses(truth, scores);
	let rankSum = 0;
	for (const { from, to, positive } of tiedRuns(truth, scores))
		rankSum += positive * ((from + 1 + to) / 2);
	const negatives = truth.length - positives;
	return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * Mean precision over the steps of recall, from the highest score down, equal scores taken together
 * and nothing interpolated: scikit-learn's `average_precision_score`. A RangeError where there is one
 * class.
 */
export function averagePrecision(truth: ArrayLike<number>, scores: ArrayLike<number>): number {
	const positives = requireBothClasses(truth, scores);
	let found = 0;
	let sum = 0;
	for (const { from, positive } of tiedRuns(truth, scores).reverse()) {
		found += positive;
		sum += (positive / positives) * (found / (truth.length - from));
	}
	return sum;
}

/** Mean negative log-likelihood in nats; chances are kept 2⁻⁵² away from 0 and 1, as scikit-learn does. */
export function logloss(truth: ArrayLike<number>, chances: ArrayLike<number>): number {
	requireChances(truth, chances);
	return meanOf(truth.length, (row) => {
		const chance = chances[row] as number;
		const given = truth[row] === 1 ? chance : 1 - chance;
		return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, given)));
	});
}

/** Mean squared difference of chance and outcome (Brier 1950). */
export function brier(truth: ArrayLike<number>, chances: ArrayLike<number>): number {
	requireChances(truth, chances);
	return meanOf(truth.length, (row) => ((chances[row] as number) - (truth[row] as number)) ** 2);
}

/** What was said and what happened, in rows of like chance. */
export interface CalibrationBin {
	readonly count: number;
	/** Mean chance said. */
	readonly chance: number;
	/** Share of positive rows. */
	readonly rate: number;
}

/**
 * Rows by ascending chance in bins of equal count (the first ones take what is left over); for a
 * reliability diagram. Of equal chances every row counts as their mean outcome, so that the order of
 * rows does not matter. No more bins than rows.
 */
export function calibrationBins(
	truth: ArrayLike<number>,
	chances: ArrayLike<number>,
	bins = 15,
): CalibrationBin[] {
	requireChances(truth, chances);
	const count = Math.min(bins, truth.length);
	const { sorted, rates } = sortedRates(truth, chances);
	const start = (bin: number) =>
		bin * Math.floor(truth.length / count) + Math.min(bin, truth.length % count);
	return Array.from({ length: count }, (_, bin) => {
		const from = start(bin);
		const rows = start(bin + 1) - from;
		return {
			count: rows,
			chance: meanOf(rows, (i) => sorted[from + i] as number),
			rate: meanOf(rows, (i) => rates[from + i] as number),
		};
	});
}

/** Expected calibration error: mean |chance - rate| over bins of equal count (Naeini et al. 2015). */
export function ece(truth: ArrayLike<number>, chances: ArrayLike<number>, bins = 15): number {
	return calibrationBins(truth, chances, bins).reduce(
		(sum, { count, chance, rate }) => sum + (count / truth.length) * Math.abs(chance - rate),
		0,
	);
}

/** Rows by what was said and what is true. */
export interface ConfusionMatrix {
	readonly truePositives: number;
	readonly falsePositives: number;
	readonly trueNegatives: number;
	readonly falseNegatives: number;
}

/** Positive is said of scores at or above the threshold. */
export function confusionMatrix(
	truth: ArrayLike<number>,
	scores: ArrayLike<number>,
	threshold = 0.5,
): ConfusionMatrix {
	requireClasses(truth, scores);
	const counts = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 };
	for (let row = 0; row < truth.length; row++) {
		const right = truth[row] === 1;
		if ((scores[row] as number) >= threshold) counts[right ? 'truePositives' : 'falsePositives']++;
		else counts[right ? 'falseNegatives' : 'trueNegatives']++;
	}
	return counts;
}

/** Share of rows of which the right class was said. */
export function accuracy(matrix: ConfusionMatrix): number {
	const { truePositives, trueNegatives, falsePositives, falseNegatives } = matrix;
	const right = truePositives + trueNegatives;
	return right / (right + falsePositives + falseNegatives);
}

/** Share of rows said to be positive that are; 0 where none was said. */
export function precision({ truePositives, falsePositives }: ConfusionMatrix): number {
	return share(truePositives, truePositives + falsePositives);
}

/** Share of positive rows that were found; 0 where there is none. */
export function recall({ truePositives, falseNegatives }: ConfusionMatrix): number {
	return share(truePositives, truePositives + falseNegatives);
}

/** Harmonic mean of precision and recall; 0 where nothing positive was said or is true. */
export function f1({ truePositives, falsePositives, falseNegatives }: ConfusionMatrix): number {
	return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

/** For more than two classes: the share of rows whose number of a class is the right one. */
export function multiclassAccuracy(truth: ArrayLike<number>, said: ArrayLike<number>): number {
	requireFinite(truth, said);
	return meanOf(truth.length, (row) => Number(truth[row] === said[row]));
}

/** Mean F1 over the classes that are true or said somewhere, each counting alike. */
export function macroF1(truth: ArrayLike<number>, said: ArrayLike<number>): number {
	requireFinite(truth, said);
	const counts = new Map<number, { hits: number; total: number }>();
	const countOf = (label: number) => {
		const found = counts.get(label) ?? { hits: 0, total: 0 };
		counts.set(label, found);
		return found;
	};
	for (let row = 0; row < truth.length; row++) {
		const right = countOf(truth[row] as number);
		right.total++;
		countOf(said[row] as number).total++;
		if (truth[row] === said[row]) right.hits++;
	}
	const classes = [...counts.values()];
	return meanOf(classes.length, (i) => {
		const { hits, total } = classes[i] as { hits: number; total: number };
		return (2 * hits) / total;
	});
}

/** Places `from` to `to` (excluded) of the ascending order whose scores are equal. */
interface TiedRun {
	readonly from: number;
	readonly to: number;
	/** Positive rows among them. */
	readonly positive: number;
}

function tiedRuns(truth: ArrayLike<number>, scores: ArrayLike<number>): TiedRun[] {
	const order = ascendingRows(scores);
	const runs: TiedRun[] = [];
	let from = 0;
	while (from < order.length) {
		let to = from;
		let positive = 0;
		while (to < order.length && scores[order[to] as number] === scores[order[from] as number])
			positive += truth[order[to++] as number] as number;
		runs.push({ from, to, positive });
		from = to;
	}
	return runs;
}

function ascendingRows(scores: ArrayLike<number>): Uint32Array {
	return Uint32Array.from({ length: scores.length }, (_, row) => row).sort(
		(a, b) => (scores[a] as number) - (scores[b] as number),
	);
}

function sortedRates(truth: ArrayLike<number>, chances: ArrayLike<number>) {
	const rates = new Float64Array(truth.length);
	for (const { from, to, positive } of tiedRuns(truth, chances))
		rates.fill(positive / (to - from), from, to);
	return { sorted: Float64Array.from(chances).sort(), rates };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Hands back the number of positive rows. */
function requireClasses(truth: ArrayLike<number>, scores: ArrayLike<number>): number {
	requireFinite(truth, scores);
	let positives = 0;
	for (let row = 0; row < truth.length; row++) {
		if (truth[row] !== 0 && truth[row] !== 1) throw new RangeError('a class is neither 0 nor 1');
		positives += truth[row] as number;
	}
	return positives;
}

function requireBothClasses(truth: ArrayLike<number>, scores: ArrayLike<number>): number {
	const positives = requireClasses(truth, scores);
	if (positives === 0 || positives === truth.length)
		throw new RangeError('all rows are of one class: measure rows of both');
	return positives;
}

function requireChances(truth: ArrayLike<number>, chances: ArrayLike<number>): void {
	requireClasses(truth, chances);
	for (let row = 0; row < chances.length; row++)
		if (!((chances[row] as number) >= 0 && (chances[row] as number) <= 1))
			throw new RangeError('a chance is not between 0 and 1');
}
