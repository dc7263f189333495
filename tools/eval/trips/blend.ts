import { type Choice, fitChoices } from '$workers/models/recommender/blend-choices';
import type { Question } from './question';
import type { Scores } from './rankers';

const PENALTY = 1;

/** Features of every place of every question, by name. */
export type Features<Name extends string> = Readonly<Record<Name, Scores>>;

/** How much each feature counts where these questions are answered best: a conditional logit. */
export function blendWeights<Name extends string>(
	questions: readonly Question[],
	features: Features<Name>,
	names: readonly Name[],
): Float64Array {
	const choices = questions.map((question, row): Choice => {
		const known = new Set(question.history);
		const places = Array.from(features[names[0] as Name][row] as Float64Array, (_, place) => place);
		const open = places.filter((place) => place !== question.next && !known.has(place));
		const rows = [question.next, ...open].flatMap((place) =>
			names.map((name) => features[name][row]?.[place] as number),
		);
		return { rows: Float32Array.from(rows) };
	});
	return fitChoices(choices, { size: names.length, penalty: PENALTY });
}

/** Sums of features, question by question. */
export function blended<Name extends string>(
	features: Features<Name>,
	names: readonly Name[],
	weights: Float64Array,
): Scores {
	return features[names[0] as Name].map((first, row) =>
		first.map((_, place) =>
			names.reduce(
				(sum, name, k) => sum + (weights[k] as number) * (features[name][row]?.[place] as number),
				0,
			),
		),
	);
}
