import type { PackHeader } from '$lib/contracts';
import { encodePack } from '$workers/packs/pack-file';
import type { ItemFactors, ModelPack } from '$workers/packs/pack';
import { FaultError } from '../fault';
import { type AlsRows, readAlsParquet, readRows } from './als-parquet';
import { MAX_BYTES } from './bytes';
import { damagedFactors, refusedFactors } from './als-fault';
import type { SourceFile } from './import-run';

const MOST_SIZE = 512;
const DAY = 86_400_000;

/** What the factors themselves do not say. */
export interface AlsOptions extends Pick<ItemFactors, 'unobserved' | 'penalty'> {
	readonly place: string;
	readonly version: number;
	/** UTC milliseconds. */
	readonly madeAt: number;
	/** Files that say which key an id stands for, and how often it was chosen, where they do. */
	readonly ids?: readonly SourceFile[];
	/** Columns of those files. */
	readonly idColumn?: string;
	readonly keyColumn?: string;
	readonly countColumn?: string;
	/** Civil days of the bookings that went in; the day of making where left out. */
	readonly from?: number;
	readonly to?: number;
}

/**
 * Item factors as Spark MLlib's ALS model keeps them (`itemFactors`: `id`, `features`), as a pack
 * that nobody has signed yet.
 *
 * @param files the Parquet parts, in any order
 * @throws FaultError ParquetDamaged, ParquetUnsupported, ColumnMissing, NoRowUsable
 * @throws RangeError where the penalty is not above 0: a short history would fit any number
 */
export async function importAlsFactors(
	files: readonly SourceFile[],
	options: AlsOptions,
): Promise<ModelPack> {
	if (!(options.penalty > 0)) throw new RangeError('the penalty has to be above 0');
	const rows = await rowsOf(files);
	const known = await namesOf(options);
	const named = rows.flatMap(({ features, id }) => {
		const key = known ? known.keys.get(id) : id;
		return key === undefined ? [] : [{ features, id, key }];
	});
	if (named.length === 0) throw refusedFactors('None of its ids has a key.', 'id');
	const size = named[0]?.features.length ?? 0;
	if (size < 1 || size > MOST_SIZE || named.some(({ features }) => features.length !== size))
		throw damagedFactors('its vectors are not all of one length', 'features');
	if (new Set(named.map(({ key }) => key)).size !== named.length)
		throw damagedFactors('an id stands in it twice', 'id');
	const total = named.reduce((sum, { id }) => sum + (known?.counts.get(id) ?? 0), 0);
	const pack: ModelPack = {
		header: headerOf(options, named.length, size),
		keys: named.map(({ key }) => key),
		chosen: Float32Array.from(named, ({ id }) =>
			total > 0 ? (known?.counts.get(id) ?? 0) / total : 0,
		),
		also: null,
		next: null,
		factors: {
			size,
			unobserved: options.unobserved,
			penalty: options.penalty,
			values: Float32Array.from(named.flatMap(({ features }) => [...features])),
		},
	};
	requireWritable(pack);
	return pack;
}

function headerOf(options: AlsOptions, homes: number, size: number): PackHeader {
	const today = Math.floor(options.madeAt / DAY);
	return {
		format: 1,
		place: options.place,
		version: options.version,
		madeAt: options.madeAt,
		kind: 'item-factors',
		engine: 'spark-als',
		privacy: null,
		counts: { guests: 0, stays: 0, homes },
		schema: { size },
		metrics: [],
		audit: null,
		provenance: {
			source: 'factors',
			from: options.from ?? today,
			to: options.to ?? today,
			sample: false,
		},
	};
}

async function rowsOf(files: readonly SourceFile[]): Promise<AlsRows[]> {
	const parts = [];
	for (const file of files) {
		if (file.size > MAX_BYTES) throw damagedFactors('it is larger than 512 MB');
		parts.push(await readAlsParquet(file));
	}
	return parts.flat();
}

interface Names {
	readonly keys: ReadonlyMap<string, string>;
	readonly counts: ReadonlyMap<string, number>;
}

/** Keys by id; rows of one id (a guest each, say) are added up. */
async function namesOf(options: AlsOptions): Promise<Names | null> {
	const { countColumn = 'count', ids, idColumn = 'id', keyColumn = 'key' } = options;
	if (!ids?.length) return null;
	const keys = new Map<string, string>();
	const counts = new Map<string, number>();
	for (const file of ids)
		for await (const row of readRows(file, [idColumn, keyColumn], countColumn)) {
			const [id = '', key = ''] = row.cells;
			const before = keys.get(id);
			if (!id || !key) throw damagedFactors('a row of the ids is empty', idColumn);
			if (before !== undefined && before !== key)
				throw damagedFactors('an id stands for two keys', idColumn);
			keys.set(id, key);
			counts.set(id, (counts.get(id) ?? 0) + Math.max(0, row.count));
		}
	return { keys, counts };
}

function requireWritable(pack: ModelPack): void {
	try {
		encodePack(pack);
	} catch (error) {
		if (error instanceof FaultError || !(error instanceof RangeError)) throw error;
		throw damagedFactors(error.message);
	}
}
