import {
	type AsyncBuffer,
	type FileMetaData,
	parquetMetadataAsync,
	parquetReadObjects,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FaultError, cancelledFault } from '../../fault';
import { MAX_BYTES, readSlice } from '../bytes';
import type { ImportRun, SourceFile } from '../import-run';
import { BOOKS_KEPT, booksFault } from './books-fault';
import { checkFooter, checkMetadata, checkPages, flatColumns } from './parquet-checks';
import type { RowBatch } from './rows';

const BATCH = 10_000;

export const isParquet = (head: Uint8Array) =>
	head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && head[3] === 0x31;

/**
 * Rows of a Parquet file, cells as the text that a CSV would have (dates in ISO 8601, whole numbers
 * with all their digits). Columns within columns are left out. What the footer says is checked against
 * the file before a page is unpacked.
 *
 * @param mostRows reads no further; the beginning of a file is enough to look at it
 * @throws FaultError ParquetDamaged, ParquetUnsupported, ColumnsTooMany, FileTooLarge, Cancelled
 */
export async function* readParquet(
	file: SourceFile,
	run: ImportRun,
	counts: () => Readonly<Record<string, number>>,
	mostRows = Number.POSITIVE_INFINITY,
): AsyncGenerator<RowBatch> {
	try {
		yield* readGroups(file, run, counts, mostRows);
	} catch (error) {
		// Whatever else the library throws, it is because of what the file holds.
		throw error instanceof FaultError ? error : damaged();
	}
}

async function* readGroups(
	file: SourceFile,
	run: ImportRun,
	counts: () => Readonly<Record<string, number>>,
	mostRows: number,
): AsyncGenerator<RowBatch> {
	if (file.size > MAX_BYTES) throw tooLarge();
	const buffer = bufferOf(file);
	await checkFooter(file);
	const metadata = await parquetMetadataAsync(buffer);
	checkMetadata(metadata, file.size);
	const header = flatColumns(metadata);
	let row = 0;
	for (const group of metadata.row_groups) {
		await checkPages(file, metadata, group);
		const end = Math.min(row + Number(group.num_rows), mostRows);
		while (row < end) {
			if (run.cancelled()) throw cancelledFault(BOOKS_KEPT);
			const rowEnd = Math.min(row + BATCH, end);
			const rows = await readRange(buffer, metadata, header, row, rowEnd);
			const done = Math.round((file.size * rowEnd) / Number(metadata.num_rows));
			run.onProgress({ step: 'reading', done, total: file.size, counts: counts() });
			yield { header, firstRow: row + 1, rows, malformed: new Set() };
			row = rowEnd;
		}
	}
	if (row === 0) yield { header, firstRow: 1, rows: [], malformed: new Set() };
}

async function readRange(
	file: AsyncBuffer,
	metadata: FileMetaData,
	header: readonly string[],
	rowStart: number,
	rowEnd: number,
): Promise<string[][]> {
	const objects = await parquetReadObjects({
		file,
		metadata,
		columns: [...header],
		compressors,
		rowStart,
		rowEnd,
		useOffsetIndex: false,
	});
	return objects.map((object) =>
		header.map((name) => (Object.hasOwn(object, name) ? cellOf(object[name]) : '')),
	);
}

function cellOf(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return value;
		case 'number':
			return Number.isNaN(value) ? '' : String(value);
		case 'bigint':
		case 'boolean':
			return String(value);
		default:
			return value instanceof Date && !Number.isNaN(value.getTime()) ? dateCell(value) : '';
	}
}

/** A day, or an instant where it is not midnight. */
function dateCell(date: Date): string {
	const text = date.toISOString();
	return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

function bufferOf(file: SourceFile): AsyncBuffer {
	return {
		byteLength: file.size,
		slice: (from, to = file.size) =>
			readSlice(file, from < 0 ? file.size + from : from, to < 0 ? file.size + to : to),
	};
}

const damaged = () =>
	booksFault(
		'ParquetDamaged',
		'This Parquet file is damaged, or it is not one.',
		'Export it again, then open it.',
	);

const tooLarge = () =>
	booksFault(
		'FileTooLarge',
		'This file holds more than 512 MB, which is more than is read here.',
		'Open a part of it: one city, or a few years.',
	);
