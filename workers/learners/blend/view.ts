import type { Matrix, MatrixColumn } from '$workers/table/matrix';
import type { Random } from '$workers/math/random';
import type { Examples } from '../tabular';

/**
 * How a learner sees the rows: a recipe that is fitted on training rows alone. Training rows are
 * handed back as the learner is to see them, which need not equal `apply` on them: a rate learned
 * from targets is out of fold there.
 */
export interface View {
	fit(train: Examples, random: Random): { readonly fitted: FittedView; readonly train: Matrix };
}

export interface FittedView {
	/** Plain data, from which `viewFrom` makes the same view again. */
	readonly state: ViewState;
	apply(rows: Matrix): Matrix;
	/** Of each column that it yields: the column that it was made of. */
	readonly sources: readonly string[];
}

export type ViewState = TreeViewState | LinearViewState;

export interface TreeViewState {
	readonly kind: 'trees';
	readonly columns: readonly (PlainColumn | RatedColumn)[];
}

/** As it is: a number, or a category of few levels. */
export interface PlainColumn {
	readonly as: 'plain';
	readonly name: string;
}

/** A category of many levels as two numbers: mean target of the level, and how often it is there. */
export interface RatedColumn {
	readonly as: 'rated';
	readonly name: string;
	readonly levels: readonly string[];
	/** For each level, and last for a missing one. */
	readonly rates: Float64Array;
	readonly counts: Float64Array;
}

export interface LinearViewState {
	readonly kind: 'linear';
	readonly columns: readonly LinearColumn[];
}

export type LinearColumn = SplineColumn | PlainColumn | RatedColumn;

/**
 * A number with hinges at its quantiles; what is missing stands at the mean, and what lies outside of
 * all that training has seen at its edge: a line does not end there by itself.
 */
export interface SplineColumn {
	readonly as: 'spline';
	readonly name: string;
	readonly mean: number;
	readonly low: number;
	readonly high: number;
	readonly deviation: number;
	readonly logarithm: boolean;
	readonly knots: readonly number[];
	readonly missing: boolean;
	/** Different values, where there are few. */
	readonly values: readonly number[];
}

/** The column of that name; a RangeError says that it is missing. */
export function columnNamed({ columns }: Matrix, name: string): MatrixColumn {
	const found = columns.find((column) => column.name === name);
	if (!found)
		throw new RangeError(`the column ${name} is missing: hand in all that it was fitted on`);
	return found;
}

/** For each row the place of its level in `levels`, or their number for a missing or unknown one. */
export function placesIn(levels: readonly string[], column: MatrixColumn): Uint32Array {
	const places = new Map(levels.map((level, place) => [level, place]));
	const table = column.levels.map((level) => places.get(level) ?? levels.length);
	return Uint32Array.from(column.values, (value) =>
		Number.isNaN(value) ? levels.length : (table[value] ?? levels.length),
	);
}
