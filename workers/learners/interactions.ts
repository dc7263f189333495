import type { SparseRows } from '$workers/table/sparse';

/** Who had to do with what: a row is a person, a column an item, a value how much (1 for once). */
export type Interactions = SparseRows;

/** What item models are asked: the best items for each history. */
export interface ItemQuery {
	/** One row for each answer; the columns are the model's items. */
	readonly histories: Interactions;
	/** How many items for each. */
	readonly count: number;
	/** Items that are left out, row by row; those of the history itself where this is absent. */
	readonly leaveOut?: Interactions;
}

/** Parallel arrays, `count` places for each history, best first; ties by id. */
export interface RankedItems {
	readonly count: number;
	/** `NO_ITEM` where there was nothing left to rank. */
	readonly ids: Uint32Array;
	/** -Infinity where there was nothing left to rank. */
	readonly scores: Float32Array;
}

export const NO_ITEM = 0xffff_ffff;

/** Item models tell every item's score as well, so that several can be blended. */
export interface ScoresItems {
	readonly items: number;
	/** Row by row, `items` scores each. */
	scores(histories: Interactions): Promise<Float32Array>;
}
