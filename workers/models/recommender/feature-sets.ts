import type { HomeFeatureGroup, HomeFeatures } from '$workers/features';
import type { SparseRows } from '$workers/table/sparse';

/** Groups of which a person sees each feature by name. In all others they see the group as a whole. */
const NAMED_GROUPS: ReadonlySet<HomeFeatureGroup> = new Set<HomeFeatureGroup>([
	'neighbourhood',
	'price',
	'room-type',
	'property-type',
	'size',
	'stay',
	'amenity',
]);

/** Features that a home has or has not, each by itself. */
const SEPARATE: HomeFeatureGroup = 'amenity';

/**
 * Features that come together (a home under 150 is under 180 too; a home in one neighbourhood is in
 * no other): what one of them is worth is told with what usually comes with it.
 */
export interface FeatureSet {
	readonly columns: readonly number[];
	/**
	 * Row f, column g: by how much feature g is more usual in homes with feature f than in all; a
	 * home's gain by having f is Σ weight(g) × this.
	 */
	readonly lifts: Float64Array;
}

/** Features that a person can read, weigh and change one by one, by their key. */
export interface NamedFeature {
	readonly column: number;
	readonly set: FeatureSet;
	/** Place of the column in its set. */
	readonly place: number;
}

export function namedFeatures(
	{ features, rows }: HomeFeatures,
	means: Float64Array,
): ReadonlyMap<string, NamedFeature> {
	const columns = [...features.keys()].filter((column) => isNamed(features, column));
	const separate = columns.filter((column) => features[column]?.group === SEPARATE);
	const linked = [...NAMED_GROUPS]
		.filter((group) => group !== SEPARATE)
		.map((group) => columns.filter((column) => features[column]?.group === group));
	const sets = [...separate.map((column) => [column]), ...linked].map((set) => ({
		columns: set,
		lifts: liftsOf(rows, means, set),
	}));
	return new Map(
		sets.flatMap((set) =>
			set.columns.map((column, place) => [features[column]?.key ?? '', { column, set, place }]),
		),
	);
}

/** True for features that say whether, not how much: the price against like homes has no single gain. */
function isNamed(features: HomeFeatures['features'], column: number): boolean {
	const feature = features[column];
	return (
		feature !== undefined &&
		NAMED_GROUPS.has(feature.group) &&
		feature.key !== 'price:against-like-homes'
	);
}

function liftsOf(rows: SparseRows, means: Float64Array, columns: readonly number[]): Float64Array {
	const size = columns.length;
	const lifts = new Float64Array(size * size);
	if (size === 1) return lifts.fill(1 - (means[columns[0] as number] as number));
	const placeOf = new Map(columns.map((column, place) => [column, place]));
	for (let row = 0; row < rows.count; row++) {
		const own: number[] = [];
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const place = placeOf.get(rows.columns[at] as number);
			if (place !== undefined) own.push(place);
		}
		for (const f of own)
			for (const g of own) lifts[f * size + g] = (lifts[f * size + g] as number) + 1;
	}
	for (let f = 0; f < size; f++) {
		const having = lifts[f * size + f] as number;
		for (let g = 0; g < size; g++)
			lifts[f * size + g] =
				(lifts[f * size + g] as number) / Math.max(1, having) -
				(means[columns[g] as number] as number);
	}
	return lifts;
}

/** What a home gains by having a feature, against the average home in its set. */
export function gainOf({ set, place }: NamedFeature, weights: Float64Array): number {
	return set.columns.reduce(
		(gain, column, g) =>
			gain + (weights[column] as number) * (set.lifts[place * set.columns.length + g] as number),
		0,
	);
}
