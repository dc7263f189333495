import { type Matrix, type MatrixColumn, takeValues } from '$workers/table/matrix';

/** Bin of what is missing, in every column. */
export const MISSING = 0;
/** So many rows give each of 255 bins more than a hundred. */
const SAMPLE = 32_768;

/**
 * How a column falls into bins. A number is in bin 1 + (cuts below it); a category's level has the
 * bin beside it.
 */
export interface ColumnBins {
	readonly name: string;
	readonly kind: 'number' | 'category';
	/** Ascending; empty for categories. */
	readonly cuts: Float64Array;
	/** Those that training knew, most frequent first; empty for numbers. */
	readonly levels: readonly string[];
	/** Bins, the one for missing values among them. */
	readonly count: number;
}

/** Rows as bins, column by column; what the grower and the trees read. */
export interface BinnedRows {
	readonly count: number;
	readonly width: number;
	readonly bins: Uint8Array;
}

/** Learns the bins of a column from rows of positive weight. */
export function learnBins(
	column: MatrixColumn,
	weights: Float64Array,
	maxBins: number,
): ColumnBins {
	const { name, kind } = column;
	if (kind === 'category') {
		const levels = frequentLevels(column, weights);
		return { name, kind, cuts: new Float64Array(), levels, count: countOf(levels, maxBins) };
	}
	const { values, weights: heights } = distinctValues(column.values, weights);
	const cuts = cutsBetween(values, heights, maxBins);
	return { name, kind, cuts, levels: [], count: cuts.length + 2 };
}

const countOf = (levels: readonly string[], maxBins: number) =>
	Math.min(levels.length, maxBins) + 1;

/** Levels beyond the bins share the last one. */
const binOfLevel = (place: number, count: number) => Math.min(place + 1, count - 1);

/** Levels with weight, the heaviest first; equal ones by name, whatever their order in the column. */
function frequentLevels({ values, levels }: MatrixColumn, weights: Float64Array): string[] {
	const heights = new Float64Array(levels.length);
	values.forEach((code, row) => {
		if (code >= 0) heights[code] = (heights[code] as number) + (weights[row] as number);
	});
	return [...levels.keys()]
		.filter((code) => (heights[code] as number) > 0)
		.sort(
			(a, b) =>
				(heights[b] as number) - (heights[a] as number) ||
				((levels[a] as string) < (levels[b] as string) ? -1 : 1),
		)
		.map((code) => levels[code] as string);
}

/**
 * Different values, ascending, each with the weight of its rows. Of many rows, one of every n
 * neighbours is looked at.
 */
function distinctValues(column: Float64Array, weights: Float64Array) {
	const rows = sampleRows(column, weights);
	const values = takeValues(column, rows).sort();
	const heights = new Float64Array(values.length);
	let different = 0;
	for (let i = 0; i < values.length; i++) {
		if (i === 0 || values[i] !== values[i - 1]) values[different++] = values[i] as number;
		heights[different - 1] = (heights[different - 1] as number) + 1;
	}
	const distinct = { values: values.slice(0, different), weights: heights.slice(0, different) };
	const even = rows.every((row) => weights[row] === weights[rows[0] as number]);
	if (!even) weigh(distinct, column, weights, rows);
	return distinct;
}

function weigh(
	distinct: { readonly values: Float64Array; readonly weights: Float64Array },
	column: Float64Array,
	weights: Float64Array,
	rows: Uint32Array,
): void {
	distinct.weights.fill(0);
	for (const row of rows) {
		const place = countBelow(distinct.values, column[row] as number);
		distinct.weights[place] = (distinct.weights[place] as number) + (weights[row] as number);
	}
}

/** Rows with a value and a weight. Not every n-th one: it might always be the same weekday. */
function sampleRows(column: Float64Array, weights: Float64Array): Uint32Array {
	const step = Math.ceil(column.length / SAMPLE);
	const rows = new Uint32Array(Math.ceil(column.length / step));
	let count = 0;
	for (let i = 0; i < rows.length; i++) {
		const jump = step === 1 ? 0 : (Math.imul(i, 2654435761) >>> 16) % step;
		const row = Math.min(i * step + jump, column.length - 1);
		if ((weights[row] as number) > 0 && !Number.isNaN(column[row])) rows[count++] = row;
	}
	return rows.subarray(0, count);
}

