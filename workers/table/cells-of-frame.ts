import { parseCivilDay } from './civil';

/** How cells of a file of unknown make are read: what stands for nothing, numbers, yes and no. */

const MISSING = new Set(['', 'na', 'n/a', '#n/a', 'null', 'nan', 'none', '?', '-', '\\n', 'nil']);

/** Whether a cell stands for nothing: blank, `NA`, `NULL`, `?` and the like, in any case. */
export const isMissing = (cell: string): boolean =>
	cell === '' || (cell.length < 8 && MISSING.has(cell.trim().toLowerCase()));

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/**
 * A number as files write it: with a sign, an exponent, a currency before it, a percent sign after
 * it, thousands in commas, or a decimal comma. NaN for anything else.
 */
export function parseNumber(cell: string): number {
	const text = cell.trim();
	if (PLAIN.test(text)) return Number(text);
	const bare = text.replace(/^([+-]?)[$€£¥]\s?/, '$1').replace(/\s?%$/, '');
	if (PLAIN.test(bare)) return Number(bare);
	if (THOUSANDS.test(bare)) return Number(bare.replaceAll(',', ''));
	if (DECIMAL_COMMA.test(bare)) return Number(bare.replace(',', '.'));
	return Number.NaN;
}

/** `02134` is a code: as a number it would lose its zero. */
export const isCode = (cell: string): boolean => /^\s*0\d+\s*$/.test(cell);

const YES_NO = [
	['no', 'yes'],
	['false', 'true'],
	['n', 'y'],
	['f', 't'],
] as const;

/** 0 or 1 of the two words that a column is made of; undefined where it is made of others. */
export function yesNoReader(words: ReadonlySet<string>): ((cell: string) => number) | undefined {
	const lower = new Set(Array.from(words, (word) => word.trim().toLowerCase()));
	const pair = YES_NO.find((two) => [...lower].every((word) => two.some((one) => one === word)));
	return pair && ((cell) => Number(cell.trim().toLowerCase() === pair[1]));
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const LONGEST_CALENDAR_WORD = 9;

/** 1 to 12 of an English month, whole or shortened; NaN for anything else. */
export const monthOf = (cell: string): number => calendarPlace(cell, MONTHS);

/** Names in the order of the calendar where all are months or all weekdays, else of the alphabet. */
export function orderLevels(names: readonly string[]): string[] {
	const calendar = [MONTHS, WEEKDAYS].find((words) =>
		names.every((name) => calendarPlace(name, words) > 0),
	);
	if (!calendar) return [...names].sort();
	return [...names].sort((a, b) => calendarPlace(a, calendar) - calendarPlace(b, calendar));
}

function calendarPlace(cell: string, words: readonly string[]): number {
	const text = cell.trim().toLowerCase();
	if (text.length > LONGEST_CALENDAR_WORD || !/^[a-z]+$/.test(text)) return Number.NaN;
	const place = words.indexOf(text.slice(0, 3));
	return place < 0 ? Number.NaN : place + 1;
}

/**
 * One civil day a row from the cells of one ISO date column, or of several columns that make a date
 * together: a year, a month (name or number) and, unless it is the first, a day of the month, in any
 * order. NaN where the cells are no date.
 */
export function daysOfCells(parts: readonly (readonly string[])[]): Float64Array {
	const [first = []] = parts;
	if (parts.length === 1) return Float64Array.from(first, parseCivilDay);
	const [year, month, day] = dateRoles(parts);
	const two = (cell: string) => cell.padStart(2, '0');
	return Float64Array.from(first, (_, row) => {
		const monthCell = month?.[row]?.trim() ?? '';
		const number = monthOf(monthCell);
		const text = Number.isNaN(number) ? monthCell : String(number);
		const dayCell = day ? (day[row]?.trim() ?? '') : '1';
		return parseCivilDay(`${year?.[row]?.trim()}-${two(text)}-${two(dayCell)}`);
	});
}

type Cells = readonly string[];

/** Year by its four digits, month by its names or (of two columns) by its smaller numbers. */
function dateRoles(parts: readonly Cells[]): readonly (Cells | undefined)[] {
	const largest = (cells: Cells) =>
		cells.reduce((most, cell) => Math.max(most, Number(cell) || 0), 0);
	const named = parts.find((cells) => cells.every((cell) => monthOf(cell) > 0));
	const numbered = parts
		.filter((cells) => cells !== named)
		.map((cells) => ({ cells, most: largest(cells) }));
	const year = numbered.find(({ most }) => most > 31)?.cells;
	const rest = numbered.filter(({ cells }) => cells !== year);
	if (named) return [year, named, rest[0]?.cells];
	const [a, b] = rest;
	const turned = a !== undefined && b !== undefined && a.most > 12;
	return turned ? [year, b.cells, a.cells] : [year, a?.cells, b?.cells];
}

/**
 * Names of three columns that make a date together: `…year`, `…month` and `…day…` with the same
 * beginning; undefined where there are none.
 */
export function guessDateParts(names: readonly string[]): readonly string[] | undefined {
	for (const year of names.filter((name) => /year$/i.test(name))) {
		const beginning = year.slice(0, -4).toLowerCase();
		const rest = (name: string) =>
			name.toLowerCase().startsWith(beginning) ? name.slice(beginning.length) : '';
		const month = names.find((name) => /^month$/i.test(rest(name)));
		const day = names.find((name) => /^day(?!s)(?!.*week)/i.test(rest(name)));
		if (month !== undefined && day !== undefined) return [year, month, day];
	}
	return undefined;
}
