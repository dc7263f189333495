import type { PackHeader } from '$lib/contracts';
import type { SparseRows } from '$workers/table/sparse';

/**
 * What others' behaviour teaches, as a file: numbers about homes, nothing about anybody. See
 * docs/model-pack.md.
 */
export interface ModelPack {
	readonly header: PackHeader;
	/** The homes it knows, `source:id`, each once; their place is the item of all that follows. */
	readonly keys: readonly string[];
	/** How often each home was chosen, as a share of all choices; not negative. */
	readonly chosen: Float32Array;
	/** Row i, column j: what having chosen i says for j. Of kind `item-weights`. */
	readonly also: SparseRows | null;
	/** Row i, column j: what having been at i last says for j as the next. Of kind `item-weights`. */
	readonly next: SparseRows | null;
	/** A vector of `size` for each home, one after the other. Of kind `item-factors`. */
	readonly factors: ItemFactors | null;
}

export interface ItemFactors {
	readonly size: number;
	readonly values: Float32Array;
	/** How a history is folded in: weight of what was not chosen, and the penalty (docs/model-pack.md). */
	readonly unobserved: number;
	readonly penalty: number;
}
