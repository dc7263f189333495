import { cholesky, solveCholesky } from '$workers/math/cholesky';
import { type SparseRows, dotAll } from '$workers/table/sparse';
import { sigmoid } from '../calibration';
import { CancelledError } from '../contract';
import { requireClasses, weightsOf } from '../examples';
import {
	type Breathe,
	FittedLinearTable,
	type LinearEstimator,
	addGram,
	breathing,
	designRows,
	fitDesign,
	weightedMeans,
	weightedSums,
} from '../linear';
import { descend } from './descend';

export interface LogisticOptions {
	/** Penalty on half the squared weights of standardised columns; above 0. */
	readonly l2: number;
	/** Penalty on absolute weights: above 0 some weights become exactly 0. */
	readonly l1: number;
	/** Newton steps at most. */
	readonly steps: number;
}

const USUAL: LogisticOptions = { l2: 1, l1: 0, steps: 50 };
/** Relative gain of the loss below which the fit has ended. */
const ENOUGH = 1e-12;
const MOST_HALVINGS = 30;

/**
 * Logistic regression: the chance of a class from a weighted sum of columns. Minimises Σ weight·log
 * loss + l2/2·Σ w² + l1·Σ |w| over standardised numbers and one column a level (see `design.ts`), the
 * constant unpenalised, by Newton's method with halved steps (iteratively reweighted least squares);
 * with l1 each step is solved by coordinate descent (Friedman, Hastie and Tibshirani 2010). Draws no
 * random numbers. Chances go with their log-odds as `scores`.
 */
export function logistic(options: Partial<LogisticOptions> = {}): LinearEstimator {
	const params = { ...USUAL, ...options };
	return {
		name: 'logistic',
		params,
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			if (!(params.l2 > 0 && params.l1 >= 0))
				throw new RangeError('l2 must be above 0, and l1 not below');
			requireClasses(train);
			const breathe = breathing(run);
			const rowWeights = weightsOf(train);
			const design = fitDesign(train.rows, rowWeights);
			await breathe(0);
			const rows = designRows(design, train.rows);
			await breathe(0);
			const problem = { rows, targets: train.targets, rowWeights, ...params };
			const weights = await minimise(problem, breathe);
			run.onProgress({ done: 1, total: 1 });
			const means = weightedMeans(rows, rowWeights);
			return new FittedLinearTable('logistic', {
				design,
				weights,
				means,
				line: { slope: 1, offset: 0 },
			});
		},
	};
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not those of a logistic regression. */
export const logisticFrom = (buffer: ArrayBuffer): FittedLinearTable =>
	FittedLinearTable.from('logistic', buffer);

interface Problem extends LogisticOptions {
	/** The last column is the constant. */
	readonly rows: SparseRows;
	readonly targets: Float64Array;
	readonly rowWeights: Float64Array;
}

async function minimise(problem: Problem, breathe: Breathe): Promise<Float64Array> {
	let weights: Float64Array = new Float64Array(problem.rows.width);
	weights[weights.length - 1] = usualLogOdds(problem);
	let loss = lossOf(problem, weights);
	for (let step = 0; step < problem.steps; step++) {
		const target = await newtonTarget(problem, weights, () => breathe(step / problem.steps));
		const next = stepTowards(problem, weights, target, loss);
		if (!next) break;
		const gain = loss - next.loss;
		({ weights, loss } = next);
		if (gain <= ENOUGH * Math.abs(loss)) break;
	}
	return weights;
}

function usualLogOdds({ targets, rowWeights }: Problem): number {
	let positive = 0;
	let negative = 0;
	targets.forEach((target, row) => {
		if (target === 1) positive += rowWeights[row] as number;
		else negative += rowWeights[row] as number;
	});
	return positive > 0 && negative > 0 ? Math.log(positive / negative) : 0;
}

/** Where the second-order picture of the loss is least. */
async function newtonTarget(
	problem: Problem,
	weights: Float64Array,
	breathe: () => Promise<void>,
): Promise<Float64Array> {
	const { rows, targets, rowWeights, l1, l2 } = problem;
	const { width } = rows;
	const chances = dotAll(rows, weights).map(sigmoid);
	const pulls = weightedSums(
		rows,
		chances.map((chance, row) => (rowWeights[row] as number) * ((targets[row] as number) - chance)),
	);
	const curvature = new Float64Array(width * width);
	const bends = chances.map((chance, row) => (rowWeights[row] as number) * chance * (1 - chance));
	await addGram(curvature, rows, bends, breathe);
	for (let i = 0; i < width; i++)
		curvature[i * width + i] =
			(curvature[i * width + i] as number) + (i < width - 1 ? l2 : LEAST_BEND);
	weights.forEach((weight, i) => {
		if (i < width - 1) pulls[i] = (pulls[i] as number) - l2 * weight;
	});
	if (l1 > 0) return descend(curvature, pulls, weights, l1);
	const change = solveCholesky(cholesky(curvature, width), width, pulls);
	return weights.map((weight, i) => weight + (change[i] as number));
}

/** Keeps the constant's curvature above 0 where all chances are certain. */
const LEAST_BEND = 1e-9;

/** As far towards the target as the loss falls; nothing where it does not. */
function stepTowards(problem: Problem, from: Float64Array, target: Float64Array, loss: number) {
	let share = 1;
	for (let halving = 0; halving < MOST_HALVINGS; halving++, share /= 2) {
		const weights = from.map((weight, i) => weight + share * ((target[i] as number) - weight));
		const next = lossOf(problem, weights);
		if (next <= loss) return { weights, loss: next };
	}
	return undefined;
}

function lossOf(problem: Problem, weights: Float64Array): number {
	const { rows, targets, rowWeights, l1, l2 } = problem;
	let loss = 0;
	dotAll(rows, weights).forEach((score, row) => {
		const softplus = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
		loss += (rowWeights[row] as number) * (softplus - (targets[row] as number) * score);
	});
	for (const weight of weights.subarray(0, -1))
		loss += (l2 / 2) * weight * weight + l1 * Math.abs(weight);
	return loss;
}
