import type { MadePack, Purpose, StaleWhy } from '$lib/contracts';
import { fromBytes, toBytes } from './codec';
import type { ProfileDatabase, StoredRecord } from './database';
import { allowRead } from './reading';
import { chargeKey, chargesOf, type PackCharge, requireBudget } from './releases';
import { storageFault } from './storage-fault';

const PACK = 'release/pack/';
const FILE = 'release/pack-file/';

/**
 * Packs that were made here: what each says of itself, its file, and what it has cost. They are
 * releases, and charged as such: in the row of charges of each year that went in.
 */
export class MadePackRepository {
	constructor(private readonly database: ProfileDatabase) {}

	/** Newest first. */
	async all(purpose: Purpose): Promise<readonly MadePack[]> {
		await allowRead(this.database, 'release', purpose);
		const packs = await packsOf(this.database);
		return packs.toSorted((a, b) => b.header.version - a.header.version);
	}

	/** Above that of every pack that was ever made here. */
	async nextVersion(): Promise<number> {
		const packs = await packsOf(this.database);
		return 1 + Math.max(0, ...packs.map(({ header }) => header.version));
	}

	/**
	 * Keeps a pack and charges it to its years; all of it or nothing.
	 *
	 * @param file what may be saved; `null` where the audit did not let it through
	 * @throws FaultError `BudgetSpent` where a year does not pay for it
	 */
	async keep(pack: MadePack, file: ArrayBuffer | null): Promise<void> {
		const { codec } = this.database;
		const epsilon = pack.header.privacy?.epsilon ?? Number.NaN;
		const own = await seal(this.database, pack);
		const sealedFile = file && {
			key: `${FILE}${pack.id}`,
			sealed: await codec.seal(file, `${FILE}${pack.id}`),
		};
		for (;;) {
			const counts = await this.countsOf(pack.years, epsilon);
			const charges = await Promise.all(
				pack.years.map(async (year, i): Promise<StoredRecord> => {
					const charge: PackCharge = { pack: pack.id, year, epsilon, delta: 0 };
					const key = chargeKey(year, counts[i] as number);
					return { key, sealed: await codec.seal(toBytes(charge), key) };
				}),
			);
			if (await this.add([...charges, own, ...(sealedFile ? [sealedFile] : [])])) return;
		}
	}

	/** The unsigned file; `null` where nothing is kept of it. */
	async file(id: string, purpose: Purpose): Promise<ArrayBuffer | null> {
		await allowRead(this.database, 'release', purpose);
		const key = `${FILE}${id}`;
		const stored = await this.database.records.get(key);
		return stored ? (await this.database.codec.open(stored.sealed, key)).slice(0) : null;
	}

	/** How many charges each year has; each pays for the pack. */
	private async countsOf(years: readonly number[], epsilon: number): Promise<number[]> {
		const counts: number[] = [];
		for (const year of years) {
			const charges = await chargesOf(this.database, year);
			requireBudget(charges, year, epsilon);
			counts.push(charges.length);
		}
		return counts;
	}

	/** `false`: another tab charged one of the years meanwhile, and took its place. */
	private async add(stored: readonly StoredRecord[]): Promise<boolean> {
		const { records } = this.database;
		try {
			return await this.database.transaction('rw', records, async () => {
				const keys = stored.map(({ key }) => key);
				const taken = await records.where('key').anyOf(keys).count();
				if (taken > 0) return false;
				await records.bulkAdd(stored as StoredRecord[]);
				return true;
			});
		} catch (error) {
			throw storageFault(error);
		}
	}
}

/** What changes where data of packs went: what they say of themselves stays, their files go. */
export interface StalePacks {
	readonly packs: readonly StoredRecord[];
	/** Keys of files to delete. */
	readonly files: readonly string[];
}

/**
 * Takes every pack out of use that was made from the bookings as they were. Whatever was published is
 * elsewhere and stays there: that is what its epsilon is for.
 */
export async function planStalePacks(
	database: ProfileDatabase,
	why: StaleWhy,
): Promise<StalePacks> {
	// A purpose that was taken back takes nobody out of the bookings.
	const gone = why !== 'withdrawn';
	const hit = gone ? (await packsOf(database)).filter(({ stale }) => !stale) : [];
	const since = Date.now();
	return {
		packs: await Promise.all(
			hit.map((pack) => seal(database, { ...pack, bytes: 0, stale: { why, since } })),
		),
		files: hit.map(({ id }) => `${FILE}${id}`),
	};
}

async function seal({ codec }: ProfileDatabase, pack: MadePack): Promise<StoredRecord> {
	const key = `${PACK}${pack.id}`;
	return { key, sealed: await codec.seal(toBytes(pack), key) };
}

async function packsOf({ codec, records }: ProfileDatabase): Promise<readonly MadePack[]> {
	const stored = await records.where('key').startsWith(PACK).toArray();
	return Promise.all(
		stored.map(async ({ key, sealed }) => fromBytes(await codec.open(sealed, key)) as MadePack),
	);
}