/**
 * Cuts half-way between neighbours, so that bins hold about equal weight; a value as heavy as a bin
 * has one of its own.
 */
function cutsBetween(values: Float64Array, heights: Float64Array, maxBins: number): Float64Array {
	const cuts: number[] = [];
	let left = heights.reduce((sum, weight) => sum + weight, 0);
	let held = 0;
	for (let i = 0; i + 1 < values.length && cuts.length + 1 < maxBins; i++) {
		held += heights[i] as number;
		const goal = left / (maxBins - cuts.length);
		const full = values.length <= maxBins || held >= goal || (heights[i + 1] as number) >= goal;
		if (!full) continue;
		cuts.push(between(values[i] as number, values[i + 1] as number));
		left -= held;
		held = 0;
	}
	return Float64Array.from(cuts);
}

/** At least the lower and less than the upper, also where one is infinite or they are neighbours. */
function between(lower: number, upper: number): number {
	const middle = lower / 2 + upper / 2;
	return middle >= lower && middle < upper ? middle : lower;
}

/** How many of the ascending values are less. */
function countBelow(ascending: Float64Array, value: number): number {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ascending[middle] as number) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Columns are found by name, levels too; what training did not know is missing. */
export function columnFor(rows: Matrix, { name, kind }: ColumnBins): MatrixColumn {
	const column = rows.columns.find((candidate) => candidate.name === name);
	if (!column) throw new RangeError(`the column ${name} is missing`);
	if (column.kind !== kind) throw new RangeError(`the column ${name} must be a ${kind} column`);
	return column;
}

/** Writes the bins of rows `from` to `to` (excluded) of one column, one after another. */
export function binColumn(
	column: MatrixColumn,
	learned: ColumnBins,
	from: number,
	to: number,
	bins: Uint8Array,
): void {
	if (learned.kind === 'category') {
		const binOf = levelBins(column, learned);
		for (let row = from; row < to; row++) {
			const code = column.values[row] as number;
			bins[row - from] = code >= 0 ? (binOf[code] ?? MISSING) : MISSING;
		}
		return;
	}
	binNumbers(column.values.subarray(from, to), learned.cuts, bins);
}

/** Cells of equal width over the cuts, so that a search begins where it nearly ends. */
const CELLS = 1024;

function binNumbers(values: Float64Array, cuts: Float64Array, bins: Uint8Array): void {
	const least = finite(cuts[0] ?? 0);
	const scale = CELLS / (finite(cuts.at(-1) ?? 0) - least);
	// Never falls as the value rises, so that cuts of earlier cells are less than the value.
	const cellOf = (value: number) => {
		const cell = (value - least) * scale;
		return cell >= CELLS ? CELLS : cell > 0 ? cell | 0 : 0;
	};
	const before = new Uint16Array(CELLS + 2);
	for (const cut of cuts) before[cellOf(cut) + 1] = (before[cellOf(cut) + 1] as number) + 1;
	for (let cell = 0; cell <= CELLS; cell++)
		before[cell + 1] = (before[cell + 1] as number) + (before[cell] as number);
	for (let row = 0; row < values.length; row++) {
		const value = values[row] as number;
		const cell = cellOf(value);
		let low = before[cell] as number;
		let high = before[cell + 1] as number;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((cuts[middle] as number) < value) low = middle + 1;
			else high = middle;
		}
		// Only NaN is not equal to itself.
		bins[row] = value === value ? low + 1 : MISSING;
	}
}

const finite = (value: number) =>
	Math.max(-Number.MAX_VALUE / 4, Math.min(Number.MAX_VALUE / 4, value));

function levelBins({ levels }: MatrixColumn, learned: ColumnBins): Uint8Array {
	const places = new Map(learned.levels.map((level, place) => [level, place]));
	return Uint8Array.from(levels, (level) => {
		const place = places.get(level);
		return place === undefined ? MISSING : binOfLevel(place, learned.count);
	});
}

/** Rows `from` to `to` (excluded) as bins. */
export function binRows(
	rows: Matrix,
	learned: readonly ColumnBins[],
	from = 0,
	to = rows.count,
): BinnedRows {
	const width = learned.length;
	const count = to - from;
	const bins = new Uint8Array(count * width);
	learned.forEach((column, place) =>
		binColumn(columnFor(rows, column), column, from, to, bins.subarray(place * count)),
	);
	return { count, width, bins };
}
