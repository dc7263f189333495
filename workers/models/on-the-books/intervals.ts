import type { CivilDay } from '$workers/table/civil';
import { groupBy } from './group';
import { type RowsTable, firstRow } from './rows-table';

/** Errors of forecasts for about the same distance ahead are taken together. */
const AROUND_AHEAD = 7;
/** Fewer errors than this say too little: all distances are taken together. */
const FEWEST = 30;

/** Shares of errors below the bounds of the intervals of 8 in 10 and of 5 in 10. */
const BOUNDS = { low: 0.1, lowHalf: 0.25, highHalf: 0.75, high: 0.9 } as const;
export type Bound = keyof typeof BOUNDS;

/** A forecast of a day summed over some series, made on a day before. */
export interface DayForecast {
	readonly made: CivilDay;
	readonly ahead: number;
	readonly forecast: number;
	/** NaN where it is still to come. */
	readonly truth: number;
	/** In what errors are measured, so that those of busy and quiet days can be taken together. */
	readonly spread: number;
}

/** Of each day of the table with a forecast, series summed: `horizon` forecasts each, in order. */
export function dayForecasts(
	rows: RowsTable,
	forecast: Float64Array,
	series: readonly number[],
	spreadOf: (forecast: number, usual: number) => number = midway,
): DayForecast[] {
	return rows.days.flatMap((made, place) => {
		const start = firstRow(rows, place);
		if (Number.isNaN(forecast[start] as number)) return [];
		return Array.from({ length: rows.horizon }, (_, i) => {
			const sum = (values: Float64Array) =>
				series.reduce((all, one) => all + (values[start + one * rows.horizon + i] as number), 0);
			return {
				made,
				ahead: i + 1,
				forecast: sum(forecast),
				truth: sum(rows.truth),
				spread: spreadOf(sum(forecast), sum(rows.parts.scale)),
			};
		});
	});
}

/** Midway between the forecast and a usual day: busy days err by more, and quiet ones not by nothing. */
const midway = (forecast: number, usual: number) => (forecast + usual) / 2;

export type Interval = Readonly<Record<Bound, number>>;

/**
 * Split-conformal intervals (Vovk et al. 2005; Lei et al. 2018) of forecasts made on a day, from the
 * errors of those made before whose day is over. Infinite without any error to learn from.
 */
export function intervalsOn(
	all: readonly DayForecast[],
	today: CivilDay,
	wanted: readonly DayForecast[],
): Interval[] {
	const past = all.filter(({ made, ahead }) => made < today && made + ahead <= today);
	const byAhead = new Map(
		Array.from(
			groupBy(past, ({ ahead }) => ahead),
			([ahead, ones]) => [ahead, errorsOf(ones)],
		),
	);
	const found = new Map<number, Errors>();
	const near = (ahead: number): Errors => {
		const known = found.get(ahead);
		if (known) return known;
		const own: ErrorsAhead[] = [];
		for (let at = ahead - AROUND_AHEAD; at <= ahead + AROUND_AHEAD; at++) {
			const errors = byAhead.get(at);
			if (errors) own.push(errors);
		}
		const enough = own.reduce((sum, { values }) => sum + values.length, 0) >= FEWEST;
		const taken = together(enough ? own : [...byAhead.values()]);
		found.set(ahead, taken);
		return taken;
	};
	return wanted.map((one) => {
		const bound = (share: number) =>
			Math.max(0, one.forecast + one.spread * quantileOf(near(one.ahead), share));
		return {
			low: Math.min(one.forecast, bound(BOUNDS.low)),
			lowHalf: Math.min(one.forecast, bound(BOUNDS.lowHalf)),
			highHalf: Math.max(one.forecast, bound(BOUNDS.highHalf)),
			high: Math.max(one.forecast, bound(BOUNDS.high)),
		};
	});
}

interface Errors {
	readonly sorted: Float64Array;
	/** Weeks in which they were made: those of one week go wrong together. */
	readonly weeks: number;
}

/** Of one distance ahead. */
interface ErrorsAhead {
	readonly values: Float64Array;
	/** First and last day on which they were made. */
	readonly first: CivilDay;
	readonly last: CivilDay;
}

function errorsOf(past: readonly DayForecast[]): ErrorsAhead {
	const values = new Float64Array(past.length);
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	past.forEach(({ forecast, made, spread, truth }, i) => {
		values[i] = (truth - forecast) / spread;
		first = Math.min(first, made);
		last = Math.max(last, made);
	});
	return { values, first, last };
}

function together(parts: readonly ErrorsAhead[]): Errors {
	const sorted = new Float64Array(parts.reduce((sum, { values }) => sum + values.length, 0));
	let filled = 0;
	for (const { values } of parts) {
		sorted.set(values, filled);
		filled += values.length;
	}
	const first = Math.min(...parts.map((part) => part.first));
	const last = Math.max(...parts.map((part) => part.last));
	return { sorted: sorted.sort(), weeks: sorted.length ? (last - first) / 7 + 1 : 0 };
}

/**
 * The quantile of errors with the conformal correction for a new one, `share · (1 + 1 / count)`. What
 * counts is weeks, not days.
 */
function quantileOf({ sorted, weeks }: Errors, share: number): number {
	const { length } = sorted;
	if (length === 0) return share < 0.5 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	const outward = Math.min(1, Math.max(share, 1 - share) * (1 + 1 / weeks));
	const rank = share < 0.5 ? Math.floor((1 - outward) * length) : Math.ceil(outward * length) - 1;
	return sorted[Math.min(length - 1, Math.max(0, rank))] as number;
}

/** Normal quantile of the upper bound of an interval of 8 in 10. */
const EIGHT_IN_TEN = 1.2816;
/** Relative error of a total before any is known; weighs as one total that did not overlap. */
const PRIOR_ERROR = 0.1;

/**
 * Relative error that the total of the first `days` days is within 8 times in 10, from totals
 * forecast before whose days are over. Totals made in one stretch of `days` days overlap, so that
 * they count as few.
 */
export function totalMargin(all: readonly DayForecast[], today: CivilDay, days: number): number {
	const totals = groupBy(
		all.filter(({ made, ahead }) => made + days <= today && ahead <= days),
		({ made }) => made,
	);
	const errors = [...totals.values()]
		.map((ones) => {
			const truth = ones.reduce((sum, one) => sum + one.truth, 0);
			const forecast = ones.reduce((sum, one) => sum + one.forecast, 0);
			return forecast > 0 ? truth / forecast - 1 : Number.NaN;
		})
		.filter(Number.isFinite);
	const made = [...totals.keys()];
	const apart = made.length
		? Math.max(1, ((made.at(-1) as number) - (made[0] as number)) / days + 1)
		: 0;
	const mean = errors.reduce((sum, error) => sum + error * error, 0) / (errors.length || 1);
	const square = (mean * apart + PRIOR_ERROR ** 2) / (apart + 1);
	return EIGHT_IN_TEN * Math.sqrt(square * (1 + 1 / (apart + 1)));
}
