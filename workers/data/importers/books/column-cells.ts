import { detach } from '../cells';

/** No column of the books holds more in one cell; a longer one is an open quote or no table. */
const LONGEST_CELL = 65_536;
/** Different texts remembered of a column before it begins anew. */
const MOST_NAMES = 65_536;
/** Shorter pieces of a text are copies in V8; longer ones hold on to all of it. */
const LONGEST_COPIED = 12;

/** Number of the empty text in every `names`. */
export const EMPTY = 0;

/**
 * The cells of one column, batch by batch: each different text once, rows as numbers of texts. A
 * column of a table has few different cells, so whatever is done with a text is done once for each.
 */
export class ColumnCells {
	readonly name: string;
	/** Different texts, trimmed, the empty one first. */
	names: string[] = [''];
	/** For each row of the batch, the number of its text in `names`. */
	codes: Uint32Array = new Uint32Array(0);
	/** Grows whenever `names` begins anew and older codes mean nothing. */
	generation = 0;
	/** Rows of the batch whose cell is too long to be read; their code is that of the empty text. */
	tooLong: readonly number[] = [];
	readonly #place: number;
	#numberOf = new Map<string, number>([['', EMPTY]]);

	constructor(name: string, place: number) {
		this.name = name;
		this.#place = place;
	}

	load(rows: readonly (readonly string[])[]): void {
		if (this.names.length > MOST_NAMES) this.#beginAnew();
		if (this.codes.length < rows.length) this.codes = new Uint32Array(rows.length);
		const { codes } = this;
		const place = this.#place;
		let last = '';
		let lastCode = EMPTY;
		this.tooLong = [];
		for (let row = 0; row < rows.length; row++) {
			const cell = (rows[row] as readonly string[])[place] ?? '';
			if (cell !== last) {
				lastCode = this.#numberOf.get(cell) ?? this.#add(cell, row);
				last = cell;
			}
			codes[row] = lastCode;
		}
	}

	#add(cell: string, row: number): number {
		if (cell.length > LONGEST_CELL) {
			this.tooLong = [...this.tooLong, row];
			return EMPTY;
		}
		const own = cell.length > LONGEST_COPIED ? (detach([cell])[0] ?? '') : cell;
		const name = own.trim();
		let code = this.#numberOf.get(name);
		if (code === undefined) {
			code = this.names.push(name) - 1;
			this.#numberOf.set(name, code);
		}
		this.#numberOf.set(own, code);
		return code;
	}

	#beginAnew(): void {
		this.names = [''];
		this.#numberOf = new Map([['', EMPTY]]);
		this.generation++;
	}
}

/** What the different cells of a column mean as numbers; each is read once. */
export class Meaning {
	readonly cells: ColumnCells;
	readonly #read: (text: string) => number;
	#values = new Float64Array(64);
	#known = 0;
	#generation = 0;

	constructor(cells: ColumnCells, read: (text: string) => number) {
		this.cells = cells;
		this.#read = read;
	}

	/** To be called once a batch is loaded. */
	update(): void {
		const { names, generation } = this.cells;
		if (generation !== this.#generation) this.#known = 0;
		this.#generation = generation;
		if (names.length > this.#values.length) this.#grow(names.length);
		while (this.#known < names.length)
			this.#values[this.#known] = this.#read(names[this.#known++] as string);
	}

	at(row: number): number {
		return this.#values[this.cells.codes[row] as number] as number;
	}

	#grow(length: number): void {
		const larger = new Float64Array(length * 2);
		larger.set(this.#values);
		this.#values = larger;
	}
}
