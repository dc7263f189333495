import type { BringNote, Mapping } from '$lib/contracts';
import type { CategoryColumn, Column } from '$workers/table/column';
import type { FieldReader } from './field-reader';
import { KeptColumn } from './kept-column';

/** The source's own columns beside a table's rows, and the table's columns of names. */
export class KeptColumns {
	readonly #extras: ReadonlyMap<string, KeptColumn>;
	readonly #categories: ReadonlyMap<string, KeptColumn>;

	/** @param categories fields of the table that hold names */
	constructor(fields: FieldReader, { extras, ...writing }: Mapping, categories: readonly string[]) {
		this.#extras = new Map(
			extras.map((name) => [name, new KeptColumn(fields.frame.column(name), writing)]),
		);
		this.#categories = new Map(
			categories.flatMap((field) =>
				fields
					.columns(field)
					.slice(0, 1)
					.map((cells) => [field, new KeptColumn(cells, writing)] as const),
			),
		);
	}

	append(rows: readonly number[]): void {
		for (const column of this.#extras.values()) column.append(rows);
		for (const column of this.#categories.values()) column.append(rows);
	}

	extras(): Record<string, Column> {
		const built = [...this.#extras].map(
			([name, column]) => [name, column.build()] as [string, Column | null],
		);
		return Object.fromEntries(
			built.filter((entry): entry is [string, Column] => entry[1] !== null),
		);
	}

	/** A field's names; empty ones where nothing is matched to it. */
	category(field: string, count: number): CategoryColumn {
		const column = this.#categories.get(field);
		return column?.buildCategory(count) ?? noNames(count);
	}

	notes(): BringNote[] {
		const all = [...this.#extras.values(), ...this.#categories.values()];
		return all.some(({ leftOut }) => leftOut) ? ['ColumnsLeftOut'] : [];
	}
}

export const noNames = (count: number): CategoryColumn => ({
	type: 'category',
	codes: new Uint16Array(count),
	names: count > 0 ? [''] : [],
});
