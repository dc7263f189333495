import type { Purpose, TasteEdit } from '$lib/contracts';
import type { ProfileDatabase } from './database';
import { readRecord, writeRecord } from './records';
import { mayRead } from './reading';

const PREFIX = 'taste/';

/** What a person has said of their own taste; it stands above what was learned. */
export class TasteEditRepository {
	constructor(private readonly database: ProfileDatabase) {}

	async all(purpose: Purpose): Promise<readonly TasteEdit[]> {
		if (!(await mayRead(this.database, 'taste_edit', purpose))) return [];
		const keys = await this.keys();
		const { records, codec } = this.database;
		return Promise.all(
			keys.map(async (key) => (await readRecord(records, key, codec)) as TasteEdit),
		);
	}

	async put(edit: TasteEdit): Promise<void> {
		await writeRecord(this.database.records, PREFIX + edit.key, edit, this.database.codec);
	}

	async remove(key: string): Promise<void> {
		await this.database.records.delete(PREFIX + key);
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const stored = await this.database.records.where('key').startsWith(PREFIX).toArray();
		return {
			rows: stored.length,
			bytes: stored.reduce((sum, record) => sum + record.sealed.byteLength, 0),
		};
	}

	private keys(): Promise<string[]> {
		return this.database.records.where('key').startsWith(PREFIX).primaryKeys();
	}
}
