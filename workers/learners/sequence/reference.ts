import { type AdamStep, type Moments, referenceAdam } from '../adam';
import { float64, type Float64Matrix } from './float64';
import { LAYERS, layoutOf, type Shape } from './layout';
import { inOrder, Network, type Weights } from './network';
import type { Batch } from './sequences';

/** The network in float64, with these weights. */
export function referenceNetwork(
	shape: Shape,
	weights: ArrayLike<number>,
	content: Float32Array | null,
): Network<Float64Matrix> {
	const { layers } = layoutOf(shape);
	const all = Float64Array.from(weights);
	const named = LAYERS.map((name) => {
		const { at, rows, columns } = layers[name];
		const values = all.subarray(at, at + rows * columns);
		return [name, rows === 0 ? null : { sides: [rows, columns], values }] as const;
	});
	return new Network(
		float64,
		shape,
		Object.fromEntries(named) as unknown as Weights<Float64Matrix>,
		content && float64.constant(content, [shape.items, shape.content]),
	);
}

/** The gradient as one array, in the order of the weights. */
export function referenceGradient(network: Network<Float64Matrix>, batch: Batch): Float64Array {
	const layers = inOrder(network.gradient(batch));
	return Float64Array.from(layers.flatMap(({ values }) => [...values]));
}

/** One step of Adam in float64: what backends are checked against before they are trusted. */
export function referenceStep(
	shape: Shape,
	content: Float32Array | null,
	from: Moments,
	batch: Batch,
	step: AdamStep,
) {
	const gradient = referenceGradient(referenceNetwork(shape, from.weights, content), batch);
	return referenceAdam(from, gradient, step);
}
