import { dayOfYear, weekday } from '$workers/table/calendar';
import type { CivilDay } from '$workers/table/civil';
import type { Curves } from './curves';
import { curvesOn, meanOutcome } from './curves';
import type { Ledger, Outcomes } from './ledger';
import { LOOK_BACK, type Snapshot, snapshotOn } from './snapshot';

/** Days of a year that fall on the same weekday. */
export const YEAR = 364;
/** Days around a target day that smooth what was a year ago. */
const AROUND = 7;
const NEAR = 3;
const WIDE = 10;
/** Usual value a day: of the last eight weeks. */
const USUAL = 56;
const RECENT = 28;

export interface RowFeature {
	readonly name: string;
	/** Group under which its share is told. */
	readonly group: FeatureGroup;
}

export type FeatureGroup =
	'season' | 'weekday' | 'holidays' | 'last-year' | 'level' | 'on-the-books' | 'pace' | 'series';

/** Features of a day ahead as seen from a day, in this order. Money and counts stand in usual days. */
export const ROW_FEATURES: readonly RowFeature[] = [
	feature('days_ahead', 'season'),
	feature('day_of_week', 'weekday'),
	feature('day_of_year', 'season'),
	feature('holiday', 'holidays'),
	feature('days_to_holiday', 'holidays'),
	feature('series', 'series'),
	feature('last_year', 'last-year'),
	feature('last_year_ma_15d', 'last-year'),
	feature('last_year_relative', 'last-year'),
	feature('growth_on_last_year', 'level'),
	feature('level', 'level'),
	feature('ma_28d', 'level'),
	feature('same_weekday_ma_8w', 'weekday'),
	feature('on_books', 'on-the-books'),
	feature('on_books_count', 'on-the-books'),
	feature('on_books_expected', 'on-the-books'),
	feature('on_books_kept_share', 'on-the-books'),
	feature('on_books_average', 'on-the-books'),
	feature('pickup_7d', 'pace'),
	feature('pickup_14d', 'pace'),
	feature('pickup_28d', 'pace'),
	feature('expected_ma_7d', 'on-the-books'),
	feature('expected_ma_21d', 'on-the-books'),
	feature('day_before', 'on-the-books'),
	feature('day_after', 'on-the-books'),
	feature('week_before', 'on-the-books'),
	feature('week_after', 'on-the-books'),
	feature('usual_pickup', 'pace'),
	feature('usual_pickup_weekday', 'weekday'),
	feature('usual_growth', 'pace'),
	feature('last_year_on_books', 'pace'),
	feature('last_year_pickup_ma_15d', 'pace'),
	feature('on_books_ma_15d', 'on-the-books'),
	feature('pace_on_last_year', 'pace'),
	feature('all_pickup_7d', 'pace'),
	feature('all_pickup_28d', 'pace'),
	feature('books_and_pickup', 'on-the-books'),
];

function feature(name: string, group: FeatureGroup): RowFeature {
	return { name, group };
}

/** What is known on every day: the history, and holidays (in order). */
export interface Known {
	readonly ledger: Ledger;
	readonly outcomes: Outcomes;
	readonly holidays: Int32Array;
}

/** Rows of one day: for each series, for each day ahead from 1 to `horizon`. */
export interface DayRows {
	readonly day: CivilDay;
	readonly horizon: number;
	/** As `ROW_FEATURES`; each `series · horizon` long. */
	readonly columns: readonly Float64Array[];
	/** On the books and not cancelled. */
	readonly onBooks: Float64Array;
	/** On the books, less what is usually cancelled. */
	readonly expected: Float64Array;
	/** What usually still comes. */
	readonly pickup: Float64Array;
	/** The same day of last year, brought to this year's level; without books. */
	readonly calendar: Float64Array;
	/** The same weekday of last year; of the last week known where there is none. */
	readonly naive: Float64Array;
	/** A usual day of the series; more than 0. */
	readonly scale: Float64Array;
}

/**
 * All that can be said on the evening of `day` of the days after it: bookings made and cancellations
 * received up to it, and arrivals up to it. Nothing later is read.
 */
