import { type Matrix, type MatrixColumn } from '$workers/table/matrix';
import { check } from '../boosted-trees/settings';
import { requireExamples } from '../examples';
import { breathing } from '../linear';
import type { Transform } from '../transform';
import { chosenColumns, countLevels, replaceColumns } from './columns';
import {
	type Donors,
	Filler,
	coordinatesOf,
	donorsFrom,
	drawRows,
	standardNumbers,
} from './nearest';
import { isFloats, isListOf, isNumber, isRecord, isSound, isText } from './shape';
import { type StepKind, fittedStep, stepFrom } from './step';

export interface NearestOptions {
	/** How many of the nearest rows fill a gap; 5 if left out. */
	readonly neighbours?: number;
	/** Gaps are filled from at most so many training rows, drawn at random; 1,000 if left out. */
	readonly mostDonors?: number;
}

const KIND: StepKind<Donors> = {
	name: 'impute-nearest',
	isState: isSound(
		isRecord<Donors>({
			neighbours: isNumber,
			numbers: isListOf(isRecord({ name: isText, mean: isNumber, deviation: isNumber })),
			categories: isListOf(isRecord({ name: isText, levels: isListOf(isText) })),
			values: isFloats,
		}),
		({ numbers, categories, values }) =>
			values.length % Math.max(1, numbers.length + categories.length) === 0,
	),
	apply(donors, rows) {
		const filler = new Filler(donors);
		const coordinates = coordinatesOf(donors, rows);
		for (let row = 0; row < rows.count; row++) filler.fill(coordinates, rows.count, row);
		return withFills(donors, rows, coordinates);
	},
};

const ROWS_A_BREATH = 200;

/**
 * Fills missing numbers with the mean, and missing categories with the most frequent level, of the
 * nearest training rows that have them (Troyanskaya et al. 2001). Distances are over the columns that
 * both rows have, as in scikit-learn's KNNImputer (`nan_euclidean`), but of standardised numbers, and
 * a category that differs counts as one standard deviation. Takes time with rows that have gaps ×
 * donors × columns.
 */
export function imputeNearest(options: NearestOptions = {}): Transform {
	const { neighbours = 5, mostDonors = 1000 } = options;
	check('neighbours', neighbours, 1, 1000, true);
	check('mostDonors', mostDonors, 1, 1e6, true);
	return {
		name: KIND.name,
		params: { neighbours, mostDonors },
		async fit(train, run) {
			requireExamples(train);
			const { rows } = train;
			const drawn = drawRows(rows.count, mostDonors, run.random.fork(KIND.name));
			const donors = donorsFrom(rows, { neighbours, ...comparedBy(rows) }, drawn);
			const breathe = breathing(run);
			const filler = new Filler(donors);
			const coordinates = coordinatesOf(donors, rows);
			for (let row = 0; row < rows.count; row++) {
				if (row % ROWS_A_BREATH === 0) await breathe(row / rows.count);
				filler.fill(coordinates, rows.count, row);
			}
			return { fitted: fittedStep(KIND, donors), train: withFills(donors, rows, coordinates) };
		},
	};
}

export const imputeNearestFrom = stepFrom(KIND);

function comparedBy(rows: Matrix): Pick<Donors, 'numbers' | 'categories'> {
	return {
		numbers: standardNumbers(chosenColumns(rows, 'number', {})),
		categories: chosenColumns(rows, 'category', {}).map((column) => ({
			name: column.name,
			levels: [...countLevels(column).keys()],
		})),
	};
}

/** What was missing comes from the coordinates; the rest is left to the digit. */
function withFills(
	{ numbers, categories }: Donors,
	rows: Matrix,
	coordinates: Float64Array,
): Matrix {
	const at = (column: number) => (row: number) => coordinates[column * rows.count + row] as number;
	const offsetOf = new Map([...numbers, ...categories].map(({ name }, column) => [name, column]));
	const filled = replaceColumns(rows, 'number', numbers, (column, { name, mean, deviation }) => {
		const fill = at(offsetOf.get(name) as number);
		return [fillColumn(column, (row) => mean + deviation * fill(row))];
	});
	return replaceColumns(filled, 'category', categories, (column, { name, levels }) => {
		const fill = at(offsetOf.get(name) as number);
		const all = [...new Set([...column.levels, ...levels])];
		const placeOf = levels.map((level) => all.indexOf(level));
		const levelled = { ...column, levels: all };
		return [fillColumn(levelled, (row) => placeOf[fill(row)] ?? Number.NaN)];
	});
}

function fillColumn(column: MatrixColumn, fill: (row: number) => number): MatrixColumn {
	const values = column.values.map((value, row) => (Number.isNaN(value) ? fill(row) : value));
	return { ...column, values };
}
