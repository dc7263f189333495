import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Fitted, Forgets, Updates } from '../contract';
import type { Interactions, ItemQuery, RankedItems, ScoresItems } from '../interactions';
import { checkInteractions, rankItems, scoreItems } from '../rank-items';
import type { DatedInteractions, PopularityOptions } from './popularity';

const FORMAT = 'popularity-1';
/** The sums are brought down before a new interaction would count more than 2 to this. */
const HIGHEST_POWER = 256;

/**
 * For every item the sum of its interactions, each at what it weighs on one day, the origin. Time passes
 * for all sums alike, so that letting it pass changes nothing but the day at which they are read. What is
 * forgotten is subtracted: to rounding, and exactly where an item has nothing left. Beside something 53
 * half-lives newer an interaction is rounded away.
 */
export class FittedPopularity
	implements
		Fitted<ItemQuery, RankedItems>,
		ScoresItems,
		Updates<DatedInteractions>,
		Forgets<DatedInteractions>
{
	readonly items: number;
	readonly #halfLifeDays: number;
	#asOf: number;
	/** Civil day. */
	#origin: number;
	readonly #sums: Float64Array;
	/** Interactions behind each sum: where none is left, neither is what rounding left. */
	readonly #counts: Float64Array;

	constructor(items: number, { halfLifeDays, asOf }: PopularityOptions) {
		if (!(halfLifeDays > 0)) throw new RangeError('the half-life is not positive');
		if (!Number.isFinite(asOf)) throw new RangeError('the day is not a number');
		this.items = items;
		this.#halfLifeDays = halfLifeDays;
		this.#asOf = asOf;
		this.#origin = asOf;
		this.#sums = new Float64Array(items);
		this.#counts = new Float64Array(items);
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this model. */
	static from(buffer: ArrayBuffer): FittedPopularity {
		const { arrays, metadata } = decodeTensors(buffer);
		const { sums, counts } = arrays;
		if (
			metadata['format'] !== FORMAT ||
			!(sums instanceof Float64Array) ||
			!(counts instanceof Float64Array) ||
			sums.length !== counts.length
		)
			throw new RangeError('the bytes are not those of a popularity');
		const fitted = new FittedPopularity(sums.length, {
			halfLifeDays: Number(metadata['halfLifeDays']),
			asOf: Number(metadata['asOf']),
		});
		fitted.#origin = Number(metadata['origin']);
		fitted.#sums.set(sums);
		fitted.#counts.set(counts);
		return fitted;
	}

	/** Civil day from which age is counted. */
	get asOf(): number {
		return this.#asOf;
	}

	update(more: DatedInteractions): void {
		this.#absorb(more, 1);
	}

	forget(some: DatedInteractions): void {
		this.#absorb(some, -1);
	}

	/** Lets time pass, or turns it back: in one step or in many, the scores are the same. */
	advance(asOf: number): void {
		if (!Number.isFinite(asOf)) throw new RangeError('the day is not a number');
		this.#asOf = asOf;
	}

	/** Every item's score: its interactions, each halved with every half-life that has passed. */
	scoresOf(scores: Float32Array = new Float32Array(this.items)): Float32Array {
		const faded = 2 ** ((this.#origin - this.#asOf) / this.#halfLifeDays);
		for (let item = 0; item < this.items; item++)
			scores[item] = (this.#sums[item] as number) * faded;
		return scores;
	}

	async predict(query: ItemQuery): Promise<RankedItems> {
		const scores = this.scoresOf();
		return rankItems(query, this.items, (_, row) => row.set(scores));
	}

	async scores(histories: Interactions): Promise<Float32Array> {
		const scores = this.scoresOf();
		return scoreItems(histories, this.items, (_, row) => row.set(scores));
	}

	toBuffer(): ArrayBuffer {
		return encodeTensors({
			arrays: { sums: this.#sums, counts: this.#counts },
			metadata: {
				format: FORMAT,
				halfLifeDays: String(this.#halfLifeDays),
				asOf: String(this.#asOf),
				origin: String(this.#origin),
			},
		});
	}

	/** Nothing to release: it holds no tensors. */
	dispose(): void {}

	#absorb({ interactions, days }: DatedInteractions, sign: 1 | -1): void {
		checkInteractions(interactions);
		const { columns, values, width } = interactions;
		if (width !== this.items)
			throw new RangeError(`the model knows ${this.items} items, not ${width}`);
		if (days.length !== values.length || !days.every(Number.isFinite))
			throw new RangeError('each interaction needs a day');
		this.#moveOrigin(days);
		columns.forEach((item, at) => {
			const age = (days[at] as number) - this.#origin;
			const weight = (values[at] as number) * 2 ** (age / this.#halfLifeDays);
			const count = (this.#counts[item] as number) + sign;
			this.#counts[item] = count;
			this.#sums[item] = count === 0 ? 0 : (this.#sums[item] as number) + sign * weight;
		});
	}

	/** Whole half-lives only: numbers are then halved exactly, and nothing is lost by it. */
	#moveOrigin(days: Float64Array): void {
		const newest = days.reduce((latest, day) => Math.max(latest, day), Number.NEGATIVE_INFINITY);
		const halvings = Math.ceil((newest - this.#origin) / this.#halfLifeDays);
		if (halvings <= HIGHEST_POWER) return;
		this.#origin += halvings * this.#halfLifeDays;
		this.#sums.forEach((sum, item) => (this.#sums[item] = sum * 2 ** -halvings));
	}
}
