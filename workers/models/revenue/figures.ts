import type { Backtest, Figure } from '$lib/contracts/insight';
import { intervalCoverage, wape } from '$workers/metrics';
import type { CivilDay } from '$workers/table/civil';
import { type DayForecast, type Interval, intervalsOn } from '../on-the-books/intervals';

/** Days of which single days are measured; totals go further. */
const DAILY = 30;
export const TOTALS = [30, 60, 90] as const;

export interface OriginErrors {
	readonly origin: CivilDay;
	readonly mape30d: number;
	readonly wape30d: number;
	/** Absolute relative errors of totals. */
	readonly t30: number;
	readonly t60: number;
	readonly t90: number;
}
const ERRORS = ['wape30d', 'mape30d', 't30', 't60', 't90'] as const;
export type RevenueFigures = Readonly<Record<(typeof ERRORS)[number], number>>;

/**
 * Errors of the forecasts made at each origin: daily over 30 days, and of totals. Days without
 * revenue have no relative error and are left out of `mape30d`.
 */
export function errorsAt(
	all: readonly DayForecast[],
	origins: readonly CivilDay[],
): OriginErrors[] {
	return origins.map((origin) => {
		const own = all.filter(({ made }) => made === origin);
		const daily = own.filter(({ ahead }) => ahead <= DAILY);
		const busy = daily.filter(({ truth }) => truth > 0);
		const [t30, t60, t90] = TOTALS.map((days) => totalError(own, days)) as [number, number, number];
		return {
			origin,
			wape30d: wape(truths(daily), forecasts(daily)),
			mape30d:
				busy.reduce((sum, one) => sum + Math.abs(one.forecast / one.truth - 1), 0) / busy.length,
			t30,
			t60,
			t90,
		};
	});
}

function totalError(own: readonly DayForecast[], days: number): number {
	const taken = own.filter(({ ahead }) => ahead <= days);
	return Math.abs(total(forecasts(taken)) / total(truths(taken)) - 1);
}

export const truths = (all: readonly DayForecast[]) => all.map(({ truth }) => truth);
export const forecasts = (all: readonly DayForecast[]) => all.map(({ forecast }) => forecast);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Means over the origins. A RangeError where a figure is not a number. */
export function meansOf(errors: readonly OriginErrors[]): RevenueFigures {
	return Object.fromEntries(
		ERRORS.map((name) => {
			const mean = total(errors.map((one) => one[name])) / errors.length;
			if (!Number.isFinite(mean))
				throw new RangeError(`${name} is not a number: a month of the backtest has no revenue`);
			return [name, mean];
		}),
	) as RevenueFigures;
}

/** What the project was founded on. */
const TARGETS: Partial<Record<(typeof ERRORS)[number], number>> = { mape30d: 0.15 };

export interface Side {
	readonly errors: readonly OriginErrors[];
	readonly means: RevenueFigures;
}

export function sideOf(all: readonly DayForecast[], origins: readonly CivilDay[]): Side {
	const errors = errorsAt(all, origins);
	return { errors, means: meansOf(errors) };
}

/** Intervals of every origin, from what was known of errors then: how many held the truth. */
export function coverageAt(
	all: readonly DayForecast[],
	origins: readonly CivilDay[],
): Backtest['coverage'] {
	const days = origins.flatMap((origin) => {
		const own = all.filter(({ made }) => made === origin);
		const intervals = intervalsOn(all, origin, own);
		return own.map((one, i) => ({ one, interval: intervals[i] as Interval }));
	});
	const held = intervalCoverage(
		days.map(({ one }) => one.truth),
		days.map(({ interval }) => interval.low),
		days.map(({ interval }) => Math.min(interval.high, Number.MAX_VALUE)),
	);
	return { promised: 0.8, held, count: days.length };
}

/**
 * The card's backtest. `shown` is what the answer shows where that is not `model` (books that are
 * cut): its figures are there too, and it is what must beat the baseline.
 */
export function backtestOf(
	model: Side,
	naive: Side,
	coverage: Backtest['coverage'],
	calendar?: Side,
): Backtest {
	const figures = ERRORS.map((name) => figure(name, model.means[name], naive.means[name], name));
	const beside = calendar
		? ERRORS.map((name) => {
				const title = `calendar${name[0]?.toUpperCase()}${name.slice(1)}`;
				return figure(title, calendar.means[name], naive.means[name], name);
			})
		: [];
	const shown = calendar ?? model;
	return {
		protocol: 'rolling-origin',
		naive: 'same-weekday-last-year',
		figures: [...figures, ...beside],
		beatsNaive: shown.means.wape30d < naive.means.wape30d,
		points: model.errors.map((one, i) => ({
			at: one.origin,
			model: one.wape30d,
			naive: (naive.errors[i] as OriginErrors).wape30d,
		})),
		coverage,
		rows: coverage.count,
	};
}

function figure(
	name: string,
	value: number,
	naive: number,
	target: (typeof ERRORS)[number],
): Figure {
	return { name, value, naive, target: TARGETS[target] ?? Number.NaN, better: 'lower' };
}
