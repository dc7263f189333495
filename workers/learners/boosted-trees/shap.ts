import type { BinnedRows } from './bins';
import { goesLeft, type Tree } from './tree';

/**
 * Shapley values of a tree's answer, exactly, where a column that is not known is averaged over both
 * sides of a split by the rows that came by (TreeSHAP, path-dependent: Lundberg et al. 2018,
 * algorithm 2; 2020). One explainer serves all trees and rows of a call; it keeps its buffers.
 */
export class TreeExplainer {
	/** One path of columns for each depth, one after another: column, share when unknown, when known, weight. */
	readonly #column: Int32Array;
	readonly #unknown: Float64Array;
	readonly #known: Float64Array;
	readonly #weight: Float64Array;
	#tree!: Tree;
	#rows!: BinnedRows;
	#row = 0;
	#shares!: Float64Array;
	#place = 0;

	constructor(depth: number) {
		const room = ((depth + 2) * (depth + 3)) / 2 + depth + 2;
		this.#column = new Int32Array(room);
		this.#unknown = new Float64Array(room);
		this.#known = new Float64Array(room);
		this.#weight = new Float64Array(room);
	}

	/** Adds the shares of a row to `shares` from `place`, by column. */
	explain(tree: Tree, rows: BinnedRows, row: number, shares: Float64Array, place: number): void {
		this.#tree = tree;
		this.#rows = rows;
		this.#row = row;
		this.#shares = shares;
		this.#place = place;
		this.#visit(0, 0, 0, 1, 1, -1);
	}

	/** `first` is where the path of this depth starts, `length` how long the parent's was. */
	#visit(
		node: number,
		first: number,
		length: number,
		unknown: number,
		known: number,
		column: number,
	): void {
		const tree = this.#tree;
		this.#extend(first, length, unknown, known, column);
		const split = tree.column[node] as number;
		if (split < 0) return this.#share(first, length, tree.value[node] as number);
		const { bins, count } = this.#rows;
		const left = tree.left[node] as number;
		const taken = goesLeft(tree, node, bins[split * count + this.#row] as number) ? left : left + 1;
		const other = taken === left ? left + 1 : left;
		let ownUnknown = 1;
		let ownKnown = 1;
		let end = length + 1;
		for (let i = 1; i < end; i++) {
			if (this.#column[first + i] !== split) continue;
			ownUnknown = this.#unknown[first + i] as number;
			ownKnown = this.#known[first + i] as number;
			this.#unwind(first, length, i);
			end--;
			break;
		}
		const cover = tree.cover[node] as number;
		const next = first + end;
		this.#copy(first, next, end);
		const share = (tree.cover[taken] as number) / cover;
		this.#visit(taken, next, end, ownUnknown * share, ownKnown, split);
		this.#copy(first, next, end);
		this.#visit(other, next, end, ownUnknown * ((tree.cover[other] as number) / cover), 0, split);
	}

	/** A loop, because paths are too short for `copyWithin` to pay. */
	#copy(from: number, to: number, length: number): void {
		for (let i = 0; i < length; i++) {
			this.#column[to + i] = this.#column[from + i] as number;
			this.#unknown[to + i] = this.#unknown[from + i] as number;
			this.#known[to + i] = this.#known[from + i] as number;
			this.#weight[to + i] = this.#weight[from + i] as number;
		}
	}

	/** One column more: `weight[i]` is that of all subsets of the path with i known columns. */
	#extend(first: number, length: number, unknown: number, known: number, column: number): void {
		const weight = this.#weight;
		const end = first + length;
		this.#column[end] = column;
		this.#unknown[end] = unknown;
		this.#known[end] = known;
		weight[end] = length === 0 ? 1 : 0;
		for (let i = length - 1; i >= 0; i--) {
			const own = weight[first + i] as number;
			weight[first + i + 1] =
				(weight[first + i + 1] as number) + (known * own * (i + 1)) / (length + 1);
			weight[first + i] = (unknown * own * (length - i)) / (length + 1);
		}
	}

	/** The inverse of `#extend` for the i-th column, wherever it stands. */
	#unwind(first: number, length: number, place: number): void {
		const weight = this.#weight;
		const known = this.#known[first + place] as number;
		const unknown = this.#unknown[first + place] as number;
		let next = weight[first + length] as number;
		for (let i = length - 1; i >= 0; i--) {
			const own = weight[first + i] as number;
			if (known !== 0) {
				const less = (next * (length + 1)) / ((i + 1) * known);
				weight[first + i] = less;
				next = own - (less * unknown * (length - i)) / (length + 1);
			} else weight[first + i] = (own * (length + 1)) / (unknown * (length - i));
		}
		for (let i = first + place; i < first + length; i++) {
			this.#column[i] = this.#column[i + 1] as number;
			this.#unknown[i] = this.#unknown[i + 1] as number;
			this.#known[i] = this.#known[i + 1] as number;
		}
	}

	/** At a leaf: each column of the path gets its part of the leaf's value. */
	#share(first: number, length: number, value: number): void {
		for (let i = 1; i <= length; i++) {
			const at = this.#place + (this.#column[first + i] as number);
			const difference = (this.#known[first + i] as number) - (this.#unknown[first + i] as number);
			this.#shares[at] =
				(this.#shares[at] as number) + this.#without(first, length, i) * difference * value;
		}
	}

	/** The sum of the weights that `#unwind` of a column would leave. */
	#without(first: number, length: number, place: number): number {
		const weight = this.#weight;
		const known = this.#known[first + place] as number;
		const unknown = this.#unknown[first + place] as number;
		let next = weight[first + length] as number;
		let sum = 0;
		for (let i = length - 1; i >= 0; i--) {
			const own = weight[first + i] as number;
			if (known !== 0) {
				const less = (next * (length + 1)) / ((i + 1) * known);
				sum += less;
				next = own - (less * unknown * (length - i)) / (length + 1);
			} else sum += (own * (length + 1)) / (unknown * (length - i));
		}
		return sum;
	}
}

/** What a tree says of a row of which nothing is known: the mean of its leaves, by cover. */
export function expectedValue({ column, left, value, cover }: Tree): number {
	const expected = value.slice();
	for (let node = column.length - 1; node >= 0; node--) {
		if ((column[node] as number) < 0) continue;
		const first = left[node] as number;
		const total = cover[node] as number;
		expected[node] =
			((expected[first] as number) * (cover[first] as number) +
				(expected[first + 1] as number) * (cover[first + 1] as number)) /
			total;
	}
	return expected[0] as number;
}

/** Splits above the deepest leaf. */
export function depthOf({ column, left }: Tree): number {
	const depth = new Uint32Array(column.length);
	let deepest = 0;
	for (let node = 0; node < column.length; node++) {
		const own = depth[node] as number;
		deepest = Math.max(deepest, own);
		if ((column[node] as number) < 0) continue;
		depth[left[node] as number] = own + 1;
		depth[(left[node] as number) + 1] = own + 1;
	}
	return deepest;
}
