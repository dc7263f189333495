/**
 * Solves matrix · x = right for a small square matrix (rows of length `size`), by elimination with
 * partial pivoting; `undefined` where it has no single solution.
 */
export function solve(matrix: Float64Array, right: Float64Array): Float64Array | undefined {
	const size = right.length;
	const rows = matrix.slice();
	const solution = right.slice();
	for (let k = 0; k < size; k++) {
		const pivot = largestBelow(rows, size, k);
		if (Math.abs(rows[pivot * size + k] as number) < 1e-12) return undefined;
		swapRows(rows, solution, size, k, pivot);
		for (let i = k + 1; i < size; i++) {
			const factor = (rows[i * size + k] as number) / (rows[k * size + k] as number);
			for (let j = k; j < size; j++)
				rows[i * size + j] =
					(rows[i * size + j] as number) - factor * (rows[k * size + j] as number);
			solution[i] = (solution[i] as number) - factor * (solution[k] as number);
		}
	}
	for (let i = size - 1; i >= 0; i--) {
		for (let j = i + 1; j < size; j++)
			solution[i] =
				(solution[i] as number) - (rows[i * size + j] as number) * (solution[j] as number);
		solution[i] = (solution[i] as number) / (rows[i * size + i] as number);
	}
	return solution;
}

function largestBelow(rows: Float64Array, size: number, k: number): number {
	let largest = k;
	for (let i = k + 1; i < size; i++)
		if (Math.abs(rows[i * size + k] as number) > Math.abs(rows[largest * size + k] as number))
			largest = i;
	return largest;
}

function swapRows(
	rows: Float64Array,
	right: Float64Array,
	size: number,
	i: number,
	j: number,
): void {
	for (let k = 0; k < size; k++)
		[rows[i * size + k], rows[j * size + k]] = [
			rows[j * size + k] as number,
			rows[i * size + k] as number,
		];
	[right[i], right[j]] = [right[j] as number, right[i] as number];
}
