import type { Random } from '$workers/math/random';

/** Trees one after the other. Children of a node stand side by side, so that only the left is named. */
export interface IsolationTrees {
	/** The first node of each tree. */
	readonly roots: Uint32Array;
	/** Column that a node splits on; `LEAF` for a leaf. */
	readonly columns: Uint16Array;
	/** Values below it go left. For a leaf: its depth, and what isolating its rows would still take. */
	readonly splits: Float64Array;
	readonly left: Uint32Array;
}

export const LEAF = 65_535;
const EULER = 0.5772156649015329;

/**
 * Mean depth at which one of so many rows stands alone: that of an unsuccessful search in a binary
 * search tree, c(n) of the paper.
 */
export function usualDepth(rows: number): number {
	if (rows < 2) return 0;
	if (rows === 2) return 1;
	return 2 * (Math.log(rows - 1) + EULER) - (2 * (rows - 1)) / rows;
}

/** Columns as numbers alone, none missing. */
export type Coordinates = readonly Float64Array[];

/** Grows trees into lists that become typed arrays at the end. */
export class IsolationGrower {
	readonly #coordinates: Coordinates;
	readonly #maxDepth: number;
	readonly #roots: number[] = [];
	readonly #columns: number[] = [];
	readonly #splits: number[] = [];
	readonly #left: number[] = [];

	constructor(coordinates: Coordinates, maxDepth: number) {
		this.#coordinates = coordinates;
		this.#maxDepth = maxDepth;
	}

	/** One tree on these rows, which it puts in another order. */
	grow(rows: Uint32Array, random: Random): void {
		const root = this.#addNodes(1);
		this.#roots.push(root);
		this.#split(root, rows, 0, random);
	}

	trees(): IsolationTrees {
		return {
			roots: Uint32Array.from(this.#roots),
			columns: Uint16Array.from(this.#columns),
			splits: Float64Array.from(this.#splits),
			left: Uint32Array.from(this.#left),
		};
	}

	#split(node: number, rows: Uint32Array, depth: number, random: Random): void {
		const cut = depth < this.#maxDepth && rows.length > 1 ? this.#draw(rows, random) : undefined;
		if (!cut) {
			this.#splits[node] = depth + usualDepth(rows.length);
			return;
		}
		const below = partition(rows, this.#coordinates[cut.column] as Float64Array, cut.at);
		const left = this.#addNodes(2);
		this.#columns[node] = cut.column;
		this.#splits[node] = cut.at;
		this.#left[node] = left;
		this.#split(left, rows.subarray(0, below), depth + 1, random);
		this.#split(left + 1, rows.subarray(below), depth + 1, random);
	}

	/** A column that differs among the rows, and a place between its least and largest value. */
	#draw(rows: Uint32Array, random: Random) {
		const differing = this.#coordinates.flatMap((values, column) => {
			const range = rangeOf(values, rows);
			return range.most > range.least ? [{ column, ...range }] : [];
		});
		const drawn = differing[random.integer(differing.length)];
		if (!drawn) return undefined;
		const at = drawn.least + (1 - random.next()) * (drawn.most - drawn.least);
		return { column: drawn.column, at: Math.min(at, drawn.most) };
	}

	#addNodes(count: number): number {
		const first = this.#columns.length;
		for (let i = 0; i < count; i++) {
			this.#columns.push(LEAF);
			this.#splits.push(0);
			this.#left.push(0);
		}
		return first;
	}
}

/** Depth of the leaf of a row (a number a column), with what isolating it would still take. */
export function pathLength(
	{ roots, columns, splits, left }: IsolationTrees,
	tree: number,
	row: Float64Array,
): number {
	let node = roots[tree] as number;
	for (;;) {
		const column = columns[node] as number;
		if (column === LEAF) return splits[node] as number;
		const isBelow = (row[column] as number) < (splits[node] as number);
		node = (left[node] as number) + (isBelow ? 0 : 1);
	}
}

/** Rows whose value lies below come first; how many there are. */
function partition(rows: Uint32Array, values: Float64Array, at: number): number {
	let below = 0;
	for (let i = 0; i < rows.length; i++) {
		const row = rows[i] as number;
		if (!((values[row] as number) < at)) continue;
		rows[i] = rows[below] as number;
		rows[below++] = row;
	}
	return below;
}

function rangeOf(values: Float64Array, rows: Uint32Array) {
	let least = Number.POSITIVE_INFINITY;
	let most = Number.NEGATIVE_INFINITY;
	for (const row of rows) {
		const value = values[row] as number;
		if (value < least) least = value;
		if (value > most) most = value;
	}
	return { least, most };
}
