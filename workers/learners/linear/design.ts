import type { Matrix, MatrixColumn } from '$workers/table/matrix';
import type { SparseRows } from '$workers/table/sparse';

/**
 * How a table becomes numbers for learners of weighted sums, learned on training rows: a number is
 * standardised, 0 where missing; a category is one column a level; both have a column more that is 1
 * where the value is missing, if any was in training. The last column is 1 everywhere.
 */
export interface Design {
	readonly columns: readonly DesignColumn[];
	/** With the one of the constant. */
	readonly width: number;
}

export type DesignColumn = NumberDesign | CategoryDesign;

interface Place {
	readonly name: string;
	/** Its first column among the numbers, and how many it has. */
	readonly at: number;
	readonly width: number;
	/** Whether its last column tells what is missing. */
	readonly missing: boolean;
}

export interface NumberDesign extends Place {
	readonly kind: 'number';
	readonly mean: number;
	/** 1 where all values are equal. */
	readonly deviation: number;
}

export interface CategoryDesign extends Place {
	readonly kind: 'category';
	/** One column each. */
	readonly levels: readonly string[];
	/** Whether a column follows for levels too rare to have their own. */
	readonly rare: boolean;
}

/** Columns for levels, all categories together: the rarest levels of a long list share one. */
const MOST_LEVELS = 1000;

/** Learns a design. `weights`, at least 0, count in means and deviations. */
export function fitDesign(rows: Matrix, weights: Float64Array): Design {
	const categories = rows.columns.filter(({ kind }) => kind === 'category').length;
	const mostLevels = Math.max(10, Math.floor(MOST_LEVELS / Math.max(1, categories)));
	let at = 0;
	const columns = rows.columns.map((column) => {
		const fitted =
			column.kind === 'number'
				? fitNumbers(column, weights, at)
				: fitCategory(column, weights, at, mostLevels);
		at += fitted.width;
		return fitted;
	});
	return { columns, width: at + 1 };
}

/** Rows as the design has them. Columns are found by name, levels too; a RangeError where one is missing. */
export function designRows(design: Design, rows: Matrix): SparseRows {
	const writers = design.columns.map((column) => writerOf(column, findColumn(rows, column)));
	const starts = new Uint32Array(rows.count + 1);
	const most = rows.count * (writers.length + 1);
	const columns = new Uint32Array(most);
	const values = new Float32Array(most);
	let end = 0;
	const put = (column: number, value: number) => {
		if (value === 0) return;
		columns[end] = column;
		values[end++] = value;
	};
	for (let row = 0; row < rows.count; row++) {
		for (const write of writers) write(row, put);
		put(design.width - 1, 1);
		starts[row + 1] = end;
	}
	return {
		count: rows.count,
		width: design.width,
		starts,
		columns: columns.slice(0, end),
		values: values.slice(0, end),
	};
}

/** Reads a design from its JSON. A RangeError where the text is not one. */
export function designFrom(text: string | undefined): Design {
	const design = parsed(text ?? '');
	if (!Array.isArray(design?.columns) || !design.columns.every(isColumn))
		throw new RangeError('the bytes hold no design of columns');
	const width = design.columns.reduce((sum, column) => sum + column.width, 1);
	if (width !== design.width) throw new RangeError('a design of columns does not add up');
	return { columns: design.columns, width };
}

function parsed(text: string): Partial<Design> | null {
	try {
		return JSON.parse(text) as Partial<Design> | null;
	} catch {
		return null;
	}
}

function isColumn(value: unknown): value is DesignColumn {
	const column = (value ?? {}) as Partial<NumberDesign & { levels: unknown }>;
	if (typeof column.name !== 'string' || typeof column.missing !== 'boolean') return false;
	if (!Number.isInteger(column.at) || !Number.isInteger(column.width)) return false;
	return column.kind === 'number'
		? Number.isFinite(column.mean) && Number.isFinite(column.deviation)
		: Array.isArray(column.levels);
}

function fitNumbers(column: MatrixColumn, weights: Float64Array, at: number): NumberDesign {
	let total = 0;
	let sum = 0;
	let missing = false;
	column.values.forEach((value, row) => {
		if (Number.isNaN(value)) return void (missing = true);
		if (!Number.isFinite(value))
			throw new RangeError(`column ${column.name} has an infinite value`);
		total += weights[row] as number;
		sum += (weights[row] as number) * value;
	});
	const mean = total > 0 ? sum / total : 0;
	let squares = 0;
	column.values.forEach((value, row) => {
		if (!Number.isNaN(value)) squares += (weights[row] as number) * (value - mean) ** 2;
	});
	const deviation = Math.sqrt(squares / Math.max(total, Number.MIN_VALUE));
	return {
		kind: 'number',
		name: column.name,
		at,
		width: missing ? 2 : 1,
		missing,
		mean,
		// Rounding alone gives equal values a deviation.
		deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1,
	};
}

function fitCategory(
	column: MatrixColumn,
	weights: Float64Array,
	at: number,
	mostLevels: number,
): CategoryDesign {
	const counts = new Float64Array(column.levels.length);
	let missing = false;
	column.values.forEach((level, row) => {
		if (Number.isNaN(level)) missing = true;
		else counts[level] = (counts[level] as number) + (weights[row] as number);
	});
	const seen = [...counts.keys()].filter((level) => (counts[level] as number) > 0);
	const rare = seen.length > mostLevels;
	const kept = rare
		? seen
				.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
				.slice(0, mostLevels - 1)
		: seen;
	const levels = kept.map((level) => column.levels[level] as string);
	return {
		kind: 'category',
		name: column.name,
		at,
		width: levels.length + Number(rare) + Number(missing),
		missing,
		levels,
		rare,
	};
}

function findColumn(rows: Matrix, { name, kind }: DesignColumn): MatrixColumn {
	const found = rows.columns.find((column) => column.name === name);
	if (!found) throw new RangeError(`column ${name} is missing: hand in the columns of training`);
	if (found.kind !== kind) throw new RangeError(`column ${name} was a ${kind} in training`);
	return found;
}

type Put = (column: number, value: number) => void;

function writerOf(design: DesignColumn, column: MatrixColumn): (row: number, put: Put) => void {
	const { at, missing } = design;
	const lastColumn = at + design.width - 1;
	const { values } = column;
	if (design.kind === 'number')
		return (row, put) => {
			const value = values[row] as number;
			if (!Number.isNaN(value)) put(at, (value - design.mean) / design.deviation);
			else if (missing) put(lastColumn, 1);
		};
	const placeOf = levelPlaces(design, column.levels);
	return (row, put) => {
		const level = values[row] as number;
		const place = Number.isNaN(level) ? -1 : (placeOf[level] ?? -1);
		if (place >= 0) put(place, 1);
		else if (missing) put(lastColumn, 1);
	};
}

/** The column of each level of a table; -1 for one that training did not know. */
function levelPlaces(design: CategoryDesign, levels: readonly string[]): Int32Array {
	const own = new Map(design.levels.map((level, i) => [level, design.at + i]));
	const other = design.rare ? design.at + design.levels.length : -1;
	return Int32Array.from(levels, (level) => own.get(level) ?? other);
}
