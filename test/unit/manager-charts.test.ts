import { describe, expect, it } from 'vitest';
import { budgetMonths, fromLastYear } from '$lib/ui/manager/budget';
import { columnsRead, missingFields, withField, withTable } from '$lib/ui/manager/mapping';
import { forecastReadout, forecastSheet } from '$lib/ui/charts/forecast';
import { monthGrid, weekdayNames, weekdayOf } from '$lib/ui/charts/month';
import {
	bandPath,
	dayTicks,
	heatStep,
	linear,
	linePath,
	niceTicks,
	spread,
	wrapped,
} from '$lib/ui/charts/scale';
import { ladder } from '$lib/ui/charts/waterfall';
import { currencyName, moneyFull, moneyShort, moneyUnit, numberShort } from '$lib/ui/words/units';
import type { FileLook, Mapping } from '$lib/contracts/bring';

const EN = 'en-US';
const GB = 'en-GB';
const day = (year: number, month: number, date: number): number =>
	Date.UTC(year, month - 1, date) / 86_400_000;

describe('ticks of a value axis', () => {
	it('are round, enclose the data and are at most five', () => {
		expect(niceTicks(0, 17_000)).toEqual([0, 5000, 10_000, 15_000, 20_000]);
		expect(niceTicks(0, 0.36, 3)).toEqual([0, 0.2, 0.4]);
		expect(niceTicks(-3, 8)).toEqual([-5, 0, 5, 10]);
	});

	it('hold these promises for every range', () => {
		for (let low = -1000; low <= 1000; low += 137)
			for (const width of [1e-4, 0.3, 7, 99, 12_345, 1e9]) {
				const ticks = niceTicks(low, low + width);
				expect(ticks.length).toBeLessThanOrEqual(5);
				expect(ticks[0]).toBeLessThanOrEqual(low + width * 1e-6);
				expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + width * (1 - 1e-6));
			}
	});

	it('stand for a flat, empty or unknown range too', () => {
		expect(niceTicks(0, 0)).toEqual([0, 0.25, 0.5, 0.75, 1]);
		expect(niceTicks(7, 7).length).toBeGreaterThan(1);
		expect(niceTicks(NaN, 3)).toEqual([0, 1]);
	});
});

