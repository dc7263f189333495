import { categories, type Column, joinColumns, numbers } from '$workers/table/column';
import type { Table } from '$workers/table/table';

type Extras = Readonly<Record<string, Column>>;

/**
 * The source's own columns of two sets of rows, one below the other. A column that one side lacks is
 * missing there; one that is numbers here and names there becomes names.
 */
export function joinExtras(before: Extras, rows: number, news: Extras, newRows: number): Extras {
	const names = [...new Set([...Object.keys(before), ...Object.keys(news)])];
	return Object.fromEntries(
		names.map((name) => {
			const parts = [before[name], news[name]];
			const kind = parts.some((part) => part?.type === 'category') ? 'category' : 'number';
			return [
				name,
				joinColumns([
					asKind(parts[0] ?? missing(kind, rows), kind),
					asKind(parts[1] ?? missing(kind, newRows), kind),
				]),
			];
		}),
	);
}

function missing(kind: 'category' | 'number', rows: number): Column {
	return kind === 'number'
		? numbers(new Float64Array(rows).fill(Number.NaN))
		: categories(Array.from({ length: rows }, () => ''));
}

function asKind(column: Column, kind: 'category' | 'number'): Column {
	if (column.type === 'number' && kind === 'category')
		return categories(
			Array.from(column.values, (value) => (Number.isNaN(value) ? '' : String(value))),
		);
	// One kind of array on both sides, or joining would cut numbers off.
	if (column.type === 'number') return numbers(Float64Array.from(column.values));
	return column;
}

/** Do two rows agree on these columns? Two missing numbers agree. */
export function sameRow(
	left: Table,
	leftRow: number,
	right: Table,
	rightRow: number,
	names: readonly string[],
): boolean {
	return names.every((name) =>
		Object.is(valueAt(left.columns[name], leftRow), valueAt(right.columns[name], rightRow)),
	);
}

function valueAt(column: Column | undefined, row: number): unknown {
	switch (column?.type) {
		case 'number':
		case 'text':
			return column.values[row];
		case 'category':
			return column.names[column.codes[row] as number];
		default:
			return undefined;
	}
}
