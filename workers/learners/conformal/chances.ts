import type { Matrix } from '$workers/table/matrix';
import { stratifiedFolds } from '$workers/table/splits';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { CancelledError, type Estimator, type Fitted } from '../contract';
import { outOfFold, partOfRun, requireClasses } from '../examples';
import type { Examples, FittedTabular, TabularEstimator } from '../tabular';
import type { Intervals } from './margin';
import { type VennAbers, chanceInterval, chanceOf, fitVennAbers } from './venn-abers';

/** A chance a row, and the interval it lies in. */
export interface Chances extends Intervals {
	readonly values: Float64Array;
}

export type FittedChances = Fitted<Matrix, Chances>;

/**
 * A classifier that says how sure it is of its chances: Venn-Abers intervals (see `venn-abers.ts`) of
 * scores of training rows that their fit did not see; the learner kept is fitted on all rows. Rows
 * measured count alike, whatever their weights.
 *
 * @param options.folds fits besides the final one
 */
export function chanceIntervals(
	estimator: TabularEstimator,
	{ folds }: { readonly folds: number },
): Estimator<Examples, Matrix, Chances> {
	return {
		name: `chances of ${estimator.name}`,
		params: { ...estimator.params, intervalFolds: folds },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			requireClasses(train);
			const splits = stratifiedFolds(train.targets, folds, run.random.fork('chances'));
			const { scores } = await outOfFold(estimator, train, splits, run, folds + 1);
			const table = fitVennAbers(scores, train.targets);
			return fittedChances(await estimator.fit(train, partOfRun(run, folds, folds + 1)), table);
		},
	};
}

/** The inverse of `toBuffer`; `inner` is that of the learner within. A RangeError for other bytes. */
export async function chanceIntervalsFrom(
	buffer: ArrayBuffer,
	inner: (buffer: ArrayBuffer) => FittedTabular | Promise<FittedTabular>,
): Promise<FittedChances> {
	const { arrays, metadata } = decodeTensors(buffer);
	const { learner } = arrays;
	if (metadata['learner'] !== 'chances' || !(learner instanceof Uint8Array))
		throw new RangeError('the bytes are not those of chances with intervals');
	const [scores, low, high] = ['scores', 'low', 'high'].map((name) => {
		const array = arrays[name];
		if (!(array instanceof Float64Array && array.every(Number.isFinite)))
			throw new RangeError(`chances with intervals: ${name} is missing or damaged`);
		return array.slice();
	}) as [Float64Array, Float64Array, Float64Array];
	if (scores.length !== low.length || scores.length !== high.length)
		throw new RangeError('chances with intervals: columns differ in length');
	return fittedChances(await inner(learner.slice().buffer), { scores, low, high });
}

function fittedChances(inner: FittedTabular, { scores, low, high }: VennAbers): FittedChances {
	return {
		async predict(query) {
			const said = await inner.predict(query);
			const intervals = chanceInterval({ scores, low, high }, said.scores);
			return { ...intervals, values: chanceOf(intervals) };
		},
		toBuffer: () =>
			encodeTensors({
				arrays: { learner: new Uint8Array(inner.toBuffer()), scores, low, high },
				metadata: { learner: 'chances' },
			}),
		dispose: () => inner.dispose(),
	};
}
