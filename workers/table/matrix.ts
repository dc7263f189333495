/**
 * What tabular learners see: columns of equal length. A number column holds numbers; a category
 * column holds indices into `levels`. NaN is a missing value in both (of a category also a level
 * that training did not know).
 */
export interface MatrixColumn {
	readonly name: string;
	readonly kind: 'number' | 'category';
	readonly values: Float64Array;
	/** Names of the categories; empty for numbers. */
	readonly levels: readonly string[];
}

export interface Matrix {
	readonly count: number;
	readonly columns: readonly MatrixColumn[];
}

/** Checks that the columns are of equal length and differently named. */
export function matrix(columns: readonly MatrixColumn[]): Matrix {
	const count = columns[0]?.values.length ?? 0;
	const odd = columns.find(({ values }) => values.length !== count);
	if (odd) throw new RangeError(`column ${odd.name} has ${odd.values.length} rows, not ${count}`);
	if (new Set(columns.map(({ name }) => name)).size < columns.length)
		throw new RangeError('two columns have the same name');
	return { count, columns };
}

export const numberColumn = (name: string, values: Float64Array): MatrixColumn => ({
	name,
	kind: 'number',
	values,
	levels: [],
});

export const categoryColumn = (
	name: string,
	values: Float64Array,
	levels: readonly string[],
): MatrixColumn => ({ name, kind: 'category', values, levels });

/** These rows, in this order; a row may be taken more than once. */
export function takeMatrixRows(whole: Matrix, rows: ArrayLike<number>): Matrix {
	return {
		count: rows.length,
		columns: whole.columns.map((column) => ({
			...column,
			values: takeValues(column.values, rows),
		})),
	};
}

export function takeValues(values: Float64Array, rows: ArrayLike<number>): Float64Array {
	const taken = new Float64Array(rows.length);
	for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] as number] as number;
	return taken;
}

/** The columns whose names pass, in their order. */
export function keepColumns(whole: Matrix, keep: (name: string) => boolean): Matrix {
	return { count: whole.count, columns: whole.columns.filter(({ name }) => keep(name)) };
}
