import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { symmetricSpectrum } from '$workers/math/symmetric-eigen';

const random = seededRandom('eigen');

function anySymmetric(size: number): Float64Array {
	const cells = new Float64Array(size * size);
	for (let row = 0; row < size; row++)
		for (let column = 0; column <= row; column++)
			cells[row * size + column] = cells[column * size + row] = random.normal();
	return cells;
}

/** Σ over k of `weight(k)` · v vᵀ. */
function fromVectors(vectors: Float64Array, size: number, weight: (k: number) => number) {
	return Float64Array.from({ length: size * size }, (_, at) => {
		const [row, column] = [Math.floor(at / size), at % size];
		let sum = 0;
		for (let k = 0; k < size; k++)
			sum +=
				weight(k) * (vectors[k * size + row] as number) * (vectors[k * size + column] as number);
		return sum;
	});
}

const furthest = (one: Float64Array, other: Float64Array) =>
	Math.max(...one.map((value, i) => Math.abs(value - (other[i] as number))));

describe('the spectrum of a symmetric matrix', () => {
	it.each([1, 2, 7, 40])('makes the matrix of %i rows again', (size) => {
		const matrix = anySymmetric(size);
		const { values, vectors } = symmetricSpectrum(matrix, size);
		expect(
			furthest(
				fromVectors(vectors, size, (k) => values[k] as number),
				matrix,
			),
		).toBeLessThan(1e-12);
		const identity = Float64Array.from({ length: size * size }, (_, at) =>
			Math.floor(at / size) === at % size ? 1 : 0,
		);
		expect(
			furthest(
				fromVectors(vectors, size, () => 1),
				identity,
			),
		).toBeLessThan(1e-12);
		expect([...values]).toEqual([...values].sort((a, b) => a - b));
	});

	it('is 2 - 2 cos(kπ / (size + 1)) of a chain, where each is tied to the one beside it', () => {
		const size = 12;
		const chain = Float64Array.from({ length: size * size }, (_, at) => {
			const apart = Math.abs(Math.floor(at / size) - (at % size));
			return apart === 0 ? 2 : apart === 1 ? -1 : 0;
		});
		symmetricSpectrum(chain, size).values.forEach((value, k) =>
			expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)), 12),
		);
	});

	it('is zeros for zeros, and nothing for nothing', () => {
		expect([...symmetricSpectrum(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
		expect(symmetricSpectrum(new Float64Array(0), 0).values).toHaveLength(0);
	});

	it('leaves the matrix as it was', () => {
		const matrix = anySymmetric(5);
		const before = matrix.slice();
		symmetricSpectrum(matrix, 5);
		expect(matrix).toEqual(before);
	});
});
