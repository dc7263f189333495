import type { ActKind, FeatureName, TasteEdit, WithoutActs, WithWeight } from '$lib/contracts';
import { rowDot } from '$workers/table/sparse';
import { type TasteAct, signalOf } from './acts';
import { type AppliedWeights, pinDirection } from './applied-weights';
import type { CatalogueModel } from './catalogue-model';
import { type NamedFeature, gainOf } from './feature-sets';

/** A home of this place or better leaves so many first places, or is too far down to tell. */
const FIRST_PLACES = [10, 24, 100];
/** Of the acts that carry a home, so many are tried, alone and by twos. */
const ACTS_TRIED = 6;
/** So many features are told. */
const FEATURES_TOLD = 2;
/** Weights are told to so many steps a unit. */
const WEIGHT_STEPS = 1000;
/** Nobody would weigh a feature by more: a home gains less by all that it is. */
const MOST_WEIGHT = 2;
/** All homes are gone through in so many at a time. */
const ROWS_A_STEP = 8192;
/** What is done without being noticed is not told as a deed. */
const UNTOLD: readonly ActKind[] = ['impression'];

/** A counterfactual whose homes are rows. */
export type CounterfactualRow =
	(Omit<WithoutActs, 'acts'> & { readonly acts: readonly TasteAct[] }) | WithWeight;

/** The homes among which a place is told. */
export interface Field {
	/** 1 for rows that are not to be suggested. */
	readonly closed: Uint8Array;
	readonly row: number;
}

/** What can be asked of a taste without changing it. */
export interface WhatIf {
	readonly model: CatalogueModel;
	readonly applied: AppliedWeights;
	readonly fits: Float64Array;
	readonly edits: readonly TasteEdit[];
	/** Every act that counts, with what it adds to the fit of the row, about. */
	readonly carrying: readonly Carrying[];
	/** How things stood if these acts were forgotten. */
	without(sequences: readonly number[]): Without;
	/** The fit of every row if these were the person's words. */
	fitsWith(edits: readonly TasteEdit[]): Float64Array;
}

export interface Without {
	/** The fit of every row. */
	readonly fits: Float64Array;
	/** Rows that nothing puts aside any more: they could be suggested again. */
	readonly reopened: readonly number[];
}

export interface Carrying {
	readonly act: TasteAct;
	readonly carries: number;
}

/** Its place by these fits, 1 the best; ties by row, as lists break them. */
export function placeOf(fits: Float64Array, { closed, row }: Field): number {
	const fit = fits[row] as number;
	let before = 0;
	for (let other = 0; other < fits.length; other++) {
		if (closed[other] && other !== row) continue;
		const own = fits[other] as number;
		if (own > fit || (own === fit && other < row)) before++;
	}
	return before + 1;
}

/**
 * What would move a home: the fewest own acts, one or two of those that carry it most, without which
 * it would leave the first places; and the features of which the smallest change would make it the
 * first. Each is found by doing it on a copy and ranking all homes anew. In steps, so that other
 * questions are answered between.
 */
export function* counterfactualsOf(
	whatIf: WhatIf,
	field: Field,
): Generator<undefined, CounterfactualRow[]> {
	const place = placeOf(whatIf.fits, field);
	const without = yield* withoutActs(whatIf, field, place);
	if (place === 1) return without;
	return [...without, ...(yield* withWeights(whatIf, field))];
}

function* withoutActs(
	{ carrying, without }: WhatIf,
	field: Field,
	place: number,
): Generator<undefined, CounterfactualRow[]> {
	const leaves = FIRST_PLACES.find((places) => place <= places);
	if (leaves === undefined) return [];
	const tried = carrying
		.filter(({ act }) => !UNTOLD.includes(act.kind))
		.sort((a, b) => b.carries - a.carries)
		.slice(0, ACTS_TRIED)
		.map(({ act }) => act);
	for (const acts of onesThenTwos(tried)) {
		yield;
		const { fits, reopened } = without(acts.map(({ sequence }) => sequence));
		const after = placeOf(fits, withOpen(field, reopened));
		if (after > leaves) return [{ kind: 'without', acts, leaves, place: after }];
	}
	return [];
}

function withOpen({ closed, row }: Field, reopened: readonly number[]): Field {
	const open = closed.slice();
	for (const other of reopened) open[other] = 0;
	return { closed: open, row };
}

/** The weightiest first, among the single ones and among the pairs. */
function onesThenTwos(acts: readonly TasteAct[]): TasteAct[][] {
	const pairs: (readonly [sum: number, pair: TasteAct[]])[] = acts.flatMap((first, i) =>
		acts.slice(i + 1).map((second, j) => [2 * i + j, [first, second]] as const),
	);
	pairs.sort(([a], [b]) => a - b);
	return [...acts.map((act) => [act]), ...pairs.map(([, pair]) => pair)];
}

