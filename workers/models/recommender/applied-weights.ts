import type { TasteEdit } from '$lib/contracts';
import { solve } from '$workers/math/solve';
import { dotAll, rowDot } from '$workers/table/sparse';
import type { HistoryFits } from './by-history';
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
	/** What others' behaviour adds; `null` where nothing is known of it. */
	readonly others: AppliedPart | null;
	/** What likeness to the own homes adds; `null` where it is not asked for. */
	readonly likeness: AppliedPart | null;
}

/** A home gains `factor` × (its fit - what is usual). */
export interface AppliedPart {
	/** Of every row. */
	readonly fits: Float64Array;
	/** Of the average home. */
	readonly usual: number;
	readonly factor: number;
}

/** The key by which a person changes what others' behaviour adds, as a whole. */
export const OTHERS_KEY = 'others';
/** The same for what likeness to the own homes adds. */
export const LIKENESS_KEY = 'likeness';

/** Groups that a person can change only as a whole; the key is the group's name. */
export const WHOLE_GROUPS = ['location', 'host', 'words', 'looks'] as const;

/**
 * A weight that a person gives a feature is what a home gains by having it; one switched off gains
 * nothing. Of a whole group it is what the home gains that gains most by it.
 *
 * @param byHistory what the own history adds to every row
 */
export function applyEdits(
	model: CatalogueModel,
	learned: Float64Array,
	edits: readonly TasteEdit[],
	byHistory: HistoryFits = { others: null, likeness: null },
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
	const popularity = wanted.get('popularity');
	const most = popularity === undefined ? 0 : largest(model.popularity);
	return {
		columns,
		usual,
		usualInAll: [...usual.values()].reduce((sum, share) => sum + share, 0),
		popularity: popularity === undefined || most === 0 ? 1 : popularity / most,
		others: byHistory.others && applyPart(byHistory.others, wanted.get(OTHERS_KEY)),
		likeness: byHistory.likeness && applyPart(byHistory.likeness, wanted.get(LIKENESS_KEY)),
	};
}

/** What the home gains that gains most by it. */
export function mostByPart({ fits, usual }: Pick<AppliedPart, 'fits' | 'usual'>): number {
	return Math.max(0, largest(fits) - usual);
}

function applyPart(fits: Float64Array, wanted: number | undefined): AppliedPart {
	let sum = 0;
	for (let row = 0; row < fits.length; row++) sum += fits[row] as number;
	const usual = sum / Math.max(1, fits.length);
	if (wanted === undefined) return { fits, usual, factor: 1 };
	const most = mostByPart({ fits, usual });
	return { fits, usual, factor: most === 0 ? 1 : wanted / most };
}

/** The fit of a home: the average home of the catalogue stands at 0. */
export function fitOf(model: CatalogueModel, applied: AppliedWeights, row: number): number {
	return rowDot(model.features.rows, row, applied.columns) + besides(model, applied, row);
}

export function fitsOf(model: CatalogueModel, applied: AppliedWeights): Float64Array {
	const fits = dotAll(model.features.rows, applied.columns);
	for (let row = 0; row < fits.length; row++)
		fits[row] = (fits[row] as number) + besides(model, applied, row);
	return fits;
}

/** Of every row; the three add up to the fit. */
export interface FitSources {
	/** What a person's own acts and corrections say: of the home's features, and of homes like it. */
	readonly own: Float64Array;
	readonly popularity: Float64Array;
	readonly others: Float64Array;
}

export function fitSources(
	model: CatalogueModel,
	{ others: part, popularity: factor }: AppliedWeights,
	fits: Float64Array,
): FitSources {
	const popularity = model.popularity.map((share) => factor * share);
	const others = fits.map((_, row) => gainBy(part, row));
	const own = fits.map((fit, row) => fit - (popularity[row] as number) - (others[row] as number));
	return { own, popularity, others };
}

/** What a home's fit has beside its own features. */
function besides(model: CatalogueModel, applied: AppliedWeights, row: number): number {
	const { likeness, others, popularity, usualInAll } = applied;
	const fit = popularity * (model.popularity[row] as number) - usualInAll;
	return fit + gainBy(others, row) + gainBy(likeness, row);
}

/** What a home gains by a part, against the average home. */
export function gainBy(part: AppliedPart | null, row: number): number {
	return part ? part.factor * ((part.fits[row] as number) - part.usual) : 0;
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
	const keys = [...wanted].flatMap(([key, gain]) => (gain === undefined ? [] : [key]));
	for (const pins of pinsBySet(model, keys)) {
		const missing = pins.map(
			({ key, feature }) => (wanted.get(key) as number) - gainOf(feature, columns),
		);
		const changes = changesFor(pins, missing);
		pins.forEach(({ feature }, i) => {
			columns[feature.column] = (columns[feature.column] as number) + (changes[i] as number);
		});
	}
}

/**
 * By how much each column changes for every unit that a person gives a feature, with what they said of
 * other features standing. What is applied is linear in it.
 */
export function pinDirection(
	model: CatalogueModel,
	edits: readonly TasteEdit[],
	key: string,
): ReadonlyMap<number, number> {
	const set = model.named.get(key)?.set;
	const said = edits.filter(({ off, weight }) => off || weight !== undefined);
	const keys = new Set([key, ...said.map((edit) => edit.key)]);
	const own = [...keys].filter((other) => model.named.get(other)?.set === set);
	const [pins = []] = pinsBySet(model, own);
	const changes = changesFor(
		pins,
		pins.map((pin) => (pin.key === key ? 1 : 0)),
	);
	return new Map(pins.map(({ feature }, i) => [feature.column, changes[i] as number]));
}

interface Pin {
	readonly key: string;
	readonly feature: NamedFeature;
}

/** Features that come together are pinned together. */
function pinsBySet({ named }: CatalogueModel, keys: readonly string[]): Iterable<readonly Pin[]> {
	const bySet = new Map<FeatureSet, Pin[]>();
	for (const key of keys) {
		const feature = named.get(key);
		if (feature) bySet.set(feature.set, [...(bySet.get(feature.set) ?? []), { key, feature }]);
	}
	return bySet.values();
}

/** By how much the weight of each pinned feature changes, so that each gains what is missing. */
function changesFor(pins: readonly Pin[], missing: readonly number[]): ArrayLike<number> {
	const matrix = pins.flatMap(({ feature: { place, set } }) =>
		pins.map(({ feature }) => set.lifts[place * set.columns.length + feature.place] as number),
	);
	// Features that always come together cannot be told apart: the change is shared.
	return (
		solve(Float64Array.from(matrix), Float64Array.from(missing)) ??
		missing.map((gain) => gain / pins.length)
	);
}

function largest(numbers: Float64Array): number {
	let most = 0;
	for (let i = 0; i < numbers.length; i++) most = Math.max(most, numbers[i] as number);
	return most;
}
