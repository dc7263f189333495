import type { RankedItems } from '$workers/learners/interactions';

/** The scores of each row, then its items, as the conformance suite wants them. */
export function rankedRows({ count, ids, scores }: RankedItems): readonly number[][] {
	return Array.from({ length: count > 0 ? ids.length / count : 0 }, (_, row) => [
		...scores.subarray(row * count, (row + 1) * count),
		...ids.subarray(row * count, (row + 1) * count),
	]);
}
