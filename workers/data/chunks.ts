import { decodeTable, encodeTable } from '$workers/table/encode';
import { joinTables, sliceTable, type Table } from '$workers/table/table';
import { CHUNK_ROWS, type ProfileDatabase, type StoredChunk } from './database';

/** What a table's chunks take together. */
export interface ChunkTotals {
	readonly rows: number;
	readonly bytes: number;
}

/** Cuts a table into sealed chunks, ready to be put. `first` numbers its first row. */
export async function sealChunks(
	database: ProfileDatabase,
	name: string,
	schema: number,
	whole: Table,
	first = 0,
	firstChunk = 0,
): Promise<StoredChunk[]> {
	const chunks: StoredChunk[] = [];
	for (let from = 0; from < whole.count; from += CHUNK_ROWS) {
		const part = sliceTable(whole, from, Math.min(whole.count, from + CHUNK_ROWS));
		const chunk = firstChunk + chunks.length;
		const bytes = encodeTable(part);
		chunks.push({
			table: name,
			chunk,
			schema,
			count: part.count,
			first: first + from,
			last: first + from + part.count - 1,
			bytes: bytes.byteLength,
			sealed: await database.codec.seal(bytes, `${name}/${chunk}`),
		});
	}
	return chunks;
}

export async function openChunk(database: ProfileDatabase, stored: StoredChunk): Promise<Table> {
	const bytes = await database.codec.open(stored.sealed, `${stored.table}/${stored.chunk}`);
	return decodeTable(bytes).table;
}

/** The whole table, or `null` where nothing is stored under this name. */
export async function readChunks(database: ProfileDatabase, name: string): Promise<Table | null> {
	const stored = await database.chunks.where('table').equals(name).sortBy('chunk');
	if (stored.length === 0) return null;
	return joinTables(await Promise.all(stored.map((chunk) => openChunk(database, chunk))));
}

export async function chunkTotals(database: ProfileDatabase, name: string): Promise<ChunkTotals> {
	let rows = 0;
	let bytes = 0;
	await database.chunks
		.where('table')
		.equals(name)
		.each((chunk) => {
			rows += chunk.count;
			bytes += chunk.bytes;
		});
	return { rows, bytes };
}
