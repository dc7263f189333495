import { type Matrix, type MatrixColumn, matrix } from '$workers/table/matrix';

/** Of a step: the columns that it is about. All of the kind that it takes, where left out. */
export interface ColumnChoice {
	readonly columns?: readonly string[];
}

/** For `params`. */
export const choiceParams = ({ columns }: ColumnChoice): { readonly columns: string } => ({
	columns: columns ? columns.join(', ') : 'all',
});

/** A RangeError where a column is missing or of another kind. */
export function findColumn(rows: Matrix, name: string, kind?: MatrixColumn['kind']): MatrixColumn {
	const found = rows.columns.find((column) => column.name === name);
	if (!found) throw new RangeError(`column ${name} is missing: hand in the columns of training`);
	if (kind && found.kind !== kind) throw new RangeError(`column ${name} must be a ${kind}`);
	return found;
}

export function chosenColumns(
	rows: Matrix,
	kind: MatrixColumn['kind'],
	{ columns }: ColumnChoice,
): readonly MatrixColumn[] {
	return columns
		? columns.map((name) => findColumn(rows, name, kind))
		: rows.columns.filter((column) => column.kind === kind);
}

/** Puts any number of columns in the place of each that something was learned about. */
export function replaceColumns<Learned extends { readonly name: string }>(
	rows: Matrix,
	kind: MatrixColumn['kind'],
	learned: readonly Learned[],
	replace: (column: MatrixColumn, about: Learned) => readonly MatrixColumn[],
): Matrix {
	const instead = new Map(
		learned.map((about) => [about.name, replace(findColumn(rows, about.name, kind), about)]),
	);
	return withColumns(
		rows,
		rows.columns.flatMap((column) => instead.get(column.name) ?? [column]),
	);
}

export function addColumns(rows: Matrix, more: readonly MatrixColumn[]): Matrix {
	return withColumns(rows, [...rows.columns, ...more]);
}

/** As many rows, of other columns; keeps their count where no column is left. */
function withColumns({ count }: Matrix, columns: readonly MatrixColumn[]): Matrix {
	return columns.length > 0 ? matrix(columns) : { count, columns };
}

/** The same column with other numbers in the place of those that are known. */
export function mapKnown(column: MatrixColumn, change: (value: number) => number): MatrixColumn {
	return {
		...column,
		values: column.values.map((value) => (Number.isNaN(value) ? value : change(value))),
	};
}

/**
 * Category values as places in another list of names, NaN for those not in it. Steps keep levels by
 * name, since the numbers of levels differ from table to table.
 */
export function placesIn(levels: readonly string[], column: MatrixColumn): Float64Array {
	const placeOf = new Map(levels.map((level, place) => [level, place]));
	const places = Float64Array.from(column.levels, (level) => placeOf.get(level) ?? Number.NaN);
	return column.values.map((level) => places[level] ?? Number.NaN);
}

/** How many rows have each level, by name, in the order of the names; levels of no row are left out. */
export function countLevels(column: MatrixColumn): ReadonlyMap<string, number> {
	const counts = new Float64Array(column.levels.length);
	for (const level of column.values)
		if (!Number.isNaN(level)) counts[level] = (counts[level] as number) + 1;
	const found = column.levels.map((level, i): [string, number] => [level, counts[i] as number]);
	return new Map(found.filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}
