import type { Random } from '$workers/math/random';

/**
 * Sizes of the network: attributes of a row, some of them hidden, and which groups are hidden → a layer
 * of rectified units → the embedding → a guess of every attribute.
 */
export interface Shape {
	readonly columns: number;
	readonly groups: number;
	readonly hidden: number;
	readonly size: number;
}

export type LayerName =
	'input' | 'mask' | 'inputBias' | 'code' | 'codeBias' | 'output' | 'outputBias';

/** A matrix within the one flat array of weights, row by row. */
export interface Layer {
	readonly rows: number;
	readonly columns: number;
	readonly at: number;
}

export interface Layout {
	readonly layers: Readonly<Record<LayerName, Layer>>;
	/** All weights together. */
	readonly length: number;
}

/** Where each layer stands: one flat array makes the optimiser and a checkpoint one piece each. */
export function layoutOf({ columns, groups, hidden, size }: Shape): Layout {
	const sizes: readonly [LayerName, number, number][] = [
		['input', columns, hidden],
		['mask', groups, hidden],
		['inputBias', 1, hidden],
		['code', hidden, size],
		['codeBias', 1, size],
		['output', size, columns],
		['outputBias', 1, columns],
	];
	let at = 0;
	const layers = sizes.map(([name, rows, width]) => {
		const layer = [name, { rows, columns: width, at }] as const;
		at += rows * width;
		return layer;
	});
	return { layers: Object.fromEntries(layers) as Record<LayerName, Layer>, length: at };
}

/** The weights of one layer: a view. */
export function layerOf(weights: Float32Array, layer: Layer): Float32Array {
	return weights.subarray(layer.at, layer.at + layer.rows * layer.columns);
}

/**
 * Normal weights whose variance keeps that of the signal (He et al. 2015 before rectified units, Glorot
 * and Bengio 2010 elsewhere); biases 0, but the last ones guess the usual values.
 */
export function initialWeights(
	shape: Shape,
	usualOutput: Float32Array,
	random: Random,
): Float32Array {
	const { layers, length } = layoutOf(shape);
	const weights = new Float32Array(length);
	const fill = (name: LayerName, deviation: number) => {
		const layer = layerOf(weights, layers[name]);
		for (let i = 0; i < layer.length; i++) layer[i] = random.normal() * deviation;
	};
	// Of a row's columns few are not 0, hence the groups as the number of inputs.
	fill('input', Math.sqrt(2 / shape.groups));
	fill('mask', Math.sqrt(1 / shape.groups));
	fill('code', Math.sqrt(2 / (shape.hidden + shape.size)));
	fill('output', Math.sqrt(1 / (shape.size + shape.columns)));
	layerOf(weights, layers.outputBias).set(usualOutput);
	return weights;
}
