import { type Interactions, NO_ITEM, type RankedItems } from '$workers/learners/interactions';

/** Means over people with something held out, but for coverage. */
export interface ListFigures {
	/** Share of what was held out among the first ten. */
	readonly recall10: number;
	/** Gain 1/log2(place + 1) of what was held out, against the best that its number allows. */
	readonly ndcg10: number;
	readonly ndcg20: number;
	/** Share of the items that stand in somebody's first ten. */
	readonly coverage: number;
	readonly people: number;
}

/** How long the lists have to be. */
export const LISTED = 20;
const FIRST = 10;

/** What lists of at least 20 are worth beside what was held out. */
export function listFigures(ranked: RankedItems, held: Interactions): ListFigures {
	const sums = { recall10: 0, ndcg10: 0, ndcg20: 0 };
	const shown = new Set<number>();
	let people = 0;
	for (let row = 0; row < held.count; row++) {
		const wanted = new Set(held.columns.subarray(held.starts[row], held.starts[row + 1]));
		if (wanted.size === 0) continue;
		people++;
		const list = ranked.ids.subarray(row * ranked.count, (row + 1) * ranked.count);
		const hits = Array.from(list, (item) => wanted.has(item));
		sums.recall10 += hits.slice(0, FIRST).filter(Boolean).length / wanted.size;
		sums.ndcg10 += gainOf(hits, FIRST) / bestGain(Math.min(FIRST, wanted.size));
		sums.ndcg20 += gainOf(hits, LISTED) / bestGain(Math.min(LISTED, wanted.size));
		for (const item of list.subarray(0, FIRST)) if (item !== NO_ITEM) shown.add(item);
	}
	return {
		recall10: sums.recall10 / people,
		ndcg10: sums.ndcg10 / people,
		ndcg20: sums.ndcg20 / people,
		coverage: shown.size / held.width,
		people,
	};
}

function gainOf(hits: readonly boolean[], places: number): number {
	let gain = 0;
	for (let place = 0; place < places; place++) if (hits[place]) gain += 1 / Math.log2(place + 2);
	return gain;
}

function bestGain(places: number): number {
	let gain = 0;
	for (let place = 0; place < places; place++) gain += 1 / Math.log2(place + 2);
	return gain;
}
