import { describe, expect, it } from 'vitest';
import type {
	Backtest,
	Estimate,
	Figure,
	Lift,
	Overview,
	PricedDay,
	StayAdvice,
	Suspect,
	Tile,
} from '$lib/contracts/insight';
import type { BringReport } from '$lib/contracts/bring';
import {
	bringNoteWords,
	bringRefusalBecause,
	bringRefusalTitle,
	fieldName,
	refusedTitle,
} from '$lib/ui/words/bring';
import { chanceTitle, hundredRange, inHundred, points } from '$lib/ui/words/chances';
import { dayRange, monthsName, partOfMonth } from '$lib/ui/words/days';
import {
	backtestFinding,
	boundValue,
	coverageSentence,
	figureName,
	figureValue,
	figureWords,
	targetWords,
} from '$lib/ui/words/figures';
import { actionTitle, oddsWords, riskWords } from '$lib/ui/words/guests';
import { missingWords } from '$lib/ui/words/missing';
import { baseShare, largestShares, modelFeature, shareLabel } from '$lib/ui/words/model-features';
import {
	passedWords,
	rowsWords,
	trainedWords,
	versionWords,
	versusWords,
} from '$lib/ui/words/models';
import {
	eightInTen,
	overviewTitle,
	standsWords,
	tileChange,
	tileInterval,
	tileValue,
} from '$lib/ui/words/overview';
import {
	acceptWords,
	changesFinding,
	flatFinding,
	letRange,
	liftWords,
	objectiveWords,
} from '$lib/ui/words/prices';
import { bookedShare, booksFinding, courseFinding, revenueTitle } from '$lib/ui/words/revenue';
import { bestStays, stayGain, staySentence } from '$lib/ui/words/stays';
import { suspectEvidence, suspectSentence } from '$lib/ui/words/suspects';
import { ROW_FEATURES } from '$workers/features/books';
import { ENGAGEMENT_FEATURES } from '$workers/features/engagement-features';
import { GUEST_FEATURES } from '$workers/features/guest-features';
import { PROPERTY_FEATURES } from '$workers/features/property-features';
import { FEATURE_GROUPS } from '$workers/models/pricing/situations';
import { REASONS } from '$workers/models/pricing/reasons';

const EN = 'en-US';
const GB = 'en-GB';
const day = (year: number, month: number, date: number): number =>
	Date.UTC(year, month - 1, date) / 86_400_000;
const estimate = (value: number, low: number, high: number): Estimate => ({ value, low, high });

function backtest(parts: Partial<Backtest> = {}): Backtest {
	return {
		protocol: 'rolling-origin',
		naive: 'same-weekday-last-year',
		figures: [{ name: 't30', value: 0.107, naive: 0.278, target: 0.15, better: 'lower' }],
		beatsNaive: true,
		points: Array.from({ length: 9 }, (_, at) => ({ at, model: 0.1, naive: 0.3 })),
		coverage: { promised: 0.8, held: 0.79, count: 270 },
		rows: 270,
		...parts,
	};
}

describe('days and months', () => {
	it('say a range in the reader’s order', () => {
		expect(dayRange(day(2026, 6, 14), day(2026, 6, 18), GB)).toBe('14 to 18 June');
		expect(dayRange(day(2026, 6, 30), day(2026, 7, 2), GB)).toBe('30 June to 2 July');
		expect(dayRange(day(2026, 6, 14), day(2026, 6, 14), EN)).toBe('June 14');
		expect(dayRange(day(2026, 6, 14), day(2026, 6, 18), EN)).toBe('June 14 to 18');
	});

	it('say a part of a month, and months', () => {
		expect(partOfMonth(day(2026, 8, 3), EN)).toBe('early August');
		expect(partOfMonth(day(2026, 8, 15), EN)).toBe('mid-August');
		expect(partOfMonth(day(2026, 8, 31), EN)).toBe('late August');
		expect(monthsName(day(2026, 5, 1), day(2026, 6, 1), EN)).toBe('May');
		expect(monthsName(day(2026, 3, 1), day(2026, 6, 1), EN)).toBe('March to May');
	});
});

