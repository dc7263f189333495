import type { Settings } from '$lib/contracts';
import { IndexDatabase, ProfileDatabase, profileDatabaseName } from './database';
import { storageFault } from './storage-fault';
import { readRecord, writeRecord } from './records';

/** The sample town has a database of its own, so that trying things out touches nothing of one's own. */
export type ProfileName = 'own' | 'sample';

const LOOK = 'last-look';

export const DEFAULT_SETTINGS: Settings = {
	role: null,
	learning: true,
	variety: 0.4,
	novelty: 0.5,
	trial: null,
};

/** The index: which profile is open, and what belongs to the device. */
export class Profiles {
	private readonly index = new IndexDatabase();

	async current(): Promise<ProfileName> {
		const stored = await readRecord(this.index.records, 'current');
		return stored === 'sample' ? 'sample' : 'own';
	}

	async choose(profile: ProfileName): Promise<void> {
		await writeRecord(this.index.records, 'current', profile);
	}

	async settings(): Promise<Settings> {
		const stored = await readRecord(this.index.records, 'settings');
		return { ...DEFAULT_SETTINGS, ...(stored as Partial<Settings> | undefined) };
	}

	async changeSettings(change: Partial<Settings>): Promise<Settings> {
		return this.index.transaction('rw', this.index.records, async () => {
			const settings = { ...(await this.settings()), ...change };
			await writeRecord(this.index.records, 'settings', settings);
			return settings;
		});
	}

	/** When the host was last asked for what it offers to everyone: UTC milliseconds, 0 for never. */
	async lastLook(): Promise<number> {
		return ((await readRecord(this.index.records, LOOK)) as number | undefined) ?? 0;
	}

	async looked(now: number): Promise<void> {
		await writeRecord(this.index.records, LOOK, now);
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const stored = await this.index.records.toArray();
		return {
			rows: stored.length,
			bytes: stored.reduce((sum, record) => sum + record.sealed.byteLength, 0),
		};
	}

	close(): void {
		this.index.close();
	}
}

/** Opens a profile's database; a fault says what to do where the browser refuses. */
export async function openProfile(profile: ProfileName): Promise<ProfileDatabase> {
	const database = new ProfileDatabase(profileDatabaseName(profile));
	try {
		await database.open();
	} catch (error) {
		throw storageFault(error);
	}
	return database;
}
