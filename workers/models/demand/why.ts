import type { Share } from '$lib/contracts/insight';
import { ROW_FEATURES } from '$workers/features/books';
import type { FittedTrees } from '$workers/learners/boosted-trees';
import type { RowsTable } from '../on-the-books/rows-table';
import { rowsMatrix } from '../on-the-books/walk';

const WEEK = 7;

/**
 * What moves the logarithm of the mean expectation of the first week: each group of features by the
 * trees (TreeSHAP, by their weight in the forecast), and `base`, which is what the books and the usual
 * pick-up say without them. They sum to the logarithm.
 */
export async function whySeries(
	rows: RowsTable,
	from: number,
	expected: Float64Array,
	trees: FittedTrees | undefined,
	weight: Float64Array,
): Promise<Share[]> {
	const week = expected.subarray(0, WEEK);
	const total = Math.log(Math.max(1e-6, week.reduce((sum, value) => sum + value, 0) / WEEK));
	if (!trees) return [{ feature: 'base', share: total }];
	const taken = Uint32Array.from({ length: WEEK }, (_, i) => from + i);
	const { names, values } = await trees.explain(rowsMatrix(rows, taken));
	const sums = new Map<string, number>();
	taken.forEach((row, i) =>
		ROW_FEATURES.forEach(({ name, group }) => {
			const value = values[i * names.length + names.indexOf(name)] as number;
			sums.set(group, (sums.get(group) ?? 0) + (value * (weight[row] as number)) / WEEK);
		}),
	);
	const moved = [...sums.values()].reduce((sum, share) => sum + share, 0);
	return [
		{ feature: 'base', share: total - moved },
		...[...sums]
			.map(([feature, share]) => ({ feature, share }))
			.sort((a, b) => Math.abs(b.share) - Math.abs(a.share)),
	];
}
