import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { toParquet } from '$workers/data/exporters/parquet';
import { categories, numbers, sets, texts } from '$workers/table/column';
import { table } from '$workers/table/table';

const asBuffer = (file: ArrayBuffer) => ({
	byteLength: file.byteLength,
	slice: (from: number, to?: number) => file.slice(from, to),
});
const rowsOf = (file: ArrayBuffer) => parquetReadObjects({ file: asBuffer(file) });

describe('a table as Parquet', () => {
	const whole = table({
		exact: numbers(Float64Array.of(0.1, Number.NaN, -Infinity, Number.MAX_VALUE, -0)),
		small: numbers(Float32Array.of(1.5, Number.NaN, 0, -2, 1e30)),
		signed: numbers(Int32Array.of(-2147483648, 2147483647, 0, 1, -1)),
		unsigned: numbers(Uint32Array.of(0, 4294967295, 1, 2, 3)),
		short: numbers(Uint16Array.of(0, 65535, 1, 2, 3)),
		byte: numbers(Uint8Array.of(0, 255, 1, 2, 3)),
		title: texts(['', 'Häuschen', '=1+1', 'a,b\n"c"', '\u{1F3E0}']),
		channel: categories(['direct', '', 'direct', 'agency', '']),
		amenities: sets([['Wifi', 'TV'], [], ['TV'], [], []]),
	});

	test('comes back exactly, column for column', async () => {
		const rows = await rowsOf(toParquet(whole, 'bookings'));
		const column = (name: string) => rows.map((row) => row[name] as unknown);
		const { columns } = whole;
		expect(column('exact')).toEqual([...columns.exact.values]);
		expect(Object.is(column('exact')[4], -0)).toBe(true);
		expect(column('small')).toEqual([...columns.small.values]);
		expect(column('signed')).toEqual([...columns.signed.values]);
		expect(column('unsigned')).toEqual(Array.from(columns.unsigned.values, BigInt));
		expect(column('short')).toEqual([...columns.short.values]);
		expect(column('byte')).toEqual([...columns.byte.values]);
		expect(column('title')).toEqual(columns.title.values);
		expect(column('channel')).toEqual(['direct', '', 'direct', 'agency', '']);
		expect(column('amenities')).toEqual(['["Wifi","TV"]', '[]', '["TV"]', '[]', '[]']);
	});

	test('writes civil days as dates, an unknown one as null', async () => {
		const days = table({ cancelled_on: numbers(Float64Array.of(0, 20_000, Number.NaN)) });
		const rows = await rowsOf(toParquet(days, 'bookings', ['cancelled_on']));
		expect(rows.map((row) => row.cancelled_on as unknown)).toEqual([
			new Date('1970-01-01'),
			new Date('2024-10-04'),
			null,
		]);
		const odd = table({ day: numbers(Float64Array.of(0.5)) });
		expect(() => toParquet(odd, 'odd', ['day'])).toThrow(RangeError);
	});

	test('says which table it is, and may be empty', async () => {
		const none = toParquet(table({ day: numbers(new Int32Array(0)) }), 'holidays');
		expect(parquetMetadata(none).key_value_metadata).toContainEqual({
			key: 'table',
			value: 'holidays',
		});
		expect(await rowsOf(none)).toEqual([]);
	});
});
