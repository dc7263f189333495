import type { Interactions } from '$workers/learners/interactions';
import { type Random, seededRandom, shuffle } from '$workers/math/random';
import { sparseRows } from '$workers/table/sparse';

/** Probabilities of what follows each item: items × items, row by row. */
export interface Chain {
	readonly items: number;
	readonly follows: Float64Array;
}

/**
 * A chain in which each item has one likely follower (probability `sure`, another for every item) and all
 * items are equally frequent in the long run, so that popularity says nothing.
 */
export function plantedChain(items: number, sure: number, seed: number | string = 1): Chain {
	const random = seededRandom(seed);
	const order = shuffle(
		Array.from({ length: items }, (_, item) => item),
		random,
	);
	const follows = new Float64Array(items * items).fill((1 - sure) / (items - 1));
	order.forEach((item, i) => (follows[item * items + order[(i + 1) % items]!] = sure));
	return { items, follows };
}

/** Sequences drawn from the chain, as interactions in the order in which they came. */
export function drawSequences(
	chain: Chain,
	lengths: readonly number[],
	seed: string,
): Interactions {
	const random = seededRandom(seed);
	return sparseRows(
		lengths.map((length) => {
			let item = random.integer(chain.items);
			return Array.from({ length }, () => {
				const now = item;
				item = next(chain, now, random);
				return [now, 1] as const;
			});
		}),
		chain.items,
	);
}

function next({ items, follows }: Chain, item: number, random: Random): number {
	let rest = random.next();
	for (let follower = 0; follower < items; follower++) {
		rest -= follows[item * items + follower]!;
		if (rest < 0) return follower;
	}
	return items - 1;
}
