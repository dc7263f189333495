import { describe, expect, test } from 'vitest';
import {
	categories,
	itemsAt,
	joinColumns,
	numbers,
	sets,
	sliceColumn,
	texts,
} from '$workers/table/column';
import { decodeTable, encodeTable } from '$workers/table/encode';
import { joinTables, sliceTable, table } from '$workers/table/table';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';

const three = table({
	id: texts(['a:1', 'ä:2', '🏠:3']),
	price: numbers(Float64Array.of(1.5, Number.NaN, -0)),
	area: categories(['hill', 'shore', 'hill']),
	has: sets([['lift', 'desk'], [], ['desk', 'desk']]),
});

describe('columns', () => {
	test('a category stores each text once, in order of appearance', () => {
		expect(three.columns.area).toEqual({
			type: 'category',
			codes: Uint16Array.of(0, 1, 0),
			names: ['hill', 'shore'],
		});
	});

	test('a set counts a repeated name once', () => {
		expect([0, 1, 2].map((row) => [...itemsAt(three.columns.has, row)])).toEqual([[0, 1], [], [1]]);
	});

	test('joining columns with different names gives both a common list', () => {
		const joined = joinColumns([categories(['a', 'b']), categories(['b', 'c'])]);
		expect(joined).toEqual({
			type: 'category',
			codes: Uint16Array.of(0, 1, 1, 2),
			names: ['a', 'b', 'c'],
		});
	});

	test('slicing a set keeps the items of its own rows', () => {
		const slice = sliceColumn(three.columns.has, 2, 3);
		expect([...slice.starts]).toEqual([0, 1]);
		expect([...slice.items]).toEqual([1]);
	});
});

describe('tables', () => {
	test('columns of different lengths are refused by name', () => {
		expect(() => table({ a: texts(['x']), b: texts([]) })).toThrow('column b has 0 rows');
	});

	test('cutting a table up and joining the parts gives the table back', () => {
		const parts = [sliceTable(three, 0, 1), sliceTable(three, 1, 2), sliceTable(three, 2, 3)];
		expect(joinTables(parts)).toEqual(three);
	});

	test('decoding is the inverse of encoding, NaN and minus zero included', () => {
		const { table: back, metadata } = decodeTable(encodeTable(three, { place: 'Nowhere' }));
		expect(back).toEqual(three);
		expect(
			Object.is(back.columns.price?.type === 'number' && back.columns.price.values[2], -0),
		).toBe(true);
		expect(metadata.place).toBe('Nowhere');
	});

	test('the same table gives the same bytes', () => {
		expect(new Uint8Array(encodeTable(three))).toEqual(new Uint8Array(encodeTable(three)));
	});
});

describe('tensors from elsewhere', () => {
	const whole = encodeTensors({ arrays: { w: Float32Array.of(1, 2, 3) }, metadata: {} });
	const withHeader = (header: unknown) => {
		const text = new TextEncoder().encode(JSON.stringify(header));
		const bytes = new Uint8Array(8 + text.length + 16);
		new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
		bytes.set(text, 8);
		return bytes.buffer;
	};

	test.each([
		['cut short', whole.slice(0, 40)],
		['empty', new ArrayBuffer(0)],
		['a header longer than the bytes', new Uint8Array(16).fill(255).buffer],
		['a list as header', withHeader([])],
		[
			'a shape that does not fit its bytes',
			withHeader({ w: { dtype: 'F32', shape: [3], data_offsets: [0, 8] } }),
		],
		['a negative shape', withHeader({ w: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] } })],
		['an unknown type', withHeader({ w: { dtype: 'toString', shape: [1], data_offsets: [0, 4] } })],
		[
			'bytes beyond the end',
			withHeader({ w: { dtype: 'U8', shape: [99], data_offsets: [0, 99] } }),
		],
	])('%s is refused', (_, bytes) => {
		expect(() => decodeTensors(bytes)).toThrow();
	});

	test('arrays that are not aligned are read all the same', () => {
		const bytes = withHeader({ w: { dtype: 'F64', shape: [1], data_offsets: [1, 9] } });
		expect(decodeTensors(bytes).arrays.w).toEqual(Float64Array.of(0));
	});
});
