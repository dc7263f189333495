import type { NumberArray } from '$workers/table/column';
import type { Matrix } from '$workers/table/matrix';
import { stratifiedFolds } from '$workers/table/splits';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { CancelledError } from '../contract';
import { outOfFold, partOfRun, requireClasses, weightsOf } from '../examples';
import type { FittedTabular, Predictions, TabularEstimator } from '../tabular';
import {
	type CalibrationMap,
	type CalibrationMethod,
	applyCalibration,
	fitCalibration,
} from './calibration-map';

export interface CalibrationOptions {
	readonly method: CalibrationMethod;
	/** Fits besides the final one, for scores of rows that their fit did not see. */
	readonly folds: number;
}

/**
 * A classifier whose `values` come true as often as they say. The map is learned on out-of-fold
 * predictions of the training rows; the learner kept is fitted on all of them. `scores`, and what
 * explains them, stay the learner's own.
 */
export function calibrated(
	estimator: TabularEstimator,
	{ method, folds }: CalibrationOptions,
): TabularEstimator {
	return {
		name: `calibrated ${estimator.name}`,
		params: { ...estimator.params, calibration: method, calibrationFolds: folds },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			requireClasses(train);
			const splits = stratifiedFolds(train.targets, folds, run.random.fork('calibration'));
			const seen = await outOfFold(estimator, train, splits, run, folds + 1);
			const map = fitCalibration(method, seen, train.targets, weightsOf(train));
			return fittedCalibrated(await estimator.fit(train, partOfRun(run, folds, folds + 1)), map);
		},
	};
}

/** The inverse of `toBuffer`; `inner` is that of the learner within. A RangeError for other bytes. */
export async function calibratedFrom(
	buffer: ArrayBuffer,
	inner: (buffer: ArrayBuffer) => FittedTabular | Promise<FittedTabular>,
): Promise<FittedTabular> {
	const { arrays, metadata } = decodeTensors(buffer);
	const { learner } = arrays;
	if (metadata['learner'] !== 'calibrated' || !(learner instanceof Uint8Array))
		throw new RangeError('the bytes are not those of a calibrated learner');
	const map = mapFrom(metadata['method'], arrays);
	return fittedCalibrated(await inner(learner.slice().buffer), map);
}

function fittedCalibrated(inner: FittedTabular, map: CalibrationMap): FittedTabular {
	return {
		async predict(query: Matrix): Promise<Predictions> {
			const predicted = await inner.predict(query);
			return { scores: predicted.scores, values: applyCalibration(map, predicted) };
		},
		...(inner.explain && { explain: inner.explain.bind(inner) }),
		toBuffer: () =>
			encodeTensors({
				arrays: { learner: new Uint8Array(inner.toBuffer()), ...arraysOf(map) },
				metadata: { learner: 'calibrated', method: map.method },
			}),
		dispose: () => inner.dispose(),
	};
}

function arraysOf(map: CalibrationMap): Record<string, Float64Array> {
	return map.method === 'isotonic'
		? { scores: map.scores, values: map.values }
		: { line: map.line };
}

function mapFrom(
	method: string | undefined,
	{ scores, values, line }: Readonly<Record<string, NumberArray>>,
): CalibrationMap {
	if (method === 'isotonic' && isNumbers(scores) && isNumbers(values))
		if (scores.length === values.length && scores.length > 0)
			return { method, scores: scores.slice(), values: values.slice() };
	if ((method === 'sigmoid' || method === 'beta') && isNumbers(line))
		if (line.length === (method === 'beta' ? 3 : 2)) return { method, line: line.slice() };
	throw new RangeError('the bytes are not those of a calibration');
}

const isNumbers = (array: NumberArray | undefined): array is Float64Array =>
	array instanceof Float64Array && array.every(Number.isFinite);
