import type { Matrix } from '$workers/table/matrix';
import { shuffledFolds } from '$workers/table/splits';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { CancelledError, type Estimator, type Fitted, type Run } from '../contract';
import { partOfRun, requireExamples, takeExamples } from '../examples';
import type { Examples, FittedTabular, TabularEstimator } from '../tabular';
import {
	type Intervals,
	conformalMargin,
	intervalDistances,
	residualDistances,
	widened,
} from './margin';

export type IntervalEstimator = Estimator<Examples, Matrix, Intervals>;
export type FittedIntervals = Fitted<Matrix, Intervals>;

/** How intervals are made of learners; each is fitted on its own recipe. */
export type IntervalLearners =
	| {
			/** Of equal width everywhere. */
			readonly method: 'residual';
			readonly learners: readonly [guess: TabularEstimator];
	  }
	| {
			/** Wider where the second learner, fitted on absolute errors of the first, expects larger ones. */
			readonly method: 'normalised';
			readonly learners: readonly [guess: TabularEstimator, error: TabularEstimator];
	  }
	| {
			/** From two learners of quantiles, such as 0.1 and 0.9. */
			readonly method: 'quantiles';
			readonly learners: readonly [low: TabularEstimator, high: TabularEstimator];
	  };

export interface ConformalOptions {
	/** Share of new rows to be held, between 0 and 1. */
	readonly level: number;
	/** One row in so many is not learned from, but measured; 4 if left out. */
	readonly oneIn?: number;
}

/**
 * Intervals that hold at least `level` of new rows, whatever the learners, as long as new rows are
 * drawn like those of training: split conformal prediction (Papadopoulos et al. 2002), see `margin.ts`.
 * Rows are parted at random; those measured count alike, whatever their weights.
 */
export function conformal(
	{ method, learners }: IntervalLearners,
	{ level, oneIn = 4 }: ConformalOptions,
): IntervalEstimator {
	return {
		name: `conformal ${learners[0].name}`,
		params: { ...learners[0].params, method, level, oneIn },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			requireExamples(train);
			const [split] = shuffledFolds(train.rows.count, oneIn, run.random.fork('conformal'));
			if (!split) throw new RangeError('too few rows to measure intervals on');
			const fitted = await fitLearners(method, learners, takeExamples(train, split.train), run);
			try {
				const held = takeExamples(train, split.test);
				const margin = await measure(method, fitted, held, level);
				return fittedIntervals(method, fitted, margin);
			} catch (error) {
				fitted.forEach((each) => each.dispose());
				throw error;
			}
		},
	};
}

/** The inverse of `toBuffer`; `inner` is that of the learners within. A RangeError for other bytes. */
export async function conformalFrom(
	buffer: ArrayBuffer,
	inner: (buffer: ArrayBuffer) => FittedTabular | Promise<FittedTabular>,
): Promise<FittedIntervals> {
	const { arrays, metadata } = decodeTensors(buffer);
	const { method } = metadata;
	const { first, second, margin } = arrays;
	if (metadata['learner'] !== 'conformal' || !isMethod(method))
		throw new RangeError('the bytes are not those of conformal intervals');
	const buffers = method === 'residual' ? [first] : [first, second];
	if (!(margin instanceof Float64Array) || margin.length !== 1 || Number.isNaN(margin[0]))
		throw new RangeError('conformal intervals: the margin is missing');
	const fitted: FittedTabular[] = [];
	for (const bytes of buffers) {
		if (!(bytes instanceof Uint8Array))
			throw new RangeError('conformal intervals: a learner is missing');
		fitted.push(await inner(bytes.slice().buffer));
	}
	return fittedIntervals(method, fitted, margin[0] as number);
}

type Method = IntervalLearners['method'];

const isMethod = (value: string | undefined): value is Method =>
	value === 'residual' || value === 'normalised' || value === 'quantiles';

async function fitLearners(
	method: Method,
	learners: readonly TabularEstimator[],
	train: Examples,
	run: Run,
): Promise<FittedTabular[]> {
	const fitted: FittedTabular[] = [];
	try {
		for (const [part, learner] of learners.entries()) {
			const seen = method === 'normalised' && fitted[0] ? await errorsOf(fitted[0], train) : train;
			fitted.push(await learner.fit(seen, partOfRun(run, part, learners.length)));
		}
		return fitted;
	} catch (error) {
		fitted.forEach((each) => each.dispose());
		throw error;
	}
}

async function errorsOf(guess: FittedTabular, train: Examples): Promise<Examples> {
	const { values } = await guess.predict(train.rows);
	return { ...train, targets: residualDistances(train.targets, values) };
}

async function measure(
	method: Method,
	fitted: readonly FittedTabular[],
	held: Examples,
	level: number,
): Promise<number> {
	const { base, spread } = await baseOf(method, fitted, held.rows);
	const distances =
		method === 'quantiles'
			? intervalDistances(held.targets, base)
			: residualDistances(held.targets, base.low, spread);
	return conformalMargin(distances, level);
}

/** Intervals before the margin, and by how much a row's margin is larger than another's. */
async function baseOf(
	method: Method,
	fitted: readonly FittedTabular[],
	rows: Matrix,
): Promise<{ readonly base: Intervals; readonly spread?: Float64Array }> {
	const [first, second] = await Promise.all(fitted.map((learner) => learner.predict(rows)));
	const low = (first as { values: Float64Array }).values;
	if (!second) return { base: { low, high: low } };
	if (method === 'quantiles') return { base: { low, high: second.values } };
	return { base: { low, high: low }, spread: second.values.map((error) => Math.max(error, LEAST)) };
}

/** An expected error is not believed below this, so that nothing is divided by 0. */
const LEAST = 1e-9;

function fittedIntervals(
	method: Method,
	fitted: readonly FittedTabular[],
	margin: number,
): FittedIntervals {
	return {
		async predict(query) {
			const { base, spread } = await baseOf(method, fitted, query);
			return widened(base, margin, spread);
		},
		toBuffer() {
			const [first, second] = fitted.map((each) => new Uint8Array(each.toBuffer()));
			return encodeTensors({
				arrays: {
					margin: Float64Array.of(margin),
					...(first && { first }),
					...(second && { second }),
				},
				metadata: { learner: 'conformal', method },
			});
		},
		dispose: () => fitted.forEach((each) => each.dispose()),
	};
}
