import type { InsightModel, RunRecord } from '$lib/contracts';
import { MODEL_TABLES } from '$workers/privacy/model-tables';
import { decodePlain, encodePlain } from '$workers/table/plain';
import type { ProfileDatabase, StoredRecord } from './database';

/** How runs stand in the database. */
export const RUN = 'run/';
export const JOB = 'job/';
export const jobKey = (model: InsightModel) => `${JOB}${model}`;
export const modelName = (id: string) => `insight/${id}`;
export const answerName = (id: string) => `insight/${id}/answer`;

export async function sealPlain(
	database: ProfileDatabase,
	key: string,
	value: unknown,
): Promise<StoredRecord> {
	return { key, sealed: await database.codec.seal(encodePlain(value), key) };
}

export async function openPlain<Value>(
	database: ProfileDatabase,
	{ key, sealed }: StoredRecord,
): Promise<Value> {
	return decodePlain(await database.codec.open(sealed, key)) as Value;
}

export const sealRun = (database: ProfileDatabase, run: RunRecord) =>
	sealPlain(database, `${RUN}${run.id}`, run);

/** A run of before the registry noted the tables is taken to have learned from all of its model's. */
export async function openRun(database: ProfileDatabase, stored: StoredRecord): Promise<RunRecord> {
	const run = await openPlain<RunRecord>(database, stored);
	return { ...run, tables: run.tables ?? MODEL_TABLES[run.model] };
}
