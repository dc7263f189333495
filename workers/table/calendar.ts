import { categories, numbers } from './column';
import type { HolidayTable } from './bookings';
import { civilDay, type CivilDay } from './civil';
import { HOLIDAY_RULES, type HolidayRule } from './holiday-rules';
import { table } from './table';

/** Names of dates: day of week, month, year and public holiday of a civil day. */

export interface CivilDate {
	readonly year: number;
	/** 1 to 12. */
	readonly month: number;
	/** Of the month, from 1. */
	readonly day: number;
}

const SUNDAY = 0;
const SATURDAY = 6;

/** The inverse of `civilDay` (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013). */
export function civilDate(of: CivilDay): CivilDate {
	const shifted = of + 719_468;
	const era = Math.floor(shifted / 146_097);
	const dayOfEra = shifted - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra -
			Math.floor(dayOfEra / 1460) +
			Math.floor(dayOfEra / 36_524) -
			Math.floor(dayOfEra / 146_096)) /
			365,
	);
	const dayOfYear =
		dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
	return {
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
	};
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(day: CivilDay): number {
	return (((day + 4) % 7) + 7) % 7;
}

export function yearOf(day: CivilDay): number {
	return civilDate(day).year;
}

/** 1 to 12. */
export function month(day: CivilDay): number {
	return civilDate(day).month;
}

/** 1 on the first of January, 365 or 366 on the last of December. */
export function dayOfYear(day: CivilDay): number {
	return day - civilDay(yearOf(day), 1, 1) + 1;
}

/** Week of ISO 8601, 1 to 53: weeks begin on Monday, and the first one holds the 4th of January. */
export function weekOfYear(day: CivilDay): number {
	const thursday = day + 4 - (weekday(day) || 7);
	return Math.ceil(dayOfYear(thursday) / 7);
}

/** The same date so many years later (earlier if negative); 29 February becomes 28 in a common year. */
export function addYears(day: CivilDay, years: number): CivilDay {
	const { year, month: sameMonth, day: dayOfMonth } = civilDate(day);
	const same = civilDay(year + years, sameMonth, dayOfMonth);
	return Number.isNaN(same) ? civilDay(year + years, 2, 28) : same;
}

/**
 * Easter Sunday of the Gregorian calendar, for any year (the anonymous algorithm of 1876 as given by
 * Meeus, "Astronomical algorithms", 1991, chapter 8).
 */
export function easter(year: number): CivilDay {
	const a = year % 19;
	const b = Math.floor(year / 100);
	const c = year % 100;
	const f = Math.floor((b + 8) / 25);
	const g = Math.floor((b - f + 1) / 3);
	const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
	const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const n = h + l - 7 * m + 114;
	return civilDay(year, Math.floor(n / 31), (n % 31) + 1);
}

/** Easter Sunday of the Orthodox churches, as a Gregorian date (Meeus, the same chapter); 1900 to 2099. */
export function orthodoxEaster(year: number): CivilDay {
	const d = (19 * (year % 19) + 15) % 30;
	const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
	const n = d + e + 114;
	const julianToGregorian = 13;
	return civilDay(year, Math.floor(n / 31), (n % 31) + 1) + julianToGregorian;
}

/** Countries whose holidays are known (ISO 3166 alpha-2). */
export const holidayCountries: readonly string[] = Object.keys(HOLIDAY_RULES);

/**
 * Public holidays of a country (ISO 3166 alpha-2) from one day to another (excluded), in order of time;
 * a day may have two. Computed from rules (`holiday-rules.ts` says what is left out), so that nothing is
 * fetched. Days off in place of a holiday at a weekend are named `… (observed)`. Empty for countries
 * not in `holidayCountries`.
 */
export function holidaysOf(country: string, from: CivilDay, to: CivilDay): HolidayTable {
	const rules = HOLIDAY_RULES[country] ?? [];
	const firstYear = yearOf(from) - 1;
	const years = Array.from({ length: yearOf(to) + 2 - firstYear }, (_, i) => firstYear + i);
	const days = years
		.flatMap((year) => holidaysIn(year, rules))
		.filter(({ day }) => day >= from && day < to)
		.sort((a, b) => a.day - b.day);
	return table({
		day: numbers(Int32Array.from(days, ({ day }) => day)),
		name: categories(days.map(({ name }) => name)),
	});
}

interface Holiday {
	readonly name: string;
	readonly day: CivilDay;
}

function holidaysIn(year: number, rules: readonly HolidayRule[]): Holiday[] {
	const valid = rules.filter((rule) => isInForce(rule, year));
	const days = valid.map((rule) => ({ name: rule.name, day: dayOfRule(rule, year) }));
	const taken = new Set(days.map(({ day }) => day));
	const observed = valid.flatMap((rule, i) => observedDays(rule, days[i] as Holiday, taken));
	return [...days, ...observed];
}

function isInForce({ from = 0, until = Infinity, suspended }: HolidayRule, year: number): boolean {
	const isSuspended = suspended && year >= suspended[0] && year <= suspended[1];
	return year >= from && year <= until && !isSuspended;
}

function dayOfRule({ when, ifSunday = 0 }: HolidayRule, year: number): CivilDay {
	switch (when.kind) {
		case 'date': {
			const day = civilDay(year, when.month, when.day);
			return weekday(day) === SUNDAY ? day + ifSunday : day;
		}
		case 'weekday': {
			const earliest = civilDay(year, when.month, when.day);
			return earliest + ((when.weekday - weekday(earliest) + 7) % 7);
		}
		case 'easter':
			return easter(year) + when.days;
		case 'orthodox easter':
			return orthodoxEaster(year) + when.days;
		case 'equinox':
			return equinox(year, when.month);
	}
}

/**
 * Days on which Japan keeps the equinoxes: the approximation of the Japanese hydrographic department's
 * "Shin-koyomi benricho", 1980 to 2099.
 */
function equinox(year: number, inMonth: 3 | 9): CivilDay {
	const since = year - 1980;
	const base = inMonth === 3 ? 20.8431 : 23.2488;
	return civilDay(year, inMonth, Math.floor(base + 0.242194 * since - Math.floor(since / 4)));
}

/** The day off in place of a holiday that falls on a weekend, where the country gives one. */
function observedDays(
	{ observed }: HolidayRule,
	{ name, day }: Holiday,
	taken: Set<CivilDay>,
): Holiday[] {
	const on = weekday(day);
	const isOff = on === SUNDAY || (on === SATURDAY && observed !== 'after sunday');
	if (!observed || !isOff) return [];
	const instead =
		observed === 'nearest' ? day + (on === SATURDAY ? -1 : 1) : nextWorkday(day, taken);
	taken.add(instead);
	return [{ name: `${name} (observed)`, day: instead }];
}

function nextWorkday(day: CivilDay, taken: ReadonlySet<CivilDay>): CivilDay {
	let next = day + 1;
	while (taken.has(next) || weekday(next) === SUNDAY || weekday(next) === SATURDAY) next++;
	return next;
}
