import {
	concat,
	reshape,
	slice,
	tensor2d,
	tidy,
	type Tensor,
	type Tensor1D,
} from '@tensorflow/tfjs-core';
import type { AdamStep, Moments } from '../adam';
import { DeviceAdam } from '../training/device-adam';
import { LAYERS, layoutOf, type Layout, type Shape } from './layout';
import { inOrder, Network, type Weights } from './network';
import type { Batch } from './sequences';
import { tensors } from './tensors';

/** The network on the backend in use. */
export class DeviceNetwork {
	readonly #shape: Shape;
	readonly #layout: Layout;
	readonly #content: Tensor | null;
	readonly #adam: DeviceAdam;

	constructor(shape: Shape, content: Float32Array | null, from: Moments) {
		this.#shape = shape;
		this.#layout = layoutOf(shape);
		this.#content = content && tensor2d(content, [shape.items, shape.content]);
		this.#adam = new DeviceAdam(from);
	}

	/** The tensors to read a checkpoint from. */
	get moments() {
		return this.#adam.moments;
	}

	train(batch: Batch, step: AdamStep): void {
		this.#adam.step(() => {
			const layers = inOrder(this.#network().gradient(batch));
			return concat(layers.map((layer) => reshape(layer, [layer.size]) as Tensor1D));
		}, step);
	}

	/** See `Network.likelihood`. The caller disposes it. */
	likelihood(batch: Batch): Tensor {
		return tidy(() => this.#network().likelihood(batch));
	}

	dispose(): void {
		this.#adam.dispose();
		this.#content?.dispose();
	}

	#network(): Network<Tensor> {
		const layers = LAYERS.map((name) => {
			const { at, rows, columns } = this.#layout.layers[name];
			if (rows === 0) return [name, null] as const;
			return [
				name,
				reshape(slice(this.moments.weights, at, rows * columns), [rows, columns]),
			] as const;
		});
		const weights = Object.fromEntries(layers) as unknown as Weights<Tensor>;
		return new Network(tensors, this.#shape, weights, this.#content);
	}
}
