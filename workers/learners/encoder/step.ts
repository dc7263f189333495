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
	tidy,
	transpose,
	type Tensor1D,
	type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { AdamStep, Moments } from '../adam';
import { DeviceAdam } from '../training/device-adam';
import { columnsOfKind, type AttributeGroup } from './attributes';
import type { Batch } from './batch';
import { layoutOf, type LayerName, type Layout, type Shape } from './network';

/** Where a softmax or a sigmoid saturates in float32 anyway; keeps their exponentials finite. */
export const STEEPEST = 30;

/**
 * The network on the backend in use. Its gradient is written out: it is ten products, the float64
 * reference beside it shows the same lines, and neither TensorFlow.js's tape nor its gradients need to
 * be loaded.
 */
export class DeviceNetwork {
	readonly #shape: Shape;
	readonly #layout: Layout;
	readonly #kinds: Kinds;
	readonly #adam: DeviceAdam;

	constructor(shape: Shape, groups: readonly AttributeGroup[], from: Moments) {
		this.#shape = shape;
		this.#layout = layoutOf(shape);
		this.#kinds = uploadKinds(groups, shape.columns);
		this.#adam = new DeviceAdam(from);
	}

	/** The tensors to read a checkpoint from. */
	get moments() {
		return this.#adam.moments;
	}

	train(batch: Batch, step: AdamStep): void {
		this.#adam.step(() => this.#gradient(batch), step);
	}

	/** Guesses of every attribute, rows × columns. The caller disposes them. */
	guess(batch: Batch): Tensor2D {
		return tidy(() => {
			const { output } = this.#forward(batch);
			return this.#guessOf(output);
		});
	}

	dispose(): void {
		this.#adam.dispose();
		for (const tensor of Object.values(this.#kinds)) tensor.dispose();
	}

	#forward({ rows, input, hidden }: Batch) {
		const { columns, groups } = this.#shape;
		const x = tensor2d(input, [rows, columns]);
		const masked = tensor2d(hidden, [rows, groups]);
		const seen = add(matMul(x, this.#layer('input')), matMul(masked, this.#layer('mask')));
		const units = relu(add(seen, this.#layer('inputBias'))) as Tensor2D;
		const code = add(matMul(units, this.#layer('code')), this.#layer('codeBias')) as Tensor2D;
		const output = add(matMul(code, this.#layer('output')), this.#layer('outputBias')) as Tensor2D;
		return { x, masked, units, code, output };
	}

	/**
	 * Numbers as they are; the others by e / (sum of their category), or e / (e + 1) for a binary one,
	 * which is a softmax and a sigmoid in one formula.
	 */
	#guessOf(output: Tensor2D): Tensor2D {
		const { numbers, binaries, others, member } = this.#kinds;
		const e = exp(clipByValue(output, -STEEPEST, STEEPEST)) as Tensor2D;
		const ofCategory = matMul(matMul(e, member), transpose(member));
		const total = add(add(ofCategory, mul(e, binaries)), others);
		return add(mul(div(e, total), sub(1, numbers)), mul(output, numbers));
	}

	#gradient(batch: Batch): Tensor1D {
		const { x, masked, units, code, output } = this.#forward(batch);
		const { rows, target, weight } = batch;
		const shape: [number, number] = [rows, this.#shape.columns];
		const wrong = sub(this.#guessOf(output), tensor2d(target, shape));
		const byOutput = mul(wrong, tensor2d(weight, shape)) as Tensor2D;
		const byCode = matMul(byOutput, transpose(this.#layer('output')));
		const byUnits = mul(
			matMul(byCode, transpose(this.#layer('code'))),
			positive(units),
		) as Tensor2D;
		const sum = ones([1, rows]) as Tensor2D;
		// In the order of the layers.
		return concat(
			[
				matMul(transpose(x), byUnits),
				matMul(transpose(masked), byUnits),
				matMul(sum, byUnits),
				matMul(transpose(units), byCode),
				matMul(sum, byCode),
				matMul(transpose(code), byOutput),
				matMul(sum, byOutput),
			].map((part) => reshape(part, [part.size]) as Tensor1D),
		);
	}

	#layer(name: LayerName): Tensor2D {
		const { at, rows, columns } = this.#layout.layers[name];
		return reshape(slice(this.moments.weights, at, rows * columns), [rows, columns]);
	}
}

/** Flags of columns, 1 × columns, and columns × categories: 1 where a column belongs to one. */
interface Kinds {
	readonly numbers: Tensor2D;
	readonly binaries: Tensor2D;
	/** Not of a category. */
	readonly others: Tensor2D;
	readonly member: Tensor2D;
}

function uploadKinds(groups: readonly AttributeGroup[], columns: number): Kinds {
	const flags = (kind: AttributeGroup['kind']) => columnsOfKind(groups, columns, kind);
	const row = (values: Float32Array) => tensor2d(values, [1, columns]);
	const categories = groups.filter(({ kind }) => kind === 'category');
	// No tensor may be empty: without a category, one without members stands in.
	const width = Math.max(1, categories.length);
	const member = new Float32Array(columns * width);
	categories.forEach(({ from, to }, category) => {
		for (let column = from; column < to; column++) member[column * width + category] = 1;
	});
	return {
		numbers: row(flags('number')),
		binaries: row(flags('binary')),
		others: row(flags('category').map((flag) => 1 - flag)),
		member: tensor2d(member, [columns, width]),
	};
}
