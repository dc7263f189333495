import type { Share } from '$lib/contracts/insight';
import { type FeatureGroup, ROW_FEATURES } from '$workers/features/books';
import type { FittedTrees } from '$workers/learners/boosted-trees';
import type { RowsTable } from '../on-the-books/rows-table';
import { rowsMatrix } from '../on-the-books/walk';

/** Shares of a sum of forecasts, in money; `base` is what the trees add to every day. */
export type WhyName = 'booked' | 'still-to-come' | 'base' | FeatureGroup;

/**
 * What a total is made of: bookings on the books less usual cancellations, what usually still comes,
 * and by how much each group of features moves that (TreeSHAP, exact for the trees). The shares are
 * scaled to sum to the total where a forecast was held at 0.
 */
export async function whyTotal(
	rows: RowsTable,
	taken: Uint32Array,
	weight: Float64Array,
	forecast: Float64Array,
	fitted: FittedTrees,
): Promise<Share[]> {
	const sums = new Map<WhyName, number>();
	const add = (name: WhyName, money: number) => sums.set(name, (sums.get(name) ?? 0) + money);
	const { names, values } = await fitted.explain(rowsMatrix(rows, taken));
	const groups = new Map<string, WhyName>(ROW_FEATURES.map(({ name, group }) => [name, group]));
	let total = 0;
	taken.forEach((row, i) => {
		add('booked', rows.parts.expected[row] as number);
		add('still-to-come', rows.parts.pickup[row] as number);
		const money = (weight[row] as number) * (rows.parts.scale[row] as number);
		names.forEach((name, place) =>
			add(groups.get(name) ?? 'base', money * (values[i * names.length + place] as number)),
		);
		total += forecast[row] as number;
	});
	return scaledTo(total, sums);
}

/** Exactly `total` in all, up to rounding. */
function scaledTo(total: number, sums: ReadonlyMap<WhyName, number>): Share[] {
	const sum = [...sums.values()].reduce((all, money) => all + money, 0);
	const scale = sum === 0 ? 1 : total / sum;
	return [...sums]
		.map(([feature, money]) => ({ feature, share: money * scale }))
		.sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
}
