/** Bad files of a manager: the cases of the trust plan, each with its fault, row and column. */
import { gzipSync } from 'node:zlib';
import { parquetMetadata } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import type { BringRefusal, FaultName, Mapping } from '$lib/contracts';
import { lookAtFile, readBooksFile } from '$workers/data/importers/books';
import { Crc32 } from '$workers/data/importers/books/crc32';
import { checkMetadata, checkPages } from '$workers/data/importers/books/parquet-checks';
import {
	type Content,
	TODAY,
	bookings,
	bookingsCsv,
	column,
	extra,
	faultFrom,
	look,
	plainMapping,
	read,
	zipOf,
} from '../support/books';
import { csv, quietRun } from '../support/csv';

const encode = (text: string) => new TextEncoder().encode(text);
const sound = csv(bookings(4));

interface Bad {
	readonly what: string;
	readonly content: () => Content;
	readonly name: FaultName;
	readonly row?: number;
	readonly column?: string;
}

const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const wide = (count: number, name: (i: number) => string) =>
	Array.from({ length: count }, (_, i) => name(i)).join(',');

const TEXT: readonly Bad[] = [
	{ what: '1 nothing', content: () => '', name: 'FileEmpty' },
	{ what: '1 blanks', content: () => ' \n\n ', name: 'FileEmpty' },
	{
		what: '2 a header alone',
		content: () => `${sound.split('\n')[0] ?? ''}\n`,
		name: 'HeaderOnly',
	},
	{ what: '4 UTF-16, little endian', content: () => utf16(sound), name: 'TextNotUtf8', row: 0 },
	{
		what: '4 UTF-16, big endian',
		content: () => new Uint8Array(Buffer.from(utf16(sound)).swap16()),
		name: 'TextNotUtf8',
		row: 0,
	},
	{
		what: '5 Windows-1252',
		content: () => new Uint8Array(Buffer.from(bookingsCsv({ property: 'M\u00fchle' }), 'latin1')),
		name: 'TextNotUtf8',
		row: 2,
		column: 'property',
	},
	{
		what: '5 Shift-JIS',
		content: () => new Uint8Array([...encode(`${sound}B5,`), 0x8e, 0xba, 0x93, 0xe0, 0x0a]),
		name: 'TextNotUtf8',
		row: 5,
	},
	{
		what: '6 half a character',
		content: () => encode(`${sound}B5,caf\u00e9`).slice(0, -1),
		name: 'TextNotUtf8',
		row: 5,
	},
	{ what: '7 NUL', content: () => bookingsCsv({ property: 'a\0b' }), name: 'FileTypeUnknown' },
	{
		what: '9 an open quotation mark',
		content: () => sound.replace('\nB3,', '\n"B3,'),
		name: 'QuoteUnterminated',
		row: 3,
		column: 'booking_id',
	},
	{
		what: '10 a field of 9 MB',
		content: () => bookingsCsv({ channel: 'x'.repeat(9_000_000) }),
		name: 'FieldTooLong',
		row: 2,
	},
	{
		what: '11 a million columns',
		content: () => wide(1_000_000, (i) => `c${i}`),
		name: 'ColumnsTooMany',
		row: 0,
	},
	{
		what: '12 equal headers',
		content: () => wide(200_000, () => 'id'),
		name: 'ColumnsTooMany',
		row: 0,
	},
	{ what: '30 a folder or a file that changes', content: () => sound, name: 'FileUnreadable' },
	{
		what: 'gzip cut off',
		content: () => new Uint8Array(gzipSync(sound)).slice(0, 60),
		name: 'TruncatedGzip',
	},
];

