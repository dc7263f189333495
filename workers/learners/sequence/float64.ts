import { type Algebra, countOf, STEEPEST, type Sides } from './algebra';

export interface Float64Matrix {
	readonly sides: Sides;
	/** Row by row. */
	readonly values: Float64Array;
}

/** Plain loops in float64: what the device is checked against, and what predicts. */
export const float64: Algebra<Float64Matrix> = {
	constant: (values, sides) => ({ sides, values: Float64Array.from(values) }),
	filled: (value, sides) => ({ sides, values: new Float64Array(countOf(sides)).fill(value) }),
	oneHot(places, columns) {
		const values = new Float64Array(places.length * columns);
		places.forEach((place, row) => (values[row * columns + place] = 1));
		return { sides: [places.length, columns], values };
	},
	reshape: ({ values }, sides) => ({ sides, values }),
	turned({ sides, values }) {
		const { outer, rows, columns } = stackOf(sides);
		const turned = new Float64Array(values.length);
		for (let matrix = 0; matrix < outer.count; matrix++) {
			const from = matrix * rows * columns;
			for (let row = 0; row < rows; row++)
				for (let column = 0; column < columns; column++)
					turned[from + column * rows + row] = values[from + row * columns + column] as number;
		}
		return { sides: [...outer.sides, columns, rows], values: turned };
	},
	times(left, right) {
		const a = stackOf(left.sides);
		const b = stackOf(right.sides);
		const sides = [...a.outer.sides, a.rows, b.columns];
		const values = new Float64Array(countOf(sides));
		for (let matrix = 0; matrix < a.outer.count; matrix++) {
			const of = (values: Float64Array, { rows, columns }: Stack) =>
				values.subarray(matrix * rows * columns, (matrix + 1) * rows * columns);
			multiply(
				of(left.values, a),
				of(right.values, b),
				of(values, { ...a, columns: b.columns }),
				a.columns,
			);
		}
		return { sides, values };
	},
	add: (left, right) => pairwise(left, right, (a, b) => a + b),
	sub: (left, right) => pairwise(left, right, (a, b) => a - b),
	mul: (left, right) => pairwise(left, right, (a, b) => a * b),
	div: (left, right) => pairwise(left, right, (a, b) => a / b),
	scale: (matrix, by) => each(matrix, (value) => value * by),
	exp: (matrix) =>
		each(matrix, (value) => Math.exp(Math.max(-STEEPEST, Math.min(STEEPEST, value)))),
	sqrt: (matrix) => each(matrix, Math.sqrt),
	relu: (matrix) => each(matrix, (value) => Math.max(0, value)),
	positive: (matrix) => each(matrix, (value) => (value > 0 ? 1 : 0)),
};

interface Stack {
	readonly outer: { readonly sides: Sides; readonly count: number };
	readonly rows: number;
	readonly columns: number;
}

/** The last two sides are those of a matrix, the others of a stack of them. */
function stackOf(sides: Sides): Stack {
	const outer = sides.slice(0, -2);
	const [rows = 1, columns = 1] = sides.slice(-2);
	return { outer: { sides: outer, count: countOf(outer) }, rows, columns };
}

function each({ sides, values }: Float64Matrix, change: (value: number) => number): Float64Matrix {
	return { sides, values: values.map((value) => change(value)) };
}

/** Adds the product of two matrices; `inner` is what they share. */
function multiply(
	left: Float64Array,
	right: Float64Array,
	into: Float64Array,
	inner: number,
): void {
	const rows = left.length / inner;
	const columns = right.length / inner;
	for (let row = 0; row < rows; row++)
		for (let k = 0; k < inner; k++) {
			const factor = left[row * inner + k] as number;
			if (factor === 0) continue;
			const from = k * columns;
			const at = row * columns;
			for (let column = 0; column < columns; column++)
				into[at + column] =
					(into[at + column] as number) + factor * (right[from + column] as number);
		}
}

function pairwise(
	left: Float64Matrix,
	right: Float64Matrix,
	change: (a: number, b: number) => number,
): Float64Matrix {
	const rank = Math.max(left.sides.length, right.sides.length);
	const a = [...new Array<number>(rank - left.sides.length).fill(1), ...left.sides];
	const b = [...new Array<number>(rank - right.sides.length).fill(1), ...right.sides];
	const sides = a.map((side, i) => Math.max(side, b[i] as number));
	const placesA = placesOf(a, sides);
	const placesB = placesOf(b, sides);
	const values = new Float64Array(countOf(sides));
	for (let i = 0; i < values.length; i++)
		values[i] = change(
			left.values[placesA ? (placesA[i] as number) : i] as number,
			right.values[placesB ? (placesB[i] as number) : i] as number,
		);
	return { sides, values };
}

/** For each place of the stretched matrix the place that it comes from; null where nothing is stretched. */
function placesOf(own: Sides, stretched: Sides): Uint32Array | null {
	if (own.every((side, i) => side === stretched[i])) return null;
	let places = Uint32Array.of(0);
	own.forEach((side, i) => {
		const wide = stretched[i] as number;
		places = Uint32Array.from(
			{ length: places.length * wide },
			(_, at) => (places[Math.floor(at / wide)] as number) * side + (side === 1 ? 0 : at % wide),
		);
	});
	return places;
}
