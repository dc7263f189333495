import type { Estimate } from '$lib/contracts/insight';

const LOW = 0.1;
const HIGH = 0.9;

/**
 * From futures of the purchase models, where 8 in 10 of them lie for each guest. They are stretched
 * to the value that is shown where it comes from another learner, and always hold it: a guest who
 * comes back once in twenty futures has a value, and mostly brings nothing.
 */
export function quantilesOf(
	futures: readonly Float64Array[],
	simulated: Float64Array,
	shown: Float64Array,
): { readonly low: Float64Array; readonly high: Float64Array } {
	const low = new Float64Array(shown.length);
	const high = new Float64Array(shown.length);
	const own = new Float64Array(futures.length);
	shown.forEach((value, row) => {
		const stretch = (simulated[row] as number) > 0 ? value / (simulated[row] as number) : 1;
		futures.forEach((future, draw) => (own[draw] = stretch * (future[row] as number)));
		own.sort();
		low[row] = Math.min(value, quantileOf(own, LOW));
		high[row] = Math.max(value, quantileOf(own, HIGH));
	});
	return { low, high };
}

/** The total of all guests in each future, stretched to the total that is shown. */
export function totalOf(
	futures: readonly Float64Array[],
	simulated: Float64Array,
	shown: Float64Array,
): Estimate {
	const value = sum(shown);
	const stretch = sum(simulated) > 0 ? value / sum(simulated) : 1;
	const totals = Float64Array.from(futures, (future) => stretch * sum(future)).sort();
	return {
		value,
		low: Math.min(value, quantileOf(totals, LOW)),
		high: Math.max(value, quantileOf(totals, HIGH)),
	};
}

/** Of sorted values, linear between places (type 7 of Hyndman and Fan 1996). */
function quantileOf(sorted: Float64Array, share: number): number {
	const at = share * (sorted.length - 1);
	const below = sorted[Math.floor(at)] as number;
	const above = sorted[Math.ceil(at)] as number;
	return below + (at - Math.floor(at)) * (above - below);
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
