import { type Moments, referenceAdam } from '../adam';
import type { Batch } from './batch';
import { type Layer, type Shape, layoutOf } from './layout';
import { STEEPEST, type StepSettings } from './step';

/** What one step gives, in float64. */
export interface ReferenceStep {
	readonly loss: number;
	readonly gradient: Float64Array;
	readonly weights: Float64Array;
	readonly first: Float64Array;
	readonly second: Float64Array;
}

/**
 * The network's step once more, by plain loops in float64, a row at a time: what backends are checked
 * against before they are trusted. Slow.
 */
export function referenceStep(
	shape: Shape,
	from: Moments,
	batch: Batch,
	settings: StepSettings,
): ReferenceStep {
	const { layers, length } = layoutOf(shape);
	const gradient = new Float64Array(length);
	let loss = 0;
	for (let row = 0; row < batch.rows; row++) {
		const inputs = forward(layers, from.weights, batch, row);
		const [score = 0] = inputs.at(-1) ?? [];
		const target = batch.target[row] as number;
		const weight = batch.weight[row] as number;
		loss += weight * lossOf(settings.task, score, target);
		const said = settings.task === 'classes' ? sigmoid(score) : score;
		addBackward(gradient, layers, from.weights, inputs, batch, row, weight * (said - target));
	}
	return { loss, gradient, ...referenceAdam(from, gradient, settings) };
}

/** What each layer is given, and at last the score. */
function forward(
	layers: readonly Layer[],
	weights: Float32Array,
	batch: Batch,
	row: number,
): Float64Array[] {
	const columns = (layers[0] as Layer).inputs;
	const values = [Float64Array.from(batch.input.subarray(row * columns, (row + 1) * columns))];
	layers.forEach(({ inputs, units, at, biasAt }, i) => {
		const sums = Float64Array.from({ length: units }, (_, unit) => {
			let sum = weights[biasAt + unit] as number;
			for (let input = 0; input < inputs; input++)
				sum += (values[i]?.[input] as number) * (weights[at + input * units + unit] as number);
			return sum;
		});
		const isLast = i === layers.length - 1;
		values.push(
			isLast
				? sums
				: sums.map((sum, unit) => Math.max(0, sum) * keptOf(batch, i, row, units, unit)),
		);
	});
	return values;
}

function addBackward(
	gradient: Float64Array,
	layers: readonly Layer[],
	weights: Float32Array,
	values: readonly Float64Array[],
	batch: Batch,
	row: number,
	wrong: number,
): void {
	let byUnits = Float64Array.of(wrong);
	for (let i = layers.length - 1; i >= 0; i--) {
		const { inputs, units, at, biasAt } = layers[i] as Layer;
		const own = byUnits;
		own.forEach((slope, unit) => {
			gradient[biasAt + unit] = (gradient[biasAt + unit] as number) + slope;
		});
		byUnits = Float64Array.from({ length: inputs }, (_, input) => {
			const value = values[i]?.[input] as number;
			let sum = 0;
			own.forEach((slope, unit) => {
				const place = at + input * units + unit;
				gradient[place] = (gradient[place] as number) + slope * value;
				sum += slope * (weights[place] as number);
			});
			return i > 0 && value > 0 ? sum * keptOf(batch, i - 1, row, inputs, input) : 0;
		});
	}
}

const keptOf = ({ kept }: Batch, layer: number, row: number, units: number, unit: number): number =>
	kept[layer]?.[row * units + unit] ?? 1;

function sigmoid(score: number): number {
	return 1 / (1 + Math.exp(-Math.max(-STEEPEST, Math.min(STEEPEST, score))));
}

/** Log loss of a log-odds, or half the squared error. */
export function lossOf(task: StepSettings['task'], score: number, target: number): number {
	if (task === 'values') return (score - target) ** 2 / 2;
	return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - target * score;
}
