import type { Random } from '$workers/math/random';

export interface Shape {
	readonly items: number;
	/** Numbers of an item. */
	readonly size: number;
	/** Units between the two layers that follow attention. */
	readonly hidden: number;
	/** The longest memory, in steps. */
	readonly length: number;
	/** Fixed numbers that are known of each item beside its own; 0 for none. */
	readonly content: number;
}

export const LAYERS = [
	'item',
	'content',
	'bias',
	'distance',
	'attendScale',
	'query',
	'key',
	'value',
	'thinkScale',
	'into',
	'intoBias',
	'out',
	'outBias',
	'endScale',
] as const;
export type LayerName = (typeof LAYERS)[number];

/** A matrix within the one flat array of weights, row by row. */
export interface Layer {
	readonly at: number;
	readonly rows: number;
	readonly columns: number;
}

export interface Layout {
	readonly layers: Readonly<Record<LayerName, Layer>>;
	readonly length: number;
}

/** Where each layer stands: one flat array makes the optimiser and a checkpoint one piece each. */
export function layoutOf({ items, size, hidden, length, content }: Shape): Layout {
	const sizes: Record<LayerName, readonly [rows: number, columns: number]> = {
		item: [items, size],
		content: [content, size],
		bias: [1, items],
		distance: [length, 1],
		attendScale: [1, size],
		query: [size, size],
		key: [size, size],
		value: [size, size],
		thinkScale: [1, size],
		into: [size, hidden],
		intoBias: [1, hidden],
		out: [hidden, size],
		outBias: [1, size],
		endScale: [1, size],
	};
	let at = 0;
	const layers = LAYERS.map((name) => {
		const [rows, columns] = sizes[name];
		const layer = [name, { at, rows, columns }] as const;
		at += rows * columns;
		return layer;
	});
	return { layers: Object.fromEntries(layers) as Record<LayerName, Layer>, length: at };
}

/** The weights of one layer: a view. */
export function layerOf(weights: Float32Array, { at, rows, columns }: Layer): Float32Array {
	return weights.subarray(at, at + rows * columns);
}

/**
 * Normal weights that keep the variance of the signal (Glorot and Bengio 2010; He et al. 2015 before
 * rectified units), scales 1; the bias of an item is the logarithm of its share, so that the first guess
 * is what is usual.
 */
export function initialWeights(shape: Shape, shares: Float32Array, random: Random): Float32Array {
	const { layers, length } = layoutOf(shape);
	const weights = new Float32Array(length);
	const fill = (name: LayerName, deviation: number) => {
		const layer = layerOf(weights, layers[name]);
		for (let i = 0; i < layer.length; i++) layer[i] = random.normal() * deviation;
	};
	// Small beside the scales of 1: what an item says is learned, not drawn.
	fill('item', 0.2 / Math.sqrt(shape.size));
	fill('content', 0.2 / Math.sqrt(shape.size * Math.max(1, shape.content)));
	for (const name of ['query', 'key', 'value'] as const) fill(name, Math.sqrt(1 / shape.size));
	fill('into', Math.sqrt(2 / shape.size));
	fill('out', Math.sqrt(1 / shape.hidden));
	for (const name of ['attendScale', 'thinkScale', 'endScale'] as const)
		layerOf(weights, layers[name]).fill(1);
	layerOf(weights, layers.bias).set(shares.map((share) => Math.log(Math.max(1e-7, share))));
	return weights;
}
