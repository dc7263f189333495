import type { ColumnMetaData, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { readSlice } from '../bytes';
import type { SourceFile } from '../import-run';
import { booksFault } from './books-fault';
import { Crc32 } from './crc32';
import { runsFit } from './parquet-runs';

/*
 * A Parquet file says of itself how much it holds. A reader that believes it can be made to fill the
 * memory by a few bytes; so everything is compared with the file, and with bounds, before it is read.
 */

const MAX_COLUMNS = 512;
const MOST_ROWS = 5_000_000;
const MOST_CELLS = 200_000_000;
const MOST_METADATA = 16 * 1024 * 1024;
const MOST_PAGE_BYTES = 128 * 1024 * 1024;
const MOST_UNPACKED = 512 * 1024 * 1024;
const MOST_RATIO = 1000;
const FREE_BYTES = 1024 * 1024;
const MAGIC_LENGTH = 4;
const CODECS = new Set(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD', 'LZ4', 'LZ4_RAW']);

/** @throws FaultError ParquetDamaged where the file's end is not that of a Parquet file */
export async function checkFooter(file: SourceFile): Promise<void> {
	if (file.size < 12) throw damaged('it is too short');
	const end = new DataView(await readSlice(file, file.size - 8, file.size));
	if (end.getUint32(4, true) === 0x45524150)
		throw unsupported('It is encrypted.', 'Export it again without encryption.');
	if (end.getUint32(4, true) !== 0x31524150) throw damaged('its end is missing');
	const length = end.getUint32(0, true);
	if (length > file.size - 12 || length > MOST_METADATA) throw damaged('its footer is too long');
}

/** @throws FaultError ParquetDamaged, ParquetUnsupported, ColumnsTooMany, FileTooLarge */
export function checkMetadata(metadata: FileMetaData, size: number): void {
	const { row_groups: groups, schema } = metadata;
	const rows = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
	if (Number(metadata.num_rows) !== rows) throw damaged('its rows are counted wrongly');
	if (schema.length > 4 * MAX_COLUMNS) throw columnsTooMany();
	const columns = flatColumns(metadata).length;
	if (columns > MAX_COLUMNS) throw columnsTooMany();
	if (columns === 0)
		throw unsupported('Its columns hold lists or records.', 'Flatten its columns.');
	if (rows > MOST_ROWS || rows * columns > MOST_CELLS) throw tooLarge();
	const chunks = groups.flatMap((group) => chunksOf(group));
	const unpacked = chunks.reduce((sum, one) => sum + Number(one.total_uncompressed_size), 0);
	if (unpacked > MOST_UNPACKED) throw tooLarge();
	for (const chunk of chunks) checkCodec(chunk);
	refuseOutside(chunks, size);
}

/** Names of columns that hold one value a row. */
export function flatColumns({ schema }: FileMetaData): string[] {
	const names: string[] = [];
	for (let at = 1; at < schema.length;) {
		const element = schema[at];
		const nested = (element?.num_children ?? 0) > 0;
		if (element && !nested && element.repetition_type !== 'REPEATED') names.push(element.name);
		at = nested ? behindSubtree(schema, at) : at + 1;
	}
	// The library hands on what a damaged footer lacks.
	if ((names as unknown[]).some((name) => typeof name !== 'string'))
		throw damaged('a column has no name');
	if (new Set(names).size !== names.length) throw damaged('two columns have one name');
	return names;
}

/** Without recursion: a schema may be nested a thousand deep. */
function behindSubtree(schema: FileMetaData['schema'], from: number): number {
	let open = 1;
	let at = from;
	while (open > 0 && at < schema.length) open += (schema[at++]?.num_children ?? 0) - 1;
	return at;
}

/**
 * Walks the pages of a row group by their headers: sizes within the chunk, no more values than rows,
 * checksums where pages have them.
 *
 * @throws FaultError ParquetDamaged
 */
export async function checkPages(
	file: SourceFile,
	metadata: FileMetaData,
	group: RowGroup,
): Promise<void> {
	const wanted = new Set(flatColumns(metadata));
	const elements = new Map(metadata.schema.map((element) => [element.name, element]));
	for (const chunk of chunksOf(group)) {
		const name = chunk.path_in_schema.join('.');
		const element = elements.get(name);
		if (!element || !wanted.has(name)) continue;
		const { from, to } = rangeOf(chunk);
		const view = new DataView(await readSlice(file, from, to));
		checkChunkPages(view, chunk, element, Number(group.num_rows));
	}
}

function checkChunkPages(
	view: DataView,
	chunk: ColumnMetaData,
	element: SchemaElement,
	rows: number,
): void {
	const column = element.name;
	const reader = { view, offset: 0 };
	let values = 0;
	let unpacked = 0;
	while (values < rows) {
		if (reader.offset >= view.byteLength) throw damaged('a column ends early', column);
		const header = parquetHeader(reader);
		const { compressed_page_size: packed, uncompressed_page_size: plain } = header;
		if (!(packed >= 0) || reader.offset + packed > view.byteLength)
			throw damaged('a page lies outside its column', column);
		if (!(plain >= 0) || plain > MOST_PAGE_BYTES) throw damaged('a page is too large', column);
		if (plain > FREE_BYTES && plain > packed * MOST_RATIO)
			throw damaged('a page unpacks to far more than it holds', column);
		if (chunk.codec === 'UNCOMPRESSED' && plain !== packed && header.type !== 'DATA_PAGE_V2')
			throw damaged('the sizes of a page differ', column);
		unpacked += plain;
		if (unpacked > MOST_UNPACKED) throw damaged('a column is too large', column);
		const bytes = new Uint8Array(view.buffer, view.byteOffset + reader.offset, packed);
		checkCrc(header.crc, bytes, column);
		const count = countOf(header);
		if (header.type === 'DICTIONARY_PAGE') {
			if (!(count >= 0) || count > plain) throw damaged('a dictionary is too large', column);
		} else values += count;
		if (!(count >= 0) || values > rows) throw damaged('a column has more values than rows', column);
		if (!runsFit(header, bytes, chunk, element))
			throw damaged('a page repeats more values than it has', column);
		reader.offset += packed;
	}
}

function countOf(header: ReturnType<typeof parquetHeader>): number {
	const page =
		header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header;
	return page?.num_values ?? Number.NaN;
}

function checkCrc(crc: number | undefined, bytes: Uint8Array, column: string): void {
	if (crc === undefined) return;
	const own = new Crc32();
	own.add(bytes);
	if (own.value !== crc >>> 0) throw damaged('a page is not as it was written', column);
}

function chunksOf(group: RowGroup): ColumnMetaData[] {
	return group.columns.map(({ meta_data: chunk }) => {
		if (!chunk) throw damaged('a column is described elsewhere');
		return chunk;
	});
}

function checkCodec(chunk: ColumnMetaData): void {
	if (!CODECS.has(chunk.codec))
		throw unsupported(
			'It is packed in a way that is not read here.',
			'Export it again with Snappy, Zstandard or gzip.',
		);
	if (Number(chunk.num_values) > MOST_CELLS) throw tooLarge();
}

function rangeOf(chunk: ColumnMetaData): { from: number; to: number } {
	const data = Number(chunk.data_page_offset);
	const dictionary = Number(chunk.dictionary_page_offset ?? 0);
	const from = dictionary > 0 && dictionary < data ? dictionary : data;
	return { from, to: from + Number(chunk.total_compressed_size) };
}

/** Chunks lie behind the first magic bytes, before the footer, and beside each other. */
function refuseOutside(chunks: readonly ColumnMetaData[], size: number): void {
	let reached = MAGIC_LENGTH;
	for (const { from, to } of chunks.map(rangeOf).sort((a, b) => a.from - b.from)) {
		const inside = from >= reached && to >= from && to <= size - 8;
		if (!inside) throw damaged('a column lies outside the file or in another');
		reached = to;
	}
}

const damaged = (why: string, column?: string) =>
	booksFault(
		'ParquetDamaged',
		`This Parquet file is damaged: ${why}.`,
		'Export it again, then open it.',
		column === undefined ? {} : { column },
	);

const unsupported = (why: string, next: string) =>
	booksFault('ParquetUnsupported', `This Parquet file is not read. ${why}`, next);

const columnsTooMany = () =>
	booksFault(
		'ColumnsTooMany',
		`The file has more than ${MAX_COLUMNS} columns.`,
		'Export fewer columns.',
		{ row: 0 },
	);

const tooLarge = () =>
	booksFault(
		'FileTooLarge',
		'This file holds more than 5 million rows or 512 MB.',
		'Open a part of it: one city, or a few years.',
	);
