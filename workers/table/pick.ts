import { type Column, type NumberArray, sets, texts } from './column';
import { type Table, table } from './table';

/** These rows of a column, in this order; names of categories are kept whole. */
export function pickRows<Kind extends Column>(column: Kind, rows: ArrayLike<number>): Kind;
export function pickRows(column: Column, rows: ArrayLike<number>): Column {
	switch (column.type) {
		case 'number': {
			const Kind = column.values.constructor as new (length: number) => NumberArray;
			const picked = new Kind(rows.length);
			for (let i = 0; i < rows.length; i++) picked[i] = column.values[rows[i] as number] as number;
			return { ...column, values: picked };
		}
		case 'category':
			return {
				...column,
				codes: Uint16Array.from(rows, (row) => column.codes[row] as number),
			};
		case 'text':
			return texts(Array.from(rows, (row) => column.values[row] ?? ''));
		case 'set':
			return sets(
				Array.from(rows, (row) =>
					Array.from(
						column.items.subarray(column.starts[row], column.starts[row + 1]),
						(item) => column.names[item] ?? '',
					),
				),
			);
	}
}

/** These rows of a table, in this order. */
export function pickTableRows<Columns extends Record<string, Column>>(
	whole: Table<Columns>,
	rows: ArrayLike<number>,
): Table<Columns> {
	const picked = Object.entries(whole.columns).map(([name, column]) => [
		name,
		pickRows(column, rows),
	]);
	return table(Object.fromEntries(picked) as Columns);
}
