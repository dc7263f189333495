/** What the page of keeping says. */
import { describe, expect, test } from 'vitest';
import type { RetentionCost } from '$lib/contracts';
import {
	costSentence,
	heldWords,
	keptWords,
	optionOf,
	periodOf,
	periodOptions,
	previewTitle,
	reportWords,
	WITHOUT_PERIOD,
	wouldGo,
} from '$lib/ui/words/keeping';
import { DATED_TABLES } from '$workers/privacy/retention';
import { TABLE_RULES } from '$workers/privacy/tables';

const EN = 'en-GB';

const cost: RetentionCost = {
	model: 'revenue',
	figure: 't30',
	better: 'lower',
	now: 0.083,
	after: 0.091,
	cases: 270,
	missingNow: null,
	missingAfter: null,
};

describe('periods', () => {
	test('read as people say them', () => {
		expect(keptWords('fact_booking_detail', 1095, EN)).toBe('3 years after departure');
		expect(keptWords('dim_user', 365, EN)).toBe('1 year after their last stay');
		expect(keptWords('run', 90, EN)).toBe('3 months after it was trained');
		expect(keptWords('interaction', 45, EN)).toBe('45 days after you did it');
		expect(keptWords('interaction', null, EN)).toBe('until erased');
	});

	test('what is set can be chosen, and comes back as it was', () => {
		const options = periodOptions(45, EN);
		expect(options.map(({ label }) => label)).toContain('45 days');
		expect(options.map(({ value }) => optionOf(periodOf(value)))).toEqual(
			options.map(({ value }) => value),
		);
		expect(periodOf('erased')).toBe(null);
	});
});

describe('rows', () => {
	test('what is held, with its oldest', () => {
		const oldest = Date.UTC(2023, 4, 12);
		expect(heldWords('fact_booking_detail', 5204, oldest, EN)).toBe(
			'5,204 bookings, the oldest of 12 May 2023',
		);
		expect(heldWords('run', 1, oldest, EN)).toBe('1 retired version, of 12 May 2023');
		expect(heldWords('interaction', 0, Number.NaN, EN)).toBe('No acts');
	});

	test('what would go', () => {
		expect(wouldGo('interaction', 312, 1284, EN)).toBe('312 of 1,284 acts would go now.');
		expect(wouldGo('interaction', 7, 7, EN)).toBe('All 7 acts would go now.');
		expect(wouldGo('interaction', 1, 1, EN)).toBe('It would go now.');
		expect(wouldGo('interaction', 0, 7, EN)).toBe('Nothing would go now.');
	});

	test('what went', () => {
		const instant = Date.UTC(2026, 10, 22, 12);
		expect(
			reportWords({ instant, removed: [{ table: 'interaction', rows: 312, days: 730 }] }, EN),
		).toBe('On 22 Nov 2026, 312 acts older than 2 years were removed.');
		expect(
			reportWords(
				{
					instant,
					removed: [
						{ table: 'fact_booking_detail', rows: 40, days: 365 },
						{ table: 'dim_user', rows: 1, days: 365 },
					],
				},
				EN,
			),
		).toBe('On 22 Nov 2026, 40 bookings older than 1 year and 1 guest were removed.');
		expect(reportWords({ instant, removed: [] }, EN)).toBe(
			'On 22 Nov 2026, nothing was past its time.',
		);
	});
});

describe('what it costs', () => {
	test('an error, then and now', () => {
		expect(costSentence(cost, EN)).toBe('Revenue would be off by 9.1% instead of 8.3%.');
	});

	test('no difference that can be seen is none', () => {
		expect(costSentence({ ...cost, after: 0.0831 }, EN)).toBe(
			'Revenue would be off by 8.3%, as now.',
		);
	});

	test('pairs and other figures', () => {
		const auc = { ...cost, model: 'conversion', figure: 'auc', now: 0.851, after: 0.844 } as const;
		expect(costSentence(auc, EN)).toBe(
			'Conversion would tell 84 in 100 pairs apart instead of 85 in 100.',
		);
		const loss = { ...cost, model: 'price', figure: 'logloss', now: 0.499, after: 0.535 } as const;
		expect(costSentence(loss, EN)).toBe('Prices would have a log loss of 0.535 instead of 0.499.');
	});

	test('a model that could not be learned any more says why', () => {
		const missingAfter = { reason: 'TooShort', have: 97, need: 271 } as const;
		expect(costSentence({ ...cost, after: Number.NaN, missingAfter }, EN)).toMatch(
			/^Revenue could not be learned any more\. .*There are 97 days, and it needs 271 days\.$/,
		);
	});

	test('suggestions: a share, too few acts, or nothing to compare', () => {
		const taste = { ...cost, model: 'taste', figure: 'firstTwenty', cases: 40 } as const;
		expect(costSentence({ ...taste, now: 0.35, after: 0.3 }, EN)).toBe(
			'Of 40 homes that you saved, 30% would have stood among the first 20 instead of 35%.',
		);
		expect(costSentence({ ...taste, now: NaN, after: NaN, cases: 3 }, EN)).toContain(
			'too few acts to tell: 3 homes were saved',
		);
		expect(costSentence({ ...taste, now: NaN, after: NaN, cases: 0 }, EN)).toContain(
			'as good as now',
		);
	});

	test('a table that nothing learns from costs nothing', () => {
		expect(previewTitle({ table: 'run', days: 365, rows: 3, costs: [] }, EN)).toContain(
			'no model learns from these rows',
		);
	});
});

test('every stored table has a period or a reason for having none', () => {
	const told = new Set<string>([
		...DATED_TABLES,
		...WITHOUT_PERIOD.flatMap(({ tables }) => tables),
	]);
	const missing = Object.keys(TABLE_RULES).filter((table) => !told.has(table));
	expect(missing).toEqual([]);
});
