import { numbers } from '$workers/table/column';
import type { HomeColumns, HomeTable } from '$workers/table/homes';
import type { NumberArray } from '$workers/table/column';

/** The rows named, in their order. */
export function takeHomes(homes: HomeTable, rows: ArrayLike<number>): HomeTable {
	const pick = <Kind extends NumberArray>(from: Kind): Kind => {
		const taken = new (from.constructor as new (length: number) => Kind)(rows.length);
		for (let i = 0; i < rows.length; i++) taken[i] = from[rows[i] as number] as number;
		return taken;
	};
	const order = Array.from(rows);
	const columns = Object.entries(homes.columns).map(([name, column]) => {
		switch (column.type) {
			case 'number':
				return [name, numbers(pick(column.values))];
			case 'text':
				return [name, { ...column, values: order.map((row) => column.values[row] ?? '') }];
			case 'category':
				return [name, { ...column, codes: pick(column.codes) }];
			case 'set': {
				const starts = new Uint32Array(order.length + 1);
				const items: number[] = [];
				order.forEach((row, i) => {
					for (let at = column.starts[row] as number; at < (column.starts[row + 1] as number); at++)
						items.push(column.items[at] as number);
					starts[i + 1] = items.length;
				});
				return [name, { ...column, starts, items: Uint16Array.from(items) }];
			}
		}
	});
	return Object.freeze({
		count: order.length,
		columns: Object.freeze(Object.fromEntries(columns) as HomeColumns),
	});
}
