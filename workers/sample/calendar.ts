/** Civil days: days since 1970-01-01, whatever the zone. */
const DAY_MS = 86_400_000;

/** `month` counts from 1. */
export function civilDay(year: number, month: number, day: number): number {
	return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** 0 is Sunday; 1970-01-01 was a Thursday. */
export function weekday(day: number): number {
	return (((day + 4) % 7) + 7) % 7;
}

export function yearOf(day: number): number {
	return new Date(day * DAY_MS).getUTCFullYear();
}

/** UTC milliseconds of a civil day's first instant. */
export function instantOf(day: number): number {
	return day * DAY_MS;
}

/** Where in the year a day falls: 0 on the first of January, close to 1 on the last of December. */
export function seasonOf(day: number): number {
	const year = yearOf(day);
	const start = civilDay(year, 1, 1);
	return (day - start) / (civilDay(year + 1, 1, 1) - start);
}