export function rowsOn(known: Known, day: CivilDay, horizon: number): DayRows {
	const { ledger, outcomes } = known;
	const reach = horizon + WIDE;
	const curves = curvesOn(ledger, outcomes, day, reach);
	const now = snapshotOn(ledger, day, reach, curves);
	const yearAgo =
		day - YEAR >= ledger.first - horizon / 2 ? snapshotOn(ledger, day - YEAR, reach) : undefined;
	const rows = ledger.seriesCount * horizon;
	const fill = () => new Float64Array(rows);
	const columns = ROW_FEATURES.map(fill);
	const parts = {
		onBooks: fill(),
		expected: fill(),
		pickup: fill(),
		calendar: fill(),
		naive: fill(),
		scale: fill(),
	};
	const floor = scaleFloor(known, day);
	for (let series = 0; series < ledger.seriesCount; series++) {
		const past = pastOf(outcomes, series, day, floor);
		const view: View = { known, day, series, curves, now, yearAgo, past, horizon };
		const totals = LOOK_BACK.map((_, i) => totalPickup(view, i));
		for (let ahead = 1; ahead <= horizon; ahead++) {
			const row = series * horizon + ahead - 1;
			const at = series * (reach + 1) + ahead;
			parts.onBooks[row] = now.value[at] as number;
			parts.expected[row] = now.expected[at] as number;
			parts.pickup[row] = curves.pickup[at] as number;
			parts.calendar[row] = calendarOf(view, day + ahead);
			parts.naive[row] = naiveOf(outcomes, series, day, day + ahead);
			parts.scale[row] = past.usual;
			featuresOf(view, ahead, totals).forEach((value, i) => {
				(columns[i] as Float64Array)[row] = value;
			});
		}
	}
	return { day, horizon, columns, ...parts };
}

interface Past {
	readonly usual: number;
	readonly usualLastYear: number;
	readonly recent: number;
	/** Mean of each weekday over the last eight weeks. */
	readonly byWeekday: readonly number[];
}

interface View {
	readonly known: Known;
	readonly day: CivilDay;
	readonly series: number;
	readonly curves: Curves;
	readonly now: Snapshot;
	readonly yearAgo: Snapshot | undefined;
	readonly past: Past;
	readonly horizon: number;
}

/** A series without arrivals of late still needs a scale: a hundredth of the usual one. */
function scaleFloor({ ledger, outcomes }: Known, day: CivilDay): number {
	let sum = 0;
	for (let series = 0; series < ledger.seriesCount; series++)
		sum += Math.max(0, meanOutcome(outcomes, series, ledger.first, day));
	return Math.max(1e-6, sum / ledger.seriesCount / 100);
}

function pastOf(outcomes: Outcomes, series: number, day: CivilDay, floor: number): Past {
	const before = day - YEAR;
	const byWeekday = Array.from({ length: 7 }, (_, week) => {
		let sum = 0;
		let count = 0;
		for (let past = day - USUAL + 1; past <= day; past++)
			if (past >= outcomes.first && weekday(past) === week) {
				sum += outcomeAt(outcomes, series, past);
				count++;
			}
		return count ? sum / count : Number.NaN;
	});
	return {
		usual: Math.max(floor, meanOutcome(outcomes, series, day - USUAL + 1, day)),
		usualLastYear: Math.max(floor, meanOutcome(outcomes, series, before - USUAL + 1, before)),
		recent: meanOutcome(outcomes, series, day - RECENT + 1, day),
		byWeekday,
	};
}

/** NaN before the first day and after the last. */
export function outcomeAt(
	{ first, days, values }: Outcomes,
	series: number,
	day: CivilDay,
): number {
	if (day < first || day - first >= days) return Number.NaN;
	return values[series * days + day - first] as number;
}