describe('a file that cannot be read is refused, with where', () => {
	test.each(TEXT.filter(({ name }) => name !== 'FileUnreadable'))(
		'$what',
		async ({ content, name, row, column }) => {
			const fault = await faultFrom(read(content()));
			expect(fault).toMatchObject({ name, kept: expect.stringContaining('books') });
			expect(fault.next.length).toBeGreaterThan(10);
			if (row !== undefined) expect(fault.row).toBe(row);
			if (column !== undefined) expect(fault.column).toBe(column);
		},
	);

	test('29 2 GB: before a byte is read', async () => {
		const file = { name: 'f', size: 2 ** 31, slice: () => expect.unreachable('it was read') };
		expect((await faultFrom(lookAtFile(file, () => undefined))).name).toBe('FileTooLarge');
		const reading = readBooksFile(file, plainMapping(), quietRun, TODAY);
		expect((await faultFrom(reading)).name).toBe('FileTooLarge');
	});

	test('30 a folder, or a file that changes while it is read', async () => {
		const slice = () => ({ arrayBuffer: () => Promise.reject(new Error('changed')) });
		const file = { name: 'f', size: 10, slice };
		expect((await faultFrom(lookAtFile(file, () => undefined))).name).toBe('FileUnreadable');
	});
});

describe('text that is odd and still a table', () => {
	test.each([
		['3 a byte order mark', `\uFEFF${sound}`],
		['8 carriage returns alone', sound.replaceAll('\n', '\r')],
		['8 ends of line of three kinds', sound.replace('\n', '\r\n').replace('\nB3', '\rB3')],
		['blank lines', sound.replaceAll('\n', '\n\n')],
		['16 semicolons', sound.replaceAll(',', ';')],
		['16 tabs', sound.replaceAll(',', '\t')],
	])('%s', async (_, content) => {
		expect((await read(content)).rows.count).toBe(4);
		expect((await look(content)).columns.map(({ name }) => name)).toContain('booking_id');
	});

	test('13, 14 columns may be called __proto__, constructor and toString', async () => {
		const names = ['__proto__', 'constructor', 'toString'];
		const rows = bookings(2, (i) => Object.fromEntries(names.map((name) => [name, `${name}${i}`])));
		const columns = [...Object.keys(plainMapping().columns), ...names];
		const text = csv(
			rows.map((row, i) =>
				Object.defineProperty({ ...row }, '__proto__', { value: `p${i}`, enumerable: true }),
			),
			{ columns },
		);
		const seen = await look(text);
		expect(seen.columns.map(({ name }) => name)).toEqual(columns);
		const books = await read(text, { ...seen.mapping, currency: 'EUR' });
		expect(extra(books, '__proto__')).toEqual(['p0', 'p1']);
		expect(extra(books, 'constructor')).toEqual(['constructor0', 'constructor1']);
	});

	test('17, 18, 19 a column is of numbers only where every cell is one and keeps its digits', async () => {
		const cells = {
			infinite: ['1', 'Infinity'],
			huge: ['1', '1e999'],
			tiny: ['1', '1e-400'],
			id: ['9007199254740993', '9007199254740995'],
			plain: ['1', '1e3'],
			missing: ['NaN', 'NULL'],
		};
		const rows = bookings(2, (i) =>
			Object.fromEntries(Object.entries(cells).map(([name, own]) => [name, own[i] ?? ''])),
		);
		const books = await read(csv(rows), plainMapping({ extras: Object.keys(cells) }));
		for (const name of ['infinite', 'huge', 'tiny', 'id'] as const)
			expect(extra(books, name)).toEqual(cells[name]);
		expect(extra(books, 'plain')).toEqual([1, 1000]);
		expect(extra(books, 'missing')).toEqual([NaN, NaN]);
	});

	test('26, 27 directions turned and markup are text, and shown harmless', async () => {
		const channel = '\u202E<img src=x onerror=alert(1)>';
		const { columns } = await look(bookingsCsv({ channel }, 0));
		expect(columns.find(({ name }) => name === 'channel')?.samples[0]).toMatch(/^<img/);
		expect(column(await read(bookingsCsv({ channel }, 0)), 'channel')[0]).toBe(channel);
	});

	test('a text column with more than 65,535 different texts is left out, with a note', async () => {
		const rows = bookings(66_000, (i) => ({ note: `n${i}`, count: String(i) }));
		const books = await read(csv(rows), plainMapping({ extras: ['note', 'count'] }));
		expect(books.rows.count).toBe(66_000);
		expect(Object.keys(books.extras)).toEqual(['count']);
		expect(extra(books, 'count').slice(65_990, 65_992)).toEqual([65_990, 65_991]);
		expect(books.report.notes).toContain('ColumnsLeftOut');
	});
});

interface Refused {
	readonly what: string;
	readonly change: Readonly<Record<string, string>>;
	readonly reason: BringRefusal;
	readonly column: string;
}

