import type { Random } from '$workers/math/random';

/** Columns of a row → layers of rectified units → one number. */
export interface Shape {
	readonly columns: number;
	/** Units of each layer between. */
	readonly hidden: readonly number[];
}

/** A layer's weights (inputs × units, row by row) and biases within the one flat array. */
export interface Layer {
	readonly inputs: number;
	readonly units: number;
	readonly at: number;
	readonly biasAt: number;
}

export interface Layout {
	readonly layers: readonly Layer[];
	/** All weights together: one piece for the optimiser and for a buffer. */
	readonly length: number;
}

export function layoutOf({ columns, hidden }: Shape): Layout {
	let at = 0;
	let inputs = columns;
	const layers = [...hidden, 1].map((units) => {
		const layer = { inputs, units, at, biasAt: at + inputs * units };
		at += inputs * units + units;
		inputs = units;
		return layer;
	});
	return { layers, length: at };
}

/**
 * Normal weights that keep the signal's variance through rectified units (He et al. 2015); biases 0, but
 * the last one says the usual score. `active` is how many columns of a row are not 0.
 */
export function initialWeights(
	shape: Shape,
	active: number,
	usual: number,
	random: Random,
): Float32Array {
	const { layers, length } = layoutOf(shape);
	const weights = new Float32Array(length);
	layers.forEach(({ inputs, at, biasAt }, i) => {
		const deviation = Math.sqrt((i === layers.length - 1 ? 1 : 2) / (i === 0 ? active : inputs));
		for (let j = at; j < biasAt; j++) weights[j] = random.normal() * deviation;
	});
	weights[length - 1] = usual;
	return weights;
}
