import { solveCholesky } from '$workers/math/cholesky';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Contributions, Explains, Fitted } from '../contract';
import { explainBest } from '../explain-items';
import type { Interactions, ItemQuery, RankedItems, ScoresItems } from '../interactions';
import { rankItems, scoreItems } from '../rank-items';
import { FoldIn, type FoldInOptions } from './fold-in';
import { type History, historyOf } from './history';

const FORMAT = 'ials-1';

/**
 * Factors of items, and how a history is folded in to score them. It knows nobody: a person's factor is
 * made from the history asked with, and not kept.
 */
export class FittedIals
	implements Fitted<ItemQuery, RankedItems>, ScoresItems, Explains<ItemQuery>
{
	readonly items: number;
	readonly size: number;
	readonly options: FoldInOptions;
	readonly #factors: Float64Array;
	/** Made when it is first needed: it costs items × size². */
	#kernel: FoldIn | null = null;

	private constructor(factors: Float64Array, size: number, options: FoldInOptions) {
		this.items = factors.length / size;
		this.size = size;
		this.options = options;
		this.#factors = factors;
	}

	/**
	 * A model from factors alone, `size` numbers an item, as model packs and other programs have them;
	 * they are kept as float32. A RangeError where they do not fill whole rows or are not finite.
	 */
	static fromFactors(
		factors: Float32Array | Float64Array,
		size: number,
		{ unseenWeight, ridge, frequencyPower }: FoldInOptions,
	): FittedIals {
		if (!(size > 0) || !Number.isInteger(factors.length / size))
			throw new RangeError('the factors do not fill whole rows');
		if (!factors.every(Number.isFinite)) throw new RangeError('a factor is not a finite number');
		if (!(unseenWeight >= 0) || !(ridge > 0) || !(frequencyPower >= 0))
			throw new RangeError('folding in needs weights of at least 0 and a ridge above it');
		const rounded = Float64Array.from(factors, Math.fround);
		return new FittedIals(rounded, size, { unseenWeight, ridge, frequencyPower });
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this model. */
	static from(buffer: ArrayBuffer): FittedIals {
		const { arrays, metadata } = decodeTensors(buffer);
		const { factors } = arrays;
		if (metadata['format'] !== FORMAT || !(factors instanceof Float32Array))
			throw new RangeError('the bytes are not those of item factors');
		return FittedIals.fromFactors(factors, Number(metadata['size']), {
			unseenWeight: Number(metadata['unseenWeight']),
			ridge: Number(metadata['ridge']),
			frequencyPower: Number(metadata['frequencyPower']),
		});
	}

	/** The items' factors, row by row: a copy. */
	get factors(): Float32Array {
		return Float32Array.from(this.#factors);
	}

	/** The factor of a person with this history. */
	foldIn(history: History): Float64Array {
		return this.#foldIn().fold(history);
	}

	/** Every item's score for one history. */
	scoresOf(history: History, scores: Float32Array = new Float32Array(this.items)): Float32Array {
		const person = this.foldIn(history);
		for (let item = 0; item < this.items; item++) scores[item] = this.#product(item, person);
		return scores;
	}

	/**
	 * The share of each item of a history in the score of one item, beside the history; they sum to the
	 * score (Hu, Koren and Volinsky 2008, section 5).
	 */
	shares(history: History, item: number): Float64Array {
		return this.sharesFor(history)(item);
	}

	/** The same for many items: what hangs on the history alone is made once. */
	sharesFor(history: History): (item: number) => Float64Array {
		const { columns, values } = history;
		if (columns.length === 0) return () => new Float64Array(0);
		const system = this.#foldIn().system(history);
		return (item) => {
			const own = this.#factors.slice(item * this.size, (item + 1) * this.size);
			const near = solveCholesky(system, this.size, own);
			return Float64Array.from(
				columns,
				(column, i) => (values[i] as number) * this.#product(column, near),
			);
		};
	}

	async predict(query: ItemQuery): Promise<RankedItems> {
		return rankItems(query, this.items, (row, scores) =>
			this.scoresOf(historyOf(query.histories, row), scores),
		);
	}

	async scores(histories: Interactions): Promise<Float32Array> {
		return scoreItems(histories, this.items, (row, scores) =>
			this.scoresOf(historyOf(histories, row), scores),
		);
	}

	/** Of each history's best item: a share for every item that stands in one of the histories. */
	async explain(query: ItemQuery): Promise<Contributions> {
		const { histories } = query;
		const best = await this.predict({ ...query, count: 1 });
		return explainBest(histories, best, (row, item) =>
			this.shares(historyOf(histories, row), item),
		);
	}

	toBuffer(): ArrayBuffer {
		const { unseenWeight, ridge, frequencyPower } = this.options;
		return encodeTensors({
			arrays: { factors: this.factors },
			metadata: {
				format: FORMAT,
				size: String(this.size),
				unseenWeight: String(unseenWeight),
				ridge: String(ridge),
				frequencyPower: String(frequencyPower),
			},
		});
	}

	dispose(): void {
		this.#kernel = null;
	}

	#foldIn(): FoldIn {
		this.#kernel ??= new FoldIn(this.#factors, this.size, this.options);
		return this.#kernel;
	}

	#product(item: number, vector: Float64Array): number {
		const at = item * this.size;
		let sum = 0;
		for (let k = 0; k < this.size; k++)
			sum += (this.#factors[at + k] as number) * (vector[k] as number);
		return sum;
	}
}
