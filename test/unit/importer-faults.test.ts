import { mkdtempSync, openSync, closeSync, ftruncateSync, rmSync } from 'node:fs';
import { openAsBlob } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { asFile, csv, faultOf, gzipped, listing, listings } from '../support/csv';

const bytes = (...values: number[]) => Uint8Array.from(values);
const encode = (text: string) => new TextEncoder().encode(text);

describe('a file that is no listings file', () => {
	test.each([
		['FileEmpty', ''],
		['FileEmpty', ' \n\n  \n'],
		['HeaderOnly', csv([], { columns: Object.keys(listing()) })],
		['FileTypeUnknown', '<!doctype html><title>no</title>'],
		['FileTypeUnknown', '{"id": 1}'],
		['FileTypeUnknown', 'once upon a time'],
		['NoRowUsable', csv(listings(3, () => ({ price: '' })))],
	])('is refused as %s', async (name, content) => {
		expect((await faultOf(content)).name).toBe(name);
	});

	test('a zip, a picture and a sound are refused by what they hold, whatever their name', async () => {
		const zip = new Uint8Array([...encode('PK\x03\x04'), ...deflateRawSync('id,name')]);
		expect(await faultOf(zip)).toMatchObject({ name: 'FileTypeUnknown', message: /zip/ as never });
		expect((await faultOf(bytes(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13))).name).toBe(
			'FileTypeUnknown',
		);
	}, 10_000);

	test('a necessary column that is missing is named', async () => {
		const columns = Object.keys(listing()).filter((name) => name !== 'latitude');
		expect(await faultOf(csv([listing()], { columns }))).toMatchObject({
			name: 'ColumnMissing',
			row: 0,
			column: 'latitude',
			message: 'The column latitude is missing.',
		});
	});

	test('every row unusable: the first is named', async () => {
		expect(await faultOf(csv(listings(3, () => ({ longitude: '' }))))).toMatchObject({
			name: 'NoRowUsable',
			row: 1,
			column: 'longitude',
		});
	});

	test('prices in two currencies are refused, at the row that differs', async () => {
		const prices = ['€ 100', '€ 120', '£ 90'];
		const text = csv(listings(3, (i) => ({ price: prices[i] ?? '' })));
		expect(await faultOf(text)).toMatchObject({ name: 'CurrencyUnknown', row: 3, column: 'price' });
		expect((await faultOf(csv([listing()]), { currency: 'dollars' })).name).toBe('CurrencyUnknown');
	});
});

describe('text that is not UTF-8', () => {
	test('UTF-16, with its mark or without, either way round', async () => {
		const text = csv(listings(3));
		const little = new Uint8Array(Buffer.from(text, 'utf16le'));
		const big = new Uint8Array(Buffer.from(text, 'utf16le').swap16());
		const marked = new Uint8Array([0xff, 0xfe, ...little]);
		const markedBig = new Uint8Array([0xfe, 0xff, ...big]);
		for (const file of [little, big, marked, markedBig, new Uint8Array(gzipBytes(marked))])
			expect(await faultOf(file)).toMatchObject({ name: 'TextNotUtf8', row: 0 });
	});

	test('Windows-1252 is told with row and column', async () => {
		const text = csv(listings(5, (i) => (i === 3 ? { name: 'Caf\u00e9 rooms' } : {})));
		const latin = new Uint8Array(Buffer.from(text, 'latin1'));
		expect(await faultOf(latin)).toMatchObject({ name: 'TextNotUtf8', row: 4, column: 'name' });
	});

	test('a NUL far into the file is told with row and column', async () => {
		const text = csv(listings(500)).replace('\n400,Quiet', '\n400,Qui\0et');
		expect(await faultOf(text)).toMatchObject({
			name: 'FileTypeUnknown',
			row: 400,
			column: 'name',
		});
	});

	test('a character cut off at the end', async () => {
		const cut = encode(`${csv(listings(2))}3,caf\u00e9`).slice(0, -1);
		expect(await faultOf(cut)).toMatchObject({ name: 'TextNotUtf8', row: 3, column: 'name' });
	});
});

