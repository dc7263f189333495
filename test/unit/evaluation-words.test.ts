import { describe, expect, it } from 'vitest';
import type { RankingFigures } from '$lib/contracts';
import {
	figureRows,
	gainVerdict,
	historyFinding,
	insteadRows,
	shownFinding,
	trialScore,
	trialVerdict,
} from '$lib/ui/words/evaluation';

const EN = 'en';
const bounded = (value: number, low: number, high: number) => ({ value, low, high });
const figures = (recall: number): RankingFigures => ({
	recall: bounded(recall, recall / 2, (1 + recall) / 2),
	ndcg: bounded(0.2, 0.1, 0.4),
	mrr: bounded(0.1, 0.095, 0.105),
	coverage: 0.021,
	novelty: 8.96,
	diversity: 0.762,
	areas: 1.04,
	prices: 0.59,
});
const found = (gain: { value: number; low: number; high: number }) => ({
	cases: 12,
	counted: 12,
	needed: 10,
	figures: {
		present: figures(0.5),
		popularity: figures(0.25),
		gain: { recall: gain, ndcg: gain, mrr: gain },
	},
});

describe('what is found is said', () => {
	it('with counts, beside popularity, and with what chance can do', () => {
		expect(historyFinding(found(bounded(0.25, -0.1, 0.5)), EN)).toBe(
			'Of 12 homes that you opened or saved, six stood in the first ten of your list before you did, and three in the ten that most people choose. Chance alone could make that difference.',
		);
	});

	it('of two lists that found as many: no difference is weighed', () => {
		const { figures: both, ...rest } = found(bounded(0, -0.2, 0.2));
		const same = { ...rest, figures: { ...both, popularity: both.present } };
		expect(historyFinding(same, EN)).toMatch(/and as many in the ten that most people choose\.$/);
	});

	it('of another way of choosing: how much of it was shown, and how much that counts', () => {
		const figure = bounded(0.1, 0.05, 0.3);
		const rows = insteadRows(
			[
				{
					instead: 'best-guess',
					ips: figure,
					snips: figure,
					doublyRobust: figure,
					effective: 41.6,
					meanWeight: 1.04,
				},
			],
			EN,
		);
		expect(rows.map(({ cells }) => cells[0]?.value)).toEqual(['10%', '10%', '10%', '100%', '42']);
		expect(rows[0]?.cells[0]?.range).toBe('5% to 30%');
	});

	it('as too little where it is', () => {
		expect(historyFinding({ cases: 1, counted: 1, needed: 10 }, EN)).toBe(
			'Too little to say: you have opened or saved one home so far, and it takes ten.',
		);
		expect(shownFinding({ shown: 8, taken: 0, needed: 5 })).toBe(
			'For you showed 8 homes, and you opened or saved none of them in the same visit. Too little to say: it takes five.',
		);
	});

	it('in favour of popularity where it is better', () => {
		expect(gainVerdict(bounded(-0.3, -0.5, -0.1))).toBe(
			'Popularity is better, and by more than chance.',
		);
		expect(gainVerdict(bounded(0.3, 0.1, 0.5))).toBe(
			'Your list is better, and by more than chance.',
		);
	});
});

describe('the table of figures', () => {
	it('has a row a figure, with a range where there is one', () => {
		const rows = figureRows(found(bounded(0, 0, 0)).figures, EN);
		expect(rows).toHaveLength(8);
		expect(rows[0]).toMatchObject({
			present: { value: '50%', range: '25% to 75%' },
			popularity: { value: '25%', range: '13% to 63%' },
		});
		expect(rows[2]?.present.range).toBe('9.5% to 10.5%');
		expect(rows[3]?.present).toEqual({ value: '2.1%' });
	});
});

describe('a trial', () => {
	const trial = {
		rival: 'popularity',
		wins: 3,
		losses: 1,
		ties: 2,
		leader: 'present',
		pValue: 0.4123,
	} as const;

	it('is told in visits, and by its p-value', () => {
		expect(trialScore(trial)).toBe('Your list won three visits, lost one, two level');
		expect(trialVerdict(trial)).toBe('Not told apart yet (p = 0.41).');
		expect(trialVerdict({ ...trial, pValue: 0.012 })).toBe('Your list is better (p = 0.012).');
		expect(trialVerdict({ ...trial, leader: 'rival', pValue: 0.012 })).toMatch(/^The other one/);
	});

	it('has no verdict without a visit', () => {
		expect(trialVerdict({ ...trial, wins: 0, losses: 0, ties: 0 })).toMatch(/^No visit yet/);
	});
});
