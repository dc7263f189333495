/** A manager's files made by hand: invented bookings in the columns of the usual exports. */
import { deflateRawSync } from 'node:zlib';
import { FaultError } from '$workers/data/fault';
import { Crc32 } from '$workers/data/importers/books/crc32';
import {
	type ReadBooks,
	type ReadOptions,
	lookAtFile,
	readBooksFile,
} from '$workers/data/importers/books';
import { nameAt } from '$workers/table/column';
import type { Fault, FileLook, Mapping } from '$lib/contracts';
import { asFile, csv, quietRun } from './csv';

export type Row = Readonly<Record<string, string>>;
export type Content = string | Uint8Array<ArrayBuffer>;

/** Every made-up file is read on 2026-01-01. */
export const TODAY: ReadOptions = { today: 20_454 };

const BOOKING: Row = {
	booking_id: 'B1',
	property: 'Mill',
	booked_on: '2025-01-10',
	arrives_on: '2025-03-01',
	departs_on: '2025-03-04',
	adults: '2',
	total: '300.00',
	status: 'confirmed',
	channel: 'direct',
};

/** One booking; what is given replaces the usual. */
export const booking = (change: Row = {}): Row => ({ ...BOOKING, ...change });

/** As many bookings with ids of their own. */
export const bookings = (count: number, change: (i: number) => Row = () => ({})): Row[] =>
	Array.from({ length: count }, (_, i) => booking({ booking_id: `B${i + 1}`, ...change(i) }));

/** The bookings as CSV, one of them changed. */
export const bookingsCsv = (change: Row, at = 1): string =>
	csv(bookings(4, (i) => (i === at ? change : {})));

/** Columns that are called as fields are. */
export const plainMapping = (change: Partial<Mapping> = {}): Mapping => ({
	source: 'other',
	table: 'bookings',
	columns: Object.fromEntries(Object.keys(BOOKING).map((name) => [name, [name]])),
	extras: [],
	currency: 'EUR',
	...change,
});

export const look = (
	content: Content,
	remembered: (signature: string) => Mapping | undefined = () => undefined,
): Promise<FileLook> => lookAtFile(asFile(content, 'file'), remembered);

export const read = (
	content: Content,
	mapping: Mapping = plainMapping(),
	options: ReadOptions = TODAY,
): Promise<ReadBooks> => readBooksFile(asFile(content, 'file'), mapping, quietRun, options);

/** Looks and reads with the mapping that looking proposes. */
export async function lookAndRead(
	content: Content,
	change: Partial<Mapping> = {},
	options: ReadOptions = TODAY,
) {
	const seen = await look(content);
	return { seen, books: await read(content, { ...seen.mapping, ...change }, options) };
}

/** The fault that reading ends with; an error where it ends well. */
export async function faultFrom(reading: Promise<unknown>): Promise<Fault> {
	try {
		await reading;
	} catch (error) {
		if (error instanceof FaultError) return error.fault;
		throw error;
	}
	throw new Error('the file was taken');
}

/** A column's values as they are: numbers, or names. */
export function column({ rows }: ReadBooks, name: string): (number | string)[] {
	return valuesOf(rows.columns[name], name);
}

export function extra({ extras }: ReadBooks, name: string): (number | string)[] {
	return valuesOf(Object.hasOwn(extras, name) ? extras[name] : undefined, name);
}

function valuesOf(found: ReadBooks['extras'][string] | undefined, name: string) {
	if (!found) throw new Error(`there is no column ${name}`);
	if (found.type === 'number') return Array.from(found.values);
	if (found.type === 'text') return [...found.values];
	if (found.type === 'category') return Array.from(found.codes, (_, row) => nameAt(found, row));
	throw new Error(`${name} is a set`);
}

export interface PackedFile {
	readonly name: string;
	readonly content: string | Uint8Array;
	/** What the directory says instead of the truth. */
	readonly lie?: { readonly bytes?: number; readonly crc?: number; readonly flags?: number };
	readonly stored?: boolean;
}

/** A zip archive (PKWARE APPNOTE 6.3.10), honest or not. */
export function zipOf(files: readonly PackedFile[]): Uint8Array<ArrayBuffer> {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content, lie = {}, stored = false } of files) {
		const plain = Buffer.from(content);
		const packed = stored ? plain : deflateRawSync(plain);
		const sum = new Crc32();
		sum.add(plain);
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(lie.flags ?? 0, 2);
		fields.writeUInt16LE(stored ? 0 : 8, 4);
		fields.writeUInt32LE(lie.crc ?? sum.value, 10);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(lie.bytes ?? plain.length, 18);
		fields.writeUInt16LE(Buffer.byteLength(name), 22);
		parts.push(Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(offset, 10);
		directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, place, Buffer.from(name));
		offset += 30 + Buffer.byteLength(name) + packed.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(files.length, 4);
	end.writeUInt16LE(files.length, 6);
	end.writeUInt32LE(listed.length, 8);
	end.writeUInt32LE(offset, 12);
	return new Uint8Array(Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06'), end]));
}