describe('figures', () => {
	it('say an error as so much off, and a ranking as pairs told apart', () => {
		expect(figureWords('wape30d', 0.107, EN)).toBe('off by 10.7%');
		expect(figureWords('totalError', -0.156, EN)).toBe('off by −15.6%');
		expect(figureWords('auc', 0.894, EN)).toBe('tells 89 of 100 pairs apart');
		expect(figureValue('rmse', 2.412, EN)).toBe('2.41');
		expect(figureValue('t30', NaN, EN)).toBe('–');
		expect(boundValue('totalError', 0.2, EN)).toBe('±20%');
		expect(boundValue('t30', 0.15, EN)).toBe('15%');
		expect(figureValue('revenueLift', 0.05, EN)).toBe('+5%');
		expect(figureName('t30')).toBe('30-day total off');
		expect(figureName('some_other')).toBe('some_other');
	});

	it('state the finding of a backtest, the baseline first where it wins', () => {
		expect(backtestFinding(backtest(), EN)).toBe(
			'At nine past dates it was 10.7% off; same week last year, 27.8%',
		);
		expect(backtestFinding(backtest({ beatsNaive: false }), EN)).toBe(
			'Same week last year does better: 27.8%, this model 10.7%',
		);
		const auc = { name: 'auc', value: 0.89, naive: 0.5, target: NaN, better: 'higher' } as const;
		expect(
			backtestFinding(
				backtest({ protocol: 'hold-out', naive: 'overall-rate', figures: [auc] }),
				EN,
			),
		).toBe(
			'On rows that it had not seen it told 89 in 100 pairs apart; the overall rate, 50 in 100',
		);
		const rmse = { name: 'rmse', value: 0.237, naive: 0.486, target: 3, better: 'lower' } as const;
		expect(backtestFinding(backtest({ figures: [rmse] }), EN)).toBe(
			'At nine past dates its error was 51% less than that of same week last year: 0.237 against 0.486',
		);
		const t30 = backtest().figures[0];
		const calendar = { ...t30, name: 'calendarT30', value: 0.144 } as Figure;
		expect(backtestFinding(backtest({ figures: [t30 as Figure, calendar] }), EN)).toBe(
			'At nine past dates, by the calendar alone, it was 14.4% off; same week last year, 27.8%',
		);
		expect(backtestFinding(backtest({ figures: [] }), EN)).toMatch('Not tried');
	});

	it('hold an interval and a target to their word', () => {
		expect(coverageSentence(backtest().coverage, 'days', EN)).toBe(
			'The band held 79% of 270 days; it should hold 80%.',
		);
		expect(coverageSentence({ promised: NaN, held: NaN, count: 0 })).toBe('');
		const figure = { name: 't30', value: 0.1, naive: 0.2, target: 0.15, better: 'lower' } as const;
		expect(targetWords(figure)).toBe('reached');
		expect(targetWords({ ...figure, better: 'higher' })).toBe('missed');
		expect(targetWords({ ...figure, target: NaN })).toBe('');
	});

	it('say how one version stands beside another', () => {
		expect(versusWords(0.1, 0.125, 'lower')).toBe('20% better');
		expect(versusWords(0.8, 0.9, 'higher')).toBe('11% worse');
		expect(versusWords(0.1, 0.1, 'lower')).toBe('no different');
	});
});

