import type { Matrix, MatrixColumn } from '$workers/table/matrix';

/** Bin of what is missing, in every column. */
export const MISSING = 0;
const SAMPLE = 100_000;

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

/** Rows as bins, row by row; what the grower and the trees read. */
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
 * Different values, ascending, each with the weight of its rows. Of more than 100,000 rows, every
 * n-th is looked at.
 */
function distinctValues(column: Float64Array, weights: Float64Array) {
	const step = Math.ceil(column.length / SAMPLE);
	const sample = new Float64Array(Math.ceil(column.length / step));
	let count = 0;
	for (let row = 0; row < column.length; row += step)
		if ((weights[row] as number) > 0 && !Number.isNaN(column[row] as number))
			sample[count++] = column[row] as number;
	const sorted = sample.subarray(0, count).sort();
	let different = 0;
	for (let i = 0; i < count; i++)
		if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[different++] = sorted[i] as number;
	const values = sorted.slice(0, different);
	const heights = new Float64Array(different);
	for (let row = 0; row < column.length; row += step) {
		const value = column[row] as number;
		if (!((weights[row] as number) > 0) || Number.isNaN(value)) continue;
		const place = countBelow(values, value);
		heights[place] = (heights[place] as number) + (weights[row] as number);
	}
	return { values, weights: heights };
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

/** Writes the bins of rows `from` to `to` (excluded) of one column into a block, row by row. */
export function binColumn(
	column: MatrixColumn,
	learned: ColumnBins,
	{ from, to }: { readonly from: number; readonly to: number },
	block: { readonly bins: Uint8Array; readonly width: number; readonly place: number },
): void {
	const { bins, width, place } = block;
	if (learned.kind === 'category') {
		const binOf = levelBins(column, learned);
		for (let row = from, at = place; row < to; row++, at += width) {
			const code = column.values[row] as number;
			bins[at] = code >= 0 ? (binOf[code] ?? MISSING) : MISSING;
		}
		return;
	}
	const { values } = column;
	const { cuts } = learned;
	for (let row = from, at = place; row < to; row++, at += width) {
		const value = values[row] as number;
		// Only NaN is not equal to itself.
		bins[at] = value === value ? 1 + countBelow(cuts, value) : MISSING;
	}
}

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
	const bins = new Uint8Array((to - from) * width);
	learned.forEach((column, place) =>
		binColumn(columnFor(rows, column), column, { from, to }, { bins, width, place }),
	);
	return { count: to - from, width, bins };
}
