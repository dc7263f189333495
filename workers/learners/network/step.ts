import {
	add,
	clipByValue,
	concat,
	div,
	exp,
	matMul,
	mul,
	ones,
	relu,
	reshape,
	slice,
	step as positive,
	sub,
	tensor2d,
	transpose,
	type Tensor,
	type Tensor1D,
	type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { AdamStep, Moments } from '../adam';
import { DeviceAdam } from '../training/device-adam';
import type { Batch } from './batch';
import { type Layer, type Layout, type Shape, layoutOf } from './layout';

/** Of one step of the optimiser. */
export interface StepSettings extends AdamStep {
	/** Classes lose the log loss, values half the squared error. */
	readonly task: 'classes' | 'values';
}

/** Where a sigmoid saturates in float32 anyway; keeps its exponential finite. */
export const STEEPEST = 30;

/** The network on the backend in use, its gradient written out as in the float64 reference beside it. */
export class DeviceNetwork {
	readonly #shape: Shape;
	readonly #layout: Layout;
	readonly #adam: DeviceAdam;

	constructor(shape: Shape, from: Moments) {
		this.#shape = shape;
		this.#layout = layoutOf(shape);
		this.#adam = new DeviceAdam(from);
	}

	/** The tensors to read a checkpoint from. */
	get moments() {
		return this.#adam.moments;
	}

	train(batch: Batch, settings: StepSettings): void {
		this.#adam.step(() => this.#gradient(batch, settings.task), settings);
	}

	dispose(): void {
		this.#adam.dispose();
	}

	#gradient(batch: Batch, task: StepSettings['task']): Tensor1D {
		const { layers } = this.#layout;
		const { rows } = batch;
		const kept = batch.kept.map((values) => tensor2d(values, [rows, values.length / rows]));
		const inputs: Tensor2D[] = [tensor2d(batch.input, [rows, this.#shape.columns])];
		const sums = layers.map((layer, i) => {
			const sum = add(
				matMul(inputs[i] as Tensor2D, this.#matrix(layer)),
				this.#bias(layer),
			) as Tensor2D;
			inputs.push(drop(relu(sum), kept[i]));
			return sum;
		});
		const said = sums.at(-1) as Tensor2D;
		const wrong = sub(
			task === 'classes' ? sigmoidOf(said) : said,
			tensor2d(batch.target, [rows, 1]),
		);
		let byUnits = mul(wrong, tensor2d(batch.weight, [rows, 1])) as Tensor2D;
		const parts: Tensor[] = [];
		for (let i = layers.length - 1; i >= 0; i--) {
			const byBias = matMul(ones([1, rows]) as Tensor2D, byUnits);
			parts.unshift(matMul(transpose(inputs[i] as Tensor2D), byUnits), byBias);
			if (i === 0) break;
			const byInputs = matMul(byUnits, transpose(this.#matrix(layers[i] as Layer)));
			byUnits = drop(mul(byInputs, positive(sums[i - 1] as Tensor2D)), kept[i - 1]);
		}
		return concat(parts.map((part) => reshape(part, [part.size]) as Tensor1D));
	}

	#matrix({ inputs, units, at }: Layer): Tensor2D {
		return reshape(slice(this.moments.weights, at, inputs * units), [inputs, units]);
	}

	#bias({ units, biasAt }: Layer): Tensor2D {
		return reshape(slice(this.moments.weights, biasAt, units), [1, units]);
	}
}

const drop = (units: Tensor, kept: Tensor2D | undefined): Tensor2D =>
	(kept ? mul(units, kept) : units) as Tensor2D;

function sigmoidOf(score: Tensor2D): Tensor {
	const e = exp(clipByValue(score, -STEEPEST, STEEPEST));
	return div(e, add(e, 1));
}
