import type { Matrix } from '$workers/table/matrix';
import type { SparseRows } from '$workers/table/sparse';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { sigmoid } from '../calibration';
import type { Fitted } from '../contract';
import { type Design, designFrom, designRows } from '../linear';
import type { Predictions } from '../tabular';
import { type Layer, layoutOf } from './layout';

export interface NetworkModel {
	readonly task: 'classes' | 'values';
	readonly design: Design;
	readonly hidden: readonly number[];
	/** See `layoutOf`. */
	readonly weights: Float32Array;
	/** Value = mean + deviation × score of the network; 0 and 1 for classes. */
	readonly mean: number;
	readonly deviation: number;
}

/** A trained network. It predicts by plain loops and holds no tensors. */
export class FittedNetwork implements Fitted<Matrix, Predictions> {
	readonly #model: NetworkModel;

	constructor(model: NetworkModel) {
		if (!model.weights.every(Number.isFinite))
			throw new RangeError('a weight of the network is not finite');
		this.#model = model;
	}

	async predict(query: Matrix): Promise<Predictions> {
		const { task, design, hidden, weights, mean, deviation } = this.#model;
		const rows = inputRows(design, query);
		const scores = networkScores(rows, hidden, weights).map((score) => mean + deviation * score);
		return { scores, values: task === 'classes' ? scores.map(sigmoid) : scores.slice() };
	}

	toBuffer(): ArrayBuffer {
		const { task, design, hidden, weights, mean, deviation } = this.#model;
		return encodeTensors({
			arrays: {
				weights,
				hidden: Uint32Array.from(hidden),
				scale: Float64Array.of(mean, deviation),
			},
			metadata: { learner: 'network', task, design: JSON.stringify(design) },
		});
	}

	dispose(): void {}
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not those of a network. */
export function networkFrom(buffer: ArrayBuffer): FittedNetwork {
	const { arrays, metadata } = decodeTensors(buffer);
	const { weights, hidden, scale } = arrays;
	const { task } = metadata;
	if (metadata['learner'] !== 'network' || (task !== 'classes' && task !== 'values'))
		throw new RangeError('the bytes are not those of a network');
	const design = designFrom(metadata['design']);
	if (
		!(hidden instanceof Uint32Array) ||
		!(scale instanceof Float64Array && scale.length === 2 && scale.every(Number.isFinite)) ||
		!(weights instanceof Float32Array) ||
		weights.length !== layoutOf({ columns: design.width - 1, hidden: [...hidden] }).length
	)
		throw new RangeError('the numbers of a network are damaged');
	const [mean = 0, deviation = 1] = scale;
	return new FittedNetwork({
		task,
		design,
		hidden: [...hidden],
		weights: weights.slice(),
		mean,
		deviation,
	});
}

/** Standardised numbers are drawn in to this, so that one odd value cannot upset a step. */
const FARTHEST = 6;

/** Rows as the network is given them, in training as later. */
export function inputRows(design: Design, table: Matrix): SparseRows {
	const rows = designRows(design, table);
	const drawnIn = rows.values.map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, value)));
	return { ...rows, values: drawnIn };
}

/** The score of every row; the constant column of the design is not used. */
export function networkScores(
	rows: SparseRows,
	hidden: readonly number[],
	weights: Float32Array,
): Float64Array {
	const { layers } = layoutOf({ columns: rows.width - 1, hidden });
	const [first, ...rest] = layers as [Layer, ...Layer[]];
	return Float64Array.from({ length: rows.count }, (_, row) => {
		let units = firstLayer(rows, row, first, weights);
		for (const layer of rest) units = nextLayer(units, layer, weights);
		return units[0] as number;
	});
}

function firstLayer(
	rows: SparseRows,
	row: number,
	{ inputs, units, at, biasAt }: Layer,
	weights: Float32Array,
): Float64Array {
	const sums = Float64Array.from(weights.subarray(biasAt, biasAt + units));
	for (let i = rows.starts[row] as number; i < (rows.starts[row + 1] as number); i++) {
		const column = rows.columns[i] as number;
		if (column < inputs) addInput(sums, rows.values[i] as number, at + column * units, weights);
	}
	return sums;
}

/** Rectifies what comes in, then weighs it. */
function nextLayer(
	before: Float64Array,
	{ units, at, biasAt }: Layer,
	weights: Float32Array,
): Float64Array {
	const sums = Float64Array.from(weights.subarray(biasAt, biasAt + units));
	before.forEach((value, input) => {
		if (value > 0) addInput(sums, value, at + input * units, weights);
	});
	return sums;
}

function addInput(sums: Float64Array, value: number, at: number, weights: Float32Array): void {
	for (let unit = 0; unit < sums.length; unit++)
		sums[unit] = (sums[unit] as number) + value * (weights[at + unit] as number);
}
