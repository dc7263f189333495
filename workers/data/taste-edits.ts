import type { Purpose, TasteEdit } from '$lib/contracts';
import type { ProfileDatabase } from './database';
import { readRecord, writeRecord } from './records';
import { mayRead } from './reading';

const PREFIX = 'taste/';
/** Begins the keys of another's corrections; no feature's key begins so. */
const OTHERS = `${PREFIX}@`;

/** What a person has said of their own taste; it stands above what was learned. */
export class TasteEditRepository {
	constructor(private readonly database: ProfileDatabase) {}

	/** @param seeker whose; everybody's where left out */
	async all(purpose: Purpose, seeker?: number): Promise<readonly TasteEdit[]> {
		if (!(await mayRead(this.database, 'taste_edit', purpose))) return [];
		const keys = await this.keys(seeker);
		const { records, codec } = this.database;
		return Promise.all(
			keys.map(async (key) => (await readRecord(records, key, codec)) as TasteEdit),
		);
	}

	async put(edit: TasteEdit, seeker = 0): Promise<void> {
		const { records, codec } = this.database;
		await writeRecord(records, prefixOf(seeker) + edit.key, edit, codec);
	}

	async remove(key: string, seeker = 0): Promise<void> {
		await this.database.records.delete(prefixOf(seeker) + key);
	}

	/** All that was said in one search. */
	async removeAll(seeker: number): Promise<void> {
		await this.database.records.bulkDelete(await this.keys(seeker));
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const stored = await this.database.records.where('key').startsWith(PREFIX).toArray();
		return {
			rows: stored.length,
			bytes: stored.reduce((sum, record) => sum + record.sealed.byteLength, 0),
		};
	}

	private async keys(seeker?: number): Promise<string[]> {
		const prefix = seeker === undefined ? PREFIX : prefixOf(seeker);
		const keys = await this.database.records.where('key').startsWith(prefix).primaryKeys();
		return seeker === 0 ? keys.filter((key) => !key.startsWith(OTHERS)) : keys;
	}
}

const prefixOf = (seeker: number) => (seeker === 0 ? PREFIX : `${OTHERS}${seeker}/`);
