import { describe, expect, it } from 'vitest';
import { cholesky, solveCholesky, updateCholesky } from '$workers/math/cholesky';
import { seededRandom } from '$workers/math/random';
import { solve } from '$workers/math/solve';
import { topPlaces } from '$workers/math/top';

const SIZE = 12;

/** A random positive definite matrix: B·Bᵀ + I. */
function positiveDefinite(seed: number): Float64Array {
	const random = seededRandom(seed);
	const b = Float64Array.from({ length: SIZE * SIZE }, () => random.normal());
	const matrix = new Float64Array(SIZE * SIZE);
	for (let i = 0; i < SIZE; i++)
		for (let j = 0; j < SIZE; j++) {
			let sum = i === j ? 1 : 0;
			for (let k = 0; k < SIZE; k++) sum += b[i * SIZE + k]! * b[j * SIZE + k]!;
			matrix[i * SIZE + j] = sum;
		}
	return matrix;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
	return vector.map((_, i) =>
		vector.reduce((sum, value, j) => sum + matrix[i * SIZE + j]! * value, 0),
	);
}

function largestDifference(a: Float64Array, b: Float64Array): number {
	return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

const vectorOf = (seed: number) => {
	const random = seededRandom(seed);
	return Float64Array.from({ length: SIZE }, () => random.normal());
};

describe('Cholesky factors', () => {
	it('solve what the matrix multiplied', () => {
		const matrix = positiveDefinite(1);
		const vector = vectorOf(2);
		const solved = solveCholesky(cholesky(matrix, SIZE), SIZE, times(matrix, vector));
		expect(largestDifference(solved, vector)).toBeLessThan(1e-10);
	});

	it('refuse a matrix that is not positive definite', () => {
		expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(RangeError);
	});

	it('updated by a vector equal the factor of the sum', () => {
		const matrix = positiveDefinite(3);
		const vector = vectorOf(4);
		const factor = cholesky(matrix, SIZE);
		updateCholesky(factor, SIZE, vector, 0.7);
		const sum = matrix.map(
			(value, at) => value + 0.7 * vector[Math.floor(at / SIZE)]! * vector[at % SIZE]!,
		);
		expect(largestDifference(factor, cholesky(sum, SIZE))).toBeLessThan(1e-12);
	});

	it('return to what they were when the vector is taken away', () => {
		const factor = cholesky(positiveDefinite(5), SIZE);
		const before = factor.slice();
		const vector = vectorOf(6);
		updateCholesky(factor, SIZE, vector, 2);
		updateCholesky(factor, SIZE, vector, -2);
		expect(largestDifference(factor, before)).toBeLessThan(1e-12);
	});
});

describe('solving a small system', () => {
	it('finds the vector that the matrix multiplied, also where a pivot is zero', () => {
		expect(solve(Float64Array.of(0, 2, 1, 1), Float64Array.of(4, 5))).toEqual(
			Float64Array.of(3, 2),
		);
	});

	it('has no answer where rows are the same', () => {
		expect(solve(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 2))).toBeUndefined();
	});
});

describe('the top places', () => {
	it('come largest first, ties by place, without those of -Infinity', () => {
		expect(topPlaces([1, 5, Number.NEGATIVE_INFINITY, 5, 2], 3)).toEqual(Uint32Array.of(1, 3, 4));
		expect(topPlaces([1, Number.NEGATIVE_INFINITY], 5)).toEqual(Uint32Array.of(0));
		expect(topPlaces([1, 2], 0)).toEqual(new Uint32Array());
	});

	it('equal those of sorting everything', () => {
		const random = seededRandom(7);
		const scores = Array.from({ length: 500 }, () => random.integer(60));
		const sorted = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
		expect([...topPlaces(scores, 40)]).toEqual(sorted.slice(0, 40));
	});
});