const ROWS: readonly Refused[] = [
	{
		what: '21 30 February',
		change: { arrives_on: '2025-02-30' },
		reason: 'NotADate',
		column: 'arrives_on',
	},
	{
		what: '23 the year 1',
		change: { arrives_on: '0001-01-01' },
		reason: 'NotADate',
		column: 'arrives_on',
	},
	{
		what: '23 the year 9999',
		change: { departs_on: '9999-12-31' },
		reason: 'NotADate',
		column: 'departs_on',
	},
	{
		what: '23 1969',
		change: { arrives_on: '1969-12-31' },
		reason: 'OutOfRange',
		column: 'arrives_on',
	},
	{
		what: '23 in three years',
		change: { arrives_on: '2029-01-01', departs_on: '2029-01-02' },
		reason: 'TooFarAhead',
		column: 'arrives_on',
	},
	{
		what: 'booked tomorrow but one',
		change: { booked_on: '2026-01-03', arrives_on: '2026-03-01', departs_on: '2026-03-02' },
		reason: 'TooFarAhead',
		column: 'booked_on',
	},
	{ what: '24 a negative price', change: { total: '-5' }, reason: 'OutOfRange', column: 'total' },
	{
		what: '17 Infinity as a price',
		change: { total: 'Infinity' },
		reason: 'NotANumber',
		column: 'total',
	},
	{
		what: '17 1e999 as a price',
		change: { total: '1e999' },
		reason: 'NotANumber',
		column: 'total',
	},
	{ what: 'no price', change: { total: '' }, reason: 'NoPrice', column: 'total' },
	{
		what: '24 no night',
		change: { departs_on: '2025-03-01' },
		reason: 'NoNights',
		column: 'departs_on',
	},
	{
		what: '24 leaving before arriving',
		change: { departs_on: '2025-02-28' },
		reason: 'LeavesBeforeArrival',
		column: 'departs_on',
	},
	{
		what: 'eleven years of nights',
		change: { departs_on: '2036-03-01' },
		reason: 'OutOfRange',
		column: 'departs_on',
	},
	{ what: 'no day of arrival', change: { arrives_on: '' }, reason: 'NoDate', column: 'arrives_on' },
	{
		what: 'booked after arriving',
		change: { booked_on: '2025-03-02' },
		reason: 'BookedAfterArrival',
		column: 'booked_on',
	},
	{ what: 'no property', change: { property: '' }, reason: 'NoKey', column: 'property' },
	{
		what: 'more adults than a house holds',
		change: { adults: '300' },
		reason: 'OutOfRange',
		column: 'adults',
	},
	{ what: 'adults in words', change: { adults: 'two' }, reason: 'NotANumber', column: 'adults' },
	{
		what: '25 a booking twice',
		change: { booking_id: 'B1' },
		reason: 'Repeated',
		column: 'booking_id',
	},
	{
		what: 'another currency than was chosen',
		change: { total: '300 USD' },
		reason: 'OtherCurrency',
		column: 'total',
	},
	{
		what: '10 a field of 70 KB',
		change: { channel: 'x'.repeat(70_000) },
		reason: 'FieldTooLong',
		column: 'channel',
	},
];

describe('a row that cannot be is refused alone, with its place and what stood there', () => {
	test.each(ROWS)('$what', async ({ change, reason, column }) => {
		const { rows, report } = await read(bookingsCsv(change));
		expect(rows.count).toBe(3);
		expect(report).toMatchObject({ rowsRead: 4, rowsFit: 3 });
		expect(report.refused).toEqual([{ reason, column, rows: 1 }]);
		expect(report.examples[0]).toMatchObject({ row: 2, column, reason });
		expect(report.examples[0]?.found.length).toBeLessThanOrEqual(40);
	});

	test('15 ragged rows', async () => {
		const { report } = await read(`${sound}B9,Mill\n${'x,'.repeat(20)}\n`);
		expect(report.refused.map(({ reason, rows }) => [reason, rows])).toEqual([
			['Ragged', 1],
			['Ragged', 1],
		]);
		expect(report.examples.map(({ row }) => row)).toEqual([5, 6]);
	});

	test('cancelled before it was booked', async () => {
		const rows = bookings(2, (i) => ({
			status: 'cancelled',
			off: i ? '2025-01-09' : '2025-01-11',
		}));
		const { columns } = plainMapping();
		const mapping = plainMapping({ columns: { ...columns, cancelled_on: ['off'] } });
		const { report } = await read(csv(rows), mapping);
		expect(report.refused).toEqual([{ reason: 'CancelledBeforeBooked', column: 'off', rows: 1 }]);
	});

	test('all rows: the file is refused with the first', async () => {
		const fault = await faultFrom(read(csv(bookings(3, () => ({ property: '' })))));
		expect(fault).toMatchObject({ name: 'NoRowUsable', row: 1, column: 'property' });
	});
});

