import { cholesky, solveCholesky, solveLower } from '$workers/math/cholesky';
import { CancelledError } from '../contract';
import { requireExamples, weightsOf } from '../examples';
import {
	FittedLinearTable,
	type LinearEstimator,
	addGram,
	breathing,
	designRows,
	fitDesign,
	weightedMeans,
	weightedSums,
} from '../linear';

export interface RidgeOptions {
	/**
	 * Penalty on the squared weights of standardised columns, above 0; or chosen on the training rows by
	 * generalised cross-validation.
	 */
	readonly lambda: number | 'chosen';
}

/** Candidates, as shares of the number of rows; ×√10 each. */
const SHARES = Array.from({ length: 13 }, (_, i) => 10 ** (-5 + i / 2));

/**
 * Ridge regression (Hoerl and Kennard 1970) in closed form: minimises Σ weight·error² + lambda·Σ w²
 * over standardised numbers and one column a level (see `design.ts`), the constant unpenalised.
 * `chosen` takes the lambda of least generalised cross-validation error (Golub, Heath and Wahba 1979).
 * Draws no random numbers.
 */
export function ridge({ lambda }: RidgeOptions = { lambda: 'chosen' }): LinearEstimator {
	return {
		name: 'ridge',
		params: { lambda },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			if (lambda !== 'chosen' && !(lambda > 0)) throw new RangeError('lambda must be above 0');
			requireExamples(train);
			const rowWeights = weightsOf(train);
			const design = fitDesign(train.rows, rowWeights);
			const breathe = breathing(run);
			await breathe(0);
			const rows = designRows(design, train.rows);
			await breathe(0);
			const gram = new Float64Array(rows.width * rows.width);
			await addGram(gram, rows, rowWeights, () => breathe(0));
			const weighted = train.targets.map((target, row) => target * (rowWeights[row] as number));
			const squares = centre(gram, weightedSums(rows, weighted), train.targets, rowWeights);
			const candidates = lambda === 'chosen' ? SHARES.map((s) => s * squares.total) : [lambda];
			const weights = await bestFit(squares, candidates, breathe);
			run.onProgress({ done: 1, total: 1 });
			const means = weightedMeans(rows, rowWeights);
			return new FittedLinearTable('ridge', { design, weights, means });
		},
	};
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not those of a ridge regression. */
export const ridgeFrom = (buffer: ArrayBuffer): FittedLinearTable =>
	FittedLinearTable.from('ridge', buffer);

/** Sums of products of columns, and of columns and targets, less their means. */
interface Squares {
	/** Without the constant. */
	readonly size: number;
	readonly gram: Float64Array;
	readonly pulls: Float64Array;
	readonly means: Float64Array;
	readonly targetMean: number;
	readonly targetSquares: number;
	/** Sum of weights. */
	readonly total: number;
	/** Rows of weight above 0. */
	readonly rows: number;
}

/** Takes the constant (the last column) out, which then needs no penalty of its own. */
function centre(
	gram: Float64Array,
	pulls: Float64Array,
	targets: Float64Array,
	rowWeights: Float64Array,
): Squares {
	const width = pulls.length;
	const size = width - 1;
	const total = gram[size * width + size] as number;
	const means = Float64Array.from({ length: size }, (_, i) => gram[size * width + i] as number).map(
		(sum) => sum / total,
	);
	const targetMean = (pulls[size] as number) / total;
	const centred = new Float64Array(size * size);
	for (let i = 0; i < size; i++)
		for (let j = 0; j <= i; j++)
			centred[i * size + j] =
				(gram[i * width + j] as number) - total * (means[i] as number) * (means[j] as number);
	return {
		size,
		gram: centred,
		pulls: means.map((mean, i) => (pulls[i] as number) - total * mean * targetMean),
		means,
		targetMean,
		targetSquares: targets.reduce(
			(sum, target, row) => sum + (rowWeights[row] as number) * (target - targetMean) ** 2,
			0,
		),
		total,
		rows: rowWeights.reduce((count, weight) => count + Number(weight > 0), 0),
	};
}

async function bestFit(
	squares: Squares,
	candidates: readonly number[],
	breathe: (share: number) => Promise<void>,
): Promise<Float64Array> {
	let best = { error: Number.POSITIVE_INFINITY, weights: new Float64Array(squares.size) };
	for (const [i, lambda] of candidates.entries()) {
		await breathe(i / candidates.length);
		const { factor, weights } = solveRidge(squares, lambda);
		const error = candidates.length > 1 ? crossValidation(squares, lambda, factor, weights) : 0;
		if (error < best.error) best = { error, weights };
	}
	const usual = best.weights.reduce(
		(sum, weight, i) => sum + weight * (squares.means[i] as number),
		0,
	);
	const weights = new Float64Array(squares.size + 1);
	weights.set(best.weights);
	weights[squares.size] = squares.targetMean - usual;
	return weights;
}

function solveRidge({ size, gram, pulls }: Squares, lambda: number) {
	const penalised = gram.slice();
	for (let i = 0; i < size; i++)
		penalised[i * size + i] = (penalised[i * size + i] as number) + lambda;
	const factor = cholesky(penalised, size);
	return { factor, weights: new Float64Array(solveCholesky(factor, size, pulls)) };
}

/**
 * rows·(squared errors) / (rows - degrees of freedom)²; the degrees are 1 for the constant and
 * size - lambda·trace of the inverse for the rest.
 */
function crossValidation(
	{ size, gram, pulls, targetSquares, rows }: Squares,
	lambda: number,
	factor: Float64Array,
	weights: Float64Array,
): number {
	let errors = targetSquares;
	let trace = 0;
	for (let i = 0; i < size; i++) {
		let product = 0;
		for (let j = 0; j < size; j++)
			product += (gram[i >= j ? i * size + j : j * size + i] as number) * (weights[j] as number);
		errors += (weights[i] as number) * (product - 2 * (pulls[i] as number));
		const unit = new Float64Array(size);
		unit[i] = 1;
		for (const value of solveLower(factor, size, unit)) trace += value * value;
	}
	const free = rows - 1 - (size - lambda * trace);
	return free > 0 ? (rows * Math.max(0, errors)) / free ** 2 : Number.POSITIVE_INFINITY;
}
