import type { ColumnCells } from './column-cells';
import { type Hash64, hash64, mix64 } from './hash64';
import { isMissing } from './missing';
import { doubled } from './number-list';
import { readAnyNumber } from './read-number';

/**
 * Identity of rows, 64 bits each: what makes importing a file again double nothing. With a key it is
 * the hash of `source:key`; without one the hash of the row's cells under their columns' names, and
 * the row's ordinal among equal rows of the file, since equal rows may be real.
 */
export class RowIdentities {
	/** Halves of the identity that was asked for last, unsigned. */
	high = 0;
	low = 0;
	readonly #columns: readonly CellHashes[];
	readonly #seen = new Tally();
	readonly #source: Hash64;
	#highs = new Uint32Array(1024);
	#lows = new Uint32Array(1024);

	constructor(source: string, columns: readonly ColumnCells[]) {
		this.#source = hash64(source);
		this.#columns = columns.map((cells) => new CellHashes(cells));
	}

	/** To be called once a batch of so many rows is loaded. */
	update(rows: number): void {
		while (rows > this.#highs.length) {
			this.#highs = doubled(this.#highs);
			this.#lows = doubled(this.#lows);
		}
		this.#highs.fill(this.#source.high, 0, rows);
		this.#lows.fill(this.#source.low, 0, rows);
		for (const column of this.#columns) column.addTo(this.#highs, this.#lows, rows);
	}

	/**
	 * The identity of a row by its cells; hands back how often an equal row came before. Columns may
	 * stand in any order: their hashes are summed.
	 */
	ofRow(row: number): number {
		this.#take(mix64(this.#highs[row] as number, this.#lows[row] as number));
		const ordinal = this.#countOf();
		if (ordinal > 0) this.#take(mix64(this.high + ordinal, this.low ^ ordinal));
		return ordinal;
	}

	/** The identity of a key; hands back how often the same key came before. */
	ofKey(key: string): number {
		this.#take(hash64(key));
		return this.#countOf();
	}

	#take({ high, low }: Hash64): void {
		this.high = high;
		this.low = low;
	}

	#countOf(): number {
		return this.#seen.count(this.high, this.low);
	}
}

/** How often each 64 bits came: a hash table with linear probing, at most half full. */
class Tally {
	#high = new Uint32Array(4096);
	#low = new Uint32Array(4096);
	#counts = new Uint32Array(4096);
	#filled = 0;

	/** Counts one more; hands back how often it came before. */
	count(high: number, low: number): number {
		if (this.#filled * 2 >= this.#counts.length) this.#grow();
		const place = this.#place(high, low);
		const before = this.#counts[place] as number;
		if (before === 0) this.#filled++;
		this.#high[place] = high;
		this.#low[place] = low;
		this.#counts[place] = before + 1;
		return before;
	}

	#place(high: number, low: number): number {
		const mask = this.#counts.length - 1;
		let place = low & mask;
		while (this.#counts[place] !== 0 && (this.#low[place] !== low || this.#high[place] !== high))
			place = (place + 1) & mask;
		return place;
	}

	#grow(): void {
		const [high, low, counts] = [this.#high, this.#low, this.#counts];
		const length = counts.length * 2;
		this.#high = new Uint32Array(length);
		this.#low = new Uint32Array(length);
		this.#counts = new Uint32Array(length);
		counts.forEach((count, old) => {
			if (count === 0) return;
			const place = this.#place(high[old] as number, low[old] as number);
			this.#high[place] = high[old] as number;
			this.#low[place] = low[old] as number;
			this.#counts[place] = count;
		});
	}
}

/** The hashes of a column's different cells; a missing one adds nothing. */
class CellHashes {
	readonly #cells: ColumnCells;
	readonly #column: Hash64;
	#high = new Uint32Array(64);
	#low = new Uint32Array(64);
	#known = 0;
	#generation = 0;

	constructor(cells: ColumnCells) {
		this.#cells = cells;
		this.#column = hash64(cells.name);
	}

	addTo(highs: Uint32Array, lows: Uint32Array, rows: number): void {
		this.#update();
		const { codes } = this.#cells;
		const [high, low] = [this.#high, this.#low];
		for (let row = 0; row < rows; row++) {
			const code = codes[row] as number;
			highs[row] = (highs[row] as number) + (high[code] as number);
			lows[row] = (lows[row] as number) + (low[code] as number);
		}
	}

	#update(): void {
		const { names, generation } = this.#cells;
		if (generation !== this.#generation) this.#known = 0;
		this.#generation = generation;
		while (names.length > this.#high.length) {
			this.#high = doubled(this.#high);
			this.#low = doubled(this.#low);
		}
		for (; this.#known < names.length; this.#known++) {
			const { high, low } = this.#hash(names[this.#known] as string);
			this.#high[this.#known] = high;
			this.#low[this.#known] = low;
		}
	}

	#hash(name: string): Hash64 {
		if (isMissing(name)) return { high: 0, low: 0 };
		// A number is the same however it is written: 300 and 300.00.
		const value = readAnyNumber(name);
		const own = hash64(Number.isFinite(value) ? String(value) : name);
		return mix64(own.high ^ this.#column.high, own.low ^ this.#column.low);
	}
}
