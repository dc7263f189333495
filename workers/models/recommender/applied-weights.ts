import type { TasteEdit } from '$lib/contracts';
import { solve } from '$workers/math/solve';
import { dotAll, rowDot } from '$workers/table/sparse';
import type { CatalogueModel } from './catalogue-model';
import { type FeatureSet, type NamedFeature, gainOf } from './feature-sets';

/** The weights that rank: what was learned, changed by what the person said. */
export interface AppliedWeights {
	readonly columns: Float64Array;
	/** What the columns of each group give the average home: what is taken from every home. */
	readonly usual: ReadonlyMap<string, number>;
	readonly usualInAll: number;
	/** What the popularity of a home is multiplied by. */
	readonly popularity: number;
}

/** Groups that a person can change only as a whole; the key is the group's name. */
export const WHOLE_GROUPS = ['location', 'host', 'words', 'looks'] as const;

/**
 * A weight that a person gives a feature is what a home gains by having it; one switched off gains
 * nothing. Of a whole group it is what the home gains that gains most by it.
 */
export function applyEdits(
	model: CatalogueModel,
	learned: Float64Array,
	edits: readonly TasteEdit[],
): AppliedWeights {
	const columns = learned.slice();
	const wanted = new Map(edits.map(({ key, off, weight }) => [key, off ? 0 : weight]));
	for (const group of WHOLE_GROUPS) {
		const gain = wanted.get(group);
		if (gain !== undefined) scaleGroup(model, columns, group, gain);
	}
	// After the groups: a neighbourhood's gain counts what its places give.
	pinNamed(model, columns, wanted);
	const usual = new Map<string, number>();
	model.features.features.forEach(({ group }, column) => {
		const share = (columns[column] as number) * (model.prior.means[column] as number);
		usual.set(group, (usual.get(group) ?? 0) + share);
	});
	const most = largest(model.popularity);
	const popularity = wanted.get('popularity');
	return {
		columns,
		usual,
		usualInAll: [...usual.values()].reduce((sum, share) => sum + share, 0),
		popularity: popularity === undefined || most === 0 ? 1 : popularity / most,
	};
}

/** The fit of a home: the average home of the catalogue stands at 0. */
export function fitOf(model: CatalogueModel, applied: AppliedWeights, row: number): number {
	return (
		rowDot(model.features.rows, row, applied.columns) -
		applied.usualInAll +
		applied.popularity * (model.popularity[row] as number)
	);
}

export function fitsOf(model: CatalogueModel, applied: AppliedWeights): Float64Array {
	const fits = dotAll(model.features.rows, applied.columns);
	for (let row = 0; row < fits.length; row++)
		fits[row] =
			(fits[row] as number) -
			applied.usualInAll +
			applied.popularity * (model.popularity[row] as number);
	return fits;
}

/** What the home that gains most by a group gains by it, and its row. */
export function mostByGroup(
	{ features, prior }: CatalogueModel,
	columns: Float64Array,
	group: string,
): { readonly gain: number; readonly row: number } {
	const own = columns.map((weight, column) =>
		features.features[column]?.group === group ? weight : 0,
	);
	const gains = dotAll(features.rows, own);
	let row = 0;
	gains.forEach((gain, other) => {
		if (gain > (gains[row] as number)) row = other;
	});
	const usual = own.reduce((sum, weight, i) => sum + weight * (prior.means[i] as number), 0);
	return { gain: (gains[row] ?? 0) - usual, row };
}

function scaleGroup(
	model: CatalogueModel,
	columns: Float64Array,
	group: string,
	wanted: number,
): void {
	const { gain } = mostByGroup(model, columns, group);
	const factor = gain > 0 ? wanted / gain : wanted === 0 ? 0 : 1;
	model.features.features.forEach((feature, column) => {
		if (feature.group === group) columns[column] = (columns[column] as number) * factor;
	});
}

/** Changes the weights of the named features alone, so that each gains what is wanted. */
function pinNamed(
	model: CatalogueModel,
	columns: Float64Array,
	wanted: ReadonlyMap<string, number | undefined>,
): void {
	const bySet = new Map<FeatureSet, { feature: NamedFeature; missing: number }[]>();
	for (const [key, gain] of wanted) {
		const feature = model.named.get(key);
		if (!feature || gain === undefined) continue;
		const pin = { feature, missing: gain - gainOf(feature, columns) };
		bySet.set(feature.set, [...(bySet.get(feature.set) ?? []), pin]);
	}
	for (const [{ lifts, columns: own }, pins] of bySet) {
		const matrix = Float64Array.from(
			pins.flatMap(({ feature: f }) =>
				pins.map(({ feature: g }) => lifts[f.place * own.length + g.place] as number),
			),
		);
		const changes = solve(
			matrix,
			Float64Array.from(pins, ({ missing }) => missing),
		);
		// Features that always come together cannot be told apart: the change is shared.
		pins.forEach(({ feature, missing }, i) => {
			const change = changes?.[i] ?? missing / pins.length;
			columns[feature.column] = (columns[feature.column] as number) + change;
		});
	}
}

function largest(numbers: Float64Array): number {
	return numbers.reduce((most, number) => Math.max(most, number), 0);
}
