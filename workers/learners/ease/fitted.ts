import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Contributions, Explains, Fitted, Forgets, Updates } from '../contract';
import { explainBest } from '../explain-items';
import { historyOf } from '../ials/history';
import type { Interactions, ItemQuery, RankedItems, ScoresItems } from '../interactions';
import { checkInteractions, rankItems, scoreItems } from '../rank-items';
import { changeInverse, type RankOne } from './change';
import { weightOf } from './gram';
import { type EaseParams, checkParams, denoising } from './params';

const FORMAT = 'ease-1';

/** The inverse and the diagonal of the Gram matrix, which is all that down-dating needs. */
export interface EaseMatrices {
	/** Of the Gram matrix with its ridge; rows of length `items`. Taken over, not copied. */
	readonly inverse: Float32Array;
	/** Of the Gram matrix itself: how often an item was chosen, weighted. */
	readonly diagonal: Float64Array;
}

/**
 * The item-to-item weights of EASE, folded into a history act by act: a score is the sum of what each
 * act adds to it. People come and go by down-dating.
 */
export class FittedEase
	implements
		Fitted<ItemQuery, RankedItems>,
		ScoresItems,
		Explains<ItemQuery>,
		Updates<Interactions>,
		Forgets<Interactions>
{
	readonly items: number;
	readonly params: EaseParams;
	readonly #inverse: Float32Array;
	readonly #diagonal: Float64Array;
	/** Of each column: what turns the inverse into weights. */
	readonly #scale: Float64Array;

	constructor({ inverse, diagonal }: EaseMatrices, params: EaseParams) {
		this.items = diagonal.length;
		this.params = params;
		this.#inverse = inverse;
		this.#diagonal = diagonal;
		this.#scale = new Float64Array(diagonal.length);
		this.#rescale();
	}

	async predict(query: ItemQuery): Promise<RankedItems> {
		return rankItems(query, this.items, (row, scores) =>
			this.#scoreRow(query.histories, row, scores),
		);
	}

	async scores(histories: Interactions): Promise<Float32Array> {
		return scoreItems(histories, this.items, (row, scores) =>
			this.#scoreRow(histories, row, scores),
		);
	}

	/**
	 * Adds to every item's score what one act more (or, with a negative value, less) changes in it; of
	 * use while a person acts, and as one row of the weights.
	 */
	addAct(scores: Float32Array, item: number, value = 1): void {
		const { items } = this;
		const from = item * items;
		const own = scores[item] as number;
		for (let i = 0; i < items; i++)
			scores[i] =
				(scores[i] as number) +
				value * (this.#inverse[from + i] as number) * (this.#scale[i] as number);
		scores[item] = own;
	}

	/** Of each history's best item: what every item of the histories adds to its score. */
	async explain(query: ItemQuery): Promise<Contributions> {
		const { histories } = query;
		const best = await this.predict({ ...query, count: 1 });
		return explainBest(histories, best, (row, item) => {
			const { columns, values } = historyOf(histories, row);
			return Float64Array.from(
				columns,
				(from, i) => (values[i] as number) * this.weight(from, item),
			);
		});
	}

	/** What one act on `from` adds to the score of `to`. */
	weight(from: number, to: number): number {
		if (from === to) return 0;
		return (this.#inverse[from * this.items + to] as number) * (this.#scale[to] as number);
	}

	/** The same model with another `popularityPower`; both share their matrices. */
	tempered(popularityPower: number): FittedEase {
		const params = { ...this.params, popularityPower };
		checkParams(params);
		return new FittedEase({ inverse: this.#inverse, diagonal: this.#diagonal }, params);
	}

	/** New people, whole histories. */
	update(more: Interactions): void {
		this.#change(more, 1);
	}

	/**
	 * People as they were learned, whole histories: forgetting one act is forgetting the person and
	 * learning the rest again. A RangeError where somebody never was; those before are forgotten then.
	 */
	forget(some: Interactions): void {
		this.#change(some, -1);
	}

	toBuffer(): ArrayBuffer {
		return encodeTensors({
			arrays: { inverse: this.#inverse, diagonal: this.#diagonal },
			metadata: { format: FORMAT, params: JSON.stringify(this.params) },
		});
	}

	/** Nothing to release: it holds no tensors. */
	dispose(): void {}

	#scoreRow({ starts, columns, values }: Interactions, row: number, scores: Float32Array): void {
		const { items } = this;
		const from = starts[row] as number;
		const end = starts[row + 1] as number;
		scores.fill(0);
		for (let at = from; at < end; at++) {
			const start = (columns[at] as number) * items;
			const value = values[at] as number;
			for (let i = 0; i < items; i++)
				scores[i] = (scores[i] as number) + value * (this.#inverse[start + i] as number);
		}
		// No item speaks for itself.
		for (let at = from; at < end; at++) {
			const item = columns[at] as number;
			const own = (values[at] as number) * (this.#inverse[item * items + item] as number);
			scores[item] = (scores[item] as number) - own;
		}
		for (let i = 0; i < items; i++) scores[i] = (scores[i] as number) * (this.#scale[i] as number);
	}

	#change(people: Interactions, sign: 1 | -1): void {
		if (people.width !== this.items)
			throw new RangeError(`the model knows ${this.items} items, not ${people.width}`);
		checkInteractions(people);
		try {
			for (let person = 0; person < people.count; person++) this.#changeOne(people, person, sign);
		} finally {
			this.#rescale();
		}
	}

	#changeOne(people: Interactions, person: number, sign: 1 | -1): void {
		const acts = (people.starts[person + 1] as number) - (people.starts[person] as number);
		const weight = sign * weightOf(acts, this.params.activityPower);
		if (weight === 0) return;
		const own = totalsOf(people, person);
		const share = denoising(this.params);
		const changes: RankOne[] = [{ weight, columns: [...own.keys()], values: [...own.values()] }];
		const squares = [...own].map(([item, value]) => [item, weight * value * value] as const);
		if (share > 0)
			for (const [item, square] of squares)
				changes.push({ weight: share * square, columns: [item], values: [1] });
		changeInverse(this.#inverse, this.items, changes);
		for (const [item, square] of squares)
			this.#diagonal[item] = (this.#diagonal[item] as number) + square;
	}

	#rescale(): void {
		const { items } = this;
		const { popularityPower } = this.params;
		for (let i = 0; i < items; i++) {
			// An item that nobody chose has no popularity to be measured by; its weights are zero anyway.
			const popularity = Math.max(this.#diagonal[i] as number, 1);
			this.#scale[i] = -(popularity ** -popularityPower) / (this.#inverse[i * items + i] as number);
		}
	}
}

/** What one person did with each item, in one sum where it stands twice. */
function totalsOf({ starts, columns, values }: Interactions, person: number): Map<number, number> {
	const totals = new Map<number, number>();
	for (let at = starts[person] as number; at < (starts[person + 1] as number); at++) {
		const item = columns[at] as number;
		totals.set(item, (totals.get(item) ?? 0) + (values[at] as number));
	}
	return totals;
}

/** The inverse of `toBuffer`. A RangeError says what does not fit. */
export function easeFrom(buffer: ArrayBuffer): FittedEase {
	const { arrays, metadata } = decodeTensors(buffer);
	const { inverse, diagonal } = arrays;
	if (metadata['format'] !== FORMAT) throw new RangeError('EASE: these bytes are no such model');
	if (!(inverse instanceof Float32Array) || !(diagonal instanceof Float64Array))
		throw new RangeError('EASE: a matrix is missing');
	if (inverse.length !== diagonal.length ** 2)
		throw new RangeError('EASE: the inverse does not fit the diagonal');
	if (![inverse, diagonal].every((values) => values.every(Number.isFinite)))
		throw new RangeError('EASE: a number is not finite');
	const params = JSON.parse(metadata['params'] ?? '{}') as EaseParams;
	checkParams(params);
	return new FittedEase({ inverse: inverse.slice(), diagonal: diagonal.slice() }, params);
}
