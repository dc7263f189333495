/**
 * Symmetric positive definite matrices as rows of length `size` in one array; factors use the lower
 * triangle L of L·Lᵀ.
 */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
	const factor = new Float64Array(size * size);
	for (let i = 0; i < size; i++) {
		const rowI = i * size;
		for (let j = 0; j <= i; j++) {
			const rowJ = j * size;
			let sum = matrix[rowI + j] as number;
			for (let k = 0; k < j; k++)
				sum -= (factor[rowI + k] as number) * (factor[rowJ + k] as number);
			if (i !== j) factor[rowI + j] = sum / (factor[rowJ + j] as number);
			else if (sum > 0) factor[rowI + i] = Math.sqrt(sum);
			else throw new RangeError('the matrix is not positive definite');
		}
	}
	return factor;
}

/**
 * Turns the factor of M into that of M + weight·vector·vectorᵀ, in place and in size² steps; a
 * negative weight takes away what was added (Gill, Golub, Murray and Saunders 1974, method C1).
 */
export function updateCholesky(
	factor: Float64Array,
	size: number,
	vector: Float64Array,
	weight: number,
): void {
	const rest = vector.slice();
	const sign = Math.sign(weight);
	const scale = Math.sqrt(Math.abs(weight));
	for (let i = 0; i < size; i++) rest[i] = (rest[i] as number) * scale;
	for (let k = 0; k < size; k++) {
		const pivot = factor[k * size + k] as number;
		const value = rest[k] as number;
		if (value === 0) continue;
		const squared = pivot * pivot + sign * value * value;
		if (!(squared > 0)) throw new RangeError('the matrix would no longer be positive definite');
		const root = Math.sqrt(squared);
		const cosine = root / pivot;
		const sine = value / pivot;
		factor[k * size + k] = root;
		for (let i = k + 1; i < size; i++) {
			const at = i * size + k;
			const updated = ((factor[at] as number) + sign * sine * (rest[i] as number)) / cosine;
			factor[at] = updated;
			rest[i] = cosine * (rest[i] as number) - sine * updated;
		}
	}
}

/** Solves L·x = right. */
export function solveLower(factor: Float64Array, size: number, right: Float64Array): Float64Array {
	const solution = right.slice();
	for (let i = 0; i < size; i++) {
		let sum = solution[i] as number;
		for (let k = 0; k < i; k++) sum -= (factor[i * size + k] as number) * (solution[k] as number);
		solution[i] = sum / (factor[i * size + i] as number);
	}
	return solution;
}

/** Solves Lᵀ·x = right. */
export function solveUpper(factor: Float64Array, size: number, right: Float64Array): Float64Array {
	const solution = right.slice();
	for (let i = size - 1; i >= 0; i--) {
		const value = (solution[i] as number) / (factor[i * size + i] as number);
		solution[i] = value;
		for (let k = 0; k < i; k++)
			solution[k] = (solution[k] as number) - (factor[i * size + k] as number) * value;
	}
	return solution;
}

/** Solves (L·Lᵀ)·x = right. */
export function solveCholesky(
	factor: Float64Array,
	size: number,
	right: Float64Array,
): Float64Array {
	return solveUpper(factor, size, solveLower(factor, size, right));
}