describe('what only a person knows is asked for, not guessed', () => {
	const dated = (arrives_on: string, departs_on: string) =>
		csv(bookings(3, () => ({ booked_on: '2024-11-01', arrives_on, departs_on })));

	test('20 01/02/2025: the order of day and month, once', async () => {
		const text = dated('01/02/2025', '03/02/2025');
		expect(await faultFrom(read(text))).toMatchObject({
			name: 'MappingIncomplete',
			row: 1,
			column: 'arrives_on',
		});
		const [dayFirst, monthFirst] = await Promise.all(
			[true, false].map((order) => read(text, plainMapping({ dayFirst: order }))),
		);
		expect(dayFirst && column(dayFirst, 'nights')).toEqual([2, 2, 2]);
		expect(monthFirst && column(monthFirst, 'nights')).toEqual([59, 59, 59]);
	});

	test.each([
		['22 Excel serials', '45658', '45660'],
		['22 seconds since 1970', '1735689600', '1735862400'],
		['22 milliseconds since 1970', '1735689600000', '1735862400000'],
		['times without a zone, in the gap of a DST change', '2025-01-01T02:30:00', '2025-01-03 02:30'],
		['names of months', '1 January 2025', 'Jan 3, 2025'],
		['digits alone', '20250101', '20250103'],
	])('%s need no question', async (_, arrives, departs) => {
		const books = await read(dated(arrives, departs));
		expect(column(books, 'arrives_on')).toEqual([20_089, 20_089, 20_089]);
		expect(column(books, 'nights')).toEqual([2, 2, 2]);
	});

	test('prices in two currencies: choose one, or the file is refused at the row that differs', async () => {
		const text = csv(bookings(3, (i) => ({ total: i === 2 ? '90 GBP' : '100 EUR' })));
		const open = plainMapping({ currency: '' });
		expect(await faultFrom(read(text, open))).toMatchObject({
			name: 'MixedCurrencies',
			row: 3,
			column: 'total',
		});
		expect((await read(text, plainMapping({ currency: 'GBP' }))).rows.count).toBe(1);
		const wrong = read(text, plainMapping({ currency: 'euros' }));
		expect((await faultFrom(wrong)).name).toBe('CurrencyUnknown');
	});

	test.each<[string, Partial<Mapping>, string]>([
		['arrival', { columns: { ...plainMapping().columns, arrives_on: [] } }, 'arrives_on'],
		[
			'departure and nights',
			{ columns: { ...plainMapping().columns, departs_on: [] } },
			'departs_on',
		],
		['price and total', { columns: { ...plainMapping().columns, total: [] } }, 'nightly_price'],
		[
			'nights that were let',
			{ table: 'daily', columns: { property: ['property'], day: ['arrives_on'] } },
			'let',
		],
	])('nothing is matched to %s', async (_, change, field) => {
		const fault = await faultFrom(read(sound, plainMapping(change)));
		expect(fault).toMatchObject({ name: 'MappingIncomplete', column: field });
	});

	test('a matched column is not in the file', async () => {
		const columns = { ...plainMapping().columns, guest: ['guest_id'] };
		const fault = await faultFrom(read(sound, plainMapping({ columns })));
		expect(fault).toMatchObject({ name: 'ColumnMissing', row: 0, column: 'guest_id' });
	});
});

const byProperty = plainMapping({
	table: 'features',
	columns: { key: ['property'] },
	extras: [],
});

