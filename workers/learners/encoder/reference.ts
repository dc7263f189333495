import { type AdamStep, type Moments, referenceAdam } from '../adam';
import type { AttributeGroup } from './attributes';
import type { Batch } from './batch';
import { layoutOf, type LayerName, type Shape } from './network';
import { STEEPEST } from './step';

/** What one step gives, in float64. */
export interface ReferenceStep {
	readonly guess: Float64Array;
	readonly gradient: Float64Array;
	readonly weights: Float64Array;
	readonly first: Float64Array;
	readonly second: Float64Array;
}

/**
 * The network's step once more, by plain loops in float64: what backends are checked against before
 * they are trusted. Slow.
 */
export function referenceStep(
	shape: Shape,
	groups: readonly AttributeGroup[],
	from: Moments,
	batch: Batch,
	step: AdamStep,
): ReferenceStep {
	const { layers, length } = layoutOf(shape);
	const layer = (name: LayerName): Matrix => {
		const { at, rows, columns } = layers[name];
		return {
			rows,
			columns,
			values: Float64Array.from(from.weights.subarray(at, at + rows * columns)),
		};
	};
	const { rows } = batch;
	const x = matrix(rows, shape.columns, batch.input);
	const masked = matrix(rows, shape.groups, batch.hidden);

	const seen = plus(times(x, layer('input')), times(masked, layer('mask')));
	const units = each(plusRow(seen, layer('inputBias')), (value) => Math.max(0, value));
	const code = plusRow(times(units, layer('code')), layer('codeBias'));
	const output = plusRow(times(code, layer('output')), layer('outputBias'));
	const guess = guessOf(output, groups);

	const byOutput = each(
		guess,
		(value, i) => (value - (batch.target[i] as number)) * (batch.weight[i] as number),
	);
	const byCode = times(byOutput, turned(layer('output')));
	const byUnits = each(times(byCode, turned(layer('code'))), (value, i) =>
		(units.values[i] as number) > 0 ? value : 0,
	);
	const sum = matrix(1, rows, new Float32Array(rows).fill(1));
	const gradient = new Float64Array(length);
	const parts: readonly [LayerName, Matrix][] = [
		['input', times(turned(x), byUnits)],
		['mask', times(turned(masked), byUnits)],
		['inputBias', times(sum, byUnits)],
		['code', times(turned(units), byCode)],
		['codeBias', times(sum, byCode)],
		['output', times(turned(code), byOutput)],
		['outputBias', times(sum, byOutput)],
	];
	for (const [name, { values }] of parts) gradient.set(values, layers[name].at);
	return { guess: guess.values, gradient, ...referenceAdam(from, gradient, step) };
}

function guessOf(output: Matrix, groups: readonly AttributeGroup[]): Matrix {
	const { rows, columns } = output;
	const bounded = each(output, (value) => Math.max(-STEEPEST, Math.min(STEEPEST, value)));
	const guess = each(output, (value) => value);
	for (let row = 0; row < rows; row++)
		for (const { kind, from, to } of groups) {
			if (kind === 'number') continue;
			const start = row * columns;
			const e = bounded.values.subarray(start + from, start + to).map(Math.exp);
			const total = e.reduce((all, value) => all + value, 0);
			e.forEach((value, i) => {
				guess.values[start + from + i] = value / (kind === 'category' ? total : value + 1);
			});
		}
	return guess;
}

interface Matrix {
	readonly rows: number;
	readonly columns: number;
	readonly values: Float64Array;
}

function matrix(rows: number, columns: number, values: Float32Array): Matrix {
	return { rows, columns, values: Float64Array.from(values) };
}

function each(of: Matrix, change: (value: number, i: number) => number): Matrix {
	return { ...of, values: of.values.map(change) };
}

function plus(left: Matrix, right: Matrix): Matrix {
	return each(left, (value, i) => value + (right.values[i] as number));
}

function plusRow(left: Matrix, row: Matrix): Matrix {
	return each(left, (value, i) => value + (row.values[i % row.columns] as number));
}

function turned({ rows, columns, values }: Matrix): Matrix {
	const result = new Float64Array(values.length);
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++)
			result[column * rows + row] = values[row * columns + column] as number;
	return { rows: columns, columns: rows, values: result };
}

function times(left: Matrix, right: Matrix): Matrix {
	const values = new Float64Array(left.rows * right.columns);
	for (let row = 0; row < left.rows; row++)
		for (let inner = 0; inner < left.columns; inner++) {
			const factor = left.values[row * left.columns + inner] as number;
			if (factor === 0) continue;
			for (let column = 0; column < right.columns; column++) {
				const at = row * right.columns + column;
				values[at] =
					(values[at] as number) +
					factor * (right.values[inner * right.columns + column] as number);
			}
		}
	return { rows: left.rows, columns: right.columns, values };
}