describe('ticks of a day axis', () => {
	it('are days, weeks or four weeks apart, as there is room', () => {
		const from = day(2026, 2, 16);
		const labels = (most: number): string[] =>
			dayTicks(from, day(2026, 8, 10), most, GB).map(({ label }) => label);
		expect(labels(7)).toEqual(['16 Feb', '16 Mar', '13 Apr', '11 May', '8 Jun', '6 Jul', '3 Aug']);
		expect(labels(4)).toEqual(['16 Feb', '13 Apr', '8 Jun', '3 Aug']);
		expect(dayTicks(from, from, 5, GB)).toEqual([{ day: from, label: '16 Feb' }]);
	});

	it('are the firsts of months over a long time, January with its year', () => {
		const ticks = dayTicks(day(2025, 9, 12), day(2026, 9, 1), 12, EN);
		expect(ticks.map(({ label }) => label)).toEqual([
			...['Oct', 'Nov', 'Dec', 'Jan 2026', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep'],
		]);
	});
});

describe('places and paths', () => {
	it('map a range to pixels, and an empty one to its middle', () => {
		expect(linear(0, 10, 100, 0)(2.5)).toBe(75);
		expect(linear(3, 3, 0, 100)(3)).toBe(50);
	});

	it('draw lines with a gap where a value is missing, and closed bands', () => {
		const points = [1, NaN, 3, 4].map((y, x) => ({ x, y }));
		expect(linePath(points)).toBe('M0.0 1.0M2.0 3.0L3.0 4.0');
		expect(bandPath([{ x: 0, y: 1 }], [{ x: 0, y: 2 }])).toBe('M0.0 1.0L0.0 2.0Z');
		expect(bandPath([], [])).toBe('');
	});

	it('move labels apart without changing their order, inside the picture', () => {
		const moved = spread([50, 48, 52, 98], 17, 0, 100);
		const order = [1, 0, 2, 3].map((index) => moved[index] ?? NaN);
		order.slice(1).forEach((place, index) => {
			expect(place - (order[index] ?? 0)).toBeGreaterThanOrEqual(17 - 1e-9);
		});
		expect(Math.max(...moved)).toBeLessThanOrEqual(100);
		expect(spread([10, 60], 17, 0, 100)).toEqual([10, 60]);
	});

	it('break words into lines and shares into steps', () => {
		expect(wrapped('Same week last year', 14)).toEqual(['Same week last', 'year']);
		expect([0, 0.38, 0.64, 0.8, 1].map((share) => heatStep(share, [0.38, 0.5, 0.65, 0.8]))).toEqual(
			[0, 1, 2, 4, 4],
		);
	});
});

describe('a ladder from a base to its total', () => {
	it('adds up, and cuts a base that would dwarf its parts', () => {
		const rungs = ladder({ label: 'base', value: 38_200 }, [
			{ label: 'season', value: 4900 },
			{ label: 'late', value: -1400 },
		]);
		expect(rungs.total).toBe(41_700);
		expect(rungs.steps.map(({ to }) => to)).toEqual([38_200, 43_100, 41_700]);
		expect(rungs.cut).toBe(true);
		expect(rungs.floor).toBeGreaterThan(0);
		expect(rungs.floor).toBeLessThan(38_200);
	});

	it('begins at zero where the parts are as large as the base, and below it where the sum is', () => {
		expect(ladder({ label: 'base', value: 8 }, [{ label: 'books', value: 6 }])).toMatchObject({
			cut: false,
			floor: 0,
		});
		expect(ladder({ label: 'base', value: 2 }, [{ label: 'a', value: -5 }]).floor).toBe(-3);
		expect(ladder({ label: 'base', value: 0 }, [])).toMatchObject({ total: 0, cut: false });
	});
});

describe('a month of prices', () => {
	it('begins on Monday and has every day once', () => {
		const grid = monthGrid(day(2026, 6, 13));
		expect(grid).toHaveLength(5);
		expect(grid[0]?.[0]).toBe(day(2026, 6, 1));
		const days = grid.flat().filter((one) => one !== undefined);
		expect(days).toEqual(Array.from({ length: 30 }, (_, index) => day(2026, 6, 1) + index));
		expect(weekdayOf(day(2026, 6, 13))).toBe(5);
		expect(weekdayNames('short', EN)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
	});
});

describe('short amounts', () => {
	it('read calmly in the reader’s locale', () => {
		expect([15_000, 4900, 320, 1_250_000, 0].map((value) => moneyShort(value, 'USD', EN))).toEqual([
			'$15k',
			'$4.9k',
			'$320',
			'$1.25M',
			'$0',
		]);
		expect(moneyShort(-1400, 'EUR', EN)).toBe('−€1.4k');
		expect(moneyShort(1400, 'points', EN)).toBe('1.4k');
		expect(moneyShort(NaN, 'USD', EN)).toBe('–');
		expect(numberShort(12_345, EN)).toBe('12.3k');
	});

	it('have the narrow sign wherever one reads, and a name for a sentence', () => {
		expect(moneyFull(132, 'USD', GB)).toBe('$132');
		expect(moneyFull(8.5, 'USD', EN)).toBe('$8.50');
		expect(moneyFull(46_800.4, 'USD', EN)).toBe('$46,800');
		expect(currencyName('USD', EN)).toBe('US dollars');
		expect(currencyName('coins', EN)).toBe('coins');
	});
});

describe('a forecast as a table and point by point', () => {
	const past = [{ day: day(2026, 5, 4), value: 10_300 }];
	const forecast = [
		{
			day: day(2026, 5, 11),
			value: 10_600,
			low: 9800,
			high: 11_400,
			onBooks: 9600,
			budget: 11_000,
		},
	];
	const unit = moneyUnit('USD', EN);

	it('has a column for all there is', () => {
		const sheet = forecastSheet(past, forecast, unit, 'Week from', GB);
		expect(sheet.columns.map(({ name }) => name)).toEqual([
			...['Week from', 'Was', 'Forecast', '8 in 10', 'On the books', 'Budget'],
		]);
		expect(sheet.rows).toEqual([
			['4 May', '$10,300', '', '', '', ''],
			['11 May', '', '$10,600', '$9,800 to $11,400', '$9,600', '$11,000'],
		]);
	});

	it('reads a point out', () => {
		const [first] = past;
		const [next] = forecast;
		expect(first && forecastReadout(first, unit, 'day', GB)).toBe('4 May: $10,300');
		expect(next && forecastReadout(next, unit, 'week', GB)).toBe(
			'Week from 11 May: forecast $10,600, 8 in 10: $9,800 to $11,400, $9,600 on the books, budget $11,000',
		);
	});
});

describe('a budget', () => {
	const months = budgetMonths(day(2026, 11, 20), {
		first: [day(2025, 11, 1), day(2026, 1, 1)],
		revenue: [1000, 2043],
	});

	it('has twelve months over the turn of the year, each with the year before', () => {
		expect(months).toHaveLength(12);
		expect(months.slice(0, 3).map(({ key }) => key)).toEqual(['2026-11', '2026-12', '2027-01']);
		expect(months.slice(0, 3).map(({ lastYear }) => lastYear)).toEqual([1000, NaN, 2043]);
	});

	it('fills months from last year and leaves the others', () => {
		expect(fromLastYear(months, { '2026-12': 5 }, 10)).toEqual({
			'2026-11': 1100,
			'2026-12': 5,
			'2027-01': 2250,
		});
	});
});

describe('matching columns', () => {
	const field = (name: string, required = false) =>
		({ field: name, required, kind: 'text' }) as const;
	const look = {
		fields: {
			bookings: [field('property', true), field('arrives_on', true), field('nights')],
			properties: [field('key', true), field('property')],
			daily: [],
			engagement: [],
			reviews: [],
			features: [],
		},
	} as unknown as FileLook;
	const mapping: Mapping = {
		source: 'other',
		table: 'bookings',
		columns: { property: ['unit'] },
		extras: ['meal', 'arrival'],
	};

	it('says what is needed still, with its choices', () => {
		expect(missingFields(look, mapping)).toEqual([
			['arrives_on'],
			['departs_on', 'nights'],
			['nightly_price', 'total'],
		]);
	});

	it('takes a column for one purpose, and back', () => {
		const matched = withField(mapping, 'arrives_on', ['arrival']);
		expect(matched.columns).toEqual({ property: ['unit'], arrives_on: ['arrival'] });
		expect(matched.extras).toEqual(['meal']);
		expect(columnsRead(matched)).toBe(3);
		expect(withField(matched, 'arrives_on', []).columns).toEqual({ property: ['unit'] });
	});

	it('keeps fields that another kind of table has too', () => {
		const moved = withTable(look, withField(mapping, 'nights', ['n']), 'properties');
		expect(moved.table).toBe('properties');
		expect(moved.columns).toEqual({ property: ['unit'] });
	});
});
