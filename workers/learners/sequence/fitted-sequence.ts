import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Fitted } from '../contract';
import type { Interactions, ItemQuery, RankedItems, ScoresItems } from '../interactions';
import { rankItems, scoreItems } from '../rank-items';
import { type Float64Matrix } from './float64';
import { LAYERS, layerOf, layoutOf, type Shape } from './layout';
import type { Network } from './network';
import { referenceNetwork } from './reference';
import type { Batch, Sequences } from './sequences';

/** How the training went. Losses (nats a step) are of sequences that were not trained on. */
export interface SequenceSummary {
	readonly sequences: number;
	/** Passes over the sequences; the best one's weights were kept. */
	readonly epochs: number;
	readonly bestEpoch: number;
	readonly loss: number;
	/** The same for guessing what is usual. */
	readonly naiveLoss: number;
}

const FORMAT = 'sequence-1';

/**
 * Scores every item as the next one, by the logarithm of its probability. The items of a history must
 * stand in the order in which they came, the oldest first; their values do not count. Plain loops in
 * float64, so that it needs no device and gives the same numbers in any batch.
 */
export class FittedSequence implements Fitted<ItemQuery, RankedItems>, ScoresItems {
	readonly items: number;
	readonly summary: SequenceSummary;
	readonly #shape: Shape;
	readonly #weights: Float32Array;
	readonly #network: Network<Float64Matrix>;
	readonly #bias: Float32Array;

	private constructor(shape: Shape, weights: Float32Array, summary: SequenceSummary) {
		this.items = shape.items;
		this.summary = summary;
		this.#shape = shape;
		this.#weights = weights;
		this.#network = referenceNetwork(shape, weights, null);
		this.#bias = layerOf(weights, layoutOf(shape).layers.bias);
	}

	/** From trained weights; what is made of the content goes into the items' own numbers. */
	static trained(
		shape: Shape,
		weights: Float32Array,
		content: Float32Array | null,
		summary: SequenceSummary,
	): FittedSequence {
		const alone = { ...shape, content: 0 };
		const merged = new Float32Array(layoutOf(alone).length);
		for (const name of LAYERS)
			if (name !== 'content')
				layerOf(merged, layoutOf(alone).layers[name]).set(
					layerOf(weights, layoutOf(shape).layers[name]),
				);
		const { items } = referenceNetwork(shape, weights, content);
		layerOf(merged, layoutOf(alone).layers.item).set(items.values);
		return new FittedSequence(alone, merged, summary);
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this model. */
	static from(buffer: ArrayBuffer): FittedSequence {
		const { arrays, metadata } = decodeTensors(buffer);
		if (metadata['format'] !== FORMAT)
			throw new RangeError('the bytes are not those of a sequence model');
		const shape = JSON.parse(metadata['shape'] ?? '{}') as Shape;
		const { weights } = arrays;
		if (!(weights instanceof Float32Array) || weights.length !== layoutOf(shape).length)
			throw new RangeError('the weights of the sequence model do not fit its shape');
		return new FittedSequence(
			shape,
			weights,
			JSON.parse(metadata['summary'] ?? '{}') as SequenceSummary,
		);
	}

	async predict(query: ItemQuery): Promise<RankedItems> {
		return rankItems(query, this.items, (row, scores) => this.#score(query.histories, row, scores));
	}

	async scores(histories: Interactions): Promise<Float32Array> {
		return scoreItems(histories, this.items, (row, scores) => this.#score(histories, row, scores));
	}

	toBuffer(): ArrayBuffer {
		return encodeTensors({
			arrays: { weights: this.#weights },
			metadata: {
				format: FORMAT,
				shape: JSON.stringify(this.#shape),
				summary: JSON.stringify(this.summary),
			},
		});
	}

	/** Nothing to release: it holds no tensors. */
	dispose(): void {}

	#score(histories: Sequences, row: number, scores: Float32Array): void {
		const { size, length } = this.#shape;
		const end = histories.starts[row + 1] as number;
		const from = Math.max(histories.starts[row] as number, end - length);
		const outlook =
			end > from
				? this.#outlook(Int32Array.from(histories.columns.subarray(from, end)))
				: new Float64Array(size);
		const { values } = this.#network.items;
		const raw = Float64Array.from(this.#bias, (bias, item) => {
			let sum = bias;
			for (let k = 0; k < size; k++)
				sum += (values[item * size + k] as number) * (outlook[k] as number);
			return sum;
		});
		const highest = raw.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
		const total = raw.reduce((sum, value) => sum + Math.exp(value - highest), 0);
		const whole = highest + Math.log(total);
		raw.forEach((value, item) => (scores[item] = value - whole));
	}

	/** What the last step says of the next item. */
	#outlook(items: Int32Array): Float64Array {
		const { size } = this.#shape;
		const { values } = this.#network.outlook(wholeBatch(items, size));
		return values.subarray((items.length - 1) * size);
	}
}

/** One history, with nothing left out. */
function wholeBatch(items: Int32Array, size: number): Batch {
	const ones = new Float32Array(items.length * size).fill(1);
	return {
		rows: 1,
		length: items.length,
		items,
		next: new Int32Array(items.length),
		weight: new Float32Array(items.length),
		kept: [ones, ones, ones],
	};
}
