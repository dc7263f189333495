import { type BinnedRows, MISSING } from './bins';

/** Words of 32 bits in the set of bins that go left at a category split. */
export const SET_WORDS = 8;

/** One tree as arrays by node; node 0 is the root. */
export interface Tree {
	/** The column that is split on; -1 at a leaf. */
	readonly column: Int16Array;
	/** Bins up to this one go left. */
	readonly bin: Uint8Array;
	/** The left child; the right one follows it. */
	readonly left: Uint32Array;
	readonly missingLeft: Uint8Array;
	/** Where the bins that go left stand in `sets`; -1 at a split by number. */
	readonly set: Int32Array;
	readonly sets: Uint32Array;
	/** What a leaf adds to the score. */
	readonly value: Float64Array;
	/** Weight of the training rows that came by. */
	readonly cover: Float64Array;
	/** How much a split lowered the loss. */
	readonly gain: Float64Array;
}

/** The leaf in which a row ends. */
export function leafOf(tree: Tree, { bins, count }: BinnedRows, row: number): number {
	const { column, left } = tree;
	let node = 0;
	let split = column[0] as number;
	while (split >= 0) {
		const right = goesLeft(tree, node, bins[split * count + row] as number) ? 0 : 1;
		node = (left[node] as number) + right;
		split = column[node] as number;
	}
	return node;
}

export function goesLeft(tree: Tree, node: number, bin: number): boolean {
	const set = tree.set[node] as number;
	if (set >= 0) return (((tree.sets[set + (bin >> 5)] as number) >>> (bin & 31)) & 1) === 1;
	return bin === MISSING
		? (tree.missingLeft[node] as number) === 1
		: bin <= (tree.bin[node] as number);
}

/** Adds what the tree says of each row to its score. */
export function addTree(tree: Tree, rows: BinnedRows, scores: Float64Array): void {
	const { value } = tree;
	for (let row = 0; row < rows.count; row++)
		scores[row] = (scores[row] as number) + (value[leafOf(tree, rows, row)] as number);
}
