import type { Fitted } from '$workers/learners/contract';
import type { SparseRows } from '$workers/table/sparse';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { standardise } from './attributes';

/** How the training went. Losses are of attributes hidden from rows that were not trained on. */
export interface EncoderSummary {
	readonly rows: number;
	/** Passes over the rows; the best one's weights were kept. */
	readonly epochs: number;
	readonly bestEpoch: number;
	readonly loss: number;
	/** The same for guessing what is usual. */
	readonly naiveLoss: number;
}

/** The half of the network that encodes, as plain arrays; matrices row by row. */
export interface EncoderWeights {
	readonly columns: number;
	readonly hidden: number;
	readonly size: number;
	/** columns × hidden */
	readonly input: Float32Array;
	readonly inputBias: Float32Array;
	/** hidden × size */
	readonly code: Float32Array;
	readonly codeBias: Float32Array;
	/** Of the columns; 0 and 1 where a column is not a number. */
	readonly means: Float32Array;
	readonly deviations: Float32Array;
}

const FORMAT = 'encoder-1';

/**
 * Embeds rows: `predict` gives rows × size numbers. Plain loops over what is not zero, so that it needs
 * no device, gives the same bytes in any batch, and runs where nothing is trained.
 */
export class FittedEncoder implements Fitted<SparseRows, Float32Array> {
	readonly weights: EncoderWeights;
	readonly summary: EncoderSummary;
	/** What the hidden layer gets from a row of zeros. */
	readonly #empty: Float64Array;

	constructor(weights: EncoderWeights, summary: EncoderSummary) {
		this.weights = weights;
		this.summary = summary;
		this.#empty = emptyRow(weights);
	}

	get size(): number {
		return this.weights.size;
	}

	async predict(rows: SparseRows): Promise<Float32Array> {
		const { columns, hidden, size } = this.weights;
		if (rows.width !== columns)
			throw new RangeError(`encoder: trained on ${columns} columns, asked with ${rows.width}`);
		const embeddings = new Float32Array(rows.count * size);
		const units = new Float64Array(hidden);
		for (let row = 0; row < rows.count; row++) {
			this.#readRow(rows, row, units);
			this.#encode(units, embeddings.subarray(row * size, (row + 1) * size));
		}
		return embeddings;
	}

	toBuffer(): ArrayBuffer {
		const { columns, hidden, size, ...arrays } = this.weights;
		const sizes = JSON.stringify({ columns, hidden, size });
		const metadata = { format: FORMAT, sizes, summary: JSON.stringify(this.summary) };
		return encodeTensors({ arrays, metadata });
	}

	/** Nothing to release: it holds no tensors. */
	dispose(): void {}

	#readRow({ starts, columns, values }: SparseRows, row: number, units: Float64Array): void {
		const { input, hidden, means, deviations } = this.weights;
		units.set(this.#empty);
		const end = starts[row + 1] as number;
		for (let at = starts[row] as number; at < end; at++) {
			const column = columns[at] as number;
			const value = values[at] as number;
			if (!Number.isFinite(value))
				throw new RangeError(`encoder: column ${column} holds no number`);
			const mean = means[column] as number;
			const deviation = deviations[column] as number;
			const change = standardise(value, mean, deviation) - standardise(0, mean, deviation);
			const from = column * hidden;
			for (let unit = 0; unit < hidden; unit++)
				units[unit] = (units[unit] as number) + change * (input[from + unit] as number);
		}
	}

	#encode(units: Float64Array, embedding: Float32Array): void {
		const { code, codeBias, size } = this.weights;
		const sums = Float64Array.from(codeBias);
		units.forEach((unit, from) => {
			if (unit <= 0) return;
			for (let i = 0; i < size; i++)
				sums[i] = (sums[i] as number) + unit * (code[from * size + i] as number);
		});
		embedding.set(sums);
	}
}

/** The inverse of `toBuffer`. A RangeError says what does not fit. */
export function encoderFrom(buffer: ArrayBuffer): FittedEncoder {
	const { arrays, metadata } = decodeTensors(buffer);
	if (metadata.format !== FORMAT) throw new RangeError('encoder: these bytes are not an encoder');
	const sizes = JSON.parse(metadata.sizes ?? '{}') as Record<string, unknown>;
	const sizeOf = (name: string): number => {
		const size = sizes[name];
		if (!Number.isSafeInteger(size)) throw new RangeError(`encoder: no ${name}`);
		return size as number;
	};
	const columns = sizeOf('columns');
	const hidden = sizeOf('hidden');
	const size = sizeOf('size');
	const array = (name: string, length: number): Float32Array => {
		const found = arrays[name];
		if (!(found instanceof Float32Array) || found.length !== length)
			throw new RangeError(`encoder: "${name}" does not have ${length} numbers`);
		return found;
	};
	return new FittedEncoder(
		{
			columns,
			hidden,
			size,
			input: array('input', columns * hidden),
			inputBias: array('inputBias', hidden),
			code: array('code', hidden * size),
			codeBias: array('codeBias', size),
			means: array('means', columns),
			deviations: array('deviations', columns),
		},
		JSON.parse(metadata.summary ?? '{}') as EncoderSummary,
	);
}

function emptyRow({ columns, hidden, input, inputBias, means, deviations }: EncoderWeights) {
	const units = Float64Array.from(inputBias);
	for (let column = 0; column < columns; column++) {
		const value = standardise(0, means[column] as number, deviations[column] as number);
		if (value === 0) continue;
		for (let unit = 0; unit < hidden; unit++)
			units[unit] = (units[unit] as number) + value * (input[column * hidden + unit] as number);
	}
	return units;
}
