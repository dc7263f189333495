import { poolAdjacent } from '$workers/learners/calibration';
import { seededRandom } from '$workers/math/random';
import { symmetricSpectrum } from '$workers/math/symmetric-eigen';

/** Draws of noise alone, by which it is known how much of it is left. */
const SHADOWS = 8;

/**
 * What stands behind a symmetric matrix whose cells have noise of variance 1 each: directions that many
 * cells agree on are kept, those that noise alone would make are taken out. Each eigenvalue λ becomes
 *
 *     λ − 2 Σ (λ − μ) / ((λ − μ)² + η²)     over the other eigenvalues μ, with η = size^(1/6)
 *
 * Of all estimates that keep the eigenvectors it is the nearest to the truth where there are many rows
 * (Bun, Allez, Bouchaud and Potters, "Rotational invariant estimator for general noisy matrices",
 * 2016; the width is that of Ledoit and Wolf 2020). In small ones some noise stays: the whole is drawn
 * towards 0 by how much noise of this size leaves (James and Stein 1961). No figure enters but the
 * matrix itself.
 *
 * @param matrix row by row, symmetric, 0 on the diagonal
 */
export function denoised(matrix: Float64Array, size: number): Float64Array {
	const { values, vectors } = symmetricSpectrum(matrix, size);
	const kept = keptOf(values);
	const energy = energyOf(kept);
	const part = energy > 0 ? Math.max(0, 1 - energyOfNoise(size) / energy) : 0;
	const result = new Float64Array(size * size);
	if (part === 0) return result;
	kept.forEach((value, k) => {
		if (value === 0) return;
		for (let row = 0; row < size; row++) {
			const weight = part * value * (vectors[k * size + row] as number);
			for (let column = 0; column < size; column++)
				result[row * size + column] =
					(result[row * size + column] as number) + weight * (vectors[k * size + column] as number);
		}
	});
	return result;
}

/** Eigenvalues without noise: in the same order, of the same sign, and no larger. */
function keptOf(values: Float64Array): Float64Array {
	const width = values.length ** (1 / 6);
	const drawn = values.map((value) => {
		const push = values.reduce((sum, other) => {
			const apart = value - other;
			return sum + apart / (apart ** 2 + width ** 2);
		}, 0);
		return value - 2 * push;
	});
	const even = new Float64Array(values.length).fill(1);
	return poolAdjacent(drawn, even).map((value, k) => {
		const most = values[k] as number;
		return most < 0 ? Math.min(0, Math.max(most, value)) : Math.max(0, Math.min(most, value));
	});
}

/** What is left of noise alone, on average: the same at every call. */
function energyOfNoise(size: number): number {
	const random = seededRandom(`noise of ${size}`);
	let sum = 0;
	for (let draw = 0; draw < SHADOWS; draw++) {
		const cells = new Float64Array(size * size);
		for (let row = 0; row < size; row++)
			for (let column = 0; column < row; column++)
				cells[row * size + column] = cells[column * size + row] = random.normal();
		sum += energyOf(keptOf(symmetricSpectrum(cells, size).values));
	}
	return sum / SHADOWS;
}

const energyOf = (values: Float64Array): number =>
	values.reduce((sum, value) => sum + value ** 2, 0);
