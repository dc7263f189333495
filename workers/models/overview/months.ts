import { month, yearOf } from '$workers/table/calendar';
import { civilDay } from '$workers/table/civil';

/** A span of whole months: `from` to `to` (excluded), civil days. */
export interface Months {
	readonly from: number;
	readonly to: number;
}

/** The last whole months before a day. */
export function lastWholeMonths(day: number, count: number): Months {
	const to = firstOfMonth(yearOf(day), month(day));
	return { from: monthsBefore(to, count), to };
}

/** The first day of the month that lies `count` months before that of a day. */
export function monthsBefore(day: number, count: number): number {
	const months = yearOf(day) * 12 + month(day) - 1 - count;
	return firstOfMonth(Math.floor(months / 12), (months % 12) + 1);
}

const firstOfMonth = (year: number, inYear: number) => civilDay(year, inYear, 1);
