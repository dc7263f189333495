import type { Random } from '$workers/math/random';

/** About one place in twelve goes to a home that the model is unsure of. */
export const EXPLORED_SHARE = 1 / 12;

/** The first places are the best that is known: a list that begins with a guess looks wrong. */
export const FIRST_KEPT = 2;

/** How strongly the unsure are preferred: the chance grows with this power of the deviation. */
const SHARPNESS = 6;

/** A home in a place of the list, with the probability that the policy gave it there. */
export interface Placed {
	readonly row: number;
	/** Given the places before it. */
	readonly propensity: number;
	/** It stands there because the model is unsure of it. */
	readonly exploration: boolean;
}

/**
 * Fills places: each but the first ones goes with probability 1 - share to the next of the order,
 * else to one of the pool by how unsure the model is of it. The propensity of what is shown counts
 * both ways.
 */
export class ExploringPolicy {
	readonly #chances: Map<number, number>;
	readonly #share: number;
	readonly #random: Random;
	#places = 0;

	/** @param pool rows with one standard deviation of their fit */
	constructor(pool: ReadonlyMap<number, number>, random: Random, share = EXPLORED_SHARE) {
		const most = Math.max(...pool.values(), Number.EPSILON);
		this.#chances = new Map(
			[...pool].map(([row, deviation]) => [row, (deviation / most) ** SHARPNESS]),
		);
		this.#share = share;
		this.#random = random;
	}

	/** @param first the row that the order has next */
	place(first: number): Placed {
		const open = this.#places++ >= FIRST_KEPT;
		const total = open ? [...this.#chances.values()].reduce((sum, chance) => sum + chance, 0) : 0;
		// Two draws a place, used or not: a list with another pool differs only where it must.
		const explores = this.#random.next() < this.#share && total > 0;
		const drawn = this.#draw(this.#random.next() * total) ?? first;
		const row = explores ? drawn : first;
		const share = total > 0 ? this.#share : 0;
		const chance = total > 0 ? (this.#chances.get(row) ?? 0) / total : 0;
		this.#chances.delete(row);
		return {
			row,
			propensity: (row === first ? 1 - share : 0) + share * chance,
			exploration: explores && row !== first,
		};
	}

	#draw(point: number): number | undefined {
		let left = point;
		let last: number | undefined;
		for (const [row, chance] of this.#chances) {
			last = row;
			left -= chance;
			if (left < 0) break;
		}
		return last;
	}
}
