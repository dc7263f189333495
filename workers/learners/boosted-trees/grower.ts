import { shuffle, type Random } from '$workers/math/random';
import { type BinnedRows, type ColumnBins, MISSING } from './bins';
import { type Cells, cellsOf, fillHistogram, type Histogram, subtractHistogram } from './histogram';
import { gradientOf, hessianOf, packPairs, type Slopes } from './packed-pairs';
import type { TreeSettings } from './settings';
import { BestSplit, leafValue, SplitFinder } from './split';
import { partRows, sumAt } from './sums';
import { type Tree } from './tree';

/** A node whose rows stand together in the grower's row order. */
interface OpenNode {
	readonly index: number;
	readonly from: number;
	readonly to: number;
	readonly depth: number;
	readonly gradient: number;
	readonly hessian: number;
	readonly lower: number;
	readonly upper: number;
	readonly split: BestSplit;
	histogram: Histogram | undefined;
}

/** A leaf's rows are `rows[from]` to `rows[to - 1]` of the grower. */
export interface Leaf {
	readonly node: number;
	readonly from: number;
	readonly to: number;
	readonly lower: number;
	readonly upper: number;
}

/**
 * Grows trees on histograms of gradients (Chen and Guestrin 2016; Ke et al. 2017): the smaller child
 * is counted, the other is what is left of the parent. One grower serves all trees of a fit; it keeps
 * its buffers.
 */
export class TreeGrower {
	/** The rows of the last tree, those of a leaf together. */
	readonly rows: Uint32Array;
	/** The leaves of the last tree. */
	leaves: Leaf[] = [];
	readonly #binned: BinnedRows;
	readonly #columns: readonly ColumnBins[];
	readonly #settings: TreeSettings;
	readonly #constraints: Int8Array;
	readonly #counts: readonly number[];
	readonly #finder: SplitFinder;
	#spare: Histogram[] = [];
	#cells: Cells | undefined;
	readonly #moved: Uint32Array;
	#draft = new TreeDraft();
	#slopes: Slopes = { gradients: new Float64Array(), hessians: new Float64Array() };
	/** By row: gradient and hessian in one number. */
	readonly #packed: Float64Array;
	#chosen: readonly number[] = [];
	#random: Random | undefined;

	constructor(binned: BinnedRows, columns: readonly ColumnBins[], settings: TreeSettings) {
		this.#binned = binned;
		this.#columns = columns;
		this.#settings = settings;
		this.#constraints = constraintsOf(columns, settings);
		this.#counts = columns.map(({ count }) => count);
		this.#finder = new SplitFinder(settings);
		this.rows = new Uint32Array(binned.count);
		this.#moved = new Uint32Array(binned.count);
		this.#packed = new Float64Array(binned.count);
	}

