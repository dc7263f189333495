/** What may stand in a cell. A number is written as it is; NaN and `null` leave the cell empty. */
export type CsvValue = string | number | null;

const LINE_END = '\r\n';
/** A whole number or a decimal one, as a text: never a formula. */
const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;
/**
 * The places at which a spreadsheet could see a formula begin: at the start of the text or of a line,
 * or after a tab or a semicolon (the cells of other dialects), behind blanks and what is not seen; in
 * each width of the four characters.
 */
const FORMULA =
	/(?:^|[\r\n\t;])(?=(?:(?![\r\n\t])[\s\p{C}])*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])/gu;

/**
 * A table as CSV (RFC 4180): commas, CRLF, quotes where they are needed. A text that a spreadsheet
 * would run as a formula gets an apostrophe before it (OWASP, "CSV injection"); numbers are left
 * alone.
 *
 * @param header names of the columns
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
	return [header, ...rows].map((row) => row.map(cellOf).join(',') + LINE_END).join('');
}

/** The same as a file. */
export const csvFile = (...table: Parameters<typeof toCsv>): Blob =>
	new Blob([toCsv(...table)], { type: 'text/csv' });

function cellOf(value: CsvValue): string {
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
	return quoted(defused(value ?? ''));
}

/** The text with an apostrophe wherever a formula could begin, so that it is shown and not run. */
export function defused(text: string): string {
	if (NUMBER.test(text)) return text;
	// Some programs skip a tab or a line end at the start, and run what follows.
	return text.replace(FORMULA, "$&'").replace(/^(?=[\t\r])/, "'");
}

const quoted = (text: string): string =>
	/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
