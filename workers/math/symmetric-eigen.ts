/** A symmetric matrix as Σ values[k] · v vᵀ, with v the row k of `vectors`. */
export interface Spectrum {
	/** Ascending. */
	readonly values: Float64Array;
	/** Row k, of length `size` and of length 1, belongs to value k. */
	readonly vectors: Float64Array;
}

/** Rounds over all pairs; about ten are enough for any matrix of doubles. */
const MOST_ROUNDS = 60;
/** What may be left beside the diagonal, as a part of all. */
const LEAST_PART = 1e-14;

/**
 * Eigenvalues and eigenvectors by Jacobi's rotations, each of which takes one pair of cells beside the
 * diagonal to 0 (Golub and Van Loan, "Matrix Computations", section 8.5). It takes some 30 · size³ steps:
 * for hundreds of rows, not for thousands.
 *
 * @param matrix row by row; only a symmetric one has such a spectrum
 */
export function symmetricSpectrum(matrix: Float64Array, size: number): Spectrum {
	const left = Float64Array.from(matrix);
	const turns = Float64Array.from({ length: size * size }, (_, at) =>
		Math.floor(at / size) === at % size ? 1 : 0,
	);
	const all = sumOfSquares(left);
	for (let round = 0; round < MOST_ROUNDS; round++) {
		if (besideDiagonal(left, size) <= LEAST_PART ** 2 * all) break;
		for (let one = 0; one < size; one++)
			for (let other = one + 1; other < size; other++) rotate(left, turns, size, one, other);
	}
	const order = Array.from({ length: size }, (_, row) => row);
	const value = (row: number) => left[row * size + row] as number;
	order.sort((a, b) => value(a) - value(b));
	const vectors = new Float64Array(size * size);
	order.forEach((row, k) => vectors.set(turns.subarray(row * size, (row + 1) * size), k * size));
	return { values: Float64Array.from(order, value), vectors };
}

/** Turns two rows and columns against each other, so that their common cell is 0. */
function rotate(
	left: Float64Array,
	turns: Float64Array,
	size: number,
	one: number,
	other: number,
): void {
	const cell = left[one * size + other] as number;
	if (cell === 0) return;
	const apart =
		((left[other * size + other] as number) - (left[one * size + one] as number)) / (2 * cell);
	const tangent = (apart < 0 ? -1 : 1) / (Math.abs(apart) + Math.hypot(1, apart));
	const cosine = 1 / Math.hypot(1, tangent);
	const sine = tangent * cosine;
	turn(left, one * size, other * size, size, 1, cosine, sine);
	turn(left, one, other, size, size, cosine, sine);
	turn(turns, one * size, other * size, size, 1, cosine, sine);
}

/** Two vectors that begin at `one` and `other`, with `step` from a number to the next. */
function turn(
	cells: Float64Array,
	one: number,
	other: number,
	size: number,
	step: number,
	cosine: number,
	sine: number,
): void {
	for (let at = 0; at < size * step; at += step) {
		const a = cells[one + at] as number;
		const b = cells[other + at] as number;
		cells[one + at] = cosine * a - sine * b;
		cells[other + at] = sine * a + cosine * b;
	}
}

const sumOfSquares = (cells: Float64Array): number =>
	cells.reduce((total, cell) => total + cell ** 2, 0);

const besideDiagonal = (cells: Float64Array, size: number): number =>
	cells.reduce(
		(total, cell, at) => (Math.floor(at / size) === at % size ? total : total + cell ** 2),
		0,
	);
