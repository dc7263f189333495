import { solve } from '$workers/math/solve';

const MOST_STEPS = 100;
const ENOUGH = 1e-10;

/**
 * Weights of a logistic regression on few columns (the last one usually 1 everywhere), by Newton's
 * method with halved steps (Lin, Lin and Weng 2007). Targets may lie between 0 and 1.
 */
export function fitLogisticLine(
	columns: readonly Float64Array[],
	targets: Float64Array,
	weights: Float64Array,
): Float64Array {
	let line: Float64Array = new Float64Array(columns.length);
	let loss = lossOf(columns, targets, weights, line);
	for (let step = 0; step < MOST_STEPS; step++) {
		const change = newtonStep(columns, targets, weights, line);
		let size = 1;
		let next = moved(line, change, size);
		let nextLoss = lossOf(columns, targets, weights, next);
		while (!(nextLoss <= loss) && size > ENOUGH) {
			size /= 2;
			next = moved(line, change, size);
			nextLoss = lossOf(columns, targets, weights, next);
		}
		if (!(nextLoss <= loss)) break;
		const better = loss - nextLoss;
		line = next;
		loss = nextLoss;
		if (better <= ENOUGH * (1 + loss)) break;
	}
	return line;
}

/** The chance of a log-odds. */
export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

const moved = (line: Float64Array, change: Float64Array, size: number) =>
	line.map((value, i) => value + size * (change[i] as number));

function lossOf(
	columns: readonly Float64Array[],
	targets: Float64Array,
	weights: Float64Array,
	line: Float64Array,
): number {
	let loss = 0;
	for (let row = 0; row < targets.length; row++) {
		const score = scoreOf(columns, line, row);
		const softplus = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
		loss += (weights[row] as number) * (softplus - (targets[row] as number) * score);
	}
	return loss;
}

function newtonStep(
	columns: readonly Float64Array[],
	targets: Float64Array,
	weights: Float64Array,
	line: Float64Array,
): Float64Array {
	const size = columns.length;
	const gradient = new Float64Array(size);
	const curvature = new Float64Array(size * size);
	for (let row = 0; row < targets.length; row++) {
		const chance = sigmoid(scoreOf(columns, line, row));
		const weight = weights[row] as number;
		columns.forEach((left, i) => {
			const value = weight * (left[row] as number);
			gradient[i] = (gradient[i] as number) + value * ((targets[row] as number) - chance);
			columns.forEach((right, j) => {
				const at = i * size + j;
				curvature[at] =
					(curvature[at] as number) + value * (right[row] as number) * chance * (1 - chance);
			});
		});
	}
	// Keeps the matrix regular where chances are all but certain.
	for (let i = 0; i < size; i++)
		curvature[i * size + i] = (curvature[i * size + i] as number) + 1e-9;
	return solve(curvature, gradient) ?? gradient;
}

function scoreOf(columns: readonly Float64Array[], line: Float64Array, row: number): number {
	return columns.reduce((sum, column, i) => sum + (column[row] as number) * (line[i] as number), 0);
}
