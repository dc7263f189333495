import type { ActKind, FeatureName, TasteEdit } from '$lib/contracts';
import type { FittedLinear } from '$workers/learners/bayesian-linear';
import type { AppliedWeights } from './applied-weights';
import type { CatalogueModel } from './catalogue-model';
import type { Evidence } from './evidence';
import { type NamedFeature, gainOf } from './feature-sets';

/** What a taste makes of one thing that a text is about. */
export interface Leaning {
	readonly feature: FeatureName;
	/** What a home gains by having it. */
	readonly gain: number;
	readonly uncertainty: number;
	/** The person did something with homes that have it, or said so: it can be given as a reason. */
	readonly told: boolean;
}

export interface LeaningSources {
	readonly model: CatalogueModel;
	readonly head: FittedLinear;
	readonly applied: AppliedWeights;
	readonly evidence: Evidence;
	readonly edits: ReadonlyMap<string, TasteEdit>;
}

const WANTED: readonly ActKind[] = ['enquire', 'save', 'share', 'like', 'choose'];

/** Of a feature by its key, or of the feature of a group that gains most; absent where unknown. */
export function leaningOf(sources: LeaningSources, tag: string): Leaning | undefined {
	const { applied, edits, evidence, head, model } = sources;
	const named = model.named.get(tag) ?? leadingOf(sources, tag);
	if (!named) return undefined;
	const feature = model.features.features[named.column] as FeatureName;
	const { columns, lifts } = named.set;
	const direction = columns.map(
		(column, g) => [column, lifts[named.place * columns.length + g] as number] as const,
	);
	return {
		feature,
		gain: gainOf(named, applied.columns),
		uncertainty: head.directionDeviation(direction),
		told:
			edits.has(feature.key) || WANTED.some((act) => evidence.having(act, named.column).size > 0),
	};
}

function leadingOf({ applied, model }: LeaningSources, group: string): NamedFeature | undefined {
	let leading: NamedFeature | undefined;
	let most = Number.NEGATIVE_INFINITY;
	for (const named of model.named.values()) {
		const feature = model.features.features[named.column];
		if (feature?.group !== group || feature.key.endsWith('-unknown')) continue;
		const gain = gainOf(named, applied.columns);
		if (gain <= most) continue;
		most = gain;
		leading = named;
	}
	return leading;
}
