import { describe, expect, it } from 'vitest';
import {
	addYears,
	civilDate,
	dayOfYear,
	easter,
	holidayCountries,
	holidaysOf,
	month,
	orthodoxEaster,
	weekOfYear,
	weekday,
	yearOf,
} from '$workers/table/calendar';
import { civilDay, parseCivilDay } from '$workers/table/civil';
import { nameAt } from '$workers/table/column';

const days = (count: number, from: number) => Array.from({ length: count }, (_, i) => from + i);
const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** `date name` of each holiday of a year. */
function listOf(country: string, year: number): string[] {
	const { count, columns } = holidaysOf(country, civilDay(year, 1, 1), civilDay(year + 1, 1, 1));
	return Array.from({ length: count }, (_, row) => {
		const day = columns.day.values[row] as number;
		return `${iso(day)} ${nameAt(columns.name, row)}`;
	});
}

describe('names of a civil day', () => {
	const all = days(300 * 365, civilDay(1900, 1, 1));

	it('agree with the platform for every day of three centuries', () => {
		const wrong = all.filter((day) => {
			const date = new Date(day * 86_400_000);
			const { year, month: inMonth, day: ofMonth } = civilDate(day);
			return (
				year !== date.getUTCFullYear() ||
				inMonth !== date.getUTCMonth() + 1 ||
				ofMonth !== date.getUTCDate() ||
				weekday(day) !== date.getUTCDay()
			);
		});
		expect(wrong).toEqual([]);
	});

	it('go back to the day', () => {
		const back = (day: number) => {
			const { year, month: inMonth, day: ofMonth } = civilDate(day);
			return civilDay(year, inMonth, ofMonth);
		};
		expect(all.filter((day) => back(day) !== day)).toEqual([]);
	});

	it('number days and weeks of the year by ISO 8601', () => {
		// Python: datetime.date(...).isocalendar()
		const weeks = { '2015-12-31': 53, '2016-01-03': 53, '2016-01-04': 1, '2018-12-31': 1 };
		for (const [text, week] of Object.entries(weeks))
			expect(weekOfYear(parseCivilDay(text)), text).toBe(week);
		expect(dayOfYear(parseCivilDay('2016-12-31'))).toBe(366);
		expect(month(parseCivilDay('2016-12-31'))).toBe(12);
		expect(yearOf(parseCivilDay('2016-12-31'))).toBe(2016);
	});

	it('keep the date over years, but for 29 February', () => {
		expect(iso(addYears(parseCivilDay('2016-03-01'), -1))).toBe('2015-03-01');
		expect(iso(addYears(parseCivilDay('2016-02-29'), 1))).toBe('2017-02-28');
		expect(iso(addYears(parseCivilDay('2016-02-29'), 4))).toBe('2020-02-29');
	});
});

describe('Easter', () => {
	const years = days(31, 2000);

	it('falls on the Sundays of 2000 to 2030', () => {
		// python-dateutil: [easter(y) for y in range(2000, 2031)]
		const known =
			'04-23 04-15 03-31 04-20 04-11 03-27 04-16 04-08 03-23 04-12 04-04 04-24 04-08 03-31 04-20 04-05 03-27 04-16 04-01 04-21 04-12 04-04 04-17 04-09 03-31 04-20 04-05 03-28 04-16 04-01 04-21';
		expect(years.map((year) => iso(easter(year)).slice(5)).join(' ')).toBe(known);
	});

	it('falls on the Orthodox Sundays of 2000 to 2030', () => {
		// python-dateutil: [easter(y, 2) for y in range(2000, 2031)] (EASTER_ORTHODOX)
		const known =
			'04-30 04-15 05-05 04-27 04-11 05-01 04-23 04-08 04-27 04-19 04-04 04-24 04-15 05-05 04-20 04-12 05-01 04-16 04-08 04-28 04-19 05-02 04-24 04-16 05-05 04-20 04-12 05-02 04-16 04-08 04-28';
		expect(years.map((year) => iso(orthodoxEaster(year)).slice(5)).join(' ')).toBe(known);
	});
});

describe('public holidays', () => {
	it('of Portugal leave out those that were suspended from 2013 to 2015', () => {
		expect(listOf('PT', 2015)).toEqual([
			'2015-01-01 New Year',
			'2015-02-17 Carnival',
			'2015-04-03 Good Friday',
			'2015-04-05 Easter Sunday',
			'2015-04-25 Freedom Day',
			'2015-05-01 Labour Day',
			'2015-06-10 Portugal Day',
			'2015-08-15 Assumption',
			'2015-12-08 Immaculate Conception',
			'2015-12-25 Christmas',
		]);
		expect(listOf('PT', 2016)).toHaveLength(14);
		expect(listOf('PT', 2016)).toContain('2016-05-26 Corpus Christi');
	});

	it('of the United States move to the nearest workday', () => {
		expect(listOf('US', 2021)).toEqual([
			'2021-01-01 New Year',
			'2021-01-18 Martin Luther King Day',
			"2021-02-15 Presidents' Day",
			'2021-05-31 Memorial Day',
			'2021-06-18 Juneteenth (observed)',
			'2021-06-19 Juneteenth',
			'2021-07-04 Independence Day',
			'2021-07-05 Independence Day (observed)',
			'2021-09-06 Labor Day',
			'2021-10-11 Columbus Day',
			'2021-11-11 Veterans Day',
			'2021-11-25 Thanksgiving',
			'2021-12-24 Christmas (observed)',
			'2021-12-25 Christmas',
			// New Year 2022 was a Saturday.
			'2021-12-31 New Year (observed)',
		]);
	});

	it('of the United Kingdom move on one after the other', () => {
		expect(listOf('GB', 2021).slice(-4)).toEqual([
			'2021-12-25 Christmas',
			'2021-12-26 Boxing Day',
			'2021-12-27 Christmas (observed)',
			'2021-12-28 Boxing Day (observed)',
		]);
		expect(listOf('GB', 2022).slice(-3)).toEqual([
			'2022-12-25 Christmas',
			'2022-12-26 Boxing Day',
			'2022-12-27 Christmas (observed)',
		]);
	});

	it.each([
		['AU', '2025-06-09'],
		['CA', '2025-05-19'],
		['DK', '2023-05-05'],
		['FI', '2025-11-01'],
		['GR', '2025-03-03'],
		['IE', '2025-10-27'],
		['JP', '2025-09-23'],
		['JP', '2025-05-06'],
		['NL', '2025-04-26'],
		['NZ', '2022-01-04'],
		['SE', '2025-06-21'],
		['SG', '2023-01-02'],
	])('of %s hold %s', (country, date) => {
		const found = listOf(country, Number(date.slice(0, 4)));
		expect(found.map((holiday) => holiday.slice(0, 10))).toContain(date);
	});

	it('stand in order and within what was asked for, in every country', () => {
		const from = civilDay(2015, 6, 15);
		const to = civilDay(2018, 2, 1);
		for (const country of holidayCountries) {
			const found = Array.from(holidaysOf(country, from, to).columns.day.values);
			expect(found, country).toEqual(found.toSorted((a, b) => a - b));
			expect(found.every((day) => day >= from && day < to)).toBe(true);
			expect(found.length).toBeGreaterThan(10);
		}
	});

	it('are none where a country is not known', () => {
		expect(holidaysOf('XX', 0, 1000).count).toBe(0);
	});
});
