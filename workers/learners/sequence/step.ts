import {
	add,
	concat,
	div,
	mul,
	reshape,
	slice,
	sqrt,
	sub,
	tensor1d,
	tensor2d,
	tidy,
	type Tensor,
	type Tensor1D,
} from '@tensorflow/tfjs-core';
import { ADAM, type Moments } from '../adam';
import { LAYERS, layoutOf, type Layout, type Shape } from './layout';
import { inOrder, Network, type Weights } from './network';
import type { Batch } from './sequences';
import { tensors } from './tensors';

/** The network on the backend in use. */
export class DeviceNetwork {
	readonly #shape: Shape;
	readonly #layout: Layout;
	readonly #content: Tensor | null;
	#weights: Tensor1D;
	#first: Tensor1D;
	#second: Tensor1D;

	constructor(shape: Shape, content: Float32Array | null, from: Moments) {
		this.#shape = shape;
		this.#layout = layoutOf(shape);
		this.#content = content && tensor2d(content, [shape.items, shape.content]);
		this.#weights = tensor1d(from.weights);
		this.#first = tensor1d(from.first);
		this.#second = tensor1d(from.second);
	}

	/** The tensors to read a checkpoint from. */
	get moments() {
		return { weights: this.#weights, first: this.#first, second: this.#second };
	}

	/** One step of Adam; `number` counts from 1. */
	train(batch: Batch, rate: number, number: number): void {
		const [weights, first, second] = tidy(() => this.#step(batch, rate, number));
		for (const tensor of Object.values(this.moments)) tensor.dispose();
		this.#weights = weights;
		this.#first = first;
		this.#second = second;
	}

	/** See `Network.likelihood`. The caller disposes it. */
	likelihood(batch: Batch): Tensor {
		return tidy(() => this.#network().likelihood(batch));
	}

	dispose(): void {
		for (const tensor of Object.values(this.moments)) tensor.dispose();
		this.#content?.dispose();
	}

	#step(batch: Batch, rate: number, number: number): [Tensor1D, Tensor1D, Tensor1D] {
		const layers = inOrder(this.#network().gradient(batch));
		const gradient = concat(layers.map((layer) => reshape(layer, [layer.size]) as Tensor1D));
		const first = mix(this.#first, gradient, ADAM.first);
		const second = mix(this.#second, mul(gradient, gradient), ADAM.second);
		const corrected = (rate * Math.sqrt(1 - ADAM.second ** number)) / (1 - ADAM.first ** number);
		const change = div(mul(first, corrected), add(sqrt(second), ADAM.epsilon));
		return [sub(this.#weights, change), first, second];
	}

	#network(): Network<Tensor> {
		const layers = LAYERS.map((name) => {
			const { at, rows, columns } = this.#layout.layers[name];
			if (rows === 0) return [name, null] as const;
			return [name, reshape(slice(this.#weights, at, rows * columns), [rows, columns])] as const;
		});
		const weights = Object.fromEntries(layers) as unknown as Weights<Tensor>;
		return new Network(tensors, this.#shape, weights, this.#content);
	}
}

/** share × old + (1 - share) × new */
function mix(old: Tensor1D, now: Tensor, share: number): Tensor1D {
	return add(mul(old, share), mul(now, 1 - share));
}
