import { describe, expect, it } from 'vitest';
import { RankingEvaluation } from '$workers/metrics';
import { measured } from '$workers/metrics/ranking';

describe('ranking metrics', () => {
	it('of one person whose two held-out items stand second and fourth', () => {
		const evaluation = new RankingEvaluation(3);
		evaluation.add({ scores: [9, 8, 7, 6, 5], train: [], test: [1, 3] });
		const { recall, ndcg, mrr, coverage, people } = evaluation.metrics();
		expect(recall).toEqual({ mean: 0.5, standardError: 0 });
		expect(ndcg.mean).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12);
		expect(mrr.mean).toBe(0.5);
		expect(coverage).toBe(1);
		expect(people).toBe(1);
	});

	it('never rank what the model was fitted on', () => {
		const evaluation = new RankingEvaluation(1);
		evaluation.add({ scores: [9, 8, 7], train: [0], test: [1] });
		expect(evaluation.metrics().recall.mean).toBe(1);
	});

	it('have the standard error of the mean over people', () => {
		expect(measured([0, 1, 1, 0])).toEqual({ mean: 0.5, standardError: Math.sqrt(1 / 12) });
	});

	it.each([
		['overlap of train and test', { scores: [1, 2], train: [1], test: [1] }],
		['a score that is not a number', { scores: [1, Number.NaN], train: [], test: [0] }],
		['an infinite score', { scores: [1, Number.POSITIVE_INFINITY], train: [], test: [0] }],
		['nothing held out', { scores: [1, 2], train: [], test: [] }],
		['a held-out item without a score', { scores: [1, 2], train: [], test: [2] }],
	])('refuse %s', (_, ranked) => {
		expect(() => new RankingEvaluation(2).add(ranked)).toThrow(RangeError);
	});

	it('refuse to speak of nobody', () => {
		expect(() => new RankingEvaluation(2).metrics()).toThrow(RangeError);
	});
});
