import { cholesky, solveCholesky } from '$workers/math/cholesky';

/** Sums of squares and products of rows of `width` numbers, from which ridge regressions follow. */
export class Moments {
	readonly width: number;
	readonly products: Float64Array;
	readonly targets: Float64Array;
	squares = 0;
	count = 0;

	constructor(width: number) {
		this.width = width;
		this.products = new Float64Array(width * width);
		this.targets = new Float64Array(width);
	}

	add(row: ArrayLike<number>, target: number, weight = 1): void {
		const { width, products, targets } = this;
		for (let i = 0; i < width; i++) {
			const value = weight * (row[i] as number);
			targets[i] = (targets[i] as number) + value * target;
			for (let j = 0; j <= i; j++)
				products[i * width + j] = (products[i * width + j] as number) + value * (row[j] as number);
		}
		this.squares += weight * target * target;
		this.count++;
	}

	/**
	 * Coefficients of the first `size` columns by least squares, `ridge` being what is added to each
	 * column's own square, as a share of it (the column's scale does not matter), and the squares of
	 * what they leave over.
	 */
	solve(ridge: number, size = this.width): { coefficients: Float64Array; rest: number } {
		const matrix = new Float64Array(size * size);
		for (let i = 0; i < size; i++) {
			for (let j = 0; j < i; j++)
				matrix[i * size + j] = this.products[i * this.width + j] as number;
			matrix[i * size + i] = (this.products[i * this.width + i] as number) * (1 + ridge) || 1;
		}
		const right = this.targets.slice(0, size);
		const coefficients = solveCholesky(cholesky(matrix, size), size, right);
		const explained = coefficients.reduce((sum, c, i) => sum + c * (right[i] as number), 0);
		return { coefficients, rest: Math.max(0, this.squares - explained) };
	}
}
