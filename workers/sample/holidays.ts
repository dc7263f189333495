import { type CategoryColumn, categories, numbers } from '$workers/table/column';
import type { HolidayTable } from '$workers/table/bookings';
import { table } from '$workers/table/table';
import { civilDay, weekday, yearOf } from './calendar';

/** A feast of the invented town: its days, and what it multiplies leisure trips by. */
export interface Holiday {
	readonly name: string;
	readonly day: number;
	readonly lift: number;
}

const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/** Every holiday from `from` to `to` (excluded), in order. */
export function holidaysBetween(from: number, to: number): Holiday[] {
	const years = Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, i) => yearOf(from) + i);
	return years.flatMap(holidaysOf).filter(({ day }) => day >= from && day < to);
}

export function holidayTable(holidays: readonly Holiday[]): HolidayTable {
	const name: CategoryColumn = categories(holidays.map((holiday) => holiday.name));
	return table({ day: numbers(Int32Array.from(holidays, ({ day }) => day)), name });
}

function holidaysOf(year: number): Holiday[] {
	const regatta = nth(year, 7, SATURDAY, 3);
	const harvest = nth(year, 11, THURSDAY, 4);
	return [
		...run('New Year', civilDay(year, 1, 1), 2, 1.8),
		...run('Spring weekend', nth(year, 4, SATURDAY, 2), 3, 1.7),
		...run('May Monday', nth(year, 5, MONDAY, 1) - 2, 3, 1.5),
		...run('Regatta', regatta - 1, 3, 1.9),
		...run('Late summer Monday', nth(year, 8, MONDAY, 4) - 2, 3, 1.4),
		...run('Harvest feast', harvest, 3, 1.6),
		...run('Midwinter', civilDay(year, 12, 24), 8, 1.9),
	];
}

function run(name: string, first: number, days: number, lift: number): Holiday[] {
	return Array.from({ length: days }, (_, i) => ({ name, day: first + i, lift }));
}

/** The `count`th such weekday of a month. */
function nth(year: number, month: number, wanted: number, count: number): number {
	const first = civilDay(year, month, 1);
	return first + ((wanted - weekday(first) + 7) % 7) + 7 * (count - 1);
}
