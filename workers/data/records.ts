import type { EntityTable } from 'dexie';
import { type Codec, fromBytes, plainCodec, toBytes } from './codec';
import type { StoredRecord } from './database';

/** Reads one record; `undefined` where there is none. The caller checks what it gets. */
export async function readRecord(
	records: EntityTable<StoredRecord, 'key'>,
	key: string,
	codec: Codec = plainCodec,
): Promise<unknown> {
	const stored = await records.get(key);
	return stored && fromBytes(await codec.open(stored.sealed, key));
}

export async function writeRecord(
	records: EntityTable<StoredRecord, 'key'>,
	key: string,
	value: unknown,
	codec: Codec = plainCodec,
): Promise<void> {
	await records.put({ key, sealed: await codec.seal(toBytes(value), key) });
}
