import { Dexie, type EntityTable, type Table } from 'dexie';
import { type Codec, plainCodec } from './codec';

/** About this many rows stand in a chunk: 119,390 bookings as rows took 15.3 s, as columns 0.26 s. */
export const CHUNK_ROWS = 10_000;

/** A piece of a table: `count` rows, sealed. */
export interface StoredChunk {
	readonly table: string;
	readonly chunk: number;
	/** Version of the table's columns; an older one is brought up when it is read. */
	readonly schema: number;
	readonly count: number;
	/** First and last sequence number of a log; first and last row otherwise. */
	readonly first: number;
	readonly last: number;
	readonly bytes: number;
	readonly sealed: ArrayBuffer;
}

/** A log's newest rows, one record each, until they are folded into a chunk. */
export interface StoredRow {
	readonly table: string;
	readonly sequence: number;
	readonly sealed: ArrayBuffer;
}

/** Where a log stands. Changed in the same transaction as its rows. */
export interface LogHead {
	readonly table: string;
	/** The sequence number of the next row; never given twice. */
	readonly next: number;
	/** Counts removals and restorations, so that a reader sees that what it read has changed. */
	readonly edits: number;
	/** Fingerprint of the newest row, where the rows are chained: a tail that was cut off shows. */
	readonly newest?: string;
}

/** Something small that there is one of. */
export interface StoredRecord {
	readonly key: string;
	readonly sealed: ArrayBuffer;
}

export interface StoredModel {
	readonly name: string;
	readonly version: string;
	readonly trainedAt: number;
	readonly bytes: number;
	readonly sealed: ArrayBuffer;
}

/** The data of one profile. Old versions stay listed here, so that Dexie can bring any of them up. */
export class ProfileDatabase extends Dexie {
	declare chunks: Table<StoredChunk, [string, number]>;
	declare rows: Table<StoredRow, [string, number]>;
	declare heads: EntityTable<LogHead, 'table'>;
	declare records: EntityTable<StoredRecord, 'key'>;
	declare models: EntityTable<StoredModel, 'name'>;

	constructor(
		name: string,
		readonly codec: Codec = plainCodec,
	) {
		// Strict: a write is answered once it is on disk. 1.0 ms a transaction against 0.55.
		super(name, { chromeTransactionDurability: 'strict' });
		this.version(1).stores({
			chunks: '[table+chunk], table, [table+last]',
			rows: '[table+sequence], table',
			heads: 'table',
			records: 'key',
			models: 'name',
		});
	}
}

export const INDEX_NAME = 'doorstep';
export const profileDatabaseName = (profile: string) => `doorstep-${profile}`;

/** Says which profile is open; what belongs to the device and to no profile stands here too. */
export class IndexDatabase extends Dexie {
	declare records: EntityTable<StoredRecord, 'key'>;

	constructor() {
		super(INDEX_NAME, { chromeTransactionDurability: 'strict' });
		this.version(1).stores({ records: 'key' });
	}
}
