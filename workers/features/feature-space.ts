import { type SparseRow, type SparseRows, sparseRows } from '$workers/table/sparse';

export type HomeFeatureGroup =
	| 'neighbourhood'
	| 'location'
	| 'price'
	| 'room-type'
	| 'property-type'
	| 'size'
	| 'amenity'
	| 'words'
	| 'host'
	| 'stay'
	| 'looks';

/** A feature in terms that a page can put into words; assignable to the contract's `FeatureName`. */
export interface HomeFeature {
	/** Stable, e.g. `neighbourhood:Harbour`, `price:under-180`. */
	readonly key: string;
	readonly group: HomeFeatureGroup;
	/** As the catalogue writes it. */
	readonly value: string;
	/** Bounds of a price feature in the catalogue's money; absent elsewhere. */
	readonly from?: number;
	readonly to?: number;
}

/** How a column is learned: `together` with full covariance, or `alone` because few homes share it. */
export type Sharing = 'together' | 'alone';

export interface HomeFeatures {
	readonly rows: SparseRows;
	/** One for each column. */
	readonly features: readonly HomeFeature[];
	readonly sharing: readonly Sharing[];
	/** One for each column: columns of one kind share a prior deviation. */
	readonly kinds: readonly FeatureKind[];
}

/** Columns of one kind share a prior scale; a group that a person sees can hold several kinds. */
export type FeatureKind =
	| 'neighbourhood'
	| 'place'
	| 'cell'
	| 'price'
	| 'price-relative'
	| 'room-type'
	| 'property-type'
	| 'size'
	| 'amenity'
	| 'words'
	| 'host'
	| 'stay'
	| 'looks';

/** Gathers the columns and rows of a feature table. */
export class FeatureSpace {
	readonly #features: HomeFeature[] = [];
	readonly #sharing: Sharing[] = [];
	readonly #kinds: FeatureKind[] = [];
	readonly #rows: [number, number][][];

	constructor(count: number) {
		this.#rows = Array.from({ length: count }, () => []);
	}

	/** Hands back the number of the new column. */
	add(feature: HomeFeature, kind: FeatureKind, sharing: Sharing): number {
		this.#features.push(feature);
		this.#kinds.push(kind);
		return this.#sharing.push(sharing) - 1;
	}

	set(row: number, column: number, value: number): void {
		if (value !== 0) this.#rows[row]?.push([column, value]);
	}

	finish(): HomeFeatures {
		return {
			rows: sparseRows(this.#rows satisfies SparseRow[], this.#features.length),
			features: this.#features,
			sharing: this.#sharing,
			kinds: this.#kinds,
		};
	}
}
