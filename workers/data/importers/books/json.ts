import { booksFault } from './books-fault';
import type { RowBatch } from './rows';

const MAX_COLUMNS = 512;
/** Characters in one object. */
const MAX_OBJECT = 2_000_000;
/** Objects within objects; a table has none, an export a few. */
const MOST_DEEP = 64;

/**
 * Rows of a JSON array of flat objects, or of one object a line. Numbers stay the text that they are
 * written with, so that long ids keep their digits; values within values are passed over. Names are
 * never keys of an object here, so `__proto__` is a column like any other.
 *
 * The columns are those of the objects that were read first.
 *
 * @throws FaultError JsonDamaged, ColumnsTooMany; and what `texts` throws
 */
export async function* readJson(texts: AsyncIterable<string>): AsyncGenerator<RowBatch> {
	const reader = new JsonRows();
	for await (const text of texts) yield* reader.take(text);
	reader.finish();
}

class JsonRows {
	#rest = '';
	#header: readonly string[] | null = null;
	#placeOf = new Map<string, number>();
	#nextRow = 1;
	#state: 'before' | 'within' | 'after' = 'before';
	#inArray = false;

	*take(text: string): Generator<RowBatch> {
		this.#rest += text;
		const objects = this.#objects();
		if (this.#rest.length > MAX_OBJECT) throw damaged('an object is too long', this.#nextRow);
		if (objects.length > 0) yield this.#batch(objects);
	}

	finish(): void {
		const open = this.#inArray && this.#state !== 'after';
		if (this.#rest.trim() !== '' || open) throw damaged('it ends in the middle', this.#nextRow);
	}

	/** Whole objects at the beginning of the text; what follows them is kept for later. */
	#objects(): Map<string, string>[] {
		const text = this.#rest;
		const objects: Map<string, string>[] = [];
		let at = 0;
		for (;;) {
			const start = this.#nextObject(text, at);
			if (start < 0) {
				this.#rest = '';
				return objects;
			}
			const end = endOfValue(text, start);
			if (end === TOO_DEEP) throw damaged('it is nested too deep', this.#nextRow + objects.length);
			if (end < 0) {
				this.#rest = text.slice(start);
				return objects;
			}
			objects.push(readObject(text.slice(start, end), this.#nextRow + objects.length));
			at = end;
		}
	}

	/** Where the next object starts; -1 where there is none yet. */
	#nextObject(text: string, from: number): number {
		for (let at = from; at < text.length; at++) {
			const sign = text[at] as string;
			if (/\s/.test(sign)) continue;
			if (this.#state === 'after') throw damaged('something follows its end', this.#nextRow);
			if (sign === '{') {
				this.#state = 'within';
				return at;
			}
			if (sign === '[' && this.#state === 'before') {
				this.#inArray = true;
				this.#state = 'within';
			} else if (sign === ']' && this.#inArray) this.#state = 'after';
			else if (sign !== ',' || this.#state !== 'within')
				throw damaged('it is not a list of objects', this.#nextRow);
		}
		return -1;
	}

	#batch(objects: readonly Map<string, string>[]): RowBatch {
		this.#header ??= this.#readHeader(objects);
		const header = this.#header;
		const rows = objects.map((object) => {
			const row = new Array<string>(header.length).fill('');
			for (const [name, value] of object) {
				const place = this.#placeOf.get(name);
				if (place !== undefined) row[place] = value;
			}
			return row;
		});
		const firstRow = this.#nextRow;
		this.#nextRow += rows.length;
		return { header, firstRow, rows, malformed: new Set() };
	}

	#readHeader(objects: readonly Map<string, string>[]): readonly string[] {
		for (const object of objects)
			for (const name of object.keys())
				if (!this.#placeOf.has(name)) this.#placeOf.set(name, this.#placeOf.size);
		if (this.#placeOf.size > MAX_COLUMNS)
			throw booksFault(
				'ColumnsTooMany',
				`The objects have more than ${MAX_COLUMNS} different names.`,
				'Open a file of flat objects with fewer names.',
				{ row: 1 },
			);
		return [...this.#placeOf.keys()];
	}
}

const TOO_DEEP = -2;

/** Behind the object, list, text or word that starts here; -1 where it is not whole yet. */
function endOfValue(text: string, start: number): number {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		const sign = text.charCodeAt(at);
		if (sign === QUOTE) {
			at = endOfText(text, at) - 1;
			if (at < 0) return -1;
		} else if (sign === OPEN_BRACE || sign === OPEN_BRACKET) {
			if (++depth > MOST_DEEP) return TOO_DEEP;
		} else if (sign === CLOSE_BRACE || sign === CLOSE_BRACKET) depth--;
		if (depth <= 0) return at + 1;
	}
	return -1;
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = Array.from(
	'"\\{}[]',
	(sign) => sign.charCodeAt(0),
) as [number, number, number, number, number, number];

/** Behind the closing quotation mark; 0 where there is none yet. */
function endOfText(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		const sign = text.charCodeAt(at);
		if (sign === BACKSLASH) at++;
		else if (sign === QUOTE) return at + 1;
	}
	return 0;
}

const WORD = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[\s,}\]])/y;
const GAP = /\s*/y;

/** Names and values of an object, values as text; the last of equal names stands. */
function readObject(text: string, row: number): Map<string, string> {
	const object = new Map<string, string>();
	let at = skipGap(text, 1);
	if (text[at] === '}') return object;
	for (;;) {
		const nameEnd = text[at] === '"' ? endOfText(text, at) : 0;
		if (nameEnd === 0) throw damaged('a name is missing', row);
		const name = unquote(text.slice(at, nameEnd), row);
		at = skipGap(text, nameEnd);
		if (text[at] !== ':') throw damaged('a colon is missing', row);
		const from = skipGap(text, at + 1);
		at = endOfCell(text, from, row);
		object.set(name, cellOf(text.slice(from, at), row));
		at = skipGap(text, at);
		if (text[at] === '}') return object;
		if (text[at] !== ',') throw damaged('a comma is missing', row);
		at = skipGap(text, at + 1);
	}
}

function endOfCell(text: string, from: number, row: number): number {
	if ('"{['.includes(text[from] ?? ' ')) return endOfValue(text, from);
	WORD.lastIndex = from;
	if (!WORD.test(text)) throw damaged('a value is none of JSON’s', row);
	return WORD.lastIndex;
}

function cellOf(text: string, row: number): string {
	if (text.startsWith('"')) return unquote(text, row);
	return text === 'null' || text.startsWith('{') || text.startsWith('[') ? '' : text;
}

function unquote(text: string, row: number): string {
	try {
		return JSON.parse(text) as string;
	} catch {
		throw damaged('a text is not written as JSON wants it', row);
	}
}

function skipGap(text: string, from: number): number {
	GAP.lastIndex = from;
	GAP.test(text);
	return GAP.lastIndex;
}

const damaged = (why: string, row: number) =>
	booksFault(
		'JsonDamaged',
		`This JSON cannot be read as a table: ${why}.`,
		'Export it again as a list of flat objects, or as CSV.',
		{ row },
	);
