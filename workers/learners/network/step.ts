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
	sqrt,
	step as positive,
	sub,
	tensor1d,
	tensor2d,
	tidy,
	transpose,
	type Tensor,
	type Tensor1D,
	type Tensor2D,
} from '@tensorflow/tfjs-core';
import { ADAM, type Moments } from '../adam';
import type { Batch } from './batch';
import { type Layer, type Layout, type Shape, layoutOf } from './layout';

/** Of one step of the optimiser. */
export interface StepSettings {
	/** Classes lose the log loss, values half the squared error. */
	readonly task: 'classes' | 'values';
	readonly rate: number;
	/** Weights shrink by this share times the rate (Loshchilov and Hutter 2019). */
	readonly decay: number;
	/** Counts from 1. */
	readonly number: number;
}

/** Where a sigmoid saturates in float32 anyway; keeps its exponential finite. */
export const STEEPEST = 30;

/** The network on the backend in use, its gradient written out as in the float64 reference beside it. */
export class DeviceNetwork {
	readonly #shape: Shape;
	readonly #layout: Layout;
	#weights: Tensor1D;
	#first: Tensor1D;
	#second: Tensor1D;

	constructor(shape: Shape, from: Moments) {
		this.#shape = shape;
		this.#layout = layoutOf(shape);
		this.#weights = tensor1d(from.weights);
		this.#first = tensor1d(from.first);
		this.#second = tensor1d(from.second);
	}

	/** The tensors to read a checkpoint from. */
	get moments() {
		return { weights: this.#weights, first: this.#first, second: this.#second };
	}

	train(batch: Batch, settings: StepSettings): void {
		const [weights, first, second] = tidy(() => this.#step(batch, settings));
		this.dispose();
		this.#weights = weights;
		this.#first = first;
		this.#second = second;
	}

	dispose(): void {
		for (const tensor of [this.#weights, this.#first, this.#second]) tensor.dispose();
	}

	#step(batch: Batch, settings: StepSettings): [Tensor1D, Tensor1D, Tensor1D] {
		const { rate, decay, number } = settings;
		const gradient = this.#gradient(batch, settings.task);
		const first = mix(this.#first, gradient, ADAM.first);
		const second = mix(this.#second, mul(gradient, gradient), ADAM.second);
		const corrected = (rate * Math.sqrt(1 - ADAM.second ** number)) / (1 - ADAM.first ** number);
		const change = div(mul(first, corrected), add(sqrt(second), ADAM.epsilon));
		return [sub(mul(this.#weights, 1 - rate * decay), change), first, second];
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
		return reshape(slice(this.#weights, at, inputs * units), [inputs, units]);
	}

	#bias({ units, biasAt }: Layer): Tensor2D {
		return reshape(slice(this.#weights, biasAt, units), [1, units]);
	}
}

const drop = (units: Tensor, kept: Tensor2D | undefined): Tensor2D =>
	(kept ? mul(units, kept) : units) as Tensor2D;

function sigmoidOf(score: Tensor2D): Tensor {
	const e = exp(clipByValue(score, -STEEPEST, STEEPEST));
	return div(e, add(e, 1));
}

/** share × old + (1 - share) × new */
function mix(old: Tensor1D, now: Tensor, share: number): Tensor1D {
	return add(mul(old, share), mul(now, 1 - share));
}
