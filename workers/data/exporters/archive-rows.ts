import { type Column, itemsAt, nameAt } from '$workers/table/column';
import type { Table } from '$workers/table/table';

/** A cell as JSON has it; `null` where nothing is known. */
export type PlainCell = string | number | boolean | null | readonly string[];
export type PlainRow = Readonly<Record<string, PlainCell>>;

const DAY = 86_400_000;

/**
 * Rows of a table as records of plain values.
 *
 * @param days columns of civil days, written as `2026-05-14`
 */
export function plainRows(
	whole: Table,
	rows: ArrayLike<number>,
	days: readonly string[] = [],
): PlainRow[] {
	const columns = Object.entries(whole.columns);
	return Array.from(rows, (row) =>
		Object.fromEntries(
			columns.map(([name, column]) => {
				const cell = cellAt(column, row);
				return [name, days.includes(name) && typeof cell === 'number' ? dayText(cell) : cell];
			}),
		),
	);
}

function cellAt(column: Column, row: number): PlainCell {
	switch (column.type) {
		case 'number':
			return plainNumber(column.values[row]);
		case 'text':
			return column.values[row] ?? '';
		case 'category':
			return nameAt(column, row);
		case 'set':
			return Array.from(itemsAt(column, row), (item) => column.names[item] ?? '');
	}
}

/** JSON has no word for a missing number but `null`. */
export const plainNumber = (value: number | undefined): number | null =>
	value !== undefined && Number.isFinite(value) ? value : null;

/** `2026-05-14`; `null` for a missing day. */
export const dayText = (day: number): string | null =>
	Number.isFinite(day) ? new Date(day * DAY).toISOString().slice(0, 10) : null;

/** `2026-05-14T12:00:00.000Z`; `null` for a missing instant. */
export const instantText = (instant: number): string | null =>
	Number.isFinite(instant) ? new Date(instant).toISOString() : null;
