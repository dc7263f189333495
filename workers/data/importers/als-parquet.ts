import {
	type AsyncBuffer,
	type FileMetaData,
	parquetMetadataAsync,
	parquetReadObjects,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import Papa from 'papaparse';
import { FaultError } from '../fault';
import { isParquet } from './books/parquet';
import { checkFooter, checkMetadata, checkPages } from './books/parquet-checks';
import { damagedFactors, missingColumn } from './als-fault';
import { readSlice } from './bytes';
import type { SourceFile } from './import-run';

const BATCH = 10_000;
const NUMBERS = new Set(['FLOAT', 'DOUBLE']);
const MOST_ITEMS = 200_000;

export interface AlsRows {
	/** As text, with all its digits. */
	readonly id: string;
	readonly features: Float64Array;
}

/** @throws FaultError where the file is no Parquet, or not of an id and a list of numbers */
export async function readAlsParquet(file: SourceFile): Promise<AlsRows[]> {
	const rows: AlsRows[] = [];
	await inWords(async () => {
		const { buffer, metadata } = await opened(file);
		requireColumn(metadata, 'id');
		requireColumn(metadata, 'features');
		requireList(metadata);
		if (Number(metadata.num_rows) > MOST_ITEMS) throw damagedFactors('it has too many rows', 'id');
		for await (const object of objects(buffer, metadata, ['id', 'features']))
			rows.push({ id: idOf(object.id), features: featuresOf(object.features) });
	});
	return rows;
}

/** Rows of a Parquet or CSV file: these cells as text, and a count where the file has one. */
export async function* readRows(
	file: SourceFile,
	columns: readonly string[],
	countColumn: string,
): AsyncGenerator<{ cells: readonly string[]; count: number }> {
	const head = new Uint8Array(await readSlice(file, 0, 4));
	const source = isParquet(head) ? parquetRows(file, columns, countColumn) : csvRows(file, columns);
	for await (const row of source)
		yield {
			cells: columns.map((name) => cellOf(row[name])),
			count: numberOf(row[countColumn]),
		};
}

type Row = Readonly<Record<string, unknown>>;

async function* parquetRows(
	file: SourceFile,
	columns: readonly string[],
	countColumn: string,
): AsyncGenerator<Row> {
	const { buffer, metadata } = await opened(file);
	for (const name of columns) requireColumn(metadata, name);
	const counted = metadata.schema.some(({ name }) => name === countColumn);
	yield* objects(buffer, metadata, counted ? [...columns, countColumn] : columns);
}

async function* csvRows(file: SourceFile, columns: readonly string[]): AsyncGenerator<Row> {
	const text = new TextDecoder().decode(await readSlice(file, 0, file.size));
	const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: true });
	const [header = [], ...rows] = data;
	for (const name of columns) if (!header.includes(name)) throw missingColumn(name);
	for (const cells of rows)
		yield Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']));
}

async function opened(file: SourceFile): Promise<{ buffer: AsyncBuffer; metadata: FileMetaData }> {
	const buffer: AsyncBuffer = {
		byteLength: file.size,
		slice: (from, to = file.size) =>
			readSlice(file, from < 0 ? file.size + from : from, to < 0 ? file.size + to : to),
	};
	return inWords(async () => {
		await checkFooter(file);
		const metadata = await parquetMetadataAsync(buffer);
		checkMetadata(metadata, file.size);
		for (const group of metadata.row_groups) await checkPages(file, metadata, group);
		return { buffer, metadata };
	});
}

async function* objects(
	file: AsyncBuffer,
	metadata: FileMetaData,
	columns: readonly string[],
): AsyncGenerator<Row> {
	const rows = Number(metadata.num_rows);
	for (let rowStart = 0; rowStart < rows; rowStart += BATCH) {
		const rowEnd = Math.min(rows, rowStart + BATCH);
		const range = { file, metadata, columns: [...columns], compressors, rowStart, rowEnd };
		yield* await parquetReadObjects({ ...range, useOffsetIndex: false });
	}
}

function requireColumn({ schema }: FileMetaData, column: string): void {
	if (!schema.some(({ name }) => name === column)) throw missingColumn(column);
}

/** A list of numbers, as Spark writes an array: `features.list.element`. */
function requireList({ row_groups: groups, schema }: FileMetaData): void {
	const paths = groups[0]?.columns.map(({ meta_data: chunk }) => chunk) ?? [];
	const chunk = paths.find((each) => each?.path_in_schema[0] === 'features');
	const nested = schema.find(({ name }) => name === 'features')?.num_children;
	if (!nested || (chunk && !NUMBERS.has(chunk.type)))
		throw damagedFactors('they are no list of numbers', 'features');
}

function idOf(value: unknown): string {
	if (typeof value === 'bigint' || typeof value === 'string') return String(value);
	if (Number.isSafeInteger(value)) return String(value);
	throw damagedFactors('an id is missing', 'id');
}

function featuresOf(value: unknown): Float64Array {
	const list = Array.isArray(value) || ArrayBuffer.isView(value) ? value : null;
	if (!list) throw damagedFactors('a vector is missing', 'features');
	const numbers = Array.from(list as unknown as ArrayLike<unknown>);
	if (!numbers.every((number) => typeof number === 'number' && Number.isFinite(number)))
		throw damagedFactors('a number is missing, or not finite', 'features');
	return Float64Array.from(numbers as number[]);
}

const cellOf = (value: unknown) =>
	['string', 'number', 'bigint'].includes(typeof value) ? String(value) : '';

function numberOf(value: unknown): number {
	const number = value === undefined || value === '' ? 0 : Number(value);
	if (!Number.isFinite(number)) throw damagedFactors('a count is no number');
	return number;
}

/** Whatever else the library throws, it is because of what the file holds. */
async function inWords<Value>(work: () => Promise<Value>): Promise<Value> {
	try {
		return await work();
	} catch (error) {
		throw error instanceof FaultError ? error : damagedFactors('it is no whole Parquet file');
	}
}
