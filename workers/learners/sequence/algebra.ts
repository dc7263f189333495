/** Length of each side. */
export type Sides = readonly number[];

export const countOf = (sides: Sides): number => sides.reduce((product, side) => product * side, 1);

/**
 * The few operations that the network is written in, so that one text of it, gradient and all, runs as
 * TensorFlow.js tensors on the device and as float64 arrays where it is checked and where it predicts.
 * Sides of length 1 stretch, as in NumPy.
 */
export interface Algebra<Matrix> {
	/** Numbers handed in, row by row. */
	constant(values: Float32Array, sides: Sides): Matrix;
	filled(value: number, sides: Sides): Matrix;
	/** 1 where the column is the number of the row, otherwise 0. */
	oneHot(places: Int32Array, columns: number): Matrix;
	reshape(matrix: Matrix, sides: Sides): Matrix;
	/** The last two sides change places. */
	turned(matrix: Matrix): Matrix;
	times(left: Matrix, right: Matrix): Matrix;
	add(left: Matrix, right: Matrix): Matrix;
	sub(left: Matrix, right: Matrix): Matrix;
	mul(left: Matrix, right: Matrix): Matrix;
	div(left: Matrix, right: Matrix): Matrix;
	scale(matrix: Matrix, by: number): Matrix;
	/** e to the power of each number, which is first brought to at most `STEEPEST` either way. */
	exp(matrix: Matrix): Matrix;
	sqrt(matrix: Matrix): Matrix;
	relu(matrix: Matrix): Matrix;
	/** 1 where a number is positive, otherwise 0. */
	positive(matrix: Matrix): Matrix;
}

/** Where a softmax saturates in float32 anyway; keeps its exponentials finite. */
export const STEEPEST = 30;
