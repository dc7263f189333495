import type { OwnEvaluation } from '$lib/contracts';
import type { PersonalTaste } from '../personal-taste';
import type { Catalogue } from './classes';
import { historyEvaluation } from './history';
import type { LoggedAct } from './replay';
import { type ListSettings, shownEvaluation } from './shown';
import { trialEvaluations } from './trials';

export { draftedList, type HomeRanker, popularHomes } from './draft';
export { NEEDED_CASES, historyEvaluation } from './history';
export type { LoggedAct } from './replay';
export { NEEDED_TAKEN, type ListSettings, shownEvaluation } from './shown';
export { trialEvaluations, trialRanker } from './trials';

/**
 * How good the ranking is for one person, by what is on the device alone. In steps of some
 * milliseconds, so that no list waits for it.
 *
 * @param blank makes a taste that has learned nothing, as of an instant
 */
export function* ownEvaluation(
	catalogue: Catalogue,
	blank: (now: number) => PersonalTaste,
	acts: readonly LoggedAct[],
	settings: ListSettings,
): Generator<undefined, Omit<OwnEvaluation, 'pack'>> {
	return {
		history: yield* historyEvaluation(catalogue, blank, acts),
		shown: yield* shownEvaluation(catalogue, blank, acts, settings),
		trials: trialEvaluations(acts),
	};
}
