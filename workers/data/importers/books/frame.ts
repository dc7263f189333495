import { nameOf } from '../csv';
import { booksFault } from './books-fault';
import { ColumnCells } from './column-cells';
import type { RefusedRows } from './refused-rows';
import type { RowBatch } from './rows';

/** The columns of a file that are read; the others are passed over. */
export class Frame {
	readonly header: readonly string[];
	readonly #cells = new Map<number, ColumnCells>();
	#batch: RowBatch | null = null;

	constructor(header: readonly string[]) {
		this.header = header;
	}

	/** Columns that were asked for. */
	get used(): readonly ColumnCells[] {
		return [...this.#cells.values()];
	}

	get unused(): readonly string[] {
		return this.header.filter((_, place) => !this.#cells.has(place));
	}

	/** @throws FaultError ColumnMissing */
	column(name: string): ColumnCells {
		const exact = this.header.indexOf(name);
		const place = exact >= 0 ? exact : this.header.findIndex((own) => sameName(own, name));
		if (place < 0) throw columnMissing(name);
		const known = this.#cells.get(place);
		if (known) return known;
		const cells = new ColumnCells(nameOf(this.header, place), place);
		this.#cells.set(place, cells);
		// A column that is asked for while a batch is read must not be empty for that batch.
		if (this.#batch) cells.load(this.#batch.rows);
		return cells;
	}

	/** Loads a batch into all columns; hands back the rows in it that are whole. */
	load(batch: RowBatch, refused: RefusedRows): number[] {
		this.#batch = batch;
		const odd = this.#tornRows(batch, refused);
		for (const cells of this.#cells.values()) {
			cells.load(batch.rows);
			for (const row of cells.tooLong) {
				if (!odd.has(row)) refused.add(this.rowNumber(row), cells.name, 'FieldTooLong', '');
				odd.add(row);
			}
		}
		const rows = [...batch.rows.keys()];
		return odd.size === 0 ? rows : rows.filter((row) => !odd.has(row));
	}

	#tornRows(batch: RowBatch, refused: RefusedRows): Set<number> {
		const torn = new Set<number>();
		const { rows, malformed } = batch;
		const width = this.header.length;
		for (let i = 0; i < rows.length; i++) {
			const row = rows[i] as readonly string[];
			if (row.length === width && (malformed.size === 0 || !malformed.has(row))) continue;
			torn.add(i);
			const last = Math.min(row.length, width) - 1;
			refused.add(batch.firstRow + i, nameOf(this.header, last), 'Ragged', '');
		}
		return torn;
	}

	/** Rows of the batch, torn ones too. */
	get rows(): number {
		return this.#batch?.rows.length ?? 0;
	}

	/** Number in the file of a row of the batch. */
	rowNumber(row: number): number {
		return (this.#batch?.firstRow ?? 1) + row;
	}
}

const sameName = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

const columnMissing = (name: string) =>
	booksFault(
		'ColumnMissing',
		'A column that was matched is not in this file.',
		'Match the columns again, or open the full file.',
		{ row: 0, column: name.slice(0, 60) },
	);
