import type { Backtest, Figure } from '$lib/contracts/insight';
import { counted, sentence } from './count';
import { number, percent } from './intl';

type Kind = 'error' | 'share' | 'pairs' | 'signed' | 'change' | 'number';

/** What each figure says and how it is written. */
const FIGURES: Readonly<Record<string, { readonly name: string; readonly kind: Kind }>> = {
	wape: { name: 'Off, of all there was', kind: 'error' },
	wape30d: { name: 'A day off, days 1 to 30', kind: 'error' },
	mape: { name: 'Off, on average', kind: 'error' },
	mape30d: { name: 'A day off on average, days 1 to 30', kind: 'error' },
	smape: { name: 'Off, symmetric', kind: 'error' },
	mdape: { name: 'Off, in the middle case', kind: 'error' },
	t30: { name: '30-day total off', kind: 'error' },
	t60: { name: '60-day total off', kind: 'error' },
	t90: { name: '90-day total off', kind: 'error' },
	mase: { name: 'Error over that of the season before', kind: 'number' },
	rmse: { name: 'Typical error', kind: 'number' },
	pooledRmse: { name: 'Typical error, all homes together', kind: 'number' },
	mae: { name: 'Off, on average', kind: 'number' },
	auc: { name: 'Pairs told apart', kind: 'pairs' },
	ap: { name: 'Average precision', kind: 'number' },
	logloss: { name: 'Log loss', kind: 'number' },
	brier: { name: 'Brier score', kind: 'number' },
	ece: { name: 'Chances off', kind: 'error' },
	decileWape: { name: 'Ten groups off', kind: 'error' },
	decileMape: { name: 'Ten groups off, each alike', kind: 'error' },
	totalError: { name: 'Total off', kind: 'signed' },
	spendTotalError: { name: 'Total spend off', kind: 'signed' },
	correlation: { name: 'Correlation', kind: 'number' },
	spearman: { name: 'Order right', kind: 'number' },
	gini: { name: 'Gini', kind: 'number' },
	r2: { name: 'Variation explained', kind: 'share' },
	revenueLift: { name: 'Revenue, at suggested prices', kind: 'change' },
	poissonDeviance: { name: 'Poisson deviance', kind: 'number' },
	calendarRmse: { name: 'Typical error, by the calendar alone', kind: 'number' },
	calendarWape30d: { name: 'A day off, by the calendar alone', kind: 'error' },
	calendarMape30d: { name: 'A day off on average, by the calendar alone', kind: 'error' },
	calendarT30: { name: '30-day total off, by the calendar alone', kind: 'error' },
	calendarT60: { name: '60-day total off, by the calendar alone', kind: 'error' },
	calendarT90: { name: '90-day total off, by the calendar alone', kind: 'error' },
	coverage: { name: 'Interval held', kind: 'share' },
	coverage80: { name: '8 in 10 interval held', kind: 'share' },
};

const NAIVES: Record<Backtest['naive'], string> = {
	'same-weekday-last-year': 'Same week last year',
	'recent-mean': 'Mean of the last weeks',
	'overall-rate': 'The overall rate',
	'one-factor': 'One factor alone',
	'base-price': 'The base price',
	'past-spend': 'What they spent before',
};

/** What the baseline does, for a sentence: "the baseline: ...". */
const NAIVE_SAYS: Record<Backtest['naive'], string> = {
	'same-weekday-last-year': 'each day as its weekday was last year',
	'recent-mean': 'each day as the last weeks were on average',
	'overall-rate': 'the same chance for everyone',
	'one-factor': 'a rate from one factor alone',
	'base-price': 'the base price, every night',
	'past-spend': 'each guest spends again what they spent before',
};

const PROTOCOLS: Record<Backtest['protocol'], string> = {
	'rolling-origin':
		'Forecast from past dates with what was known then, and compared with what came',
	'last-months': 'Trained without the last months, and tried on them',
	'out-of-fold': 'Each part of the rows was left out once, and predicted from the others',
	'hold-out': 'Trained without a part of the rows, and tried on it',
};

/** `30-day total off`; figures unknown here stand by their own names. */
export function figureName(name: string): string {
	return FIGURES[name]?.name ?? name;
}

/** A figure alone, for a table: `10.7%`, `91 in 100`, `2.41`; a dash where there is none. */
export function figureValue(name: string, value: number, locale?: string): string {
	if (!Number.isFinite(value)) return '–';
	const kind = FIGURES[name]?.kind ?? 'number';
	if (kind === 'error' || kind === 'share') return percent(value, 1, locale);
	if (kind === 'signed' || kind === 'change') return signedPercent(value, locale);
	if (kind === 'pairs') return `${number(value * 100, 0, locale)} in 100`;
	return number(value, Math.abs(value) < 1 ? 3 : 2, locale);
}

