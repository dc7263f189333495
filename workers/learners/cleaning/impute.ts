import type { Matrix, MatrixColumn } from '$workers/table/matrix';
import { quantile } from '$workers/math/quantile';
import type { Transform } from '../transform';
import {
	type ColumnChoice,
	choiceParams,
	countLevels,
	findColumn,
	replaceColumns,
} from './columns';
import { isListOf, isNumber, isRecord, isText } from './shape';
import { mean, mostFrequent, sortedKnown } from './statistics';
import { type StepKind, step, stepFrom } from './step';

interface Fills {
	readonly numbers: readonly { readonly name: string; readonly fill: number }[];
	readonly categories: readonly { readonly name: string; readonly level: string }[];
}

const KIND: StepKind<Fills> = {
	name: 'impute',
	isState: isRecord<Fills>({
		numbers: isListOf(isRecord({ name: isText, fill: isNumber })),
		categories: isListOf(isRecord({ name: isText, level: isText })),
	}),
	apply({ numbers, categories }, rows) {
		const filled = replaceColumns(rows, 'number', numbers, (column, { fill }) => [
			{ ...column, values: fillMissing(column.values, fill) },
		]);
		return replaceColumns(filled, 'category', categories, (column, { level }) => [
			fillLevel(column, level),
		]);
	},
};

/**
 * Fills missing numbers with the mean of the training rows, missing categories with their most
 * frequent one. A column that is missing throughout in training stays as it is.
 */
export const imputeMean = (choice: ColumnChoice = {}): Transform => impute('mean', mean, choice);

/** As `imputeMean`, with the median, which odd values do not move. */
export const imputeMedian = (choice: ColumnChoice = {}): Transform =>
	impute('median', (sorted) => quantile(sorted, 0.5), choice);

/** As `imputeMean`, with the most frequent number; of several, the smallest. */
export const imputeMode = (choice: ColumnChoice = {}): Transform =>
	impute('mode', (sorted) => mostFrequent(runs(sorted)) ?? Number.NaN, choice);

export const imputeFrom = stepFrom(KIND);

function impute(
	by: string,
	fillOf: (sorted: Float64Array) => number,
	choice: ColumnChoice,
): Transform {
	return step(KIND, { by, ...choiceParams(choice) }, ({ rows }) => ({
		numbers: columnsOf(rows, 'number', choice).map(({ name, values }) => ({
			name,
			fill: fillOf(sortedKnown(values)),
		})),
		categories: columnsOf(rows, 'category', choice).flatMap((column) => {
			const level = mostFrequent(countLevels(column));
			return level === undefined ? [] : [{ name: column.name, level }];
		}),
	}));
}

/** Named columns may be of either kind. */
function columnsOf(
	rows: Matrix,
	kind: MatrixColumn['kind'],
	{ columns }: ColumnChoice,
): readonly MatrixColumn[] {
	const all = columns ? columns.map((name) => findColumn(rows, name)) : rows.columns;
	return all.filter((column) => column.kind === kind);
}

function fillMissing(values: Float64Array, fill: number): Float64Array {
	return values.map((value) => (Number.isNaN(value) ? fill : value));
}

/** The level is added where a table does not know it. */
function fillLevel(column: MatrixColumn, level: string): MatrixColumn {
	const levels = column.levels.includes(level) ? column.levels : [...column.levels, level];
	return { ...column, levels, values: fillMissing(column.values, levels.indexOf(level)) };
}

/** Different numbers with how often they stand there, ascending. */
function* runs(sorted: Float64Array): Generator<readonly [number, number]> {
	let from = 0;
	for (let to = 1; to <= sorted.length; to++) {
		if (sorted[to] === sorted[from]) continue;
		yield [sorted[from] as number, to - from];
		from = to;
	}
}