describe('JSON that is no table', () => {
	const object = '{"property":"M"}';
	test.each([
		['38 nested 200,000 deep', `[${'{"a":'.repeat(200_000)}1`],
		['38 lists 200,000 deep', `[{"a":${'['.repeat(200_000)}`],
		['cut off', `[${object},{"property":"M`],
		['without its end', `[${object}`],
		['followed by something', `[${object}]]`],
		['a list of numbers', `[${object},1]`],
		['two values without a comma', '[{"a":1 "b":2}]'],
		['a name without quotation marks', '[{a:1}]'],
		['a word that is none', '[{"a":undefined}]'],
		['a number that is none', '[{"a":01}]'],
		['a text with an odd escape', '[{"a":"\\x"}]'],
		['an object that never ends', `[{"a":"${'x'.repeat(2_300_000)}`],
	])('%s', async (_, content) => {
		const fault = await faultFrom(read(content, byProperty));
		expect(fault).toMatchObject({ name: 'JsonDamaged', row: expect.any(Number) as number });
	});

	test('37, 39, 40 stand in the tests of formats; 513 names are too many', async () => {
		const names = Array.from({ length: 513 }, (_, i) => `"n${i}":1`).join();
		expect((await faultFrom(read(`[{${names}}]`))).name).toBe('ColumnsTooMany');
	});

	test('an empty list', async () => {
		expect((await faultFrom(read('[]'))).name).toBe('FileEmpty');
		expect((await faultFrom(look('[]'))).name).toBe('FileEmpty');
	});
});

describe('zip archives that are refused', () => {
	const zeros = new Uint8Array(40_000_000);
	const many = Array.from({ length: 1001 }, (_, i) => ({ name: `${i}.csv`, content: '' }));
	test.each<[string, () => Uint8Array<ArrayBuffer>]>([
		['41 a thousand to one', () => zipOf([{ name: 'a.csv', content: zeros }])],
		[
			'41 more than 512 MB by its own account',
			() => zipOf([{ name: 'a.csv', content: sound, lie: { bytes: 600_000_000 } }]),
		],
		['41 more than 1,000 files', () => zipOf(many)],
		[
			'42 larger than it says',
			() => zipOf([{ name: 'a.csv', content: sound, lie: { bytes: 10 } }]),
		],
		[
			'42 smaller than it says',
			() => zipOf([{ name: 'a.csv', content: sound, lie: { bytes: 9999 } }]),
		],
		[
			'42 other than its checksum',
			() => zipOf([{ name: 'a.csv', content: sound, lie: { crc: 1 } }]),
		],
		['43 names that climb', () => zipOf([{ name: '../a.csv', content: sound }])],
		['43 names with a drive', () => zipOf([{ name: 'C:\\a.csv', content: sound }])],
		['43 a prototype', () => zipOf([{ name: '__proto__', content: sound }])],
		['with a password', () => zipOf([{ name: 'a.csv', content: sound, lie: { flags: 1 } }])],
		['without a table', () => zipOf([{ name: 'a.png', content: sound }])],
		['with nothing in it', () => zipOf([])],
		['without its end', () => zipOf([{ name: 'a.csv', content: sound }]).slice(0, -30)],
		['with one piece of data under two names', () => overlapping()],
	])('%s', async (_, content) => {
		expect((await faultFrom(read(content()))).name).toBe('ZipRefused');
		const seen = await faultFrom(look(content())).catch(() => null);
		expect(seen === null || seen.name === 'ZipRefused').toBe(true);
	});

	test('44 something behind the end of gzip is refused or read whole, never in part', async () => {
		const first = gzipSync(sound);
		const both = Buffer.concat([
			first,
			gzipSync('B9,Mill,2025-01-10,2025-03-01,2025-03-04,2,1,ok,x\n'),
		]);
		const count = await read(new Uint8Array(both)).then(
			({ rows }) => rows.count,
			() => 0,
		);
		expect([0, 5]).toContain(count);
		const trailing = read(new Uint8Array(Buffer.concat([first, Buffer.from('trailing')])));
		expect(['FileUnreadable', 'TruncatedGzip']).toContain((await faultFrom(trailing)).name);
	});

	function overlapping() {
		const zip = zipOf([
			{ name: 'a.csv', content: sound },
			{ name: 'b.csv', content: sound },
		]);
		const view = new DataView(zip.buffer);
		const place = Buffer.from(zip).lastIndexOf('PK\x01\x02');
		view.setUint32(place + 42, 0, true);
		return zip;
	}
});

