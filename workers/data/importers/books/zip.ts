import { MAX_BYTES, readBytes, readSlice } from '../bytes';
import { gunzip } from '../gunzip';
import type { ImportRun, SourceFile } from '../import-run';
import { booksFault } from './books-fault';
import { Crc32 } from './crc32';

type Bytes = Uint8Array<ArrayBuffer>;

/** One file in a zip archive, as its directory has it. */
export interface ZipEntry {
	readonly name: string;
	readonly stored: boolean;
	readonly packedBytes: number;
	readonly bytes: number;
	readonly crc: number;
	/** Of its own header in the archive. */
	readonly offset: number;
}

const MOST_ENTRIES = 1000;
const MOST_RATIO = 100;
/** Little text packs to almost nothing; below this the ratio says nothing. */
const FREE_BYTES = 1024 * 1024;
const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const LOCAL_LENGTH = 30;
const DIRECTORY_LENGTH = 46;
const ZIP64 = 0xffffffff;

/** Folders and a plain name with an ending that a table may have; nothing that climbs or hides. */
const DATA_NAME =
	/^(?:[\p{L}\p{N} _()+-][\p{L}\p{N} _.()+-]*\/)*[\p{L}\p{N}_(][\p{L}\p{N} _.()+-]*\.(?:csv|tsv|txt|json|jsonl|ndjson|parquet)(?:\.gz)?$/iu;

export const isZip = (head: Uint8Array) =>
	head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);

/**
 * The files of an archive that may hold a table, in the archive's order. Sizes are checked before
 * anything is unpacked; names are looked at and used for nothing else.
 *
 * @throws FaultError ZipRefused, FileUnreadable
 */
export async function zipEntries(file: SourceFile): Promise<readonly ZipEntry[]> {
	const { from, bytes: length, count } = await directoryPlace(file);
	if (count > MOST_ENTRIES) throw refused(`It holds more than ${MOST_ENTRIES} files.`);
	const directory = new DataView(await readSlice(file, from, from + length));
	const entries = readDirectory(directory, count);
	refuseLarge(entries);
	refuseOverlaps(entries, from);
	const tables = entries.filter(({ name }) => DATA_NAME.test(name) && !name.startsWith('__MACOSX'));
	if (tables.length === 0) throw refused('It holds no .csv, .json or .parquet file.');
	return tables;
}

/**
 * The bytes of an entry. They are counted as they unpack, and nothing may be made of them before the
 * end: what does not fit the directory's size and checksum is refused there.
 *
 * @throws FaultError ZipRefused; and what reading the file gives
 */
export async function* readEntry(
	file: SourceFile,
	entry: ZipEntry,
	run: ImportRun,
	counts: () => Readonly<Record<string, number>>,
): AsyncGenerator<Bytes> {
	const header = new DataView(await readSlice(file, entry.offset, entry.offset + LOCAL_LENGTH));
	if (header.byteLength < LOCAL_LENGTH || header.getUint32(0, true) !== LOCAL) throw damaged();
	const from =
		entry.offset + LOCAL_LENGTH + header.getUint16(26, true) + header.getUint16(28, true);
	const to = from + entry.packedBytes;
	if (to > file.size) throw damaged();
	const packed = readBytes(file, run, counts, { from, to });
	const crc = new Crc32();
	let bytes = 0;
	for await (const part of entry.stored ? packed : gunzip(packed, 'deflate-raw')) {
		bytes += part.length;
		if (bytes > entry.bytes) throw refused('A file in it is larger than the archive says.');
		crc.add(part);
		yield part;
	}
	if (bytes !== entry.bytes || crc.value !== entry.crc) throw damaged();
}

async function directoryPlace(file: SourceFile) {
	const start = Math.max(0, file.size - END_LENGTH - 0xffff);
	const tail = new DataView(await readSlice(file, start, file.size));
	for (let at = tail.byteLength - END_LENGTH; at >= 0; at--) {
		if (tail.getUint32(at, true) !== END) continue;
		const place = {
			count: tail.getUint16(at + 10, true),
			bytes: tail.getUint32(at + 12, true),
			from: tail.getUint32(at + 16, true),
		};
		if (place.from === ZIP64) throw refused('It is written for archives of more than 4 GB.');
		if (place.from + place.bytes > start + at) throw damaged();
		return place;
	}
	throw damaged();
}

function readDirectory(directory: DataView, count: number): ZipEntry[] {
	const entries: ZipEntry[] = [];
	let at = 0;
	for (let i = 0; i < count; i++) {
		if (at + DIRECTORY_LENGTH > directory.byteLength) throw damaged();
		if (directory.getUint32(at, true) !== DIRECTORY) throw damaged();
		const [nameLength, extra, comment] = [28, 30, 32].map((place) =>
			directory.getUint16(at + place, true),
		) as [number, number, number];
		const end = at + DIRECTORY_LENGTH + nameLength + extra + comment;
		if (end > directory.byteLength) throw damaged();
		entries.push(readDirectoryEntry(directory, at, nameLength));
		at = end;
	}
	return entries;
}

function readDirectoryEntry(directory: DataView, at: number, nameLength: number): ZipEntry {
	const [flags, method] = [directory.getUint16(at + 8, true), directory.getUint16(at + 10, true)];
	if (flags & 1) throw refused('It is locked with a password.');
	if (method !== 0 && method !== 8) throw refused('It is packed in a way that is not read here.');
	const name = new Uint8Array(
		directory.buffer,
		directory.byteOffset + at + DIRECTORY_LENGTH,
		nameLength,
	);
	return {
		name: new TextDecoder().decode(name),
		stored: method === 0,
		crc: directory.getUint32(at + 16, true),
		packedBytes: directory.getUint32(at + 20, true),
		bytes: directory.getUint32(at + 24, true),
		offset: directory.getUint32(at + 42, true),
	};
}

function refuseLarge(entries: readonly ZipEntry[]): void {
	const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
	if (total > MAX_BYTES) throw refused('It unpacks to more than 512 MB.');
	const bomb = entries.some(
		({ bytes, packedBytes }) => bytes > FREE_BYTES && bytes > packedBytes * MOST_RATIO,
	);
	if (bomb) throw refused('A file in it unpacks to more than a hundred times its size.');
	if (entries.some(({ stored, bytes, packedBytes }) => stored && bytes !== packedBytes))
		throw damaged();
}

/** One piece of data under many names is how small archives unpack to large ones. */
function refuseOverlaps(entries: readonly ZipEntry[], end: number): void {
	const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
	inOrder.forEach(({ offset, packedBytes }, i) => {
		if (offset + LOCAL_LENGTH + packedBytes > (inOrder[i + 1]?.offset ?? end)) throw damaged();
	});
}

const refused = (why: string) =>
	booksFault(
		'ZipRefused',
		`This zip archive is not read. ${why}`,
		'Unpack it yourself, and open the .csv, .json or .parquet that is inside.',
	);

const damaged = () => refused('It is damaged, or its directory does not tell the truth.');
