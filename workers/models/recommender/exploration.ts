import type { FittedLinear } from '$workers/learners/bayesian-linear';
import { type Random, seededRandom } from '$workers/math/random';
import type { SparseRows } from '$workers/table/sparse';

/** About one place in twelve goes to a home that a draw of the taste prefers. */
export const EXPLORED_SHARE = 1 / 12;

/** The first places are the best that is known: a list that begins with a guess looks wrong. */
export const FIRST_KEPT = 2;

/** So many tastes are drawn; the smallest propensity of an explored home is one share of them. */
export const DRAWS = 64;

/** A home in a place of the list, with the probability that the policy gave it there. */
export interface Placed {
	readonly row: number;
	/** Given the places before it and the tastes that were drawn. */
	readonly propensity: number;
	/** It stands there because a taste that may be the true one prefers it. */
	readonly exploration: boolean;
}

/** What each drawn taste makes of each row of a pool: `draws` numbers a row. */
export interface PoolDraws {
	readonly rows: Uint32Array;
	readonly scores: Float64Array;
	readonly draws: number;
}

/**
 * The random numbers behind the draws of one seed: the same for the same direction of the taste,
 * whatever rows are asked about, so that a list does not jump while it is looked at.
 */
export class TasteNoise {
	readonly #seed: string;
	readonly #byDirection = new Map<number, Float64Array>();

	constructor(
		readonly seed: number | string,
		readonly draws = DRAWS,
	) {
		this.#seed = `${seed}/taste`;
	}

	/** One standard normal number for each draw. */
	of(direction: number): Float64Array {
		const known = this.#byDirection.get(direction);
		if (known) return known;
		const random = seededRandom(`${this.#seed}/${direction}`);
		const made = Float64Array.from({ length: this.draws }, () => random.normal());
		this.#byDirection.set(direction, made);
		return made;
	}
}

/**
 * The scores that tastes drawn from the posterior give to some rows (linear Thompson sampling, Agrawal
 * and Goyal 2013). Only the directions in which these rows differ are drawn.
 *
 * @param fits the expected score of every row
 */
export function drawScores(
	head: FittedLinear,
	rows: SparseRows,
	pool: Uint32Array,
	fits: Float64Array,
	noise: TasteNoise,
): PoolDraws {
	const { draws } = noise;
	const scores = new Float64Array(pool.length * draws);
	pool.forEach((row, i) => {
		const own = scores.subarray(i * draws, (i + 1) * draws).fill(fits[row] as number);
		for (const [direction, loading] of head.directions(rows, row)) {
			const normals = noise.of(direction);
			for (let draw = 0; draw < draws; draw++)
				own[draw] = (own[draw] as number) + loading * (normals[draw] as number);
		}
	});
	return { rows: pool, scores, draws };
}

/** What a policy puts into a place before anybody says that it stands there. */
export type Chosen = Omit<Placed, 'propensity'>;

/**
 * Fills places: each but the first ones goes with probability 1 - share to the next of the order,
 * else to the home of the pool that is best by one of the drawn tastes, each as likely as the other.
 * So the propensity is exact: the share of the draws that prefer a home. The propensity of what is
 * shown counts both ways. Somebody else may fill a place too: `take` tells it what stands.
 */
export class ExploringPolicy {
	readonly #pool: PoolDraws;
	readonly #open: Set<number>;
	/** For each draw the place in the pool of what it likes best of what is open; -1 for nothing. */
	readonly #best: Int32Array;
	readonly #share: number;
	readonly #random: Random;
	#places = 0;

	constructor(pool: PoolDraws, random: Random, share = EXPLORED_SHARE) {
		this.#pool = pool;
		this.#open = new Set(pool.rows.keys());
		this.#best = Int32Array.from({ length: pool.draws }, (_, draw) => this.#bestOf(draw));
		this.#share = share;
		this.#random = random;
	}

	/** @param first the row that the order has next */
	place(first: number): Placed {
		const chosen = this.choose(first);
		const propensity = this.chanceOf(chosen.row, first);
		this.take(chosen.row);
		return { ...chosen, propensity };
	}

	/** What its dice put into the next place; asked once a place, whoever fills it then. */
	choose(first: number): Chosen {
		// Two draws a place, used or not: a list with another pool differs only where it must.
		const explores = this.#random.next() < this.#share && this.#explorable;
		const drawn = this.#rowOf(this.#best[this.#random.integer(this.#best.length)]);
		const row = explores ? (drawn ?? first) : first;
		return { row, exploration: explores && row !== first };
	}

	/** With which probability a row gets the next place, whatever the dice say. */
	chanceOf(row: number, first: number): number {
		if (!this.#explorable) return Number(row === first);
		const times = this.#best.filter((place) => this.#rowOf(place) === row).length;
		return (row === first ? 1 - this.#share : 0) + (this.#share * times) / this.#best.length;
	}

	/** The row stands in the next place now. */
	take(row: number): void {
		this.#places++;
		const place = this.#pool.rows.indexOf(row);
		if (!this.#open.delete(place)) return;
		this.#best.forEach((best, draw) => {
			if (best === place) this.#best[draw] = this.#bestOf(draw);
		});
	}

	get #explorable(): boolean {
		return this.#places >= FIRST_KEPT && this.#open.size > 0;
	}

	#bestOf(draw: number): number {
		const { scores, draws } = this.#pool;
		let best = -1;
		for (const place of this.#open)
			if (
				best < 0 ||
				(scores[place * draws + draw] as number) > (scores[best * draws + draw] as number)
			)
				best = place;
		return best;
	}

	#rowOf(place: number | undefined): number | undefined {
		return place === undefined || place < 0 ? undefined : this.#pool.rows[place];
	}
}
