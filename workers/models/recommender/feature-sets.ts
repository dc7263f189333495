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

/** A group that nobody can read column by column stands behind the names of another one. */
const STANDS_BEHIND: Partial<Readonly<Record<HomeFeatureGroup, HomeFeatureGroup>>> = {
	neighbourhood: 'location',
};

/**
 * Features that come together (a home under 150 is under 180 too; a home in one neighbourhood is in
 * no other, and near that neighbourhood's middle): what one of them is worth is told with what
 * usually comes with it.
 */
export interface FeatureSet {
	/** The named ones first. */
	readonly columns: readonly number[];
	/**
	 * Row f, column g: by how much more homes with the named feature f have of g than all homes; a
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
		.map((group) => ({
			named: columns.filter((column) => features[column]?.group === group),
			behind: [...features.keys()].filter(
				(column) => features[column]?.group === STANDS_BEHIND[group],
			),
		}));
	const all = [...separate.map((column) => ({ named: [column], behind: [] })), ...linked];
	return new Map(
		all.flatMap(({ named, behind }) => {
			const together = [...named, ...behind];
			const set = { columns: together, lifts: liftsOf(rows, means, together, named.length) };
			return named.map(
				(column, place) => [features[column]?.key ?? '', { column, set, place }] as const,
			);
		}),
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

function liftsOf(
	rows: SparseRows,
	means: Float64Array,
	columns: readonly number[],
	named: number,
): Float64Array {
	const size = columns.length;
	const lifts = new Float64Array(named * size);
	if (size === 1) return lifts.fill(1 - (means[columns[0] as number] as number));
	const placeOf = new Map(columns.map((column, place) => [column, place]));
	for (let row = 0; row < rows.count; row++) {
		const own: (readonly [place: number, value: number])[] = [];
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const place = placeOf.get(rows.columns[at] as number);
			if (place !== undefined) own.push([place, rows.values[at] as number]);
		}
		for (const [f] of own)
			if (f < named)
				for (const [g, value] of own) lifts[f * size + g] = (lifts[f * size + g] as number) + value;
	}
	for (let f = 0; f < named; f++) {
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
