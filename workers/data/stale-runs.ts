import type { InsightModel, StaleWhy } from '$lib/contracts';
import { takenOut } from '$workers/privacy/stale';
import { underConsent } from './consent-lock';
import type { ProfileDatabase, StoredRecord } from './database';
import { planStalePacks } from './made-packs';
import { answerName, jobKey, modelName, openRun, RUN, sealRun } from './run-records';

export type { StaleWhy } from '$lib/contracts';

/** What taking runs out of use does to the database. */
export interface StalePlan {
	readonly runs: readonly StoredRecord[];
	/** Packs that were made of what is not to be used any more. */
	readonly packs: readonly StoredRecord[];
	/** Keys of their files, to delete. */
	readonly files: readonly string[];
	/** Names of artefacts to delete. */
	readonly artefacts: readonly string[];
	/** Keys of jobs that are due at once. */
	readonly jobs: readonly string[];
}

/**
 * Takes every kept version of these models out of use: none answers any more. What a version has
 * learned (its model and its answer) is deleted, as it holds the influence of its rows; the record of
 * the run stays in the registry and says why. Their jobs are due at once.
 *
 * @returns how many versions were taken out
 */
export async function makeStale(
	database: ProfileDatabase,
	models: readonly InsightModel[],
	why: StaleWhy,
): Promise<number> {
	return underConsent(database, async () => {
		const plan = await planStale(database, models, why);
		await database.transaction('rw', [database.records, database.models], () =>
			writeStale(database, plan),
		);
		return plan.runs.length;
	});
}

/** What is in use stays so, until it was learned anew. */
export const dueAgain = (models: readonly InsightModel[]): StalePlan => ({
	runs: [],
	packs: [],
	files: [],
	artefacts: [],
	jobs: models.map(jobKey),
});

/** To be written in the transaction of what made them stale. */
export async function planStale(
	database: ProfileDatabase,
	models: readonly InsightModel[],
	why: StaleWhy,
): Promise<StalePlan> {
	if (models.length === 0) return dueAgain([]);
	const stored = await database.records.where('key').startsWith(RUN).toArray();
	const all = await Promise.all(stored.map((record) => openRun(database, record)));
	const hit = all.filter((run) => models.includes(run.model) && !run.stale);
	const now = Date.now();
	return {
		...(await planStalePacks(database, why)),
		runs: await Promise.all(hit.map((run) => sealRun(database, takenOut(run, why, now)))),
		artefacts: hit.flatMap(({ id }) => [modelName(id), answerName(id)]),
		jobs: models.map(jobKey),
	};
}

/** Inside a transaction over records and models. */
export async function writeStale(database: ProfileDatabase, plan: StalePlan): Promise<void> {
	await database.records.bulkPut(plan.runs as StoredRecord[]);
	await database.records.bulkPut(plan.packs as StoredRecord[]);
	await database.records.bulkDelete([...plan.jobs, ...plan.files]);
	await database.models.bulkDelete(plan.artefacts as string[]);
}