function* withWeights(whatIf: WhatIf, field: Field): Generator<undefined, CounterfactualRow[]> {
	yield;
	const told: WithWeight[] = [];
	for (const { feature, from, to } of yield* neededWeights(whatIf, field)) {
		if (told.some((other) => other.feature.group === feature.group)) continue;
		yield;
		const own = whatIf.edits.filter(({ key }) => key !== feature.key);
		const fits = whatIf.fitsWith([...own, { key: feature.key, weight: to }]);
		// Rounding may decide a tie the other way: only what was seen to be first is told.
		if (placeOf(fits, field) === 1) told.push({ kind: 'weight', feature, from, to, place: 1 });
		if (told.length >= FEATURES_TOLD) break;
	}
	return told;
}

type NeededWeight = Pick<WithWeight, 'feature' | 'from' | 'to'>;

/**
 * The weights of single readable features with which a home would be first, the smallest change
 * first. A fit is linear in a weight, so each other home allows the weights on one side of where the
 * two lines cross: what all allow is an interval, and its near end the answer.
 */
function* neededWeights(whatIf: WhatIf, field: Field): Generator<undefined, NeededWeight[]> {
	const { applied, model } = whatIf;
	const features = [...model.named]
		.filter(([key]) => isReadable(key))
		.map(([key, named]) => ({ key, named, slopes: pinDirection(model, whatIf.edits, key) }));
	const bounds = yield* boundsOf(whatIf, field, features);
	return features
		.flatMap(({ named }, f) => {
			const from = gainOf(named, applied.columns);
			const to = within(from, bounds.low[f] as number, bounds.high[f] as number);
			return to === undefined ? [] : [{ feature: nameOf(model, named), from, to }];
		})
		.sort((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from));
}

const isReadable = (key: string) => !key.startsWith('stay:') && !key.endsWith('-unknown');

const nameOf = ({ features }: CatalogueModel, { column }: NamedFeature) =>
	features.features[column] as FeatureName;

/** The weight nearest to `from` strictly between two changes of it, in steps where one fits. */
function within(from: number, low: number, high: number): number | undefined {
	if (!(low < high) || (low < 0 && high > 0)) return undefined;
	const near =
		low >= 0
			? (Math.floor((from + low) * WEIGHT_STEPS) + 1) / WEIGHT_STEPS
			: (Math.ceil((from + high) * WEIGHT_STEPS) - 1) / WEIGHT_STEPS;
	const fits = near - from > low && near - from < high;
	const to = fits ? near : from + (low + high) / 2;
	return Math.abs(to) <= MOST_WEIGHT ? to : undefined;
}

interface Bounds {
	readonly low: Float64Array;
	readonly high: Float64Array;
}

interface Slopes {
	readonly slopes: ReadonlyMap<number, number>;
}

/** Between which changes of each feature's weight no other home is before this one. */
function* boundsOf(
	{ fits, model }: WhatIf,
	{ closed, row }: Field,
	features: readonly Slopes[],
): Generator<undefined, Bounds> {
	const low = new Float64Array(features.length).fill(Number.NEGATIVE_INFINITY);
	const high = new Float64Array(features.length).fill(Number.POSITIVE_INFINITY);
	const slopesOf = slopesByRow(model, features);
	const own = slopesOf(row).slice();
	for (let other = 0; other < fits.length; other++) {
		if (other % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
		if (other === row || closed[other]) continue;
		const behind = (fits[other] as number) - (fits[row] as number);
		const slopes = slopesOf(other);
		for (let f = 0; f < features.length; f++) {
			const gained = (own[f] as number) - (slopes[f] as number);
			if (gained > 0) low[f] = Math.max(low[f] as number, behind / gained);
			else if (gained < 0) high[f] = Math.min(high[f] as number, behind / gained);
			else if (behind > 0) high[f] = Number.NEGATIVE_INFINITY;
		}
	}
	return { low, high };
}

/** What one more unit of each feature's weight adds to the fit of a row; the array is used again. */
function slopesByRow(
	{ features: { rows } }: CatalogueModel,
	features: readonly Slopes[],
): (row: number) => Float64Array {
	const touched = new Map<number, (readonly [feature: number, slope: number])[]>();
	features.forEach(({ slopes }, f) => {
		for (const [column, slope] of slopes)
			touched.set(column, [...(touched.get(column) ?? []), [f, slope]]);
	});
	const byColumn = Array.from({ length: rows.width }, (_, column) => touched.get(column));
	const slopes = new Float64Array(features.length);
	return (row) => {
		slopes.fill(0);
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++)
			for (const [f, slope] of byColumn[rows.columns[at] as number] ?? [])
				slopes[f] = (slopes[f] as number) + slope * (rows.values[at] as number);
		return slopes;
	};
}

/**
 * What each act adds to the fit of a row, to first order: its weight × how far it still pulls × how
 * the two homes go together. Good enough to choose what is tried.
 *
 * @param together covariance of the row's score with every column's weight, and with the mean row
 */
export function carriedBy(
	{ features }: CatalogueModel,
	acts: Iterable<TasteAct>,
	contentFits: (row: number) => number,
	{ columns, usual }: { readonly columns: Float64Array; readonly usual: number },
): Carrying[] {
	return Array.from(acts, (act) => {
		const signal = signalOf(act);
		if (!signal) return { act, carries: 0 };
		const together = rowDot(features.rows, act.row, columns) - usual;
		return { act, carries: signal.weight * (signal.target - contentFits(act.row)) * together };
	});
}
