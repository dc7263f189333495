import Papa from 'papaparse';
import { type Place, fileFault, withPlace } from './file-fault';

/** Rows as they come; fields are arrays, never objects, so a column may have any name. */
export interface CsvBatch {
	readonly header: readonly string[];
	readonly delimiter: string;
	/** Number of the first of `rows`; 1 is the first row after the header. */
	readonly firstRow: number;
	readonly rows: readonly (readonly string[])[];
	/** Those of `rows` in which text follows a closing quote. */
	readonly malformed: ReadonlySet<readonly string[]>;
}

const MAX_COLUMNS = 512;
/** Characters in one row; a field so long is an open quote or no listing. */
const MAX_ROW = 2_000_000;
const LONGEST_NAME = 60;
const DELIMITERS = [',', ';', '\t'];

/**
 * CSV (RFC 4180, with `,`, `;` or tab) as it comes, parsed by Papa Parse batch by batch. Blank
 * lines are left out and not counted. Text needs `\n` line ends.
 *
 * @throws FaultError ColumnsTooMany, FieldTooLong, QuoteUnterminated, with row and column; what
 * `texts` throws, with the row and column reached
 */
export async function* readCsv(texts: AsyncIterable<string>): AsyncGenerator<CsvBatch> {
	const reader = new Reader();
	try {
		for await (const text of texts) yield* reader.take(text);
	} catch (error) {
		throw withPlace(error, reader.reached());
	}
	yield* reader.finish();
}

interface Parsed {
	readonly data: string[][];
	readonly errors: readonly { readonly code: string; readonly row: number }[];
	readonly meta: { readonly cursor: number };
}

class Reader {
	#rest = '';
	#delimiter = '';
	#header: readonly string[] | null = null;
	#nextRow = 1;

	*take(text: string): Generator<CsvBatch> {
		this.#rest += text;
		if (!this.#readyToSplit()) return;
		const parsed = this.#parse(this.#rest, true);
		const batch = this.#batch(parsed);
		if (batch) yield batch;
		this.#rest = this.#rest.slice(parsed.meta.cursor);
		if (this.#rest.length > MAX_ROW) throw this.#rowTooLong();
	}

	*finish(): Generator<CsvBatch> {
		const parsed = this.#parse(this.#rest, false);
		const open = parsed.errors.some((error) => error.code === 'MissingQuotes');
		if (open) throw quoteUnterminated(this.#placeOfLast(parsed));
		const batch = this.#batch(parsed);
		if (batch) yield batch;
	}

	/** Row and column of the last character read. */
	reached(): Place {
		return this.#rest || this.#header
			? this.#placeOfLast(this.#parse(this.#rest, false))
			: { row: 0 };
	}

	#readyToSplit(): boolean {
		if (this.#delimiter !== '' || this.#rest.length > MAX_ROW) return true;
		return this.#rest.trimStart().includes('\n');
	}

	#parse(text: string, more: boolean): Parsed {
		this.#delimiter ||= likelyDelimiter(text);
		const parser = new Papa.Parser({ delimiter: this.#delimiter, newline: '\n' });
		return parser.parse(text, 0, more) as Parsed;
	}

	#batch(parsed: Parsed): CsvBatch | null {
		const malformed = new Set<readonly string[]>();
		for (const error of parsed.errors) {
			const row = parsed.data[error.row];
			if (row) malformed.add(row);
		}
		const rows = parsed.data.filter((row) => !isBlank(row));
		this.#header ??= this.#readHeader(rows.shift(), malformed);
		if (!this.#header) return null;
		const firstRow = this.#nextRow;
		this.#refuseOpenQuote(rows, malformed);
		this.#nextRow += rows.length;
		return { header: this.#header, delimiter: this.#delimiter, firstRow, rows, malformed };
	}

	#readHeader(
		row: string[] | undefined,
		malformed: ReadonlySet<readonly string[]>,
	): readonly string[] | null {
		if (!row) return null;
		if (malformed.has(row)) throw quoteUnterminated({ row: 0, column: nameOf([], row.length - 1) });
		if (row.length > MAX_COLUMNS) throw columnsTooMany();
		return row.map((name) => name.trim());
	}

	/** A quote left open ends at the next one: text follows that, and the row is not as wide as others. */
	#refuseOpenQuote(rows: readonly string[][], malformed: ReadonlySet<readonly string[]>): void {
		if (malformed.size === 0) return;
		rows.forEach((row, i) => {
			if (!malformed.has(row)) return;
			const column = row.findIndex((field) => field.includes('"') && /[\n,;\t]/.test(field));
			if (column < 0 || (row.length === this.#header?.length && !row[column]?.includes('\n')))
				return;
			throw quoteUnterminated({ row: this.#nextRow + i, column: this.#name(column) });
		});
	}

	#rowTooLong() {
		const parsed = this.#parse(this.#rest, false);
		const last = parsed.data.at(-1) ?? [];
		if (!this.#header && last.length > MAX_COLUMNS) return columnsTooMany();
		const open = parsed.errors.some((error) => error.code === 'MissingQuotes');
		const place = this.#placeOfLast(parsed);
		if (open && last.at(-1)?.includes('\n')) return quoteUnterminated(place);
		return fileFault(
			'FieldTooLong',
			'A field is longer than any of a table.',
			'Check the file at that row; a quote may be missing.',
			place,
		);
	}

	#placeOfLast(parsed: Parsed): Place {
		const rows = parsed.data.filter((row, i) => i === parsed.data.length - 1 || !isBlank(row));
		const row = this.#header ? this.#nextRow + rows.length - 1 : rows.length - 1;
		const header = this.#header ?? rows[0] ?? [];
		const column = (rows.at(-1)?.length ?? 1) - 1;
		return { row: Math.max(0, row), column: nameOf(header, column) };
	}

	#name(column: number): string {
		return nameOf(this.#header ?? [], column);
	}
}

const isBlank = (row: readonly string[]) => row.length === 1 && row[0]?.trim() === '';

/** The column's name as the header has it; its number where it has none. */
export function nameOf(header: readonly string[], column: number): string {
	return header[column]?.slice(0, LONGEST_NAME) || String(column + 1);
}

/** The one that is most frequent in the first line that is not blank, quotes aside. */
function likelyDelimiter(text: string): string {
	const line = /\S[^\n]*/.exec(text.slice(0, 65_536))?.[0].replace(/"[^"]*"/g, '') ?? '';
	const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
	return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

const columnsTooMany = () =>
	fileFault(
		'ColumnsTooMany',
		`The header has more than ${MAX_COLUMNS} columns.`,
		'Open a file with fewer columns.',
		{ row: 0, column: String(MAX_COLUMNS + 1) },
	);

const quoteUnterminated = (place: Place) =>
	fileFault(
		'QuoteUnterminated',
		'A quotation mark is opened and not closed.',
		'Close it in that row, or download the file again.',
		place,
	);
