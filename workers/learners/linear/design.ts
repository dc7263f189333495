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

/**
 * Rows as the design has them: each holds one value for each column of the table, in their order, 0 where
 * it says nothing, and the constant last. Columns are found by name, levels too; a RangeError where one
 * is missing.
 */
export function designRows(design: Design, rows: Matrix): SparseRows {
	const stride = design.columns.length + 1;
	const entries: Entries = {
		stride,
		columns: new Uint32Array(rows.count * stride),
		values: new Float32Array(rows.count * stride),
	};
	const writers = design.columns.map((column, offset) => {
		const found = findColumn(rows, column);
		return column.kind === 'number'
			? numberWriter(column, found, entries, offset)
			: levelWriter(column, found, entries, offset);
	});
	// Columns of some rows at a time, so that what is written stays in the cache.
	for (let from = 0; from < rows.count; from += BLOCK)
		for (const write of writers) write(from, Math.min(from + BLOCK, rows.count));
	for (let at = stride - 1; at < entries.values.length; at += stride) {
		entries.columns[at] = design.width - 1;
		entries.values[at] = 1;
	}
	const starts = new Uint32Array(rows.count + 1);
	for (let row = 0; row <= rows.count; row++) starts[row] = row * stride;
	const { columns, values } = entries;
	return { count: rows.count, width: design.width, starts, columns, values };
}

const BLOCK = 512;

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
	const { name, values } = column;
	let total = 0;
	let sum = 0;
	let missing = false;
	for (let row = 0; row < values.length; row++) {
		const value = values[row] as number;
		if (Number.isNaN(value)) missing = true;
		else {
			total += weights[row] as number;
			sum += (weights[row] as number) * value;
		}
	}
	if (!Number.isFinite(sum)) throw new RangeError(`column ${name} has an infinite value`);
	const mean = total > 0 ? sum / total : 0;
	let squares = 0;
	for (let row = 0; row < values.length; row++) {
		const value = values[row] as number;
		if (!Number.isNaN(value)) squares += (weights[row] as number) * (value - mean) ** 2;
	}
	const deviation = Math.sqrt(squares / Math.max(total, Number.MIN_VALUE));
	return {
		kind: 'number',
		name,
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
	for (let row = 0; row < column.values.length; row++) {
		const level = column.values[row] as number;
		if (Number.isNaN(level)) missing = true;
		else counts[level] = (counts[level] as number) + (weights[row] as number);
	}
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

/** What rows hold, row by row, `stride` each. */
interface Entries {
	readonly stride: number;
	readonly columns: Uint32Array;
	readonly values: Float32Array;
}

/** Writes one column of rows `from` to `to` (excluded). */
type Writer = (from: number, to: number) => void;

function numberWriter(
	{ at, width, missing, mean, deviation }: NumberDesign,
	{ values: read }: MatrixColumn,
	{ stride, columns, values }: Entries,
	offset: number,
): Writer {
	return (from, to) => {
		for (let row = from; row < to; row++) {
			const value = read[row] as number;
			const isMissing = Number.isNaN(value);
			const place = row * stride + offset;
			columns[place] = isMissing && missing ? at + width - 1 : at;
			if (isMissing) values[place] = missing ? 1 : 0;
			else values[place] = (value - mean) / deviation;
		}
	};
}

function levelWriter(
	design: CategoryDesign,
	{ values: read, levels }: MatrixColumn,
	{ stride, columns, values }: Entries,
	offset: number,
): Writer {
	const { at, width, missing } = design;
	const placeOf = levelPlaces(design, levels);
	const unknown = missing ? at + width - 1 : -1;
	return (from, to) => {
		for (let row = from; row < to; row++) {
			const level = read[row] as number;
			const own = Number.isNaN(level) ? -1 : (placeOf[level] ?? -1);
			const column = own >= 0 ? own : unknown;
			const place = row * stride + offset;
			columns[place] = Math.max(column, at);
			values[place] = column >= 0 ? 1 : 0;
		}
	};
}

/** The column of each level of a table; -1 for one that training did not know. */
function levelPlaces(design: CategoryDesign, levels: readonly string[]): Int32Array {
	const own = new Map(design.levels.map((level, i) => [level, design.at + i]));
	const other = design.rare ? design.at + design.levels.length : -1;
	return Int32Array.from(levels, (level) => own.get(level) ?? other);
}
