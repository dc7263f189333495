import type { ColumnCells } from './column-cells';

/** Numbers the different keys of a file, in order of first appearance. */
export class KeyIndex {
	readonly #columns: readonly ColumnCells[];
	readonly #keyOf: (parts: readonly string[]) => string;
	readonly #indexOf = new Map<string, number>();
	#indexOfCodes = new Map<number, number>();
	#generations = 0;

	/** @param keyOf the key of the cells of a row; empty where they hold none */
	constructor(columns: readonly ColumnCells[], keyOf: (parts: readonly string[]) => string) {
		this.#columns = columns;
		this.#keyOf = keyOf;
	}

	get keys(): string[] {
		return [...this.#indexOf.keys()];
	}

	update(): void {
		const generations = this.#columns.reduce((sum, { generation }) => sum + generation, 0);
		if (generations !== this.#generations) this.#indexOfCodes = new Map();
		this.#generations = generations;
	}

	/** The number of a row's key; -1 where the row has none. */
	at(row: number): number {
		// Two columns at most are told apart by the numbers of their cells; more by their texts.
		const [first, second] = this.#columns;
		if (!first || this.#columns.length > 2) return this.#index(row);
		const codes =
			(first.codes[row] as number) * 0x1000000 + (second ? (second.codes[row] as number) : 0);
		let index = this.#indexOfCodes.get(codes);
		if (index === undefined) {
			index = this.#index(row);
			this.#indexOfCodes.set(codes, index);
		}
		return index;
	}

	#index(row: number): number {
		const parts = this.#columns.map((cells) => cells.names[cells.codes[row] as number] as string);
		const key = this.#keyOf(parts);
		if (key === '') return -1;
		const known = this.#indexOf.get(key);
		if (known !== undefined) return known;
		const index = this.#indexOf.size;
		this.#indexOf.set(key, index);
		return index;
	}
}
