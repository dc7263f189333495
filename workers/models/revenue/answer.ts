import type { Estimate, RevenueAnswer, Share } from '$lib/contracts/insight';
import { type Known, YEAR, outcomeAt } from '$workers/features/books';
import { civilDate } from '$workers/table/calendar';
import { type CivilDay, civilDay } from '$workers/table/civil';
import { type DayForecast, intervalsOn, totalMargin } from '../on-the-books/intervals';
import type { Protocol } from '../on-the-books/protocol';
import { type RowsTable, firstRow } from '../on-the-books/rows-table';
import { TOTALS } from './figures';

const PAST_DAYS = 365;
const MONTHS = 12;

interface Parts {
	readonly known: Known;
	readonly protocol: Protocol;
	readonly rows: RowsTable;
	/** Forecasts of the side that is shown, those of the last look at the end. */
	readonly shown: readonly DayForecast[];
	readonly naive: readonly DayForecast[];
	readonly knows: RevenueAnswer['knows'];
	readonly why: readonly Share[];
}

export function answerOf({
	known,
	protocol,
	rows,
	shown,
	naive,
	knows,
	why,
}: Parts): RevenueAnswer {
	const { end, first } = protocol;
	const own = shown.filter(({ made }) => made === end);
	const intervals = intervalsOn(shown, end, own);
	const onBooks = sumOfSeries(rows, rows.parts.onBooks, rows.days.length - 1);
	const bound = (name: keyof (typeof intervals)[number]) =>
		Float64Array.from(intervals, (interval) => interval[name]);
	const pastFrom = Math.max(first, end - PAST_DAYS + 1);
	const pastDays = Int32Array.from({ length: end - pastFrom + 1 }, (_, i) => pastFrom + i);
	return {
		origin: end + 1,
		forecast: {
			ds: Int32Array.from(own, ({ made, ahead }) => made + ahead),
			yhat: Float64Array.from(own, ({ forecast }) => forecast),
			yhat_lower: bound('low'),
			yhat_upper: bound('high'),
			lowerHalf: bound('lowHalf'),
			upperHalf: bound('highHalf'),
		},
		onBooks,
		past: {
			days: pastDays,
			revenue: Float64Array.from(pastDays, (day) => revenueOn(known, day)),
		},
		totals: TOTALS.map((days) => ({
			days,
			total: totalOf(shown, end, days),
			onBooks: onBooks.subarray(0, days).reduce((sum, value) => sum + value, 0),
			lastYear: revenueBetween(known, first, end + 1 - YEAR, days),
			naive: totalOf(naive, end, days).value,
		})),
		why,
		knows,
		months: monthsBefore(known, first, end),
	};
}

/** The same days as last year or the usual, and what the calendar adds. */
export function calendarWhy(
	known: Known,
	{ end }: Protocol,
	shown: readonly DayForecast[],
	days: number,
): Share[] {
	const { value } = totalOf(shown, end, days);
	let usual = 0;
	for (let day = end - USUAL_DAYS + 1; day <= end; day++) usual += revenueOn(known, day);
	const base = Math.max(0, (usual / USUAL_DAYS) * days) || 0;
	return [
		{ feature: 'base', share: base },
		{ feature: 'season', share: value - base },
	];
}
const USUAL_DAYS = 56;

function totalOf(shown: readonly DayForecast[], end: CivilDay, days: number): Estimate {
	const value = shown
		.filter(({ made, ahead }) => made === end && ahead <= days)
		.reduce((sum, one) => sum + one.forecast, 0);
	const margin = totalMargin(shown, end, days) * value;
	return { value, low: Math.max(0, value - margin), high: value + margin };
}

function sumOfSeries(rows: RowsTable, values: Float64Array, place: number): Float64Array {
	return Float64Array.from({ length: rows.horizon }, (_, i) => {
		let sum = 0;
		for (let series = 0; series < rows.seriesCount; series++)
			sum += values[firstRow(rows, place) + series * rows.horizon + i] as number;
		return sum;
	});
}

function revenueOn({ ledger, outcomes }: Known, day: CivilDay): number {
	let sum = 0;
	for (let series = 0; series < ledger.seriesCount; series++)
		sum += outcomeAt(outcomes, series, day) || 0;
	return sum;
}

/** NaN where some of the days are before the first. */
function revenueBetween(known: Known, first: CivilDay, from: CivilDay, days: number): number {
	if (from < first) return Number.NaN;
	let sum = 0;
	for (let day = from; day < from + days; day++) sum += revenueOn(known, day);
	return sum;
}

/** The last twelve whole months, fewer where there is no more. */
function monthsBefore(known: Known, first: CivilDay, end: CivilDay): RevenueAnswer['months'] {
	const after = civilDate(end + 1);
	const starts = Array.from({ length: MONTHS + 1 }, (_, i) => {
		const months = after.year * 12 + after.month - 1 - MONTHS + i;
		return civilDay(Math.floor(months / 12), (months % 12) + 1, 1);
	});
	const whole = starts.slice(0, -1).filter((start) => start >= first);
	const revenue = whole.map((start) => {
		const next = starts[starts.indexOf(start) + 1] as number;
		return revenueBetween(known, first, start, next - start);
	});
	return { first: Int32Array.from(whole), revenue: Float64Array.from(revenue) };
}
