import type { Matrix } from '$workers/table/matrix';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { sigmoid } from '../calibration';
import { CancelledError, type Run } from '../contract';
import { partOfRun, requireClasses, weightsOf } from '../examples';
import { type Breathe, breathing } from '../linear';
import type { Examples, FittedTabular, Predictions, TabularEstimator } from '../tabular';
import { classRows } from './classes';
import { balanceWeights, nearMiss, underSample } from './fewer';
import { adasyn, smote } from './synthetic';

export type ResamplingMethod =
	'class-weights' | 'smote' | 'adasyn' | 'under-sampling' | 'near-miss';

export interface ResamplingOptions {
	readonly method: ResamplingMethod;
	/** Nearest rows looked at, of `smote`, `adasyn` and `near-miss`; 5 if left out (3 for `near-miss`). */
	readonly neighbours?: number;
}

/**
 * A classifier fitted on rows (or weights) whose two classes count alike. Training rows alone are
 * changed: what is predicted on is left as it is. `values` are put back to the share that class 1 had
 * in training (Saerens, Latinne and Decaestecker 2002), which balancing would overstate; `scores`, and
 * what explains them, stay the learner's own.
 */
export function resampled(
	estimator: TabularEstimator,
	options: ResamplingOptions,
): TabularEstimator {
	return {
		name: `resampled ${estimator.name}`,
		params: { ...estimator.params, resampling: options.method },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			requireClasses(train);
			const balanced = await resample(train, options, partOfRun(run, 0, 2));
			const shift = logOdds(train) - logOdds(balanced);
			return fittedResampled(await estimator.fit(balanced, partOfRun(run, 1, 2)), shift);
		},
	};
}

/** Training rows whose classes count alike; those handed in are left as they are. */
export async function resample(
	train: Examples,
	{ method, neighbours }: ResamplingOptions,
	run: Run,
): Promise<Examples> {
	const classes = classRows(train);
	const breathe: Breathe = breathing(run);
	const random = run.random.fork(method);
	switch (method) {
		case 'class-weights':
			return balanceWeights(train, classes);
		case 'smote':
			return smote(train, classes, neighbours ?? 5, random, breathe);
		case 'adasyn':
			return adasyn(train, classes, neighbours ?? 5, random, breathe);
		case 'under-sampling':
			return underSample(train, classes, random);
		case 'near-miss':
			return nearMiss(train, classes, neighbours ?? 3, random, breathe);
	}
}

/** The inverse of `toBuffer`; `inner` is that of the learner within. A RangeError for other bytes. */
export async function resampledFrom(
	buffer: ArrayBuffer,
	inner: (buffer: ArrayBuffer) => FittedTabular | Promise<FittedTabular>,
): Promise<FittedTabular> {
	const { arrays, metadata } = decodeTensors(buffer);
	const { learner, shift } = arrays;
	if (metadata['learner'] !== 'resampled' || !(learner instanceof Uint8Array))
		throw new RangeError('the bytes are not those of a resampled learner');
	if (!(shift instanceof Float64Array) || !Number.isFinite(shift[0]))
		throw new RangeError('a resampled learner lacks its shift');
	return fittedResampled(await inner(learner.slice().buffer), shift[0] as number);
}

function fittedResampled(inner: FittedTabular, shift: number): FittedTabular {
	return {
		async predict(query: Matrix): Promise<Predictions> {
			const { scores, values } = await inner.predict(query);
			return { scores, values: values.map((chance) => shifted(chance, shift)) };
		},
		...(inner.explain && { explain: inner.explain.bind(inner) }),
		toBuffer: () =>
			encodeTensors({
				arrays: { learner: new Uint8Array(inner.toBuffer()), shift: Float64Array.of(shift) },
				metadata: { learner: 'resampled' },
			}),
		dispose: () => inner.dispose(),
	};
}

/** Of class 1, by weight. */
function logOdds(train: Examples): number {
	const weights = weightsOf(train);
	const sums = [0, 0];
	train.targets.forEach((target, row) => {
		sums[target] = (sums[target] as number) + (weights[row] as number);
	});
	return Math.log((sums[1] as number) / (sums[0] as number));
}

/** The chance whose log-odds are so much more. */
function shifted(chance: number, by: number): number {
	if (chance <= 0 || chance >= 1) return chance;
	return sigmoid(Math.log(chance / (1 - chance)) + by);
}
