import type { NumberArray } from '$workers/table/column';

export interface PriceBins {
	readonly from: number;
	readonly to: number;
	readonly count: number;
	/** Each home's bin. */
	readonly binOf: Uint8Array;
}

const BINS = 24;
/** A few very dear homes would squeeze all others into one bin: they share the last. */
const SHARE_BELOW_TO = 0.97;

/** Equal bins over the catalogue's usual prices; they stay the same whatever is searched for. */
export function priceBins(prices: NumberArray): PriceBins {
	const sorted = Float64Array.from(prices).filter(Number.isFinite).sort();
	const from = Math.floor(sorted[0] ?? 0);
	const usual = sorted[Math.floor((sorted.length - 1) * SHARE_BELOW_TO)] ?? 0;
	const to = Math.max(from + BINS, Math.ceil(usual));
	const binOf = Uint8Array.from(prices, (price) =>
		Math.max(0, Math.min(BINS - 1, Math.floor(((price - from) / (to - from)) * BINS))),
	);
	return { from, to, count: BINS, binOf };
}
