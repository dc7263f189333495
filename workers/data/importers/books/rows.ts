import type { FileLook } from '$lib/contracts';
import { MAX_BYTES, readBytes, tooLarge } from '../bytes';
import { readCsv } from '../csv';
import { gunzip } from '../gunzip';
import type { ImportRun, SourceFile } from '../import-run';
import { decodeText } from '../text';
import { readJson } from './json';
import { isParquet, readParquet } from './parquet';
import { type ZipEntry, isZip, readEntry, zipEntries } from './zip';

type Bytes = Uint8Array<ArrayBuffer>;
type Counts = () => Readonly<Record<string, number>>;

/** Rows as they come, whatever the format: arrays beside a header, so a column may have any name. */
export interface RowBatch {
	readonly header: readonly string[];
	/** 1 is the first row after the header. */
	readonly firstRow: number;
	readonly rows: readonly (readonly string[])[];
	/** Rows that are not as the format wants them. */
	readonly malformed: ReadonlySet<readonly string[]>;
}

/** What a file turned out to be, and its rows, batch by batch. */
export interface FileRows {
	readonly format: FileLook['format'];
	readonly packed: FileLook['packed'];
	readonly batches: AsyncIterable<RowBatch>;
}

export interface RowsOptions {
	/** Needs no more rows than these: a reader that can stops there. */
	readonly mostRows?: number;
}

/** Packed files within packed files: `.csv.gz` in a zip, and no deeper. */
const MOST_LAYERS = 2;

/**
 * Opens a file by what it holds, not by its name: CSV, JSON or Parquet, as it is or packed with gzip
 * or zip.
 *
 * @throws FaultError FileEmpty, FileTooLarge, ZipRefused ...; the rows throw what their readers do
 */
export async function openRows(
	file: SourceFile,
	run: ImportRun,
	counts: Counts,
	options: RowsOptions = {},
): Promise<FileRows> {
	const { head, all } = await peek(readBytes(file, run, counts));
	if (isZip(head)) {
		await all.return(undefined);
		return openZip(file, run, counts, options);
	}
	if (isParquet(head)) {
		await all.return(undefined);
		const batches = readParquet(file, run, counts, options.mostRows);
		return { format: 'parquet', packed: 'none', batches };
	}
	return openParts(head, all, run, counts, options, 1);
}

async function openZip(
	file: SourceFile,
	run: ImportRun,
	counts: Counts,
	options: RowsOptions,
): Promise<FileRows> {
	const entries = await zipEntries(file);
	const open = async (entry: ZipEntry) => {
		const { head, all } = await peek(readEntry(file, entry, run, counts));
		return openParts(head, all, run, counts, options, 1);
	};
	const [first, ...others] = entries as [ZipEntry, ...ZipEntry[]];
	const opened = await open(first);
	return { format: opened.format, packed: 'zip', batches: joined(opened, others, open) };
}

/** Rows of one entry after the other, as far as their columns are the same. */
async function* joined(
	first: FileRows,
	others: readonly ZipEntry[],
	open: (entry: ZipEntry) => Promise<FileRows>,
): AsyncGenerator<RowBatch> {
	let header = '';
	let rows = 0;
	for (const entry of [null, ...others]) {
		const before = rows;
		const { batches } = entry ? await open(entry) : first;
		for await (const batch of batches) {
			header ||= JSON.stringify(batch.header);
			if (JSON.stringify(batch.header) !== header) break;
			rows += batch.rows.length;
			yield { ...batch, firstRow: batch.firstRow + before };
		}
	}
}

async function openParts(
	head: Bytes,
	all: AsyncGenerator<Bytes>,
	run: ImportRun,
	counts: Counts,
	options: RowsOptions,
	layer: number,
): Promise<FileRows> {
	if (head[0] === 0x1f && head[1] === 0x8b && layer <= MOST_LAYERS) {
		const inner = await peek(gunzip(all));
		const opened = await openParts(inner.head, inner.all, run, counts, options, layer + 1);
		return { ...opened, packed: 'gzip' };
	}
	if (isParquet(head)) {
		const batches = readParquet(await collect(all), run, counts, options.mostRows);
		return { format: 'parquet', packed: 'none', batches };
	}
	const texts = decodeText(all);
	if (isJson(head)) return { format: 'json', packed: 'none', batches: readJson(texts) };
	return { format: 'csv', packed: 'none', batches: readCsv(texts) };
}

/** The first bytes, and all of them. */
async function peek(parts: AsyncGenerator<Bytes>) {
	const first = await parts.next();
	const all = (async function* () {
		try {
			if (!first.done) yield first.value;
			yield* parts;
		} finally {
			await parts.return(undefined);
		}
	})();
	return { head: first.done ? new Uint8Array(0) : first.value, all };
}

function isJson(head: Uint8Array): boolean {
	const start = new TextDecoder().decode(head.subarray(0, 64)).trimStart();
	return /^(?:\[\s*(?:[{\]]|$)|\{\s*(?:["}]|$))/.test(start);
}

/** @throws FaultError FileTooLarge */
async function collect(parts: AsyncIterable<Bytes>): Promise<SourceFile> {
	const kept: Bytes[] = [];
	let size = 0;
	for await (const part of parts) {
		size += part.length;
		if (size > MAX_BYTES) throw tooLarge();
		kept.push(part);
	}
	const blob = new Blob(kept);
	return { name: '', size, slice: (from, to) => blob.slice(from, to) };
}

/** The file itself, or the first table of the archive that it is. */
export async function unzipped(file: SourceFile, run: ImportRun): Promise<SourceFile> {
	const { head, all } = await peek(readBytes(file, run, () => ({})));
	await all.return(undefined);
	if (!isZip(head)) return file;
	const [first] = await zipEntries(file);
	const parts = readEntry(file, first as ZipEntry, run, () => ({}));
	return { ...(await collect(parts)), name: file.name };
}
