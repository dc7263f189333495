import { topPlaces } from '$workers/math/top';

/** One person's test: what a model scored, what it was fitted on, and what was held out. */
export interface RankingCase {
	/** One score an item; all finite. */
	readonly scores: ArrayLike<number>;
	/** Items that the model knew of this person: never ranked. */
	readonly train: ArrayLike<number>;
	/** Items held out; none of them in `train`. */
	readonly test: ArrayLike<number>;
}

/** A mean over people with its standard error. */
export interface Measured {
	readonly mean: number;
	readonly standardError: number;
}

export interface RankingMetrics {
	/** Share of the held-out items among the first k. */
	readonly recall: Measured;
	/** Gain 1/log2(place + 1) of those among the first k, against the best possible (Järvelin and Kekäläinen 2002). */
	readonly ndcg: Measured;
	/** 1/place of the first held-out item, over the whole list. */
	readonly mrr: Measured;
	/** Share of all items that stand in somebody's first ten. */
	readonly coverage: number;
	readonly people: number;
}

/** Collects people one by one, so that their scores need not be held together. */
export class RankingEvaluation {
	readonly #k: number;
	readonly #recalls: number[] = [];
	readonly #ndcgs: number[] = [];
	readonly #reciprocals: number[] = [];
	readonly #shown = new Set<number>();
	#items = 0;

	constructor(k: number) {
		this.#k = k;
	}

	/** A RangeError where train and test overlap, nothing was held out, or a score is not finite. */
	add({ scores, train, test }: RankingCase): void {
		const open = openScores(scores, train, test);
		const top = topPlaces(open, Math.max(this.#k, 10));
		const wanted = new Set(Array.from(test));
		let gain = 0;
		let hits = 0;
		top.subarray(0, this.#k).forEach((item, place) => {
			if (!wanted.has(item)) return;
			hits++;
			gain += 1 / Math.log2(place + 2);
		});
		this.#recalls.push(hits / wanted.size);
		this.#ndcgs.push(gain / bestGain(Math.min(this.#k, wanted.size)));
		this.#reciprocals.push(1 / Math.min(...[...wanted].map((item) => placeOf(open, item))));
		top.subarray(0, 10).forEach((item) => this.#shown.add(item));
		this.#items = Math.max(this.#items, scores.length);
	}

	metrics(): RankingMetrics {
		if (this.#recalls.length === 0) throw new RangeError('nobody was evaluated');
		return {
			recall: measured(this.#recalls),
			ndcg: measured(this.#ndcgs),
			mrr: measured(this.#reciprocals),
			coverage: this.#shown.size / this.#items,
			people: this.#recalls.length,
		};
	}
}

/** The mean and its standard error (deviation over the root of the count). */
export function measured(values: readonly number[]): Measured {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const standardError =
		values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : 0;
	return { mean, standardError };
}

function openScores(
	scores: ArrayLike<number>,
	train: ArrayLike<number>,
	test: ArrayLike<number>,
): Float64Array {
	if (test.length === 0) throw new RangeError('nothing was held out');
	const open = Float64Array.from(scores);
	if (open.some((score) => !Number.isFinite(score))) throw new RangeError('a score is not finite');
	for (const item of Array.from(train)) open[item] = Number.NEGATIVE_INFINITY;
	for (const item of Array.from(test)) {
		if (!(item >= 0 && item < open.length)) throw new RangeError('a held-out item has no score');
		if (open[item] === Number.NEGATIVE_INFINITY)
			throw new RangeError('a held-out item is in train too');
	}
	return open;
}

function bestGain(places: number): number {
	let gain = 0;
	for (let place = 0; place < places; place++) gain += 1 / Math.log2(place + 2);
	return gain;
}

/** From 1; equal scores before it count, as in `topPlaces`. */
function placeOf(scores: Float64Array, item: number): number {
	const own = scores[item] as number;
	let place = 1;
	scores.forEach((score, other) => {
		if (score > own || (score === own && other < item)) place++;
	});
	return place;
}
