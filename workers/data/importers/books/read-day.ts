import { type CivilDay, civilDay } from '$workers/table/civil';
import { isMissing } from './missing';
import { NOT_READ } from './read-number';

/** How a file writes its dates where that can be read in two ways. */
export interface DayOrder {
	/** 01/02 is 1 February; undefined where nobody has said. */
	readonly dayFirst?: boolean | undefined;
}

/** Read in place of a day where its order decides and nobody has said which it is. */
export const AMBIGUOUS = Number.POSITIVE_INFINITY;

const LONGEST = 64;
/** Civil days of Excel's serial numbers: 1 is 1900-01-01, and its 29 February 1900 never was. */
const EXCEL_EPOCH = -25_569;
const EARLIEST_SERIAL = 20_000;
const LATEST_SERIAL = 80_000;
const DAY_SECONDS = 86_400;

/**
 * A civil day as files write it: `2025-02-28`, `2025/2/28`, `20250228`, `28.02.2025`, `2/28/2025`,
 * `28 Feb 2025`, `February 28, 2025`, an Excel serial, seconds or milliseconds since 1970. A time
 * behind it is left out. NaN for an empty cell, `NOT_READ` for a day that no calendar has,
 * `AMBIGUOUS` for one that can be read in two ways while nobody said which.
 */
export function readDay(text: string, { dayFirst }: DayOrder): CivilDay {
	if (isMissing(text)) return Number.NaN;
	if (text.length > LONGEST) return NOT_READ;
	const day = numericDay(text, dayFirst) ?? namedDay(text) ?? NOT_READ;
	return Number.isNaN(day) ? NOT_READ : day;
}

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ,].*)?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,].*)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

function numericDay(text: string, dayFirst: boolean | undefined): number | undefined {
	const compact = COMPACT.exec(text);
	if (compact && Number(compact[1]) >= 1900 && Number(compact[1]) < 2200)
		return civilDay(Number(compact[1]), Number(compact[2]), Number(compact[3]));
	const parts = YEAR_FIRST.exec(text);
	if (parts) return civilDay(Number(parts[1]), Number(parts[3]), Number(parts[4]));
	const turned = YEAR_LAST.exec(text);
	if (turned) return yearLast(turned, dayFirst);
	return /^\d+(?:\.\d+)?$/.test(text) ? countedDay(Number(text)) : undefined;
}

function yearLast(parts: RegExpExecArray, dayFirst: boolean | undefined): number {
	const [, first = '', mark = '', second = '', year = ''] = parts;
	const full = year.length === 2 ? 2000 + Number(year) : Number(year);
	// Points stand between day, month and year alone.
	const order = mark === '.' ? true : dayFirst;
	const asDayFirst = civilDay(full, Number(second), Number(first));
	const asMonthFirst = civilDay(full, Number(first), Number(second));
	if (order !== undefined) return order ? asDayFirst : asMonthFirst;
	if (Number.isNaN(asDayFirst)) return asMonthFirst;
	if (Number.isNaN(asMonthFirst) || asDayFirst === asMonthFirst) return asDayFirst;
	return AMBIGUOUS;
}

/** Excel's serial, or an instant since 1970 in seconds or milliseconds. */
function countedDay(count: number): number {
	if (count >= EARLIEST_SERIAL && count < LATEST_SERIAL) return Math.floor(count) + EXCEL_EPOCH;
	if (count >= 1e8 && count < 7e9) return Math.floor(count / DAY_SECONDS);
	if (count >= 1e11 && count < 7e12) return Math.floor(count / (DAY_SECONDS * 1000));
	return Number.NaN;
}

/** First letters of months as bookings are exported in English, German, French, Spanish, Italian,
 * Portuguese and Dutch; accents are gone by then. */
const MONTHS: readonly RegExp[] = [
	/^(?:jan|ene|gen)/,
	/^(?:feb|fev|fevr)/,
	/^(?:mar|mrz|maerz|maart|mrt)/,
	/^(?:apr|avr|abr)/,
	/^(?:may|mai|mag|mei)/,
	/^(?:jun|juin|giu)/,
	/^(?:jul|juil|lug)/,
	/^(?:aug|aou|ago)/,
	/^(?:sep|set)/,
	/^(?:oct|okt|ott|out)/,
	/^(?:nov)/,
	/^(?:dec|dez|dic|des)/,
];

/** The month that a word or number names, 1 to 12; NaN for anything else. */
export function readMonth(text: string): number {
	if (/^\d{1,2}$/.test(text)) return Number(text);
	const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
	const month = MONTHS.findIndex((pattern) => pattern.test(plain));
	return month < 0 ? Number.NaN : month + 1;
}

const DAY_MONTH =
	/^(?:\p{L}+\.?,? +)?(\d{1,2})(?:st|nd|rd|th|\.)?[ -](?:de )?(\p{L}{3,})\.?,?[ -](?:de )?(\d{4})(?:\D.*)?$/u;
const MONTH_DAY = /^(?:\p{L}+\.?, +)?(\p{L}{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:\D.*)?$/u;

function namedDay(text: string): number | undefined {
	const european = DAY_MONTH.exec(text);
	if (european)
		return civilDay(Number(european[3]), readMonth(european[2] ?? ''), Number(european[1]));
	const american = MONTH_DAY.exec(text);
	if (american)
		return civilDay(Number(american[3]), readMonth(american[1] ?? ''), Number(american[2]));
	return undefined;
}
