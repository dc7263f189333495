import type { CatalogueModel } from './catalogue-model';
import { rowDot } from '$workers/table/sparse';

/** At full variety, likeness to what stands in the list already weighs this much against the fit. */
const MOST_VARIETY = 0.7;
/** Of the likeness of two homes, what their neighbourhood alone makes out. */
const NEIGHBOURHOOD_SHARE = 0.5;

/**
 * Takes homes one by one: the next has the best fit less its likeness to the most alike home taken
 * before (maximal marginal relevance, Carbonell and Goldstein 1998).
 */
export class VariedOrder {
	readonly #model: CatalogueModel;
	readonly #candidates: Uint32Array;
	readonly #relevance: Float64Array;
	readonly #likeness: Float64Array;
	readonly #lengths: Float64Array;
	readonly #share: number;
	/** Beside the candidates: 1 for those that stand in the list. */
	readonly #taken: Uint8Array;
	readonly #scales: Float64Array;

	/**
	 * @param candidates rows, best fit first
	 * @param variety 0 to 1
	 */
	constructor(model: CatalogueModel, candidates: Uint32Array, fits: Float64Array, variety: number) {
		this.#model = model;
		this.#candidates = candidates;
		// The root: the first steps of the slider are to be seen too.
		this.#share = MOST_VARIETY * Math.sqrt(Math.min(1, Math.max(0, variety)));
		const best = fits[candidates[0] ?? 0] ?? 0;
		const least = fits[candidates.at(-1) ?? 0] ?? 0;
		const range = Math.max(Number.EPSILON, best - least);
		this.#relevance = Float64Array.from(
			candidates,
			(row) => ((fits[row] as number) - least) / range,
		);
		this.#likeness = new Float64Array(candidates.length);
		this.#taken = new Uint8Array(candidates.length);
		this.#scales = Float64Array.from(
			model.features.kinds,
			(kind) => model.settings.deviations[kind] ** 2,
		);
		this.#lengths = Float64Array.from(candidates, (row) => this.#length(row));
	}

	/** The row that comes next; `undefined` when all are taken. */
	next(): number | undefined {
		let best: number | undefined;
		let highest = Number.NEGATIVE_INFINITY;
		for (let i = 0; i < this.#candidates.length; i++) {
			if (this.#taken[i]) continue;
			const worth =
				(1 - this.#share) * (this.#relevance[i] as number) -
				this.#share * (this.#likeness[i] as number);
			if (worth <= highest) continue;
			highest = worth;
			best = this.#candidates[i];
		}
		return best;
	}

	/** The row stands in the list now, whoever chose it. */
	take(row: number): void {
		const place = this.#candidates.indexOf(row);
		if (place >= 0) this.#taken[place] = 1;
		if (this.#share === 0) return;
		const spread = this.#spread(row);
		const length = this.#length(row);
		const { neighbourhoods } = this.#model;
		for (let i = 0; i < this.#candidates.length; i++) {
			// What is taken is not asked about again.
			if (this.#taken[i]) continue;
			const other = this.#candidates[i] as number;
			const product = this.#product(spread, other);
			const cosine = product / Math.max(Number.EPSILON, length * (this.#lengths[i] as number));
			const same = neighbourhoods[other] === neighbourhoods[row] ? 1 : 0;
			const likeness = NEIGHBOURHOOD_SHARE * same + (1 - NEIGHBOURHOOD_SHARE) * cosine;
			this.#likeness[i] = Math.max(this.#likeness[i] as number, likeness);
		}
	}

	/** A row as weights over all columns, by how much each kind can tell. */
	#spread(row: number): Float64Array {
		const { rows } = this.#model.features;
		const weights = new Float64Array(rows.width);
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const column = rows.columns[at] as number;
			weights[column] = (rows.values[at] as number) * (this.#scales[column] as number);
		}
		return weights;
	}

	/** √(row · its spread), without making the spread: there are hundreds of candidates. */
	#length(row: number): number {
		const { rows } = this.#model.features;
		let squared = 0;
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const value = rows.values[at] as number;
			squared += value * (value * (this.#scales[rows.columns[at] as number] as number));
		}
		return Math.sqrt(squared);
	}

	#product(spread: Float64Array, row: number): number {
		return rowDot(this.#model.features.rows, row, spread);
	}
}