/** In the order of `ROW_FEATURES`. */
function featuresOf(view: View, ahead: number, totals: readonly number[]): number[] {
	const { known, day, series, curves, now, yearAgo, past } = view;
	const { outcomes } = known;
	const scaled = (value: number) => value / past.usual;
	const target = day + ahead;
	const week = weekday(target);
	const at = series * (now.reach + 1) + ahead;
	const value = now.value[at] as number;
	const expected = now.expected[at] as number;
	const count = now.count[at] as number;
	const lastYear = outcomeAt(outcomes, series, target - YEAR);
	const lastYearAround = meanAround(outcomes, series, target - YEAR, AROUND);
	const around = meanAhead(now, now.value, series, ahead, AROUND);
	const booksLastYear = yearAgo ? (yearAgo.value[at] as number) : Number.NaN;
	const booksLastYearAround = yearAgo
		? meanAhead(yearAgo, yearAgo.value, series, ahead, AROUND)
		: Number.NaN;
	const pickup = curves.pickup[at] as number;
	const neighbour = (step: number) =>
		ahead + step > 0
			? (now.expected[at + step] as number)
			: outcomeAt(outcomes, series, target + step);
	return [
		ahead,
		week,
		dayOfYear(target),
		...holidayFeatures(known.holidays, target),
		series,
		scaled(lastYear),
		scaled(lastYearAround),
		lastYearAround / past.usualLastYear,
		Math.log(past.usual / past.usualLastYear),
		Math.log(past.usual),
		scaled(past.recent),
		scaled(past.byWeekday[week] as number),
		scaled(value),
		count,
		scaled(expected),
		value > 0 ? expected / value : Number.NaN,
		count > 0 ? value / count : Number.NaN,
		...now.before.map((sums) => scaled(value - (sums[at] as number))),
		scaled(meanAhead(now, now.expected, series, ahead, NEAR)),
		scaled(meanAhead(now, now.expected, series, ahead, WIDE)),
		scaled(neighbour(-1)),
		scaled(neighbour(1)),
		scaled(neighbour(-7)),
		scaled(neighbour(7)),
		scaled(pickup),
		scaled(curves.pickupByWeekday[(series * 7 + week) * (now.reach + 1) + ahead] as number),
		curves.growth[at] as number,
		scaled(booksLastYear),
		scaled(lastYearAround - booksLastYearAround),
		scaled(around),
		Math.log((around + 0.02 * past.usual) / (booksLastYearAround + 0.02 * past.usual)),
		scaled(totals[0] as number),
		scaled(totals[2] as number),
		scaled(expected + pickup),
	];
}

/** What came onto the books of the whole horizon in the last days, a day of it. */
function totalPickup({ now, series, horizon }: View, lookBack: number): number {
	const before = now.before[lookBack] as Float64Array;
	let sum = 0;
	for (let ahead = 1; ahead <= horizon; ahead++) {
		const at = series * (now.reach + 1) + ahead;
		sum += (now.value[at] as number) - (before[at] as number);
	}
	return sum / horizon;
}

/** The same days of last year in this year's level; where there are none, the same weekdays of late. */
function calendarOf({ known, series, past, day }: View, target: CivilDay): number {
	const week = past.byWeekday[weekday(target)] as number;
	const usualWeek = Number.isFinite(week) ? week / past.usual : 1;
	const lastYear = meanAround(known.outcomes, series, target - YEAR, AROUND);
	if (!Number.isFinite(lastYear) || day - YEAR < known.ledger.first + RECENT)
		return usualWeek * past.usual;
	const growth = Math.min(2, Math.max(0.5, past.usual / past.usualLastYear));
	return lastYear * growth * usualWeek;
}

function naiveOf(outcomes: Outcomes, series: number, day: CivilDay, target: CivilDay): number {
	const lastYear = outcomeAt(outcomes, series, target - YEAR);
	if (Number.isFinite(lastYear)) return lastYear;
	const lastWeek = outcomeAt(outcomes, series, target - 7 * Math.ceil((target - day) / 7));
	return Number.isFinite(lastWeek) ? lastWeek : 0;
}

function meanAround(outcomes: Outcomes, series: number, day: CivilDay, width: number): number {
	return day < outcomes.first
		? Number.NaN
		: meanOutcome(outcomes, series, day - width, day + width);
}

/** Mean over the days around one ahead, as far as they are ahead too. */
function meanAhead(
	{ reach }: Snapshot,
	sums: Float64Array,
	series: number,
	ahead: number,
	width: number,
): number {
	const low = Math.max(1, ahead - width);
	const high = Math.min(reach, ahead + width);
	let sum = 0;
	for (let i = low; i <= high; i++) sum += sums[series * (reach + 1) + i] as number;
	return sum / (high - low + 1);
}

/** NaN where no holidays are known. */
function holidayFeatures(holidays: Int32Array, day: CivilDay): [number, number] {
	if (holidays.length === 0) return [Number.NaN, Number.NaN];
	let low = 0;
	let high = holidays.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((holidays[middle] as number) < day) low = middle + 1;
		else high = middle;
	}
	const after = (holidays[low] ?? Number.POSITIVE_INFINITY) - day;
	const before = day - (holidays[low - 1] ?? Number.NEGATIVE_INFINITY);
	return [after === 0 ? 1 : 0, after <= before ? Math.min(after, 30) : Math.max(-before, -30)];
}
