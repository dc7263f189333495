import { type Column, joinColumns, lengthOf, sliceColumn } from './column';

/** A frozen record of columns of equal length. Operations hand back new tables. */
export interface Table<Columns extends Record<string, Column> = Record<string, Column>> {
	readonly count: number;
	readonly columns: Readonly<Columns>;
}

export function table<Columns extends Record<string, Column>>(columns: Columns): Table<Columns> {
	const entries = Object.entries(columns);
	const count = entries.length ? lengthOf((entries[0] as [string, Column])[1]) : 0;
	const odd = entries.find(([, column]) => lengthOf(column) !== count);
	if (odd)
		throw new RangeError(`column ${odd[0]} has ${lengthOf(odd[1])} rows, the first has ${count}`);
	return Object.freeze({ count, columns: Object.freeze(columns) });
}

/** Rows `from` to `to` (excluded). */
export function sliceTable<Columns extends Record<string, Column>>(
	whole: Table<Columns>,
	from: number,
	to: number,
): Table<Columns> {
	return mapColumns(whole, (column) => sliceColumn(column, from, to));
}

/** One below the other; the first table's columns decide. */
export function joinTables<Columns extends Record<string, Column>>(
	parts: readonly Table<Columns>[],
): Table<Columns> {
	const first = parts[0];
	if (!first) throw new RangeError('joinTables requires at least one table');
	if (parts.length === 1) return first;
	const joined = Object.keys(first.columns).map((name) => [
		name,
		joinColumns(parts.map((part) => part.columns[name] as Column)),
	]);
	return table(Object.fromEntries(joined) as Columns);
}

function mapColumns<Columns extends Record<string, Column>>(
	whole: Table<Columns>,
	change: (column: Column) => Column,
): Table<Columns> {
	const changed = Object.entries(whole.columns).map(([name, column]) => [name, change(column)]);
	return table(Object.fromEntries(changed) as Columns);
}
