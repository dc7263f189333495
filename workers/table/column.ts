/** Columns: plain records of typed arrays, so that they cross threads and go to disk as they are. */
export type Column = NumberColumn | TextColumn | CategoryColumn | SetColumn;

export interface NumberColumn {
	readonly type: 'number';
	readonly values: NumberArray;
}

export type NumberArray =
	Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Uint8Array;

export interface TextColumn {
	readonly type: 'text';
	readonly values: readonly string[];
}

/** A few different texts, each stored once. */
export interface CategoryColumn {
	readonly type: 'category';
	readonly codes: Uint16Array;
	readonly names: readonly string[];
}

/** Row i holds `items[starts[i]] … items[starts[i + 1] - 1]`, ascending, each an index into `names`. */
export interface SetColumn {
	readonly type: 'set';
	readonly starts: Uint32Array;
	readonly items: Uint16Array;
	readonly names: readonly string[];
}

export const numbers = (values: NumberArray): NumberColumn => ({ type: 'number', values });
export const texts = (values: readonly string[]): TextColumn => ({ type: 'text', values });

/** Builds a category column; names stand in order of first appearance. At most 65,535 different ones. */
export function categories(values: readonly string[]): CategoryColumn {
	const numberOf = new Map<string, number>();
	const codes = new Uint16Array(values.length);
	values.forEach((value, row) => {
		let code = numberOf.get(value);
		if (code === undefined) {
			code = numberOf.size;
			if (code > 65_534) throw new RangeError('a category column holds at most 65,535 names');
			numberOf.set(value, code);
		}
		codes[row] = code;
	});
	return { type: 'category', codes, names: [...numberOf.keys()] };
}

/** Builds a set column; repeated names in a row count once. */
export function sets(rows: readonly (readonly string[])[]): SetColumn {
	const flat = categories(rows.flat());
	const starts = new Uint32Array(rows.length + 1);
	const items: number[] = [];
	let read = 0;
	rows.forEach((row, i) => {
		const codes = new Set(flat.codes.subarray(read, read + row.length));
		read += row.length;
		items.push(...[...codes].sort((a, b) => a - b));
		starts[i + 1] = items.length;
	});
	return { type: 'set', starts, items: Uint16Array.from(items), names: flat.names };
}

/** The text of a category column at a row. */
export function nameAt(column: CategoryColumn, row: number): string {
	return column.names[column.codes[row] as number] ?? '';
}

/** The codes of a set column at a row: a view, not a copy. */
export function itemsAt(column: SetColumn, row: number): Uint16Array {
	return column.items.subarray(column.starts[row], column.starts[row + 1]);
}

export function lengthOf(column: Column): number {
	switch (column.type) {
		case 'number':
		case 'text':
			return column.values.length;
		case 'category':
			return column.codes.length;
		case 'set':
			return column.starts.length - 1;
	}
}

/** Rows `from` to `to` (excluded). Names of categories and sets are kept whole. */
export function sliceColumn<Kind extends Column>(column: Kind, from: number, to: number): Kind;
export function sliceColumn(column: Column, from: number, to: number): Column {
	switch (column.type) {
		case 'number':
			return { ...column, values: column.values.slice(from, to) };
		case 'text':
			return { ...column, values: column.values.slice(from, to) };
		case 'category':
			return { ...column, codes: column.codes.slice(from, to) };
		case 'set': {
			const first = column.starts[from] ?? 0;
			const starts = column.starts.slice(from, to + 1).map((start) => start - first);
			return { ...column, starts, items: column.items.slice(first, column.starts[to]) };
		}
	}
}

/** One below the other. Categories and sets are renumbered to a common list of names. */
export function joinColumns<Kind extends Column>(parts: readonly Kind[]): Kind;
export function joinColumns(parts: readonly Column[]): Column {
	const first = parts[0];
	if (!first) throw new RangeError('joinColumns requires at least one column');
	if (parts.length === 1) return first;
	switch (first.type) {
		case 'number':
			return numbers(joinNumbers(parts.map((part) => (part as NumberColumn).values)));
		case 'text':
			return texts(parts.flatMap((part) => (part as TextColumn).values));
		case 'category': {
			const columns = parts as readonly CategoryColumn[];
			const { names, renumber } = commonNames(columns);
			const codes = columns.map((part, i) => part.codes.map((code) => renumber[i]?.[code] ?? 0));
			return { type: 'category', names, codes: joinNumbers(codes) as Uint16Array };
		}
		case 'set':
			return joinSets(parts as readonly SetColumn[]);
	}
}

function joinSets(columns: readonly SetColumn[]): SetColumn {
	const { names, renumber } = commonNames(columns);
	const rows = columns.reduce((sum, column) => sum + lengthOf(column), 0);
	const starts = new Uint32Array(rows + 1);
	const items = new Uint16Array(columns.reduce((sum, column) => sum + column.items.length, 0));
	let row = 0;
	let at = 0;
	columns.forEach((column, i) => {
		for (let own = 0; own < lengthOf(column); own++) {
			const codes = itemsAt(column, own).map((code) => renumber[i]?.[code] ?? 0);
			items.set(codes.sort(), at);
			at += codes.length;
			starts[++row] = at;
		}
	});
	return { type: 'set', starts, items, names };
}

function commonNames(columns: readonly { readonly names: readonly string[] }[]) {
	const numberOf = new Map<string, number>();
	const renumber = columns.map(({ names }) =>
		Uint16Array.from(names, (name) => {
			if (!numberOf.has(name)) numberOf.set(name, numberOf.size);
			return numberOf.get(name) as number;
		}),
	);
	return { names: [...numberOf.keys()], renumber };
}

function joinNumbers(parts: readonly NumberArray[]): NumberArray {
	const first = parts[0] as NumberArray;
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	const Kind = first.constructor as new (length: number) => NumberArray;
	const joined = new Kind(length);
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}
