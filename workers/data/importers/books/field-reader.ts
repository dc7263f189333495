import type { BringRefusal, Mapping } from '$lib/contracts';
import { civilDay } from '$workers/table/civil';
import { booksFault } from './books-fault';
import { FIELDS } from './fields';
import { type ColumnCells, Meaning } from './column-cells';
import type { Frame } from './frame';
import { KeyIndex } from './key-index';
import { AMBIGUOUS, readDay, readMonth } from './read-day';
import { type Amount, NOT_READ, readAmount, readNumber } from './read-number';
import type { RefusedRows } from './refused-rows';

/** What a field holds at a row: NaN where the cell is empty or nothing is matched to the field. */
export interface NumberField {
	at(row: number): number;
}

/** Reads the fields of a table by a mapping, each different cell once. */
export class FieldReader {
	readonly frame: Frame;
	readonly mapping: Mapping;
	readonly #refused: RefusedRows;
	readonly #updated: { update(): void }[] = [];
	/** Of every field of the table, so that all are loaded from the first batch on. */
	readonly #columns: ReadonlyMap<string, readonly ColumnCells[]>;

	constructor(frame: Frame, mapping: Mapping, refused: RefusedRows) {
		this.frame = frame;
		this.mapping = mapping;
		this.#refused = refused;
		this.#columns = new Map(
			FIELDS[mapping.table].map(({ field }) => [field, matchedColumns(frame, mapping, field)]),
		);
	}

	has(field: string): boolean {
		return this.columns(field).length > 0;
	}

	columns(field: string): readonly ColumnCells[] {
		return this.#columns.get(field) ?? [];
	}

	/** To be called once a batch is loaded. */
	update(): void {
		for (const one of this.#updated) one.update();
	}

	/** What a field's only column means. */
	meaning(field: string, read: (text: string) => number): NumberField {
		const [cells] = this.columns(field);
		return cells ? this.#meaning(cells, read) : { at: () => Number.NaN };
	}

	/** The sum of a field's columns. */
	number(field: string): NumberField {
		const { decimalComma } = this.mapping;
		const parts = this.columns(field).map((cells) =>
			this.#meaning(cells, (text) => readNumber(text, decimalComma)),
		);
		const [only] = parts;
		if (!only) return { at: () => Number.NaN };
		if (parts.length === 1) return only;
		return { at: (row) => parts.reduce((sum, part) => sum + part.at(row), 0) };
	}

	/** A civil day in one column, or in three: year, month and day of month. */
	day(field: string): NumberField {
		const cells = this.columns(field);
		if (cells.length < 3) return this.meaning(field, (text) => readDay(text, this.mapping));
		const [year, month, day] = [readNumber, readMonth, readNumber].map((read, i) =>
			this.#meaning(cells[i] as ColumnCells, (text) => read(text)),
		) as [Meaning, Meaning, Meaning];
		return {
			at(row) {
				const of = civilDay(year.at(row), month.at(row), day.at(row));
				return Number.isNaN(of) ? NOT_READ : of;
			},
		};
	}

	/** An amount and the currency beside it; both of each different cell once. */
	money(field: string): { at(row: number): number; currencyAt(row: number): string } {
		const [cells] = this.columns(field);
		if (!cells) return { at: () => Number.NaN, currencyAt: () => '' };
		const { decimalComma } = this.mapping;
		const currencies: string[] = [];
		const numberOf = (currency: string) => {
			const known = currencies.indexOf(currency);
			return known >= 0 ? known : currencies.push(currency) - 1;
		};
		const read = (text: string): Amount => readAmount(text, decimalComma);
		const amount = this.#meaning(cells, (text) => read(text).amount);
		const currency = this.#meaning(cells, (text) => numberOf(read(text).currency));
		return {
			at: (row) => amount.at(row),
			currencyAt: (row) => currencies[currency.at(row)] ?? '',
		};
	}

	/** Numbers of the different keys of a field. */
	key(field: string, keyOf: (parts: readonly string[]) => string): KeyIndex {
		const index = new KeyIndex(this.columns(field), keyOf);
		this.#updated.push(index);
		return index;
	}

	text(field: string, row: number): string {
		const [cells] = this.columns(field);
		return cells ? (cells.names[cells.codes[row] as number] ?? '') : '';
	}

	/** Counts a row as refused, with what stood in the field's first column; hands back that it was not taken. */
	refuse(row: number, field: string, reason: BringRefusal): false {
		const [cells] = this.columns(field);
		const found = cells ? (cells.names[cells.codes[row] as number] ?? '') : '';
		this.#refused.add(this.frame.rowNumber(row), cells?.name ?? field, reason, found);
		return false;
	}

	/** The reason for which a day cannot be used, or null. */
	whyNoDay(day: number, row: number, field: string): BringRefusal | null {
		if (day === AMBIGUOUS) throw this.#orderUnknown(row, field);
		if (day === NOT_READ) return 'NotADate';
		return Number.isNaN(day) ? 'NoDate' : null;
	}

	#meaning(cells: ColumnCells, read: (text: string) => number): Meaning {
		const meaning = new Meaning(cells, read);
		this.#updated.push(meaning);
		return meaning;
	}

	#orderUnknown(row: number, field: string) {
		return booksFault(
			'MappingIncomplete',
			'The dates of this file can be read in two ways.',
			'Say whether the day or the month stands first.',
			{ row: this.frame.rowNumber(row), column: this.columns(field)[0]?.name ?? field },
		);
	}
}

function matchedColumns(frame: Frame, { columns }: Mapping, field: string): readonly ColumnCells[] {
	// Own properties alone: `constructor` is no field.
	const names = Object.hasOwn(columns, field) ? columns[field] : [];
	return (names ?? []).map((name) => frame.column(name));
}