	/**
	 * Grows one tree on the first `count` of `rows`, ascending, from a gradient and a hessian a
	 * row. Yields after each node, so that the caller can breathe; leaf values are not yet
	 * scaled by a learning rate.
	 */
	*grow(
		slopes: Slopes,
		count: number,
		chosen: readonly number[],
		maxStep: number,
		random: Random,
	): Generator<void, Tree> {
		this.#draft = new TreeDraft();
		this.#slopes = slopes;
		this.#lay(chosen);
		this.#random = random;
		this.leaves = [];
		const open: OpenNode[] = [this.#root(count, maxStep)];
		const { maxLeaves } = this.#settings;
		for (let node = this.#next(open); node; node = this.#next(open)) {
			const full = maxLeaves > 0 && this.leaves.length + open.length + 1 >= maxLeaves;
			if (full || node.split.column < 0) this.#close(node);
			else open.push(...this.#split(node));
			yield;
		}
		return this.#draft.tree();
	}

	/** Trees on the same columns share their layout and their histograms. */
	#lay(chosen: readonly number[]): void {
		const same =
			chosen.length === this.#chosen.length && chosen.every((c, i) => c === this.#chosen[i]);
		if (same && this.#cells) return;
		this.#chosen = chosen;
		this.#cells = cellsOf(this.#binned, this.#counts, chosen);
		this.#spare = [];
	}

	/** The node to be split next: the oldest, or the one that gains most. */
	#next(open: OpenNode[]): OpenNode | undefined {
		if (this.#settings.growth === 'depth') return open.shift();
		let best = 0;
		open.forEach((node, i) => {
			if (node.split.gain > (open[best] as OpenNode).split.gain) best = i;
		});
		return open.splice(best, 1)[0];
	}

	#root(count: number, maxStep: number): OpenNode {
		const units = packPairs(this.#slopes, this.rows, count, this.#packed);
		this.#finder.units = units;
		const sum = sumAt(this.#packed, this.rows, 0, count);
		const gradient = gradientOf(sum, units);
		const hessian = hessianOf(sum, units);
		const root = this.#node(0, 0, count, 0, gradient, hessian, -maxStep, maxStep);
		this.#draft.add();
		if (this.#divisible(root)) {
			this.#fill(root);
			this.#search(root);
		}
		return root;
	}

	#node(
		index: number,
		from: number,
		to: number,
		depth: number,
		gradient: number,
		hessian: number,
		lower: number,
		upper: number,
	): OpenNode {
		const split = new BestSplit();
		const histogram = undefined;
		return { index, from, to, depth, gradient, hessian, lower, upper, split, histogram };
	}

	#divisible({ from, to, depth, hessian }: OpenNode): boolean {
		const { maxDepth, minChildWeight } = this.#settings;
		return to - from > 1 && !(maxDepth > 0 && depth >= maxDepth) && hessian >= 2 * minChildWeight;
	}

	#fill(node: OpenNode): void {
		const cells = this.#cells as Cells;
		node.histogram = this.#spare.pop() ?? new Float64Array(cells.length);
		fillHistogram(node.histogram, cells, this.rows, node.from, node.to, this.#packed);
	}

	#search(node: OpenNode): void {
		const { split, histogram } = node;
		const { minSplitGain } = this.#settings;
		const whole = this.#finder.wholeGain(node);
		split.clear();
		split.gain = whole + Math.max(minSplitGain, 1e-12 * Math.abs(whole));
		const { starts } = this.#cells as Cells;
		for (const place of this.#placesOfNode()) {
			const column = this.#chosen[place] as number;
			const { kind, count } = this.#columns[column] as ColumnBins;
			const start = starts[place] as number;
			if (count < 2) continue;
			if (kind === 'category')
				this.#finder.byCategory(split, histogram as Histogram, start, count, column, node);
			else
				this.#finder.byNumber(
					split,
					histogram as Histogram,
					start,
					count,
					column,
					node,
					this.#constraints[column] as number,
				);
		}
		split.gain -= whole;
	}

	/** Places in the chosen columns that a node may look at. */
	#placesOfNode(): readonly number[] {
		const { columnsByNode } = this.#settings;
		const places = [...this.#chosen.keys()];
		return columnsByNode < 1 && this.#random
			? drawColumns(places, columnsByNode, this.#random)
			: places;
	}

	#close(node: OpenNode): void {
		const { index, from, to, lower, upper } = node;
		const gradient = sumAt(this.#slopes.gradients, this.rows, from, to);
		const hessian = sumAt(this.#slopes.hessians, this.rows, from, to);
		this.#draft.value[index] = leafValue(gradient, hessian, this.#settings, lower, upper);
		this.leaves.push({ node: index, from, to, lower, upper });
		this.#release(node);
	}

	#release(node: OpenNode): void {
		if (node.histogram) this.#spare.push(node.histogram);
		node.histogram = undefined;
	}

	#split(node: OpenNode): [OpenNode, OpenNode] {
		const { index, from, to, depth, gradient, hessian, split } = node;
		const left = this.#draft.split(index, split);
		const middle = this.#partition(node);
		const { leftGradient, leftHessian } = split;
		const rightGradient = gradient - leftGradient;
		const rightHessian = hessian - leftHessian;
		const [leftBounds, rightBounds] = this.#bounds(node, rightGradient, rightHessian);
		const first = this.#node(
			left,
			from,
			middle,
			depth + 1,
			leftGradient,
			leftHessian,
			...leftBounds,
		);
		const second = this.#node(
			left + 1,
			middle,
			to,
			depth + 1,
			rightGradient,
			rightHessian,
			...rightBounds,
		);
		this.#prepare(node, first, second);
		return [first, second];
	}

	/** Histograms and best splits of two children, where they can be split at all. */
	#prepare(parent: OpenNode, first: OpenNode, second: OpenNode): void {
		if (!this.#divisible(first) && !this.#divisible(second)) return this.#release(parent);
		const firstIsSmaller = first.to - first.from <= second.to - second.from;
		const [smaller, larger] = firstIsSmaller ? [first, second] : [second, first];
		this.#fill(smaller);
		larger.histogram = parent.histogram as Histogram;
		parent.histogram = undefined;
		subtractHistogram(larger.histogram, smaller.histogram as Histogram);
		for (const child of [first, second])
			if (this.#divisible(child)) this.#search(child);
			else this.#release(child);
	}

	/**
	 * Below a split of a constrained column, no leaf on one side may pass the middle between the two
	 * (XGBoost's way): so the order of the sides holds for all that grows under them.
	 */
	#bounds(
		{ split, lower, upper }: OpenNode,
		rightGradient: number,
		rightHessian: number,
	): [[number, number], [number, number]] {
		const constraint = split.byCategory ? 0 : (this.#constraints[split.column] as number);
		if (constraint === 0)
			return [
				[lower, upper],
				[lower, upper],
			];
		const settings = this.#settings;
		const left = leafValue(split.leftGradient, split.leftHessian, settings, lower, upper);
		const right = leafValue(rightGradient, rightHessian, settings, lower, upper);
		const middle = (left + right) / 2;
		return constraint > 0
			? [
					[lower, middle],
					[middle, upper],
				]
			: [
					[middle, upper],
					[lower, middle],
				];
	}

	/** Brings the rows that go left to the front, each side in its old order. */
	#partition({ index, from, to }: OpenNode): number {
		const { bins, count } = this.#binned;
		const column = this.#draft.column[index] as number;
		const binsOfColumn = bins.subarray(column * count, (column + 1) * count);
		const sides = this.#draft.sideOfBins(index);
		const middle = partRows(this.rows, from, to, this.#moved, binsOfColumn, sides);
		this.rows.set(this.#moved.subarray(0, to - middle), middle);
		return middle;
	}
}

/** A share of the columns, at least one, ascending. */
export function drawColumns(
	columns: readonly number[],
	share: number,
	random: Random,
): readonly number[] {
	const count = Math.max(1, Math.round(share * columns.length));
	return shuffle([...columns], random)
		.slice(0, count)
		.sort((a, b) => a - b);
}

/** By column: 1, -1 or 0. A RangeError names what cannot be constrained. */
function constraintsOf(columns: readonly ColumnBins[], { monotone }: TreeSettings): Int8Array {
	const constraints = new Int8Array(columns.length);
	for (const [name, constraint] of Object.entries(monotone)) {
		const place = columns.findIndex((column) => column.name === name);
		if (place < 0) throw new RangeError(`there is no column ${name} to constrain`);
		if (constraint !== 0 && columns[place]?.kind === 'category')
			throw new RangeError(`${name} is a category column: it has no order to constrain`);
		constraints[place] = constraint;
	}
	return constraints;
}

/** A tree while it grows. */
class TreeDraft {
	readonly column: number[] = [];
	readonly value: number[] = [];
	readonly #bin: number[] = [];
	readonly #left: number[] = [];
	readonly #missingLeft: number[] = [];
	readonly #set: number[] = [];
	readonly #sets: number[] = [];
	readonly #gain: number[] = [];
	readonly #sides = new Uint8Array(256);

	add(): number {
		this.#bin.push(0);
		this.#left.push(0);
		this.#missingLeft.push(0);
		this.#set.push(-1);
		this.#gain.push(0);
		this.value.push(0);
		return this.column.push(-1) - 1;
	}

	/** Makes a split of a node and hands back its left child; the right one follows. */
	split(node: number, best: BestSplit): number {
		this.column[node] = best.column;
		this.#gain[node] = best.gain;
		if (best.byCategory) {
			this.#set[node] = this.#sets.length;
			this.#sets.push(...best.set);
		} else {
			this.#bin[node] = best.bin;
			this.#missingLeft[node] = best.missingLeft ? 1 : 0;
		}
		const left = this.add();
		this.add();
		return (this.#left[node] = left);
	}

	/** By bin: 1 where it goes left. */
	sideOfBins(node: number): Uint8Array {
		const set = this.#set[node] as number;
		const last = this.#bin[node] as number;
		for (let bin = 0; bin < 256; bin++) {
			if (set >= 0) {
				const word = this.#sets[set + (bin >> 5)] as number;
				this.#sides[bin] = (word >>> (bin & 31)) & 1;
			} else this.#sides[bin] = bin <= last ? 1 : 0;
		}
		if (set < 0) this.#sides[MISSING] = this.#missingLeft[node] as number;
		return this.#sides;
	}

	tree(): Tree {
		const nodes = this.column.length;
		return {
			column: Int16Array.from(this.column),
			bin: Uint8Array.from(this.#bin),
			left: Uint32Array.from(this.#left),
			missingLeft: Uint8Array.from(this.#missingLeft),
			set: Int32Array.from(this.#set),
			sets: Uint32Array.from(this.#sets),
			value: Float64Array.from(this.value),
			cover: new Float64Array(nodes),
			gain: Float64Array.from(this.#gain),
		};
	}
}

/** The weight of the rows of each leaf, and of all leaves below each split. */
export function fillCover(
	tree: Tree,
	leaves: readonly Leaf[],
	rows: Uint32Array,
	weights: Float64Array,
): void {
	const { cover, column, left } = tree;
	for (const { node, from, to } of leaves) cover[node] = sumAt(weights, rows, from, to);
	// Children stand after their parent.
	for (let node = column.length - 1; node >= 0; node--) {
		if ((column[node] as number) < 0) continue;
		const first = left[node] as number;
		cover[node] = (cover[first] as number) + (cover[first + 1] as number);
	}
}
