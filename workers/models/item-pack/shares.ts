import { pairAt } from '$workers/table/pairs';
import type { CountNoise, ItemCounts } from './weights';

/** One of two ways to see how often each home is chosen. */
interface Sight {
	readonly shares: Float64Array;
	/** Variance of a share by noise alone. */
	readonly noise: number;
	/** What noise and chance come to in one share. */
	readonly variance: number;
}

/**
 * Each home's share of all choices. A guest's unit among homes and that among pairs tell the same of a
 * home, with noise of their own: they are joined by how sure each is. A home that noise took
 * everything from keeps a little.
 */
export function sharesOf(counts: ItemCounts, noise: CountNoise): Float64Array {
	const { homes } = counts;
	const chosen = sightOf(counts.chosen, noise.chosen, noise.unit);
	const pairs = sightOf(inPairs(counts), ((homes - 1) * noise.also) / 4, noise.unit);
	const part = chosen.variance / (chosen.variance + pairs.variance);
	const left = Math.sqrt((1 - part) ** 2 * chosen.noise + part ** 2 * pairs.noise);
	const least = Math.max(1 / totalOf(counts.chosen, noise.unit), left);
	const kept = chosen.shares.map((share, home) =>
		Math.max(least, (1 - part) * share + part * (pairs.shares[home] as number)),
	);
	const total = kept.reduce((sum, share) => sum + share, 0);
	return kept.map((share) => share / total);
}

function sightOf(counts: ArrayLike<number>, noise: number, unit: number): Sight {
	const total = totalOf(counts, unit);
	const ofShare = noise / total ** 2;
	return {
		shares: Float64Array.from(counts, (count) => count / total),
		noise: ofShare,
		variance: ofShare + unit / (counts.length * total),
	};
}

/** Never less than one guest: noise may leave nothing. */
const totalOf = (counts: ArrayLike<number>, unit: number): number =>
	Math.max(
		unit,
		Array.from(counts).reduce((sum, count) => sum + count, 0),
	);

/** Half of each pair is either home's. */
const inPairs = ({ also, homes }: ItemCounts): Float64Array =>
	Float64Array.from({ length: homes }, (_, home) => {
		let sum = 0;
		for (let other = 0; other < homes; other++)
			if (other !== home) sum += (also[pairAt(home, other)] as number) / 2;
		return sum;
	});
