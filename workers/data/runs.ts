import type { InsightModel, Purpose, RunRecord } from '$lib/contracts';
import { decodePlain, encodePlain } from '$workers/table/plain';
import type { ProfileDatabase, StoredModel } from './database';
import { allowRead } from './reading';
import {
	answerName,
	JOB,
	jobKey,
	modelName,
	openPlain,
	openRun,
	RUN,
	sealPlain,
	sealRun,
} from './run-records';

const GIVEN = 'run-versions/';

/** What a run leaves: the model as a buffer, and its answer as plain data. */
export interface Artefacts {
	readonly buffer: ArrayBuffer;
	readonly answer: unknown;
}

/** The registry's runs with their artefacts. What stage a run is in is decided in `registry`. */
export class RunRepository {
	constructor(private readonly database: ProfileDatabase) {}

	/** Newest first. */
	async all(purpose: Purpose): Promise<RunRecord[]> {
		await allowRead(this.database, 'run', purpose);
		const stored = await this.database.records.where('key').startsWith(RUN).toArray();
		const runs = await Promise.all(stored.map((record) => openRun(this.database, record)));
		return runs.sort((a, b) => b.trainedAt - a.trainedAt);
	}

	async ofModel(model: InsightModel, purpose: Purpose): Promise<RunRecord[]> {
		return (await this.all(purpose)).filter((run) => run.model === model);
	}

	async answer(run: RunRecord, purpose: Purpose): Promise<unknown> {
		await allowRead(this.database, 'model', purpose);
		return decodePlain(await this.artefact(answerName(run.id)));
	}

	/** A copy of its own. */
	async buffer(run: RunRecord, purpose: Purpose): Promise<ArrayBuffer> {
		await allowRead(this.database, 'model', purpose);
		return this.artefact(modelName(run.id));
	}

	/** Of a model's versions so far, deleted ones included. */
	async versionsGiven(model: InsightModel): Promise<number> {
		const stored = await this.database.records.get(`${GIVEN}${model}`);
		return stored ? openPlain<number>(this.database, stored) : 0;
	}

	/** A new run with its artefacts, and the runs that change with it, in one transaction. */
	async add(run: RunRecord, artefacts: Artefacts, changed: readonly RunRecord[]): Promise<void> {
		const given = (await this.versionsGiven(run.model)) + 1;
		const records = await Promise.all([
			...changed.map((each) => sealRun(this.database, each)),
			sealPlain(this.database, `${GIVEN}${run.model}`, given),
		]);
		const models = await Promise.all([
			this.sealed(modelName(run.id), run, artefacts.buffer),
			this.sealed(answerName(run.id), run, encodePlain(artefacts.answer)),
		]);
		await this.database.transaction(
			'rw',
			[this.database.records, this.database.models],
			async () => {
				await this.database.models.bulkPut(models);
				await this.database.records.bulkPut(records);
			},
		);
	}

	async change(changed: readonly RunRecord[]): Promise<void> {
		const records = await Promise.all(changed.map((run) => sealRun(this.database, run)));
		await this.database.records.bulkPut(records);
	}

	/** For good: the record and what it left. */
	async delete(id: string): Promise<void> {
		const { records, models } = this.database;
		await this.database.transaction('rw', [records, models], async () => {
			await records.delete(`${RUN}${id}`);
			await models.bulkDelete([modelName(id), answerName(id)]);
		});
	}

	async jobNotes<Note>(): Promise<Partial<Record<InsightModel, Note>>> {
		const stored = await this.database.records.where('key').startsWith(JOB).toArray();
		const notes = await Promise.all(
			stored.map(async (record) => [
				record.key.slice(JOB.length),
				await openPlain<Note>(this.database, record),
			]),
		);
		return Object.fromEntries(notes) as Partial<Record<InsightModel, Note>>;
	}

	async noteJob(model: InsightModel, note: unknown): Promise<void> {
		await this.database.records.put(await sealPlain(this.database, jobKey(model), note));
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const stored = await this.database.records.where('key').startsWith(RUN).toArray();
		return {
			rows: stored.length,
			bytes: stored.reduce((sum, { sealed }) => sum + sealed.byteLength, 0),
		};
	}

	private async artefact(name: string): Promise<ArrayBuffer> {
		const stored = await this.database.models.get(name);
		if (!stored) throw new RangeError('the registry names an artefact that is not stored');
		return (await this.database.codec.open(stored.sealed, `model/${name}`)).slice(0);
	}

	private async sealed(name: string, run: RunRecord, bytes: ArrayBuffer): Promise<StoredModel> {
		const sealed = await this.database.codec.seal(bytes, `model/${name}`);
		const { version, trainedAt } = run;
		return { name, version, trainedAt, bytes: bytes.byteLength, sealed };
	}
}
