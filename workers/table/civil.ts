/** Civil dates: whole days since 1970-01-01 in the proleptic Gregorian calendar, no time zone. */
export type CivilDay = number;

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads `2025-02-28` (a time after `T` or a blank is left out). NaN for anything else: other orders
 * of day and month are ambiguous, and `new Date` would turn 30 February into 2 March. Years from
 * 1900 to 2199.
 */
export function parseCivilDay(text: string): CivilDay {
	const match = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?\s*$/.exec(text);
	if (!match) return Number.NaN;
	return civilDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The day of a year, month (1 to 12) and day of month; NaN where the calendar has no such day. */
export function civilDay(year: number, month: number, day: number): CivilDay {
	if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > daysInMonth(year, month))
		return Number.NaN;
	// Days from civil, Howard Hinnant, "chrono-compatible low-level date algorithms" (2013).
	const shifted = month <= 2 ? year - 1 : year;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const dayOfEra =
		yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return month === 2 && leap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}
