/**
 * Rows of few non-zero values (compressed sparse rows): row i holds `columns[starts[i]] …
 * columns[starts[i + 1] - 1]`, each below `width`, with the values beside them.
 */
export interface SparseRows {
	readonly count: number;
	readonly width: number;
	readonly starts: Uint32Array;
	readonly columns: Uint32Array;
	readonly values: Float32Array;
}

/** One row as pairs of column and value, in any order. */
export type SparseRow = readonly (readonly [column: number, value: number])[];

export function sparseRows(rows: readonly SparseRow[], width: number): SparseRows {
	const starts = new Uint32Array(rows.length + 1);
	rows.forEach((row, i) => (starts[i + 1] = (starts[i] as number) + row.length));
	const columns = new Uint32Array(starts[rows.length] as number);
	const values = new Float32Array(columns.length);
	let at = 0;
	for (const row of rows)
		for (const [column, value] of row) {
			if (!(column >= 0 && column < width)) throw new RangeError('a column lies outside the rows');
			if (!Number.isFinite(value)) throw new RangeError('a value of a sparse row is not finite');
			columns[at] = column;
			values[at++] = value;
		}
	return { count: rows.length, width, starts, columns, values };
}

/** A full matrix, row by row, as sparse rows; `values` is taken as it is, not copied. */
export function fullRows(values: Float32Array, width: number): SparseRows {
	const count = width > 0 ? values.length / width : 0;
	if (!Number.isInteger(count)) throw new RangeError('the values do not fill whole rows');
	const starts = new Uint32Array(count + 1);
	for (let row = 0; row <= count; row++) starts[row] = row * width;
	const columns = new Uint32Array(values.length);
	for (let at = 0; at < columns.length; at++) columns[at] = at % width;
	return { count, width, starts, columns, values };
}

/** The rows named, in their order; a row may be named twice. */
export function takeRows(rows: SparseRows, order: ArrayLike<number>): SparseRows {
	const starts = new Uint32Array(order.length + 1);
	for (let i = 0; i < order.length; i++) {
		const row = order[i] as number;
		starts[i + 1] =
			(starts[i] as number) + (rows.starts[row + 1] as number) - (rows.starts[row] as number);
	}
	const columns = new Uint32Array(starts[order.length] as number);
	const values = new Float32Array(columns.length);
	for (let i = 0; i < order.length; i++) {
		const from = rows.starts[order[i] as number] as number;
		const to = rows.starts[(order[i] as number) + 1] as number;
		columns.set(rows.columns.subarray(from, to), starts[i]);
		values.set(rows.values.subarray(from, to), starts[i]);
	}
	return { count: order.length, width: rows.width, starts, columns, values };
}

/** The product of one row with weights of length `width`. */
export function rowDot(rows: SparseRows, row: number, weights: Float64Array): number {
	let sum = 0;
	const end = rows.starts[row + 1] as number;
	for (let at = rows.starts[row] as number; at < end; at++)
		sum += (rows.values[at] as number) * (weights[rows.columns[at] as number] as number);
	return sum;
}

/** The product of every row with weights of length `width`. */
export function dotAll(rows: SparseRows, weights: Float64Array): Float64Array {
	const products = new Float64Array(rows.count);
	for (let row = 0; row < rows.count; row++) products[row] = rowDot(rows, row, weights);
	return products;
}

/** The mean of every column over all rows. */
export function columnMeans(rows: SparseRows): Float64Array {
	const means = new Float64Array(rows.width);
	rows.columns.forEach((column, at) => {
		means[column] = (means[column] as number) + (rows.values[at] as number) / rows.count;
	});
	return means;
}

/** Row i of the left beside row i of the right. */
export function joinSides(left: SparseRows, right: SparseRows): SparseRows {
	if (left.count !== right.count) throw new RangeError('both sides need equally many rows');
	const starts = left.starts.map((start, row) => start + (right.starts[row] as number));
	const columns = new Uint32Array(left.columns.length + right.columns.length);
	const values = new Float32Array(columns.length);
	for (let row = 0; row < left.count; row++) {
		const at = starts[row] as number;
		const from = left.starts[row] as number;
		const length = (left.starts[row + 1] as number) - from;
		const beside = right.starts[row] as number;
		columns.set(left.columns.subarray(from, from + length), at);
		values.set(left.values.subarray(from, from + length), at);
		values.set(right.values.subarray(beside, right.starts[row + 1]), at + length);
		for (let i = beside; i < (right.starts[row + 1] as number); i++)
			columns[at + length + i - beside] = (right.columns[i] as number) + left.width;
	}
	return { count: left.count, width: left.width + right.width, starts, columns, values };
}

/** Rows as columns: row j holds what stood in column j, in the order of the rows. */
export function turnedRows(rows: SparseRows): SparseRows {
	const starts = new Uint32Array(rows.width + 1);
	for (const column of rows.columns) starts[column + 1] = (starts[column + 1] as number) + 1;
	for (let column = 0; column < rows.width; column++)
		starts[column + 1] = (starts[column + 1] as number) + (starts[column] as number);
	const columns = new Uint32Array(rows.columns.length);
	const values = new Float32Array(rows.columns.length);
	const next = starts.slice();
	for (let row = 0; row < rows.count; row++)
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const column = rows.columns[at] as number;
			const place = next[column] as number;
			next[column] = place + 1;
			columns[place] = row;
			values[place] = rows.values[at] as number;
		}
	return { count: rows.width, width: rows.count, starts, columns, values };
}