describe('packed files', () => {
	test('cut off: the row reached is named', async () => {
		const rows = listings(4000, (i) => ({ name: `Home ${(i * 7919) % 10_007}` }));
		const whole = gzipped(csv(rows));
		const fault = await faultOf(whole.slice(0, Math.floor(whole.length * 0.7)));
		expect(fault).toMatchObject({ name: 'TruncatedGzip', column: expect.any(String) });
		expect(fault.row).toBeGreaterThan(0);
		expect(fault.row).toBeLessThan(4000);
	});

	test('cut off in their own header, or within the last bytes', async () => {
		const whole = gzipped(csv(listings(3)));
		expect((await faultOf(whole.slice(0, 5))).name).toBe('TruncatedGzip');
		expect((await faultOf(whole.slice(0, -4))).name).toBe('TruncatedGzip');
	});

	test('damaged in the middle', async () => {
		const whole = gzipped(
			csv(listings(400, (i) => ({ name: `Home ${(i * 7919) % 10_007}`, amenities: '' }))),
		);
		whole.fill(0xff, whole.length / 2, whole.length / 2 + 40);
		expect(['FileUnreadable', 'TruncatedGzip']).toContain((await faultOf(whole)).name);
	});
});

describe('more than a file should hold', () => {
	test('2 GB are refused before a byte is read', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'doorstep-'));
		const path = join(folder, 'listings.csv');
		const handle = openSync(path, 'w');
		ftruncateSync(handle, 2 ** 31);
		closeSync(handle);
		const file = await openAsBlob(path);
		const fault = await faultOf({
			name: 'listings.csv',
			size: file.size,
			slice: () => expect.unreachable('it was read'),
		});
		rmSync(folder, { recursive: true });
		expect(fault).toMatchObject({ name: 'FileTooLarge' });
	});

	test('a million columns', async () => {
		const header = Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',');
		expect(await faultOf(`${header}\n`)).toMatchObject({ name: 'ColumnsTooMany', row: 0 });
		expect(await faultOf(Array(200_000).fill('id').join(','))).toMatchObject({
			name: 'ColumnsTooMany',
		});
	});

	test('a field of many megabytes', async () => {
		const text = csv(listings(3, (i) => (i === 1 ? { amenities: 'x'.repeat(9_000_000) } : {})));
		expect(await faultOf(text)).toMatchObject({
			name: 'FieldTooLong',
			row: 2,
			column: 'amenities',
		});
	});

	test('more names of neighbourhoods than a catalogue can hold', async () => {
		const columns = ['id', 'name', 'latitude', 'longitude', 'room_type', 'price', 'neighbourhood'];
		const rows = listings(66_000, (i) => ({ neighbourhood: `N${i}` }));
		expect((await faultOf(csv(rows, { columns }))).name).toBe('FileTooLarge');
	});

	test('a file that changes while it is read', async () => {
		const file = asFile(csv(listings(3)));
		const changed = {
			name: file.name,
			size: file.size,
			slice: () => ({ arrayBuffer: () => Promise.reject(new Error('changed')) }),
		};
		expect((await faultOf(changed)).name).toBe('FileUnreadable');
	});
});

describe('a quotation mark that is not closed', () => {
	const rows = listings(6, (i) => ({ name: `Home "${i}"` }));

	test('in the last row', async () => {
		const text = csv(listings(3)).replace('\n3,Quiet', '\n3,"Quiet');
		expect(await faultOf(text)).toMatchObject({
			name: 'QuoteUnterminated',
			row: 3,
			column: 'name',
		});
	});

	test('in the middle, where it swallows the rows after it', async () => {
		const text = csv(rows).replace('"Home ""2"""', '"Home');
		expect(await faultOf(text)).toMatchObject({
			name: 'QuoteUnterminated',
			row: 3,
			column: 'name',
		});
	});

	test('in the middle of a file that has no other', async () => {
		const plain = csv(listings(5000, () => ({ amenities: '' }))).replace(
			'\n40,Quiet',
			'\n40,"Quiet',
		);
		expect(await faultOf(plain)).toMatchObject({
			name: 'QuoteUnterminated',
			row: 40,
			column: 'name',
		});
	});

	test('far before the end of a large file, without reading all of it', async () => {
		const plain = csv(listings(60_000, () => ({ amenities: '' }))).replace(
			'\n4,Quiet',
			'\n4,"Quiet',
		);
		expect(await faultOf(plain)).toMatchObject({
			name: 'QuoteUnterminated',
			row: 4,
			column: 'name',
		});
	});

	test('in the header', async () => {
		const text = csv(listings(3)).replace('host_id', '"host_id');
		expect(await faultOf(text)).toMatchObject({ name: 'QuoteUnterminated', row: 0 });
	});
});

const gzipBytes = (content: Uint8Array<ArrayBuffer>) =>
	gzipped(Buffer.from(content).toString('latin1'));