describe('a model', () => {
	const card = {
		trainedAt: Date.UTC(2026, 4, 14, 6, 10),
		seconds: 4.23,
		version: 'v1.2',
		stage: 'Production',
		rows: 5204,
		from: day(2023, 4, 1),
	} as const;

	it('says when, where and from what it was trained', () => {
		expect(trainedWords(card, 'de-DE', 'UTC')).toContain('on this device, in 4,2 s');
		expect(trainedWords(card, GB, 'UTC')).toMatch(/^Trained 14 May 2026, /);
		expect(versionWords(card)).toBe('Version 1.2, in production');
		expect(rowsWords(card, 'bookings', EN)).toBe('5,204 bookings since 2023');
		expect(rowsWords({ ...card, from: NaN }, 'guests', EN)).toBe('5,204 guests');
	});

	it('says what it lacks, with what there is and what to do', () => {
		expect(missingWords('revenue', { reason: 'TooShort', have: 41, need: 365 }, EN)).toEqual({
			title: 'Revenue: the bookings don’t reach back far enough',
			says: 'A forecast needs to have seen the seasons. There are 41 days, and it needs 365 days.',
			next: 'Bring in an older file beside this one.',
		});
		expect(missingWords('price', { reason: 'NoPrices' }).says).not.toContain('There are');
	});

	it('counts the checks that a version passed', () => {
		const gate = { name: 'target', hard: false, figure: 't30', value: 1, bound: 1 } as const;
		const gates = [true, true, false].map((passed) => ({ ...gate, passed }));
		expect(passedWords(gates, EN)).toBe('2 of 3 passed');
		expect(passedWords(gates.slice(0, 2), EN)).toBe('all 2 passed');
	});

	it('writes a feature’s value as what it is', () => {
		const label = (feature: string, value: number) => shareLabel({ feature, share: 1, value }, EN);
		expect(label('is_repeat', 1)).toBe('Looked here before: yes');
		expect(label('dow', 5)).toBe('Day of the week: Saturday');
		expect(label('cancellation_rate', 0.25)).toBe('Share cancelled: 25%');
		expect(label('time_on_page', 337)).toBe('Time on the page: 337 s');
	});

	it('has a name for every feature that the models look at', () => {
		const names = [...ROW_FEATURES.map(({ name }) => name), ...Object.keys(FEATURE_GROUPS)];
		const definitions = [...PROPERTY_FEATURES, ...GUEST_FEATURES, ...ENGAGEMENT_FEATURES];
		const all = [...names, ...definitions.map(({ name }) => name), ...REASONS];
		expect(all.filter((name) => modelFeature(name) === name)).toEqual([]);
	});

	it('names features in a manager’s words, and unknown columns as they are', () => {
		expect(modelFeature('lead_time')).toBe('Booked ahead');
		expect(modelFeature('Sonderwunsch')).toBe('Sonderwunsch');
		expect(shareLabel({ feature: 'lead_time', share: 1, value: 120 }, EN)).toBe(
			'Booked ahead: 120 days',
		);
		expect(shareLabel({ feature: 'deposit', share: 1, value: 'no deposit' })).toBe(
			'Deposit: No deposit',
		);
		expect(shareLabel({ feature: 'adults', share: 1, value: NaN })).toBe('Adults: not known');
	});

	it('shows the largest shares and the others as one: the sum stays', () => {
		const shares = [5, -4, 3, 2, 1, 0.5].map((share, index) => ({ feature: `f${index}`, share }));
		const shown = largestShares([{ feature: 'base', share: 10 }, ...shares], 3);
		expect(shown.map(({ feature }) => feature)).toEqual(['f0', 'f1', 'f2', 'rest']);
		expect(shown.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(7.5, 12);
		expect(baseShare([{ feature: 'base', share: 10 }])).toBe(10);
		expect(largestShares(shares, 5)).toHaveLength(6);
	});
});

describe('suspects', () => {
	it('are named with the numbers behind them', () => {
		const suspect: Suspect = {
			column: 'parking',
			verdict: 'refused',
			reason: 'NeverWithOutcome',
			evidence: { rows: 7416, withOutcome: 0, expected: 2750, outcome: 1, rate: 0.37 },
		};
		expect(suspectSentence(suspect)).toBe(
			'parking never stands beside the outcome, as if it were filled in afterwards.',
		);
		expect(suspectEvidence(suspect, EN)).toBe(
			'Of 7,416 rows 0 had the outcome, where about 2,750 would be expected.',
		);
		expect(
			suspectEvidence(
				{ ...suspect, reason: 'AloneTellsAll', evidence: { auc: 0.995, rows: 90 } },
				EN,
			),
		).toBe('By itself it tells 99.5 of 100 pairs apart, over 90 rows.');
	});

	it('show evidence that is unknown here by its own names', () => {
		expect(
			suspectEvidence(
				{ column: 'x', verdict: 'suspect', reason: 'FilledInLater', evidence: { odd: 0.25 } },
				EN,
			),
		).toBe('odd 0.250');
	});
});

describe('the overview', () => {
	const tile = (parts: Partial<Tile>): Tile => ({
		name: 'occupancy',
		now: estimate(0.81, 0.78, 0.83),
		before: 0.77,
		moreThanNoise: true,
		trend: Float64Array.of(0.7, 0.81),
		...parts,
	});

	it('writes each tile in its own unit', () => {
		const revenue = tile({
			name: 'revenue',
			now: estimate(48_210, 46_900, 49_600),
			before: 45_100,
		});
		const price = tile({ name: 'adr', now: estimate(142, 139, 145), before: 140 });
		const bookings = tile({ name: 'bookings', now: estimate(112, 101, 124), before: 117 });
		const all = [tile({}), price, revenue, bookings];
		expect(all.map((one) => tileValue(one, 'USD', EN))).toEqual(['81%', '$142', '$48,210', '112']);
		expect(all.map((one) => tileInterval(one, 'USD', EN))).toEqual([
			'78 to 83',
			'139 to 145',
			'$46.9k to $49.6k',
			'101 to 124',
		]);
		expect(all.map((one) => tileChange(one, 'USD', 'May', EN))).toEqual([
			'+4 points on last May',
			'+$2 on last May',
			'+7% on last May',
			'−5 on last May',
		]);
		expect(tileChange(tile({ before: tile({}).now.value }), 'USD', 'May', EN)).toBe('as last May');
		expect(tileChange(tile({ before: NaN }), 'USD', 'May', EN)).toBe('no year before to compare');
	});

	it('answers in its title', () => {
		const overview = {
			month: { from: day(2026, 5, 1), to: day(2026, 6, 1) },
			tiles: [tile({})],
			homes: [
				{ title: 'Mill Lane 12', empty: 4, nights: Float64Array.of(0, 1) },
				{ title: 'Harbour Row 4', empty: 9, nights: Float64Array.of(0, 1) },
			],
		} as unknown as Overview;
		expect(overviewTitle(overview, EN)).toBe(
			'Almost full in May. Harbour Row 4 leaves nine nights empty.',
		);
		expect(overviewTitle({ ...overview, homes: [] }, EN)).toBe('Almost full in May.');
		const unknown = overview.homes.map((home) => ({ ...home, nights: new Float64Array(30) }));
		expect(overviewTitle({ ...overview, homes: unknown }, EN)).toBe('Almost full in May.');
		expect(standsWords({ stands: 'empty-midweek', empty: 9 })).toBe(
			'9 nights empty, most mid-week',
		);
		expect(eightInTen(estimate(1, 43_100, 50_900), String)).toBe('8 in 10: 43100 to 50900');
	});
});

describe('revenue', () => {
	const total = {
		days: 30,
		total: estimate(46_812, 43_100, 50_900),
		onBooks: 15_900,
		lastYear: 40_000,
		naive: 41_230,
	} as const;

	it('begins with the answer, the baseline’s where the model is no better', () => {
		expect(revenueTitle(total, 'USD', true, EN)).toBe('The next 30 days should bring $46,800');
		expect(revenueTitle(total, 'USD', false, EN)).toBe(
			'As last year went, the next 30 days bring $41,200',
		);
		expect(booksFinding(total, 'USD', EN)).toBe(
			'The next 30 days bring about $46,800; $15,900 of it is booked',
		);
		expect(bookedShare(total, EN)).toBe('34% of the forecast');
	});

	const course = (values: readonly number[], wider = 0): string =>
		courseFinding(
			values.map((value, index) => ({
				day: day(2026, 5, 11) + 7 * index,
				value,
				low: value * (0.95 - wider * index),
				high: value * (1.05 + wider * index),
			})),
			'Revenue',
			EN,
		);

	it('says the course of a forecast, and whether it grows less sure', () => {
		expect(course([10, 11, 12, 13, 14], 0.01)).toBe(
			'Revenue climbs until early June, less surely the further out',
		);
		expect(course([10, 11, 12, 13, 12.6])).toBe('Revenue climbs until early June');
		expect(course([14, 13, 12, 11, 10])).toBe('Revenue falls until early June');
		expect(course([10, 12, 15, 12, 10])).toBe('Revenue peaks in late May');
		expect(course([15, 12, 10, 12, 15])).toBe('Revenue dips in late May');
		expect(course([10, 10.2, 10, 10.1, 10])).toBe('Revenue stays level until early June');
		expect(course([])).toBe('Revenue: nothing to forecast');
	});
});

describe('chances and guests', () => {
	it('are said in hundreds and in odds', () => {
		expect(inHundred(0.182, EN)).toBe('18 in 100');
		expect(hundredRange(estimate(0.2, 0.12, 0.25), EN)).toBe('12 to 25');
		expect(hundredRange(estimate(0.57, 0.5679, 0.5731), EN)).toBe('56.8 to 57.3');
		expect(hundredRange(estimate(0.5, 0.5, 0.5), EN)).toBe('50.0');
		expect([0.21, 0.01, 0.004].map((size) => points(size, EN))).toEqual([
			'21 points',
			'1 point',
			'0.4 points',
		]);
		expect([0, 0.02, 0.24, 0.5, 0.68, 0.9, 0.99].map(oddsWords)).toEqual([
			'none',
			'under 1 in 20',
			'1 in 4',
			'1 in 2',
			'2 in 3',
			'9 in 10',
			'over 19 in 20',
		]);
		const answer = { question: 'cancellation', expected: estimate(0.27, 0.2, 0.3) } as const;
		expect(chanceTitle({ ...answer } as Parameters<typeof chanceTitle>[0], EN)).toBe(
			'Of the bookings to come, about 27% will be cancelled',
		);
	});

	it('have something to do', () => {
		expect(actionTitle('offer-return')).toBe('Offer them a return');
		expect(riskWords('High')).toBe('probably gone');
	});
});

describe('advice on stays', () => {
	const advice: StayAdvice = {
		property: 1,
		title: 'Pond Cabin',
		from: day(2026, 6, 14),
		to: day(2026, 6, 18),
		do: 'shorten-stay',
		minimumNights: 2,
		nights: estimate(2, 0, 4),
		because: 'gap-between-bookings',
	};

	it('is one sentence with its gain', () => {
		expect(staySentence(advice, GB)).toBe('Open 14 to 18 June at Pond Cabin to two-night stays');
		expect(staySentence({ ...advice, do: 'open-days', minimumNights: NaN }, GB)).toBe(
			'Open 14 to 18 June at Pond Cabin',
		);
		expect(staySentence({ ...advice, do: 'lengthen-stay', minimumNights: 3 }, GB)).toBe(
			'Ask for three nights at least, 14 to 18 June, at Pond Cabin',
		);
		const nearby = { ...advice, from: advice.from + 3, nights: estimate(3, 0, 4) };
		const later = { ...advice, from: advice.from + 20, nights: estimate(1, 0, 2) };
		const nothing = { ...later, property: advice.property + 1, nights: estimate(0.04, 0, 1) };
		expect(bestStays([advice, later, nothing, nearby])).toEqual([nearby, later]);
		expect(stayGain(advice, EN)).toBe('2 more nights let (0 to 4)');
		expect(stayGain({ ...advice, nights: estimate(1, -0.5, 2.25) }, EN)).toBe(
			'1 more night let (−0.5 to 2.3)',
		);
	});
});

describe('prices', () => {
	it('say where it hardly matters, and what may be claimed', () => {
		const curve = { flatFrom: 164.7, flatTo: 190.2, suggested: 177 };
		const bounds = { minimum: 90, maximum: 260, step: 1, objective: 0 };
		expect(flatFinding(curve, bounds, 'USD', EN)).toBe('From $165 to $190 it hardly matters');
		expect(flatFinding(curve, { ...bounds, maximum: 177 }, 'USD', EN)).toBe(
			'Most comes in at the highest you allow, $177',
		);
		expect(flatFinding(curve, { ...bounds, minimum: 177 }, 'USD', EN)).toBe(
			'Most comes in at the lowest you allow, $177',
		);
		const below = { ...curve, suggested: 140 };
		expect(flatFinding(below, bounds, 'USD', EN)).toMatch('not known well enough');
		expect(flatFinding(below, { ...bounds, objective: 0.5 }, 'USD', EN)).toBe(
			'Most comes in at $177; you want fewer empty nights',
		);
		expect(letRange(estimate(0.9, 0.85, 0.95), EN)).toBe('85 to 95');
		expect(letRange(estimate(3, 2.4, 3.6), EN)).toBe('2.4 to 3.6');
		const lift: Lift = {
			revenue: estimate(0.041, -0.006, 0.089),
			nights: 812,
			verdict: 'cannot-tell',
			method: 'doubly-robust',
		};
		expect(liftWords(lift, EN)).toEqual({
			title: 'No gain is claimed yet.',
			says: 'Measured on your past prices: +4.1% (−0.6 to +8.9).',
		});
		expect(liftWords({ ...lift, verdict: 'gain' }, EN).says).toContain('812 nights');
		expect([0, 0.3, 0.5, 0.7, 1].map(objectiveWords)).toEqual([
			'revenue alone',
			'revenue first',
			'both alike',
			'full nights first',
			'full nights alone',
		]);
	});

	it('count what could be accepted, booked days left out', () => {
		const priced = (suggested: number, free: number) =>
			({ current: 132, suggested, free }) as PricedDay;
		expect(acceptWords([priced(140, 1), priced(132, 1), priced(150, 0)], EN)).toBe(
			'Accept one change',
		);
		expect(acceptWords([], EN)).toBe('Nothing to change');
		expect(changesFinding([priced(140, 1), priced(136, 1), priced(122, 1)], 'USD', EN)).toBe(
			'Two nights could ask $6 more, one night could ask $10 less, on average. Nothing changes until you accept it.',
		);
		expect(changesFinding([], 'USD', EN)).toMatch('Nothing to change');
	});
});

describe('bringing files in', () => {
	it('says why rows are refused and what is to be known', () => {
		const report = { rowsRead: 84_210, rowsFit: 83_843 } as BringReport;
		expect(refusedTitle(report, EN)).toBe('367 rows are refused, 0.4%');
		expect(refusedTitle({ ...report, rowsFit: 84_210 }, EN)).toBe('Every row fits');
		expect(bringRefusalTitle('LeavesBeforeArrival')).toBe('Leaves before it arrives');
		expect(bringRefusalBecause('Repeated')).toMatch(/^Kept once/);
		expect(bringNoteWords('EndsWithLastArrival')).toContain('by the calendar alone');
		expect(fieldName('arrives_on')).toBe('Arrives on');
		expect(fieldName('unheard_of')).toBe('unheard_of');
	});
});
