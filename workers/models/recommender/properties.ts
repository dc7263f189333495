import type {
	Contribution,
	Counterfactual,
	Explanation,
	FeatureName,
	RankedHome,
	Reason,
} from '$lib/contracts';
import type { CounterfactualRow } from './counterfactuals';
import type { RankedRow } from './personal-taste';

/** The property that stands in each row of the catalogue: rows are the model's, pages know properties. */
export type Properties = ArrayLike<number>;

export function rankedHome({ row, ...home }: RankedRow, properties: Properties): RankedHome {
	return { ...home, ...told(home, properties), property: properties[row] ?? 0 };
}

export function explanationOf(explanation: Explanation, properties: Properties): Explanation {
	return { ...explanation, ...told(explanation, properties) };
}

export function counterfactualOf(
	counterfactual: CounterfactualRow,
	properties: Properties,
): Counterfactual {
	if (counterfactual.kind === 'weight') return counterfactual;
	const acts = counterfactual.acts.map(({ instant, kind, row, sequence }) => ({
		instant,
		kind,
		sequence,
		property: properties[row] ?? 0,
	}));
	return { ...counterfactual, acts };
}

function told(
	{ contributions, reason }: Pick<Explanation, 'contributions' | 'reason'>,
	properties: Properties,
): { contributions: readonly Contribution[]; reason: Reason } {
	return {
		contributions: contributions.map(({ feature, value }) => ({
			feature: featureOf(feature, properties),
			value,
		})),
		reason: {
			...reason,
			features: reason.features.map((feature) => featureOf(feature, properties)),
		},
	};
}

/** A home of the own history that a feature names. */
function featureOf(feature: FeatureName, properties: Properties): FeatureName {
	if (feature.source === undefined) return feature;
	const source = properties[feature.source] ?? 0;
	return { ...feature, key: `${feature.group}:${source}`, source };
}
