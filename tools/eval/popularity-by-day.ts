import type { Stay } from './reviews';

/** A review this old counts half: what is let now was reviewed lately. */
const HALF_LIFE_DAYS = 60;

/**
 * How often each home was reviewed up to a day, older reviews counting less. Days are asked for in
 * ascending order: nothing later than the day asked for is ever read.
 */
export class PopularityByDay {
	readonly #stays: readonly Stay[];
	readonly #counts: Float64Array;
	readonly #halfLifeDays: number;
	#read = 0;
	#day = Number.NEGATIVE_INFINITY;

	/**
	 * @param stays in order of their days
	 * @param halfLifeDays a review this old counts half
	 */
	constructor(stays: readonly Stay[], homes: number, halfLifeDays = HALF_LIFE_DAYS) {
		this.#stays = stays;
		this.#halfLifeDays = halfLifeDays;
		this.#counts = new Float64Array(homes);
	}

	on(day: number): Float64Array {
		if (day < this.#day) throw new RangeError('days are asked for in ascending order');
		const faded = this.#day === Number.NEGATIVE_INFINITY ? 0 : this.#fade(day - this.#day);
		for (let row = 0; row < this.#counts.length; row++)
			this.#counts[row] = (this.#counts[row] as number) * faded;
		for (; this.#read < this.#stays.length; this.#read++) {
			const stay = this.#stays[this.#read] as Stay;
			if (stay.day > day) break;
			this.#counts[stay.row] = (this.#counts[stay.row] as number) + this.#fade(day - stay.day);
		}
		this.#day = day;
		return this.#counts;
	}

	#fade(days: number): number {
		return 2 ** (-days / this.#halfLifeDays);
	}
}
