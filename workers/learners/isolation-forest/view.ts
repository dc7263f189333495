import type { Matrix, MatrixColumn } from '$workers/table/matrix';
import type { Coordinates } from './isolation-tree';

/** How each column is read as numbers, of which none is missing. */
export type ColumnView =
	| { readonly name: string; readonly kind: 'number'; readonly median: number }
	| {
			readonly name: string;
			readonly kind: 'category';
			/** By level, the share of training rows that had it. */
			readonly shares: Readonly<Record<string, number>>;
			/** Of training rows in which it was missing. */
			readonly missing: number;
	  };

/**
 * A missing number is taken for the (lower) median of training; a category becomes the share of training rows
 * of its level, so that rare levels lie apart. A RangeError where a number is infinite.
 */
export function viewOf(rows: Matrix): readonly ColumnView[] {
	return rows.columns.map((column) =>
		column.kind === 'number'
			? { name: column.name, kind: 'number', median: medianOf(column) }
			: { name: column.name, kind: 'category', ...sharesOf(column) },
	);
}

export function coordinatesOf(view: readonly ColumnView[], rows: Matrix): Coordinates {
	return view.map((own) => {
		const column = rows.columns.find(({ name }) => name === own.name);
		if (!column) throw new RangeError(`column ${own.name} is missing: hand in those of training`);
		if (column.kind !== own.kind) throw new RangeError(`column ${own.name} must be a ${own.kind}`);
		if (own.kind === 'number')
			return column.values.map((value) => (Number.isNaN(value) ? own.median : value));
		const shares = column.levels.map((level) =>
			Object.hasOwn(own.shares, level) ? (own.shares[level] as number) : 0,
		);
		return column.values.map((level) => (Number.isNaN(level) ? own.missing : (shares[level] ?? 0)));
	});
}

function medianOf({ name, values }: MatrixColumn): number {
	const known = values.filter((value) => !Number.isNaN(value)).sort();
	if (known.some((value) => !Number.isFinite(value)))
		throw new RangeError(`column ${name} holds an infinite number: leave the row out`);
	// One that stands there: between two of them a row would be odd.
	return known[(known.length - 1) >> 1] ?? 0;
}

function sharesOf({ levels, values }: MatrixColumn) {
	const counts = new Float64Array(levels.length);
	let missing = 0;
	for (const level of values)
		if (Number.isNaN(level)) missing++;
		else counts[level] = (counts[level] as number) + 1;
	// By name, so that the order of a table's levels does not show.
	const shares = levels
		.map((level, i): [string, number] => [level, (counts[i] as number) / values.length])
		.filter(([, share]) => share > 0)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return { shares: Object.fromEntries(shares), missing: missing / values.length };
}
