import { takeMatrixRows, takeValues } from '$workers/table/matrix';
import type { Split } from '$workers/table/splits';
import { CancelledError, type Run } from './contract';
import type { Examples, Predictions, TabularEstimator } from './tabular';

/**
 * Refuses (RangeError) examples that nothing can be learned from: no rows, columns of other lengths,
 * a target or weight that is not finite, a negative weight, weights that are all 0. Missing values in
 * rows are no fault.
 */
export function requireExamples({ rows, targets, weights }: Examples): void {
	if (rows.count === 0) throw new RangeError('nothing to learn from: hand in at least one row');
	if (targets.length !== rows.count || (weights && weights.length !== rows.count))
		throw new RangeError('examples need one target (and one weight) a row');
	if (!targets.every(Number.isFinite))
		throw new RangeError('a target is not a finite number: leave its row out');
	if (!weights) return;
	if (!weights.every((weight) => Number.isFinite(weight) && weight >= 0))
		throw new RangeError('a weight is negative or not a finite number');
	if (!weights.some((weight) => weight > 0))
		throw new RangeError('all weights are 0: nothing to learn from');
}

/** As `requireExamples`; refuses targets other than 0 and 1, and those of one class alone, too. */
export function requireClasses(train: Examples): void {
	requireExamples(train);
	const { targets } = train;
	if (!targets.every((target) => target === 0 || target === 1))
		throw new RangeError('a class is neither 0 nor 1');
	if (targets.every((target) => target === targets[0]))
		throw new RangeError('all rows are of one class: hand in rows of both');
}

/** These rows with their targets and weights, in this order. */
export function takeExamples(
	{ rows, targets, weights }: Examples,
	order: ArrayLike<number>,
): Examples {
	return {
		rows: takeMatrixRows(rows, order),
		targets: takeValues(targets, order),
		...(weights && { weights: takeValues(weights, order) }),
	};
}

/** The weights, or 1 a row. */
export function weightsOf({ rows, weights }: Examples): Float64Array {
	return weights ?? new Float64Array(rows.count).fill(1);
}

/** One of several runs in a row: its own randomness, and its share of the progress. */
export function partOfRun(run: Run, part: number, parts: number): Run {
	return {
		cancelled: run.cancelled,
		random: run.random.fork(`part ${part}`),
		onProgress: ({ done, total }) =>
			run.onProgress({ done: part + (total > 0 ? done / total : 0), total: parts }),
	};
}

/**
 * Predicts every row by a fit that did not see it (stacked generalisation, Wolpert 1992). The tests of
 * `splits` must hold each row once; fits take parts 0 … splits.length - 1 of `parts` of the run.
 */
export async function outOfFold(
	estimator: TabularEstimator,
	train: Examples,
	splits: readonly Split[],
	run: Run,
	parts = splits.length,
): Promise<Predictions> {
	const scores = new Float64Array(train.rows.count).fill(Number.NaN);
	const values = scores.slice();
	for (const [part, split] of splits.entries()) {
		if (run.cancelled()) throw new CancelledError();
		const fitted = await estimator.fit(
			takeExamples(train, split.train),
			partOfRun(run, part, parts),
		);
		try {
			const predicted = await fitted.predict(takeMatrixRows(train.rows, split.test));
			split.test.forEach((row, i) => {
				scores[row] = predicted.scores[i] as number;
				values[row] = predicted.values[i] as number;
			});
		} finally {
			fitted.dispose();
		}
	}
	if (scores.some(Number.isNaN) || values.some(Number.isNaN))
		throw new RangeError('a row stands in no fold, or its prediction is not a number');
	return { scores, values };
}
