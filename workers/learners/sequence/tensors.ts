import {
	add,
	cast,
	clipByValue,
	div,
	exp,
	matMul,
	mul,
	oneHot,
	relu,
	reshape,
	sqrt,
	step,
	sub,
	tensor,
	tensor1d,
	transpose,
	type Tensor,
} from '@tensorflow/tfjs-core';
import { type Algebra, countOf, STEEPEST } from './algebra';

/** On the backend in use. To be called within `tidy`. */
export const tensors: Algebra<Tensor> = {
	constant: (values, sides) => tensor(values, [...sides]),
	filled: (value, sides) => tensor(new Float32Array(countOf(sides)).fill(value), [...sides]),
	// Whole numbers first: asked for float32, the WASM backend writes whole numbers all the same.
	oneHot: (places, columns) => cast(oneHot(tensor1d(places, 'int32'), columns), 'float32'),
	reshape: (matrix, sides) => reshape(matrix, [...sides]),
	// Turned by itself: backends take a slower road for products that turn a side.
	turned: (matrix) => transpose(matrix, matrix.rank === 3 ? [0, 2, 1] : [1, 0]),
	times: (left, right) => matMul(left, right),
	add: (left, right) => add(left, right),
	sub: (left, right) => sub(left, right),
	mul: (left, right) => mul(left, right),
	div: (left, right) => div(left, right),
	scale: (matrix, by) => mul(matrix, by),
	exp: (matrix) => exp(clipByValue(matrix, -STEEPEST, STEEPEST)),
	sqrt: (matrix) => sqrt(matrix),
	relu: (matrix) => relu(matrix),
	positive: (matrix) => step(matrix),
};
