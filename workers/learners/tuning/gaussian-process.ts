import { cholesky, solveCholesky, solveLower } from '$workers/math/cholesky';

/** Candidates for how far a point tells of others, and for the share of noise in what is seen. */
const LENGTHS = [0.1, 0.2, 0.4, 0.8, 1.6];
const NOISES = [1e-4, 1e-2, 1e-1];

export interface Belief {
	readonly mean: number;
	readonly deviation: number;
}

/**
 * Gaussian process regression (Rasmussen and Williams 2006, algorithm 2.1) with a Matérn 5/2 kernel on
 * points in a unit box; length and noise are those of the greatest marginal likelihood among a few.
 * For up to some hundred points.
 */
export class GaussianProcess {
	readonly #points: readonly (readonly number[])[];
	readonly #fit: Fit;
	readonly #mean: number;
	readonly #deviation: number;

	constructor(points: readonly (readonly number[])[], values: readonly number[]) {
		if (points.length === 0 || points.length !== values.length)
			throw new RangeError('a Gaussian process needs one value a point, and a point');
		this.#points = points;
		this.#mean = values.reduce((sum, value) => sum + value, 0) / values.length;
		const squares = values.reduce((sum, value) => sum + (value - this.#mean) ** 2, 0);
		this.#deviation = Math.sqrt(squares / values.length) || 1;
		const standard = Float64Array.from(values, (value) => (value - this.#mean) / this.#deviation);
		const fits = LENGTHS.flatMap((length) =>
			NOISES.map((noise) => fitKernel(points, standard, length, noise)),
		);
		this.#fit = fits.reduce((best, fit) => (fit.likelihood > best.likelihood ? fit : best));
	}

	/** What is believed of the value at a point, without the noise of seeing it. */
	at(point: readonly number[]): Belief {
		const { factor, solved, length } = this.#fit;
		const near = Float64Array.from(this.#points, (other) => matern(point, other, length));
		const mean = near.reduce((sum, value, i) => sum + value * (solved[i] as number), 0);
		const known = solveLower(factor, near.length, near).reduce((sum, v) => sum + v * v, 0);
		return {
			mean: this.#mean + this.#deviation * mean,
			deviation: this.#deviation * Math.sqrt(Math.max(0, 1 - known)),
		};
	}
}

interface Fit {
	readonly length: number;
	readonly factor: Float64Array;
	/** Inverse of the covariance times the values. */
	readonly solved: Float64Array;
	readonly likelihood: number;
}

function fitKernel(
	points: readonly (readonly number[])[],
	values: Float64Array,
	length: number,
	noise: number,
): Fit {
	const size = points.length;
	const covariance = new Float64Array(size * size);
	points.forEach((left, i) => {
		for (let j = 0; j <= i; j++)
			covariance[i * size + j] =
				matern(left, points[j] as readonly number[], length) + (i === j ? noise : 0);
	});
	const factor = cholesky(covariance, size);
	const solved = solveCholesky(factor, size, values);
	let likelihood = 0;
	values.forEach((value, i) => {
		likelihood -= (value * (solved[i] as number)) / 2 + Math.log(factor[i * size + i] as number);
	});
	return { length, factor, solved, likelihood };
}

function matern(left: readonly number[], right: readonly number[], length: number): number {
	const squared = left.reduce((sum, value, i) => sum + (value - (right[i] as number)) ** 2, 0);
	const distance = Math.sqrt(5 * squared) / length;
	return (1 + distance + (distance * distance) / 3) * Math.exp(-distance);
}

/**
 * By how much a value is expected to fall below the least so far, rises counting 0 (Mockus 1978; Jones,
 * Schonlau and Welch 1998).
 */
export function expectedImprovement({ mean, deviation }: Belief, least: number): number {
	if (deviation === 0) return Math.max(0, least - mean);
	const z = (least - mean) / deviation;
	const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
	return (least - mean) * normalShare(z) + deviation * density;
}

/** Share of a standard normal below z, to 1e-7 (Abramowitz and Stegun 1964, 7.1.26). */
function normalShare(z: number): number {
	const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
	const series =
		t *
		(0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
	const above = (series * Math.exp((-z * z) / 2)) / 2;
	return z > 0 ? 1 - above : above;
}
