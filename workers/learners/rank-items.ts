import { topPlaces } from '$workers/math/top';
import { NO_ITEM, type Interactions, type ItemQuery, type RankedItems } from './interactions';

/** Writes the score of every item for one history. */
export type ScoreRow = (row: number, scores: Float32Array) => void;

/**
 * The best items for each history, from scores made one history at a time, so that a long batch takes
 * no more memory than a short one. A RangeError where the query's items are not `items` many.
 */
export function rankItems(query: ItemQuery, items: number, scoreRow: ScoreRow): RankedItems {
	const { histories, count, leaveOut = histories } = query;
	checkItems(histories, items);
	checkItems(leaveOut, items);
	if (leaveOut.count !== histories.count)
		throw new RangeError('one row of items to leave out is needed for each history');
	const ids = new Uint32Array(histories.count * count).fill(NO_ITEM);
	const ranked = new Float32Array(ids.length).fill(Number.NEGATIVE_INFINITY);
	const scores = new Float32Array(items);
	for (let row = 0; row < histories.count; row++) {
		scoreRow(row, scores);
		const end = leaveOut.starts[row + 1] as number;
		for (let at = leaveOut.starts[row] as number; at < end; at++)
			scores[leaveOut.columns[at] as number] = Number.NEGATIVE_INFINITY;
		topPlaces(scores, count).forEach((item, place) => {
			ids[row * count + place] = item;
			ranked[row * count + place] = scores[item] as number;
		});
	}
	return { count, ids, scores: ranked };
}

/** All scores, history after history. */
export function scoreItems(
	histories: Interactions,
	items: number,
	scoreRow: ScoreRow,
): Float32Array {
	checkItems(histories, items);
	const scores = new Float32Array(histories.count * items);
	for (let row = 0; row < histories.count; row++)
		scoreRow(row, scores.subarray(row * items, (row + 1) * items));
	return scores;
}

function checkItems({ width }: { readonly width: number }, items: number): void {
	if (width !== items) throw new RangeError(`the model knows ${items} items, not ${width}`);
}

/** Throws a RangeError where a value is negative or no number, or an item lies outside the rows. */
export function checkInteractions({ columns, values, width }: Interactions): void {
	if (!values.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY))
		throw new RangeError('an interaction is negative or not a finite number');
	if (columns.some((column) => column >= width))
		throw new RangeError('an item lies outside the interactions');
}
