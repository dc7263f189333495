import { type NumberArray, type NumberColumn, numbers } from '$workers/table/column';
import { NumberList } from './number-list';

type Kind = new (values: Float64Array) => NumberArray;

/** Number columns that grow row by row, and become arrays of their own kinds in the end. */
export class RowLists<Name extends string> {
	/** The row that is being read. */
	readonly row: Record<Name, number>;
	readonly lists: Readonly<Record<Name, NumberList>>;
	readonly #kinds: Readonly<Record<Name, Kind>>;
	readonly #names: readonly Name[];
	#count = 0;

	constructor(kinds: Readonly<Record<Name, Kind>>) {
		this.#kinds = kinds;
		this.#names = Object.keys(kinds) as Name[];
		this.row = this.#each(() => 0);
		this.lists = this.#each(() => new NumberList());
	}

	get count(): number {
		return this.#count;
	}

	/** Keeps the row as it stands. */
	push(): void {
		for (const name of this.#names) this.lists[name].push(this.row[name]);
		this.#count++;
	}

	column(name: Name): NumberColumn {
		return numbers(this.lists[name].toArray<NumberArray>(this.#kinds[name]));
	}

	columns(): Record<Name, NumberColumn> {
		return Object.fromEntries(this.#names.map((name) => [name, this.column(name)])) as Record<
			Name,
			NumberColumn
		>;
	}

	#each<Value>(of: () => Value): Record<Name, Value> {
		return Object.fromEntries(this.#names.map((name) => [name, of()])) as Record<Name, Value>;
	}
}
