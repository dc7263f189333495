import { float64, type Float64Matrix } from './float64';
import { LAYERS, layoutOf, type Shape } from './layout';
import { inOrder, Network, type Weights } from './network';
import type { Batch } from './sequences';
import { ADAM, type Moments } from './step';

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
	rate: number,
	number: number,
) {
	const gradient = referenceGradient(referenceNetwork(shape, from.weights, content), batch);
	const first = gradient.map(
		(value, i) => ADAM.first * (from.first[i] as number) + (1 - ADAM.first) * value,
	);
	const second = gradient.map(
		(value, i) => ADAM.second * (from.second[i] as number) + (1 - ADAM.second) * value * value,
	);
	const corrected = (rate * Math.sqrt(1 - ADAM.second ** number)) / (1 - ADAM.first ** number);
	const weights = first.map(
		(value, i) =>
			(from.weights[i] as number) -
			(corrected * value) / (Math.sqrt(second[i] as number) + ADAM.epsilon),
	);
	return { weights, first, second };
}
