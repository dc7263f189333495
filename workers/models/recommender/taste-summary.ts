import type { ActKind, DismissReason, FeatureName, TasteEdit, TasteWeight } from '$lib/contracts';
import type { FittedLinear } from '$workers/learners/bayesian-linear';
import { BLAMED } from './acts';
import {
	type AppliedWeights,
	type AppliedPart,
	LIKENESS_KEY,
	OTHERS_KEY,
	WHOLE_GROUPS,
	mostByGroup,
	mostByPart,
} from './applied-weights';
import type { CatalogueModel } from './catalogue-model';
import { wholeGroup } from './contributions';
import type { Evidence } from './evidence';
import { type NamedFeature, gainOf } from './feature-sets';

const COUNTED_ACTS: readonly ActKind[] = [
	'enquire',
	'save',
	'share',
	'like',
	'choose',
	'view',
	'dwell',
	'pass',
	'dismiss',
];
const REASONS = Object.keys(BLAMED) as DismissReason[];
/** A group that moves no home by more is not worth a line. */
const NOTHING = 1e-9;

export interface TasteSources {
	readonly model: CatalogueModel;
	readonly head: FittedLinear;
	readonly evidence: Evidence;
	readonly applied: AppliedWeights;
	readonly edits: ReadonlyMap<string, TasteEdit>;
}

/**
 * What was learned, feature by feature, for those that an act or an edit says something of. First what
 * a person has set; then what stands out, strongest first, with one step of each scale (of "under
 * $1,800" and "under $2,000" the better known); then whole groups; then the rest.
 */
export function tasteWeights(sources: TasteSources): TasteWeight[] {
	const named = [...sources.model.named].flatMap(([key, feature]) =>
		namedWeight(sources, key, feature),
	);
	const whole = WHOLE_GROUPS.flatMap((group) => groupWeight(sources, group));
	const leading = new Set(bestOfScales(named));
	const tier = (weight: TasteWeight) => {
		if (weight.edited) return 0;
		if (leading.has(weight)) return known(weight) > 1 ? 1 : 3;
		return weight.evidence.length ? 4 : 2;
	};
	return [...named, ...whole, ...historyWeights(sources), popularityWeight(sources)].sort(
		(a, b) => tier(a) - tier(b) || Math.abs(b.learned) - Math.abs(a.learned),
	);
}

/** The best known step of each scale, and every feature that is not a step. */
function bestOfScales(weights: readonly TasteWeight[]): Iterable<TasteWeight> {
	const best = new Map<string, TasteWeight>();
	for (const weight of weights) {
		const scale = scaleOf(weight.feature);
		const other = best.get(scale);
		if (!other || known(weight) > known(other)) best.set(scale, weight);
	}
	return best.values();
}

/** `size:bedrooms` of `size:bedrooms-3`: features that are steps of one measure share it. */
function scaleOf({ key, group, value }: FeatureName): string {
	if (group === 'price' || group === 'stay') return group;
	return group === 'size' ? `${group}:${value.split('-')[0]}` : key;
}

const known = ({ learned, uncertainty }: TasteWeight) =>
	Math.abs(learned) / Math.max(uncertainty, Number.EPSILON);

function namedWeight(
	{ model, head, evidence, applied, edits }: TasteSources,
	key: string,
	named: NamedFeature,
): TasteWeight[] {
	const { column, set, place } = named;
	const acts = COUNTED_ACTS.map((act) => ({ act, count: evidence.having(act, column).size }));
	const counted = acts.filter(({ count }) => count > 0);
	const edit = edits.get(key);
	if (counted.length === 0 && !edit) return [];
	const size = set.columns.length;
	const direction = set.columns.map(
		(other, g) => [other, set.lifts[place * size + g] as number] as const,
	);
	return [
		{
			feature: model.features.features[column] as FeatureName,
			weight: gainOf(named, applied.columns),
			uncertainty: head.directionDeviation(direction),
			learned: gainOf(named, head.weights()),
			edited: edit !== undefined,
			off: edit?.off ?? false,
			evidence: counted,
			reasons: reasonsFor(model, evidence, column),
		},
	];
}

/** Dismissals that blamed a feature of this kind, of homes that have it. */
function reasonsFor(model: CatalogueModel, evidence: Evidence, column: number) {
	const group = model.features.features[column]?.group;
	const dismissed = evidence.having('dismiss', column);
	return REASONS.filter((reason) => BLAMED[reason].some((blamed) => blamed === group))
		.map((reason) => ({
			reason,
			count: [...evidence.dismissedFor(reason)].filter((row) => dismissed.has(row)).length,
		}))
		.filter(({ count }) => count > 0);
}

function groupWeight(
	{ model, head, evidence, applied, edits }: TasteSources,
	group: (typeof WHOLE_GROUPS)[number],
): TasteWeight[] {
	const edit = edits.get(group);
	const learned = mostByGroup(model, head.weights(), group);
	if (!edit && (learned.gain < NOTHING || evidence.acts === 0)) return [];
	return [
		{
			feature: wholeGroup(group),
			weight: edit ? mostByGroup(model, applied.columns, group).gain : learned.gain,
			uncertainty: head.directionDeviation(groupDirection(model, group, learned.row)),
			learned: learned.gain,
			edited: edit !== undefined,
			off: edit?.off ?? false,
			evidence: [],
			reasons: [],
		},
	];
}

/** A home's values in one group, less the means. */
function groupDirection({ features, prior }: CatalogueModel, group: string, row: number) {
	const { rows, features: names } = features;
	const direction = new Map<number, number>();
	prior.together.forEach((column) => {
		if (names[column]?.group === group) direction.set(column, -(prior.means[column] as number));
	});
	for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
		const column = rows.columns[at] as number;
		if (names[column]?.group === group)
			direction.set(column, (direction.get(column) ?? 0) + (rows.values[at] as number));
	}
	return direction;
}

/** Popularity is not learned from the person; it stands here so that it can be changed. */
function popularityWeight({ model, applied, edits }: TasteSources): TasteWeight {
	const most = model.popularity.reduce((highest, fit) => Math.max(highest, fit), 0);
	const edit = edits.get('popularity');
	return {
		feature: wholeGroup('popularity'),
		weight: applied.popularity * most,
		uncertainty: 0,
		learned: most,
		edited: edit !== undefined,
		off: edit?.off ?? false,
		evidence: [],
		reasons: [],
	};
}

/**
 * What others' behaviour adds, and likeness to the own homes, each as a whole: not learned act by act,
 * but each can be changed. Without a history no home is like another.
 */
function historyWeights({ applied, edits }: TasteSources): TasteWeight[] {
	const { likeness, others } = applied;
	const told = likeness && (edits.has(LIKENESS_KEY) || mostByPart(likeness) > NOTHING);
	return [
		...(others ? [partWeight(others, OTHERS_KEY, edits)] : []),
		...(told ? [partWeight(likeness, LIKENESS_KEY, edits)] : []),
	];
}

function partWeight(
	part: AppliedPart,
	key: typeof OTHERS_KEY | typeof LIKENESS_KEY,
	edits: ReadonlyMap<string, TasteEdit>,
): TasteWeight {
	const most = mostByPart(part);
	const edit = edits.get(key);
	return {
		feature: wholeGroup(key),
		weight: part.factor * most,
		uncertainty: 0,
		learned: most,
		edited: edit !== undefined,
		off: edit?.off ?? false,
		evidence: [],
		reasons: [],
	};
}
