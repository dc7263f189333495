import type { ColumnCells } from './column-cells';
import { type Hash64, hash64, mix64 } from './hash64';
import { isMissing } from './missing';

/**
 * Identity of rows, 64 bits each: what makes importing a file again double nothing. With a key it is
 * the hash of `source:key`; without one the hash of the row's cells under their columns' names, and
 * the row's ordinal among equal rows of the file, since equal rows may be real.
 */
export class RowIdentities {
	readonly #columns: readonly CellHashes[];
	readonly #seen = new Map<number, number>();
	readonly #source: Hash64;
	#high = 0;
	#low = 0;

	constructor(source: string, columns: readonly ColumnCells[]) {
		this.#source = hash64(source);
		this.#columns = columns.map((cells) => new CellHashes(cells));
	}

	update(): void {
		for (const column of this.#columns) column.update();
	}

	/**
	 * The identity of a row by its cells, and how often an equal row came before. Columns may stand in
	 * any order: their hashes are summed.
	 */
	ofRow(row: number): Hash64 & { readonly ordinal: number } {
		this.#high = this.#source.high;
		this.#low = this.#source.low;
		for (const column of this.#columns) {
			const code = column.cells.codes[row] as number;
			this.#high = (this.#high + (column.high[code] as number)) | 0;
			this.#low = (this.#low + (column.low[code] as number)) | 0;
		}
		const { high, low } = mix64(this.#high, this.#low);
		const ordinal = this.#countOf(high, low);
		const own = ordinal === 0 ? { high, low } : mix64(high + ordinal, low ^ ordinal);
		return { ...own, ordinal };
	}

	/** The identity of a key, and how often the same key came before. */
	ofKey(key: string): Hash64 & { readonly ordinal: number } {
		const hash = hash64(key);
		return { ...hash, ordinal: this.#countOf(hash.high, hash.low) };
	}

	#countOf(high: number, low: number): number {
		// 53 of the 64 bits: a clash costs an ordinal, never an identity.
		const key = high * 0x200000 + (low >>> 11);
		const before = this.#seen.get(key) ?? 0;
		this.#seen.set(key, before + 1);
		return before;
	}
}

/** The hashes of a column's different cells; a missing one adds nothing. */
class CellHashes {
	readonly cells: ColumnCells;
	high = new Uint32Array(64);
	low = new Uint32Array(64);
	readonly #column: Hash64;
	#known = 0;
	#generation = 0;

	constructor(cells: ColumnCells) {
		this.cells = cells;
		this.#column = hash64(cells.name);
	}

	update(): void {
		const { names, generation } = this.cells;
		if (generation !== this.#generation) this.#known = 0;
		this.#generation = generation;
		if (names.length > this.high.length) this.#grow(names.length * 2);
		for (; this.#known < names.length; this.#known++) {
			const name = names[this.#known] as string;
			const { high, low } = isMissing(name) ? { high: 0, low: 0 } : this.#hash(name);
			this.high[this.#known] = high;
			this.low[this.#known] = low;
		}
	}

	#hash(name: string): Hash64 {
		const own = hash64(name);
		return mix64(own.high ^ this.#column.high, own.low ^ this.#column.low);
	}

	#grow(length: number): void {
		const [high, low] = [new Uint32Array(length), new Uint32Array(length)];
		high.set(this.high);
		low.set(this.low);
		this.high = high;
		this.low = low;
	}
}