describe('Parquet files that are refused', () => {
	const parquet = (change: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {}) =>
		new Uint8Array(
			parquetWriteBuffer({
				columnData: [
					{ name: 'property', data: ['Mill', 'Loft'], type: 'STRING' },
					{ name: 'nights', data: Int32Array.of(1, 2), type: 'INT32' },
				],
				codec: 'UNCOMPRESSED',
				...change,
			}),
		);
	const edited = (edit: (file: Uint8Array<ArrayBuffer>, view: DataView) => void) => {
		const file = parquet();
		edit(file, new DataView(file.buffer));
		return file;
	};
	/** Replaces the bytes of a variable-length number in the footer by others of the same length. */
	const inFooter = (find: readonly number[], by: readonly number[]) =>
		edited((file) => {
			const at = Buffer.from(file).lastIndexOf(Buffer.from(find));
			if (at < 0) throw new Error('the footer is not as it was');
			file.set(by, at);
		});

	test.each<[string, () => Uint8Array<ArrayBuffer>, FaultName]>([
		['31 without its last bytes', () => parquet().slice(0, -1), 'ParquetDamaged'],
		['31 the beginning alone', () => parquet().slice(0, 8), 'ParquetDamaged'],
		[
			'31 a footer longer than the file',
			() => edited((file, view) => view.setUint32(file.length - 8, 0x7fffffff, true)),
			'ParquetDamaged',
		],
		[
			'31 a footer of nothing',
			() => edited((file, view) => view.setUint32(file.length - 8, 0, true)),
			'ParquetDamaged',
		],
		[
			'an encrypted one',
			() => edited((file) => file.set(encode('PARE'), file.length - 4)),
			'ParquetUnsupported',
		],
		[
			'34 columns of records alone',
			() =>
				parquet({
					columnData: [{ name: 'a', data: [{ b: 1 }] }],
					schema: [
						{ name: 'root', num_children: 1 },
						{ name: 'a', num_children: 1, repetition_type: 'REQUIRED' },
						{ name: 'b', type: 'INT32', repetition_type: 'REQUIRED' },
					],
				}),
			'ParquetUnsupported',
		],
		[
			'513 columns',
			() =>
				parquet({
					columnData: Array.from({ length: 513 }, (_, i) => ({
						name: `c${i}`,
						data: Int32Array.of(1),
						type: 'INT32' as const,
					})),
				}),
			'ColumnsTooMany',
		],
		['33 pages full of nonsense', () => edited((file) => file.fill(0xff, 4, 40)), 'ParquetDamaged'],
		// Sizes and places in the footer are zigzag varints; file and column offsets start with 4, so 8.
		['36 a column beyond the end', () => inFooter([0x26, 0x08], [0x26, 0x7e]), 'ParquetDamaged'],
	])('%s', async (_, content, name) => {
		expect((await faultFrom(read(content(), byProperty))).name).toBe(name);
		expect((await faultFrom(look(content()))).name).toBe(name);
	});

	/** What the footer says, changed in one place. */
	type Footer = ReturnType<typeof parquetMetadata>;
	type Chunk = NonNullable<Footer['row_groups'][number]['columns'][number]['meta_data']>;
	const footer = (change: (footer: Footer, chunk: Chunk) => void) => {
		const metadata = parquetMetadata(parquet());
		const chunk = metadata.row_groups[0]?.columns[1]?.meta_data;
		if (!chunk) throw new Error('there is no second column');
		change(metadata, chunk);
		return metadata;
	};

	test.each<[string, (footer: Footer, chunk: Chunk) => void, FaultName]>([
		['32 2^40 rows by its own account', (all) => (all.num_rows = 2n ** 40n), 'ParquetDamaged'],
		[
			'32 2^40 rows in its only group too',
			(all) => {
				all.num_rows = 2n ** 40n;
				for (const group of all.row_groups) group.num_rows = 2n ** 40n;
			},
			'FileTooLarge',
		],
		[
			'33 1 GB in a column',
			(_, chunk) => (chunk.total_uncompressed_size = 2n ** 30n),
			'FileTooLarge',
		],
		['33 2^40 values', (_, chunk) => (chunk.num_values = 2n ** 40n), 'FileTooLarge'],
		['34 a codec of nobody', (_, chunk) => (chunk.codec = 'LZO'), 'ParquetUnsupported'],
		[
			'34 nested 1,000 deep',
			(all) => {
				const deep = Array.from({ length: 1000 }, () => ({ name: 'a', num_children: 1 }));
				all.schema = [{ name: 'root', num_children: 1 }, ...deep, { name: 'b', type: 'INT32' }];
			},
			'ParquetUnsupported',
		],
		['36 before the beginning', (_, chunk) => (chunk.data_page_offset = 0n), 'ParquetDamaged'],
		['36 behind the end', (_, chunk) => (chunk.data_page_offset = 9999n), 'ParquetDamaged'],
		['36 of negative size', (_, chunk) => (chunk.total_compressed_size = -5n), 'ParquetDamaged'],
		[
			'36 within another column',
			(all, chunk) =>
				(chunk.data_page_offset =
					(all.row_groups[0]?.columns[0]?.meta_data?.data_page_offset ?? 0n) + 1n),
			'ParquetDamaged',
		],
	])('%s', async (_, change, name) => {
		const check = async () => checkMetadata(footer(change), parquet().length);
		expect((await faultFrom(check())).name).toBe(name);
	});

	/** A column of one page (Thrift compact protocol) whose header says what it likes. */
	const page = async (said: { packed: number; plain: number; values: number; crc?: number }) => {
		const zigzag = (value: number) => {
			const coded: number[] = [];
			let rest = ((value << 1) ^ (value >> 31)) >>> 0;
			for (; rest > 127; rest >>>= 7) coded.push((rest & 127) | 128);
			return [...coded, rest];
		};
		const crc = said.crc === undefined ? [] : [0x15, ...zigzag(said.crc)];
		const delta = said.crc === undefined ? 0x2c : 0x1c;
		const start = [0x15, 0, 0x15, ...zigzag(said.plain), 0x15, ...zigzag(said.packed)];
		const own = [delta, 0x15, ...zigzag(said.values), 0x15, 0, 0x15, 6, 0x15, 6, 0, 0];
		const data = [1, 0, 0, 0, 2, 0, 0, 0];
		const bytes = Uint8Array.from([...start, ...crc, ...own, ...data]);
		const blob = new Blob([bytes]);
		const file = {
			name: '',
			size: bytes.length,
			slice: (from: number, to: number) => blob.slice(from, to),
		};
		const metadata = footer((all, chunk) => {
			chunk.data_page_offset = 0n;
			chunk.total_compressed_size = BigInt(bytes.length);
			delete chunk.dictionary_page_offset;
			// The other column is somewhere else.
			all.schema = all.schema.filter(({ name }) => name !== 'property');
		});
		const group = metadata.row_groups[0];
		if (!group) throw new Error('there is no group');
		return checkPages(file, metadata, group);
	};

	test('33, 35 pages are measured and summed up before they are unpacked', async () => {
		const sum = new Crc32();
		sum.add(Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0));
		await page({ packed: 8, plain: 8, values: 2 });
		await page({ packed: 8, plain: 8, values: 2, crc: sum.value | 0 });
		const refused = [
			{ packed: 8, plain: 8, values: 2, crc: 1 },
			{ packed: 9, plain: 9, values: 2 },
			{ packed: -1, plain: 8, values: 2 },
			{ packed: 8, plain: 1_000_000_000, values: 2 },
			{ packed: 8, plain: 8, values: 1_000_000_000 },
			{ packed: 8, plain: 8, values: -2 },
			{ packed: 8, plain: 8, values: 1 },
		];
		for (const said of refused)
			expect(await faultFrom(page(said))).toMatchObject({
				name: 'ParquetDamaged',
				column: 'nights',
			});
	});

	test('the checksum is that of zip and Parquet', () => {
		const sum = new Crc32();
		sum.add(encode('123456789'));
		// The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
		expect(sum.value).toBe(0xcbf43926);
	});

	test('a sound one is read', async () => {
		const books = await read(parquet(), { ...byProperty, extras: ['nights'] });
		expect(extra(books, 'nights')).toEqual([1, 2]);
	});
});