/** A target or a bound of a figure: an error to either side stands as `±20%`. */
export function boundValue(name: string, bound: number, locale?: string): string {
	if (FIGURES[name]?.kind !== 'signed' || !Number.isFinite(bound))
		return figureValue(name, bound, locale);
	return `±${percent(Math.abs(bound), 1, locale)}`;
}

/** A figure in a sentence: `off by 10.7%`, `tells 91 of 100 pairs apart`. */
export function figureWords(name: string, value: number, locale?: string): string {
	const written = figureValue(name, value, locale);
	const kind = FIGURES[name]?.kind ?? 'number';
	if (kind === 'error' || kind === 'signed') return `off by ${written}`;
	if (kind === 'pairs') return `tells ${number(value * 100, 0, locale)} of 100 pairs apart`;
	return `${figureName(name)} ${written}`;
}

/** `+4.1%`, `−15.6%`. */
export function signedPercent(share: number, locale?: string): string {
	return `${share < 0 ? '−' : '+'}${percent(Math.abs(share), 1, locale)}`;
}

/** `Same week last year`. */
export function naiveName(naive: Backtest['naive']): string {
	return NAIVES[naive];
}

/** `each day as its weekday was last year`. */
export function naiveSays(naive: Backtest['naive']): string {
	return NAIVE_SAYS[naive];
}

export function protocolWords(protocol: Backtest['protocol']): string {
	return PROTOCOLS[protocol];
}

/** `9 past dates`, `5 parts of the rows`, `a part that it had not seen`. */
function wherever({ protocol, points }: Backtest, locale?: string): string {
	const count = points.length;
	if (protocol === 'rolling-origin' && count)
		return `At ${counted(count, 'past date', 'past dates', locale)}`;
	if (protocol === 'last-months') return 'On the last months';
	return 'On rows that it had not seen';
}

/** The first figure without the books, where that is what is shown: the file ends with its last arrival. */
export function calendarFigure({ figures }: Backtest): Figure | undefined {
	const name = `calendar${sentence(figures[0]?.name ?? '')}`;
	return figures.find((figure) => figure.name === name);
}

/**
 * The finding of a backtest: `At nine past dates it was off by 10.7%; same week last year, 27.8%`. Where
 * the baseline wins it comes first.
 */
export function backtestFinding(backtest: Backtest, locale?: string): string {
	const [first] = backtest.figures;
	if (!first) return 'Not tried on days that it had not seen yet';
	const calendar = calendarFigure(backtest);
	const shown = calendar ?? first;
	const model = figureValue(shown.name, shown.value, locale);
	const naive = figureValue(shown.name, shown.naive, locale);
	const kind = FIGURES[shown.name]?.kind ?? 'number';
	const where = `${wherever(backtest, locale)}${calendar ? ', by the calendar alone,' : ''}`;
	const name = NAIVES[backtest.naive].toLowerCase();
	if (!backtest.beatsNaive) return `${sentence(name)} does better: ${naive}, this model ${model}`;
	if (kind === 'error' || kind === 'signed')
		return `${where} it was ${model} off; ${name}, ${naive}`;
	if (kind === 'pairs') return `${where} it told ${model} pairs apart; ${name}, ${naive}`;
	if (shown.better === 'lower' && shown.naive > 0)
		return `${where} its error was ${percent(1 - shown.value / shown.naive, 0, locale)} less than that of ${name}: ${model} against ${naive}`;
	return `${where}: ${figureName(shown.name).toLowerCase()} ${model}; ${name}, ${naive}`;
}

/** `The band held 79% of 270 days; it should hold 80%.`; empty where there is no interval. */
export function coverageSentence(
	{ promised, held, count }: Backtest['coverage'],
	what = 'days',
	locale?: string,
): string {
	if (!Number.isFinite(promised) || !Number.isFinite(held)) return '';
	return `The band held ${percent(held, 0, locale)} of ${number(count, 0, locale)} ${what}; it should hold ${percent(promised, 0, locale)}.`;
}

/** Whether a figure reached what the project was founded on: `reached`, `missed`, or nothing. */
export function targetWords({ value, target, better }: Figure): string {
	if (!Number.isFinite(target)) return '';
	return (better === 'lower' ? value <= target : value >= target) ? 'reached' : 'missed';
}
