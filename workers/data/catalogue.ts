import type { CatalogueSummary, Purpose } from '$lib/contracts';
import { numbers } from '$workers/table/column';
import type { Catalogue, HomeColumns, HomeTable } from '$workers/table/homes';
import { table } from '$workers/table/table';
import { type ChunkTotals, chunkTotals, readChunks, sealChunks } from './chunks';
import type { ProfileDatabase } from './database';
import { Dictionary } from './dictionary';
import { readRecord } from './records';
import { toBytes } from './codec';
import { allowRead } from './reading';

const SCHEMA = 1;
const RECORD = 'catalogue';

/** A catalogue as it stands in a profile: its homes with their dictionary numbers. */
export interface StoredCatalogue {
	readonly homes: HomeTable;
	/** Row i's dictionary number. */
	readonly properties: Uint32Array;
	readonly summary: CatalogueSummary;
}

/**
 * `dim_property`. A new catalogue is written beside the old one and takes its place in a single
 * transaction: a reader sees the old one or the new one, whole.
 */
export class CatalogueRepository {
	private readonly keys: Dictionary;

	constructor(private readonly database: ProfileDatabase) {
		this.keys = new Dictionary(database, 'property');
	}

	async summary(): Promise<CatalogueSummary | null> {
		const record = await readRecord(this.database.records, RECORD, this.database.codec);
		return (record as CatalogueSummary | undefined) ?? null;
	}

	async read(purpose: Purpose): Promise<StoredCatalogue | null> {
		await allowRead(this.database, 'dim_property', purpose);
		const summary = await this.summary();
		const stored = summary && (await readChunks(this.database, chunkName(summary.version)));
		if (!summary || !stored) return null;
		const { property, ...homes } = stored.columns;
		return {
			homes: table(homes as HomeColumns),
			properties: (property as { values: Uint32Array }).values,
			summary,
		};
	}

	/** The number that a key stands for in this profile; 0 where it was never here. */
	async numberOf(key: string): Promise<number> {
		await this.keys.load();
		return this.keys.numberOf(key);
	}

	/**
	 * Puts a catalogue in place of the old one. On any fault, a full disk among them, the old one
	 * stands as it was.
	 */
	async replace(
		catalogue: Catalogue,
		version: string,
		now: number,
		from?: 'host',
	): Promise<CatalogueSummary> {
		const { homes, facts } = catalogue;
		const property = numbers(await this.keys.add(homes.columns.key.values));
		const name = chunkName(version);
		const whole = table({ ...homes.columns, property });
		const summary: CatalogueSummary = {
			...facts,
			homes: homes.count,
			version,
			importedAt: now,
			...(from && { from }),
		};
		const chunks = await sealChunks(this.database, name, SCHEMA, whole);
		const sealed = await this.database.codec.seal(toBytes(summary), RECORD);
		const { chunks: stored, records } = this.database;
		await this.database.transaction('rw', [stored, records], async () => {
			await stored.bulkPut(chunks);
			await records.put({ key: RECORD, sealed });
			const old = await stored
				.where('table')
				.startsWith(CHUNK_PREFIX)
				.filter((chunk) => chunk.table !== name)
				.primaryKeys();
			await stored.bulkDelete(old);
		});
		return summary;
	}

	async totals(): Promise<ChunkTotals> {
		const summary = await this.summary();
		return summary ? chunkTotals(this.database, chunkName(summary.version)) : { rows: 0, bytes: 0 };
	}

	dictionaryTotals(): Promise<ChunkTotals> {
		return chunkTotals(this.database, 'dictionary/property');
	}
}

const CHUNK_PREFIX = 'dim_property@';
const chunkName = (version: string) => `${CHUNK_PREFIX}${version}`;
