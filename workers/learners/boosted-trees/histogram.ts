import type { BinnedRows } from './bins';

/**
 * Sums of packed gradients and hessians by bin, one column after another. Column c starts at bin
 * `starts[c]`; after the last column is room that cells without a column fall into.
 */
export type Histogram = Float64Array;

/** Columns are filled eight at a time: a loop with eight bodies takes half the time of one. */
const TOGETHER = 8;
/** The last place of a histogram that a cell of 16 bits can name. */
const LAST_PLACE = 0xfffe;

/** Columns that share a part of the histogram which 16 bits can address. */
interface Group {
	/** By row, `width` cells each, a multiple of eight: the place of its bin in the group's part. */
	readonly cells: Uint16Array;
	readonly width: number;
	/** Where the group's part starts and ends in the histogram, in numbers. */
	readonly from: number;
	readonly to: number;
}

/** Rows of some columns in the layout that is fastest to sum up. */
export interface Cells {
	readonly groups: readonly Group[];
	/** Bin at which each column starts, in the order of the columns. */
	readonly starts: Uint32Array;
	/** Numbers in a histogram. */
	readonly length: number;
}

/** Lays out these columns of the rows; `counts` has the bins of every column. */
export function cellsOf(
	binned: BinnedRows,
	counts: readonly number[],
	columns: readonly number[],
): Cells {
	const starts = new Uint32Array(columns.length);
	const groups: Group[] = [];
	let bin = 0;
	let first = 0;
	const close = (end: number) => {
		groups.push(groupOf(binned, columns.slice(first, end), starts.subarray(first, end), bin));
		first = end;
		bin += 1;
	};
	columns.forEach((column, i) => {
		const from = starts[first] as number;
		const count = counts[column] as number;
		if (i > first && bin + count - from > LAST_PLACE) close(i);
		starts[i] = bin;
		bin += count;
	});
	if (columns.length > 0) close(columns.length);
	return { groups, starts, length: bin };
}

function groupOf(
	{ bins, count }: BinnedRows,
	columns: readonly number[],
	starts: Uint32Array,
	end: number,
): Group {
	const width = Math.ceil(columns.length / TOGETHER) * TOGETHER;
	const first = starts[0] as number;
	const nowhere = end - first;
	const cells = new Uint16Array(count * width).fill(columns.length < width ? nowhere : 0);
	columns.forEach((column, i) => {
		const start = (starts[i] as number) - first;
		const from = column * count;
		for (let row = 0, at = i; row < count; row++, at += width)
			cells[at] = start + (bins[from + row] as number);
	});
	return { cells, width, from: first, to: end + 1 };
}

/** Fills the histogram from rows `rows[from]` to `rows[to - 1]`; `packed` is that of `packPairs`. */
export function fillHistogram(
	histogram: Histogram,
	{ groups }: Cells,
	rows: Uint32Array,
	from: number,
	to: number,
	packed: Float64Array,
): void {
	histogram.fill(0);
	for (const group of groups)
		addRows(histogram.subarray(group.from, group.to), group, rows, from, to, packed);
}

/** The loop in which a fit spends most of its time. */
function addRows(
	sums: Float64Array,
	{ cells, width }: Group,
	rows: Uint32Array,
	from: number,
	to: number,
	packed: Float64Array,
): void {
	for (let i = from; i < to; i++) {
		const row = rows[i] as number;
		const pair = packed[row] as number;
		const first = row * width;
		const end = first + width;
		for (let cell = first; cell < end; cell += TOGETHER) {
			let at = cells[cell] as number;
			sums[at] = (sums[at] as number) + pair;
			at = cells[cell + 1] as number;
			sums[at] = (sums[at] as number) + pair;
			at = cells[cell + 2] as number;
			sums[at] = (sums[at] as number) + pair;
			at = cells[cell + 3] as number;
			sums[at] = (sums[at] as number) + pair;
			at = cells[cell + 4] as number;
			sums[at] = (sums[at] as number) + pair;
			at = cells[cell + 5] as number;
			sums[at] = (sums[at] as number) + pair;
			at = cells[cell + 6] as number;
			sums[at] = (sums[at] as number) + pair;
			at = cells[cell + 7] as number;
			sums[at] = (sums[at] as number) + pair;
		}
	}
}

/** What is left of a parent's histogram without one child is the other child's: in place. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
	for (let i = 0; i < parent.length; i++) parent[i] = (parent[i] as number) - (child[i] as number);
}
