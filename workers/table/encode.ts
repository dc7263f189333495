import {
	type CategoryColumn,
	type Column,
	type NumberArray,
	type SetColumn,
	numbers,
	texts,
} from './column';
import { type Table, table } from './table';
import { type Tensors, decodeTensors, encodeTensors } from './tensors';

/**
 * A table as one buffer (see tensors.ts): what a chunk in the database and the catalogue's file
 * hold. Texts are one UTF-8 array with the length of each in UTF-16 units; names are JSON.
 */
export function encodeTable(
	whole: Table,
	metadata: Readonly<Record<string, string>> = {},
): ArrayBuffer {
	const arrays: Record<string, NumberArray> = {};
	const kinds: Record<string, Column['type']> = {};
	for (const [name, column] of Object.entries(whole.columns)) {
		kinds[name] = column.type;
		Object.assign(arrays, columnArrays(name, column));
	}
	return encodeTensors({
		arrays,
		metadata: { ...metadata, count: String(whole.count), columns: JSON.stringify(kinds) },
	});
}

/** The inverse of `encodeTable`; a RangeError where the bytes are not a table. */
export function decodeTable(buffer: ArrayBuffer): {
	readonly table: Table;
	readonly metadata: Readonly<Record<string, string>>;
} {
	const tensors = decodeTensors(buffer);
	const kinds = JSON.parse(tensors.metadata.columns ?? '{}') as Record<string, Column['type']>;
	const columns = Object.entries(kinds).map(([name, kind]) => [
		name,
		readColumn(tensors, name, kind),
	]);
	return {
		table: table(Object.fromEntries(columns) as Record<string, Column>),
		metadata: tensors.metadata,
	};
}

function columnArrays(name: string, column: Column): Record<string, NumberArray> {
	switch (column.type) {
		case 'number':
			return { [name]: column.values };
		case 'text':
			return textArrays(name, column.values);
		case 'category':
			return { [name]: column.codes, ...textArrays(`${name}/names`, column.names) };
		case 'set':
			return {
				[name]: column.items,
				[`${name}/starts`]: column.starts,
				...textArrays(`${name}/names`, column.names),
			};
	}
}

function readColumn(tensors: Tensors, name: string, kind: Column['type']): Column {
	switch (kind) {
		case 'number':
			return numbers(arrayOf(tensors, name));
		case 'text':
			return texts(readTexts(tensors, name));
		case 'category':
			return checkCodes({
				type: 'category',
				codes: arrayOf(tensors, name) as Uint16Array,
				names: readTexts(tensors, `${name}/names`),
			});
		case 'set':
			return checkSet({
				type: 'set',
				items: arrayOf(tensors, name) as Uint16Array,
				starts: arrayOf(tensors, `${name}/starts`) as Uint32Array,
				names: readTexts(tensors, `${name}/names`),
			});
		default:
			throw new RangeError('table: unknown kind of column');
	}
}

function textArrays(name: string, values: readonly string[]): Record<string, NumberArray> {
	return {
		[`${name}/text`]: new TextEncoder().encode(values.join('')),
		[`${name}/lengths`]: Uint32Array.from(values, (value) => value.length),
	};
}

function readTexts(tensors: Tensors, name: string): string[] {
	const text = new TextDecoder().decode(arrayOf(tensors, `${name}/text`) as Uint8Array);
	let at = 0;
	return Array.from(arrayOf(tensors, `${name}/lengths`), (length) =>
		text.slice(at, (at += length)),
	);
}

function arrayOf(tensors: Tensors, name: string): NumberArray {
	const array = tensors.arrays[name];
	if (!array) throw new RangeError(`table: ${name} is missing`);
	return array;
}

function checkCodes(column: CategoryColumn): CategoryColumn {
	if (!(column.codes instanceof Uint16Array)) throw new RangeError('table: codes are not U16');
	if (column.codes.some((code) => code >= column.names.length))
		throw new RangeError('table: a code has no name');
	return column;
}

function checkSet(column: SetColumn): SetColumn {
	const { starts, items, names } = column;
	const ascending = starts.every((start, i) => i === 0 || start >= (starts[i - 1] as number));
	if (!ascending || starts[0] !== 0 || starts.at(-1) !== items.length)
		throw new RangeError('table: starts of a set do not fit its items');
	if (items.some((item) => item >= names.length))
		throw new RangeError('table: an item has no name');
	return column;
}
