import { RankingEvaluation } from '$workers/metrics';
import { packScores } from './scores';
import type { ItemWeights } from './weights';

/** What a guest was asked about: the list after some homes, held against those chosen later. */
export interface Question {
	readonly history: readonly number[];
	readonly wanted: readonly number[];
}

export interface ListFigures {
	readonly ndcg10: number;
	readonly recall10: number;
	readonly mrr: number;
}

/** The list after the first home, held against all others; `null` for a guest of one home. */
export function firstList(homes: readonly number[]): Question | null {
	return homes.length < 2 ? null : { history: homes.slice(0, 1), wanted: homes.slice(1) };
}

/** The list after all but the last home, for guests of three homes or more. */
export function laterList(homes: readonly number[]): Question | null {
	return homes.length < 3 ? null : { history: homes.slice(0, -1), wanted: homes.slice(-1) };
}

/** How well scores order a guest's list; homes of the history are never in it. */
export function figuresOf(scores: ArrayLike<number>, { history, wanted }: Question): ListFigures {
	const evaluation = new RankingEvaluation(10);
	evaluation.add({ scores, train: history, test: wanted });
	const { mrr, ndcg, recall } = evaluation.metrics();
	return { ndcg10: ndcg.mean, recall10: recall.mean, mrr: mrr.mean };
}

/** A guest's list by the pack, and by how often each home was chosen. */
export const packAndPopularity = (
	weights: ItemWeights,
	question: Question,
): { readonly pack: ListFigures; readonly popularity: ListFigures } => ({
	pack: figuresOf(packScores(weights, question.history), question),
	popularity: figuresOf(weights.chosen, question),
});
