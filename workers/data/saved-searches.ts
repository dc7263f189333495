import type { Purpose, SavedSearchRecord } from '$lib/contracts';
import type { ProfileDatabase } from './database';
import { allowRead } from './reading';
import { readRecord, writeRecord } from './records';

const PREFIX = 'saved-search/';

/** Searches that a person keeps: a name, a filter, and what it had found when last looked at. */
export class SavedSearchRepository {
	constructor(private readonly database: ProfileDatabase) {}

	/** Oldest first; of one search for a home, or of all. */
	async all(purpose: Purpose, seeker?: number): Promise<readonly SavedSearchRecord[]> {
		await allowRead(this.database, 'saved_search', purpose);
		const keys = await this.keys();
		const all = await Promise.all(keys.map((key) => this.read(key)));
		return all
			.flatMap((record) => record ?? [])
			.filter((record) => seeker === undefined || record.seeker === seeker)
			.sort((a, b) => a.savedAt - b.savedAt);
	}

	/** `null`: it has gone. */
	async one(id: string, purpose: Purpose): Promise<SavedSearchRecord | null> {
		await allowRead(this.database, 'saved_search', purpose);
		return (await this.read(PREFIX + id)) ?? null;
	}

	async put(record: SavedSearchRecord): Promise<void> {
		await writeRecord(this.database.records, PREFIX + record.id, record, this.database.codec);
	}

	async remove(id: string): Promise<void> {
		await this.database.records.delete(PREFIX + id);
	}

	/** All that one seeker kept. */
	async removeAll(seeker: number): Promise<void> {
		for (const { id } of await this.all('account', seeker)) await this.remove(id);
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const stored = await this.database.records.where('key').startsWith(PREFIX).toArray();
		return {
			rows: stored.length,
			bytes: stored.reduce((sum, { sealed }) => sum + sealed.byteLength, 0),
		};
	}

	private async read(key: string): Promise<SavedSearchRecord | undefined> {
		const { codec, records } = this.database;
		return (await readRecord(records, key, codec)) as SavedSearchRecord | undefined;
	}

	private keys(): Promise<string[]> {
		return this.database.records.where('key').startsWith(PREFIX).primaryKeys();
	}
}

/** Numbers of homes as differences of the sorted list: small numbers write short. */
export function packNumbers(numbers: Iterable<number>): readonly number[] {
	const sorted = [...numbers].sort((a, b) => a - b);
	return sorted.map((number, i) => number - (sorted[i - 1] ?? 0));
}

/** The inverse. */
export function unpackNumbers(differences: readonly number[]): ReadonlySet<number> {
	let number = 0;
	return new Set(differences.map((difference) => (number += difference)));
}
