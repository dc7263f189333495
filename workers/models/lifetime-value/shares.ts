import type { Share } from '$lib/contracts/insight';

/** Three factors whose product is a value: chance of being there, bookings if there, money of one. */
export type Factors = readonly [alive: number, bookings: number, amount: number];

/** Features that the three factors stand for. */
export const FACTOR_NAMES = [
	'days_since_last_booking',
	'booking_frequency',
	'avg_booking_value',
] as const;

/**
 * Exact shares of a product against that of usual factors: Shapley values of the three-player game
 * in which a factor that has not joined is the usual one (Shapley 1953). With `base` they sum to the
 * product.
 */
export function sharesOfProduct(own: Factors, usual: Factors): Share[] {
	const base = usual[0] * usual[1] * usual[2];
	const shares = FACTOR_NAMES.map((feature, i) => {
		const [j, k] = [(i + 1) % 3, (i + 2) % 3] as [number, number];
		const [ownJ, ownK, usualJ, usualK] = [own[j], own[k], usual[j], usual[k]] as [
			number,
			number,
			number,
			number,
		];
		const others = (ownJ * ownK + usualJ * usualK) / 3 + (ownJ * usualK + usualJ * ownK) / 6;
		return { feature, share: ((own[i] as number) - (usual[i] as number)) * others };
	});
	return [...shares, { feature: 'base', share: base }];
}

/**
 * Shares of the logarithm of a mean as shares of the mean itself, in its own proportions: the
 * logarithmic mean turns one into the other exactly (Ang 2004, the LMDI method). `base` is the share
 * that every row has.
 */
export function sharesOfMean(logShares: readonly Share[]): Share[] {
	const base = logShares.find(({ feature }) => feature === 'base')?.share ?? 0;
	const others = logShares.filter(({ feature }) => feature !== 'base');
	const sum = others.reduce((total, { share }) => total + share, 0);
	const usual = Math.exp(base);
	const weight = Math.abs(sum) < 1e-9 ? usual : (usual * Math.expm1(sum)) / sum;
	return [
		...others.map((share) => ({ ...share, share: share.share * weight })),
		{ feature: 'base', share: usual },
	];
}

/** Shares of a sum of numbers, each times its weight: by feature, largest first, `base` last. */
export function addShares(
	parts: readonly { readonly shares: readonly Share[]; readonly weight: number }[],
): Share[] {
	const sums = new Map<string, number>();
	for (const { shares, weight } of parts)
		for (const { feature, share } of shares)
			sums.set(feature, (sums.get(feature) ?? 0) + weight * share);
	const last = (feature: string) => (feature === 'base' ? 1 : 0);
	return Array.from(sums, ([feature, share]) => ({ feature, share }))
		.filter(({ feature, share }) => feature === 'base' || share !== 0)
		.sort((a, b) => last(a.feature) - last(b.feature) || Math.abs(b.share) - Math.abs(a.share));
}
