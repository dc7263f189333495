import type { FeatureName } from '$lib/contracts';
import { topPlaces } from '$workers/math/top';
import { dotAll, rowDot } from '$workers/table/sparse';
import type { CatalogueModel } from '../catalogue-model';

/** So many of the most alike homes are kept of a home that was asked about. */
const NEAREST = 160;
/** Of so many homes; the one asked about longest ago goes first. */
const KEPT = 24;
const NAMED = 3;

/** Homes by how alike they are to one: rows and their likeness, most alike first. */
export interface Nearest {
	readonly rows: Uint32Array;
	/** -1 to 1, beside the rows. */
	readonly likeness: Float64Array;
}

/**
 * How alike homes are: the cosine of their features against the average home, each column weighted by
 * the variance that the taste's prior gives its kind. What most homes have makes none alike. It hangs
 * on the catalogue alone, so that an act costs nothing here.
 */
export class Likeness {
	readonly #model: CatalogueModel;
	readonly #variances: Float64Array;
	readonly #lengths: Float64Array;
	readonly #nearest = new Map<number, Nearest>();

	constructor(model: CatalogueModel) {
		this.#model = model;
		const { kinds, rows } = model.features;
		const { means } = model.prior;
		this.#variances = Float64Array.from(kinds, (kind) => model.settings.deviations[kind] ** 2);
		const weighted = means.map((mean, column) => mean * (this.#variances[column] as number));
		const usual = weighted.reduce(
			(sum, value, column) => sum + value * (means[column] as number),
			0,
		);
		this.#lengths = new Float64Array(rows.count);
		for (let row = 0; row < rows.count; row++) {
			let squared = usual;
			for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
				const column = rows.columns[at] as number;
				const value = rows.values[at] as number;
				squared +=
					value * (value * (this.#variances[column] as number) - 2 * (weighted[column] as number));
			}
			this.#lengths[row] = Math.sqrt(Math.max(0, squared));
		}
	}

	/** The homes most alike to one, itself left out. */
	nearest(row: number): Nearest {
		const known = this.#nearest.get(row) ?? this.#search(row);
		this.#nearest.delete(row);
		this.#nearest.set(row, known);
		const [oldest] = this.#nearest.keys();
		if (this.#nearest.size > KEPT && oldest !== undefined) this.#nearest.delete(oldest);
		return known;
	}

	/** How alike all homes are to one. */
	toAll(row: number): Float64Array {
		const { rows } = this.#model.features;
		const { usual, weights } = this.#direction(row);
		const likeness = dotAll(rows, weights);
		for (let other = 0; other < likeness.length; other++)
			likeness[other] = this.#cosine(row, other, (likeness[other] as number) - usual);
		return likeness;
	}

	/** How alike some homes are to one, beside them: costs no more than they are. */
	toSome(row: number, others: readonly number[]): Float64Array {
		const { rows } = this.#model.features;
		const { usual, weights } = this.#direction(row);
		return Float64Array.from(others, (other) =>
			this.#cosine(row, other, rowDot(rows, other, weights) - usual),
		);
	}

	/** What two homes have in common that a person can check, the most telling first; one of each kind. */
	shared(left: number, right: number): readonly FeatureName[] {
		const { features, named, prior } = this.#model;
		const others = new Set(this.#columnsOf(right));
		const common = Array.from(this.#columnsOf(left))
			.filter((column) => others.has(column))
			.map((column) => ({
				feature: features.features[column] as FeatureName,
				telling:
					-Math.log2(Math.min(1, prior.means[column] as number)) *
					Math.sqrt(this.#variances[column] as number),
			}))
			.filter(({ feature }) => named.has(feature.key) && !SILENT.test(feature.key))
			.sort((a, b) => b.telling - a.telling);
		const groups = new Set<string>();
		const first = common.filter(({ feature: { group } }) => {
			if (group === 'amenity') return true;
			const fresh = !groups.has(group);
			groups.add(group);
			return fresh;
		});
		return first.slice(0, NAMED).map(({ feature }) => feature);
	}

	/** A home as weights over all columns, and what the average home has by them. */
	#direction(row: number): { readonly weights: Float64Array; readonly usual: number } {
		const { features, prior } = this.#model;
		const { columns, starts, values } = features.rows;
		const weights = prior.means.map((mean, column) => -mean * (this.#variances[column] as number));
		for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
			const column = columns[at] as number;
			weights[column] =
				(weights[column] as number) + (values[at] as number) * (this.#variances[column] as number);
		}
		const usual = weights.reduce((sum, weight, i) => sum + weight * (prior.means[i] as number), 0);
		return { weights, usual };
	}

	#cosine(row: number, other: number, product: number): number {
		const lengths = (this.#lengths[row] as number) * (this.#lengths[other] as number);
		return lengths > 0 ? product / lengths : 0;
	}

	#columnsOf(row: number): Uint32Array {
		const { columns, starts } = this.#model.features.rows;
		return columns.subarray(starts[row], starts[row + 1]);
	}

	#search(row: number): Nearest {
		const likeness = this.toAll(row);
		likeness[row] = Number.NEGATIVE_INFINITY;
		const rows = topPlaces(likeness, NEAREST);
		return { rows, likeness: Float64Array.from(rows, (other) => likeness[other] as number) };
	}
}

/** True of two homes, and no reason to call them alike. */
const SILENT = /^stay:|-unknown$/;
