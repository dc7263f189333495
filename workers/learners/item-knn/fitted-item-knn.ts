import { topPlaces } from '$workers/math/top';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Contributions, Explains, Fitted, Forgets, Updates } from '../contract';
import { explainBest } from '../explain-items';
import type { Interactions, ItemQuery, RankedItems, ScoresItems } from '../interactions';
import { rankItems, scoreItems } from '../rank-items';
import type { ItemKnnParams } from './item-knn';
import { type JointCounts, NO_COUNTS, STEPS, jointCounter, joined, weighed } from './joint-counts';

const FORMAT = 'item-knn-1';

/** An item's nearest neighbours, nearest first. */
export interface Neighbours {
	readonly items: Uint32Array;
	readonly similarities: Float64Array;
}

/**
 * Counts of what was chosen together, from which neighbours are found when they are first asked for. An
 * update costs what the items in it have of counts, not what was learned before of others.
 */
export class FittedItemKnn
	implements
		Fitted<ItemQuery, RankedItems>,
		ScoresItems,
		Explains<ItemQuery>,
		Updates<Interactions>,
		Forgets<Interactions>
{
	readonly items: number;
	readonly #params: ItemKnnParams;
	readonly #counts: JointCounts[];
	#neighbours = new Map<number, Neighbours>();

	constructor(items: number, params: ItemKnnParams) {
		const { neighbours, shrinkage, saturation } = params;
		if (!(neighbours >= 1)) throw new RangeError('at least one neighbour is needed');
		if (!(shrinkage >= 0)) throw new RangeError('the shrinkage is negative');
		if (!(saturation >= 0)) throw new RangeError('the saturation is negative');
		this.items = items;
		this.#params = params;
		this.#counts = Array.from({ length: items }, () => NO_COUNTS);
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this model. */
	static from(buffer: ArrayBuffer): FittedItemKnn {
		const { arrays, metadata } = decodeTensors(buffer);
		const { starts, items, sums } = arrays;
		if (
			metadata['format'] !== FORMAT ||
			!(starts instanceof Uint32Array) ||
			!(items instanceof Uint32Array) ||
			!(sums instanceof Float64Array) ||
			items.length !== sums.length ||
			starts.at(-1) !== items.length
		)
			throw new RangeError('the bytes are not those of an item-kNN');
		const fitted = new FittedItemKnn(starts.length - 1, {
			neighbours: Number(metadata['neighbours']),
			shrinkage: Number(metadata['shrinkage']),
			rarity: metadata['rarity'] === 'true',
			saturation: Number(metadata['saturation']),
		});
		for (let item = 0; item < fitted.items; item++) {
			const from = starts[item];
			const to = starts[item + 1];
			fitted.#counts[item] = { items: items.slice(from, to), sums: sums.slice(from, to) };
		}
		return fitted;
	}

	update(more: Interactions): void {
		for (const piece of this.absorb(more, 1)) piece();
	}

	/** Exact: what stays are the counts of a fit without these people, to the last bit. */
	forget(some: Interactions): void {
		for (const piece of this.absorb(some, -1)) piece();
	}

	/** Adds people, or takes them away, in one piece for each item; all pieces must be done. */
	*absorb(people: Interactions, sign: 1 | -1): Generator<() => void> {
		if (people.width !== this.items)
			throw new RangeError(`the model knows ${this.items} items, not ${people.width}`);
		const countsOf = jointCounter(weighed(people, this.#params));
		this.#neighbours = new Map();
		for (let item = 0; item < this.items; item++)
			yield () => {
				const counts = countsOf(item);
				if (counts.items.length > 0)
					this.#counts[item] = joined(this.#counts[item] as JointCounts, counts, sign);
			};
	}

	/** The items that are most like one: cosine, shrunk. */
	neighboursOf(item: number): Neighbours {
		const known = this.#neighbours.get(item);
		if (known) return known;
		const { items, sums } = this.#counts[item] as JointCounts;
		const own = Math.sqrt(this.#square(item));
		const shrinkage = this.#params.shrinkage * STEPS * STEPS;
		const similarities = Float64Array.from(items, (other, i) =>
			other === item
				? Number.NEGATIVE_INFINITY
				: (sums[i] as number) / (own * Math.sqrt(this.#square(other)) + shrinkage),
		);
		const nearest = topPlaces(similarities, this.#params.neighbours);
		const found = {
			items: nearest.map((place) => items[place] as number),
			similarities: Float64Array.from(nearest, (place) => similarities[place] as number),
		};
		this.#neighbours.set(item, found);
		return found;
	}

	async predict(query: ItemQuery): Promise<RankedItems> {
		return rankItems(query, this.items, (row, scores) => this.#score(query.histories, row, scores));
	}

	async scores(histories: Interactions): Promise<Float32Array> {
		return scoreItems(histories, this.items, (row, scores) => this.#score(histories, row, scores));
	}

	/** Of each history's best item: a share for every item that stands in one of the histories. */
	async explain(query: ItemQuery): Promise<Contributions> {
		const { histories } = query;
		const best = await this.predict({ ...query, count: 1 });
		return explainBest(histories, best, (row, item) => this.shares(histories, row, item));
	}

	/** The share of each item of a history in the score of one item, in the history's order. */
	shares({ starts, columns, values }: Interactions, row: number, item: number): Float64Array {
		const from = starts[row] as number;
		const own = columns.subarray(from, starts[row + 1]);
		return Float64Array.from(own, (column, i) => {
			const { items, similarities } = this.neighboursOf(column);
			const place = items.indexOf(item);
			return place < 0 ? 0 : (values[from + i] as number) * (similarities[place] as number);
		});
	}

	toBuffer(): ArrayBuffer {
		const starts = new Uint32Array(this.items + 1);
		this.#counts.forEach(({ items }, item) => {
			starts[item + 1] = (starts[item] as number) + items.length;
		});
		const items = new Uint32Array(starts[this.items] as number);
		const sums = new Float64Array(items.length);
		this.#counts.forEach((counts, item) => {
			items.set(counts.items, starts[item]);
			sums.set(counts.sums, starts[item]);
		});
		const { neighbours, shrinkage, rarity, saturation } = this.#params;
		return encodeTensors({
			arrays: { starts, items, sums },
			metadata: {
				format: FORMAT,
				neighbours: String(neighbours),
				shrinkage: String(shrinkage),
				rarity: String(rarity),
				saturation: String(saturation),
			},
		});
	}

	dispose(): void {
		this.#neighbours = new Map();
	}

	#score({ starts, columns, values }: Interactions, row: number, scores: Float32Array): void {
		const sums = new Float64Array(this.items);
		for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
			const { items, similarities } = this.neighboursOf(columns[at] as number);
			const value = values[at] as number;
			for (let i = 0; i < items.length; i++) {
				const item = items[i] as number;
				sums[item] = (sums[item] as number) + value * (similarities[i] as number);
			}
		}
		scores.set(sums);
	}

	/** The count of an item with itself. */
	#square(item: number): number {
		const { items, sums } = this.#counts[item] as JointCounts;
		const place = placeOf(items, item);
		return place < 0 ? 0 : (sums[place] as number);
	}
}

/** The place of a number in ascending ones, or -1. */
function placeOf(ascending: Uint32Array, wanted: number): number {
	let from = 0;
	let to = ascending.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((ascending[middle] as number) < wanted) from = middle + 1;
		else to = middle;
	}
	return ascending[from] === wanted ? from : -1;
}
