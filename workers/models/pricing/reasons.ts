import type { PriceRules, Share } from '$lib/contracts/insight';
import type { Contributions } from '$workers/learners/contract';
import { bestPrice, type Market } from './curve';
import { FEATURE_GROUPS } from './situations';

/** In the order in which they are added to a price. */
export const REASONS = ['weekday', 'season', 'holiday', 'books'] as const;
type Reason = (typeof REASONS)[number];

/** By property and day: what each group of features adds to demand, beyond the property's average. */
export type DemandReasons = Readonly<Record<Reason, Float64Array>>;

/** Adds shares of the same group up and takes the property's average out. */
export function demandReasons(
	shares: Contributions,
	properties: number,
	days: number,
): DemandReasons {
	const sums = Object.fromEntries(
		REASONS.map((reason) => [reason, new Float64Array(properties * days)]),
	) as Record<Reason, Float64Array>;
	shares.names.forEach((name, column) => {
		const group = FEATURE_GROUPS[name];
		if (!group || group === 'home') return;
		const sum = sums[group];
		for (let row = 0; row < sum.length; row++)
			sum[row] =
				(sum[row] as number) + (shares.values[row * shares.names.length + column] as number);
	});
	for (const sum of Object.values(sums)) centreRows(sum, days);
	return sums;
}

/**
 * From the base price to the suggestion, in money: the best price of an average day at the property's
 * own level, then what the owner usually asks on such a day, then each reason in turn. Shares sum to
 * the suggestion.
 */
export function priceReasons(
	market: Market,
	usualLevel: number,
	reasons: DemandReasons,
	at: number,
	rules: PriceRules,
): Share[] {
	const added = REASONS.map((reason) => reasons[reason][at] as number);
	let now: Market = {
		...market,
		offset: market.offset - added.reduce((sum, value) => sum + value, 0),
		usual: usualLevel,
	};
	const shares: Share[] = [{ feature: 'base', share: market.base }];
	let price = market.base;
	const step = (feature: string, next: Market) => {
		const best = bestPrice(next, rules);
		if (best !== price) shares.push({ feature, share: best - price });
		price = best;
		now = next;
	};
	step('own-level', now);
	step('usual-for-the-day', { ...now, usual: market.usual });
	REASONS.forEach((reason, i) =>
		step(reason, { ...now, offset: now.offset + (added[i] as number) }),
	);
	return shares;
}

function centreRows(values: Float64Array, length: number): void {
	for (let from = 0; from < values.length; from += length) {
		const row = values.subarray(from, from + length);
		const mean = row.reduce((sum, value) => sum + value, 0) / length;
		row.forEach((value, i) => (row[i] = value - mean));
	}
}
