import type { Lift } from '$lib/contracts/insight';
import type { Random } from '$workers/math/random';

/** Past nights as a policy is judged on them; one element a night. */
export interface LoggedNights {
	/** Logarithm of the price asked over the usual one, and its standard deviation there. */
	readonly residual: Float64Array;
	readonly spread: Float64Array;
	/** The same of the price that the policy would have asked. */
	readonly wanted: Float64Array;
	/** What the night brought. */
	readonly revenue: Float64Array;
	/** What a model that never saw the night expects of it, at the price asked and at the wanted one. */
	readonly expectedAsked: Float64Array;
	readonly expectedWanted: Float64Array;
	/** Nights that moved together. */
	readonly cluster: Uint32Array;
}

/** Width of the kernel, in standard deviations of the price asked. */
const WIDTH = 0.4;
/** Prices that strayed less than this (in logarithms) say nothing of other prices. */
const LEAST_SPREAD = 0.02;
const LEAST_NIGHTS = 50;
const DRAWS = 400;

/**
 * What other prices would have brought on past nights, told from the nights themselves: doubly
 * robust for continuous treatments (Kallus and Zhou 2018; Dudik et al. 2011). Nights on which the
 * price happened to lie near the wanted one are weighted by how rare that was; a model only takes
 * out noise, and where it is wrong the weights put it right. Interval (8 in 10) by a bootstrap of
 * clusters.
 */
export function estimateLift(nights: LoggedNights, random: Random): Lift {
	const weights = kernelWeights(nights);
	const effective = sum(weights) ** 2 / sum(weights.map((weight) => weight * weight));
	const usable = effective >= LEAST_NIGHTS && median(nights.spread) >= LEAST_SPREAD;
	if (!usable) return nothingToTell(effective);
	const scale = nights.revenue.length / sum(weights);
	const clusters = clusterSums(nights, (i) => {
		const weight = (weights[i] as number) * scale;
		const surprise = (nights.revenue[i] as number) - (nights.expectedAsked[i] as number);
		return (nights.expectedWanted[i] as number) + weight * surprise;
	});
	const drawn = Array.from({ length: DRAWS }, () => ratioOf(clusters, random)).sort(
		(a, b) => a - b,
	);
	const revenue = {
		value: ratio(clusters),
		low: drawn[Math.floor(0.1 * DRAWS)] as number,
		high: drawn[Math.floor(0.9 * DRAWS)] as number,
	};
	return { revenue, nights: effective, verdict: verdictOf(revenue), method: 'doubly-robust' };
}

function verdictOf({ low, high }: Lift['revenue']): Lift['verdict'] {
	if (low > 0) return 'gain';
	return high < 0 ? 'loss' : 'cannot-tell';
}

const nothingToTell = (nights: number): Lift => ({
	revenue: { value: Number.NaN, low: Number.NaN, high: Number.NaN },
	nights: Number.isFinite(nights) ? nights : 0,
	verdict: 'too-little-variation',
	method: 'doubly-robust',
});

/** Density of a kernel about the wanted price over that of prices asked. */
function kernelWeights({ residual, spread, wanted }: LoggedNights): Float64Array {
	return residual.map((asked, i) => {
		const deviation = spread[i] as number;
		if (!(deviation >= LEAST_SPREAD)) return 0;
		const near = (asked - (wanted[i] as number)) / (WIDTH * deviation);
		const usual = asked / deviation;
		return Math.exp(-0.5 * (near * near - usual * usual)) / WIDTH;
	});
}

interface ClusterSums {
	readonly wanted: Float64Array;
	readonly asked: Float64Array;
}

function clusterSums(nights: LoggedNights, value: (night: number) => number): ClusterSums {
	const numberOf = new Map<number, number>();
	const wanted: number[] = [];
	const asked: number[] = [];
	nights.cluster.forEach((cluster, i) => {
		const at = numberOf.get(cluster) ?? numberOf.size;
		numberOf.set(cluster, at);
		wanted[at] = (wanted[at] ?? 0) + value(i);
		asked[at] = (asked[at] ?? 0) + (nights.revenue[i] as number);
	});
	return { wanted: Float64Array.from(wanted), asked: Float64Array.from(asked) };
}

const ratio = ({ asked, wanted }: ClusterSums): number => sum(wanted) / sum(asked) - 1;

function ratioOf({ asked, wanted }: ClusterSums, random: Random): number {
	let top = 0;
	let bottom = 0;
	for (let i = 0; i < asked.length; i++) {
		const drawn = random.integer(asked.length);
		top += wanted[drawn] as number;
		bottom += asked[drawn] as number;
	}
	return top / bottom - 1;
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

function median(values: Float64Array): number {
	return values.slice().sort()[values.length >> 1] ?? Number.NaN;
}
