import type { AnswerOf, InsightModel, InsightTraining, Missing, RunRecord } from '$lib/contracts';
import { BooksRepository } from '$workers/data/books';
import { underConsent } from '$workers/data/consent-lock';
import type { ProfileDatabase } from '$workers/data/database';
import { FaultError } from '$workers/data/fault';
import { LedgerRepository } from '$workers/data/ledger';
import type { Notifier } from '$workers/data/notify';
import { openProfile, type Profiles } from '$workers/data/profiles';
import { RunRepository } from '$workers/data/runs';
import { storageFault } from '$workers/data/storage-fault';
import type { Behind, Job } from '$workers/door/expose';
import { CancelledError, type Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import type { Trained } from '$workers/models/trained';
import { MODEL_TABLES } from '$workers/privacy/model-tables';
import { PurposeDeniedError } from '$workers/privacy/purposes';
import {
	artefactName,
	dueModels,
	gatesOf,
	INSIGHT_MODELS,
	type JobNote,
	NEVER,
	nextVersion,
	register,
} from '$workers/registry';
import type { Books } from '$workers/table/bookings';
import { BooksWatch } from './books-watch';
import { BUILD } from './build';
import { TRAINERS } from './trainers';

const SEED = 1;

/** What is kept of a job between visits: its note, and what was missing where there is no answer. */
export type InsightNote = JobNote & { readonly missing?: Missing };

interface Workplace {
	readonly database: ProfileDatabase;
	readonly repository: BooksRepository;
	readonly books: Books;
	/** Of what was read, as consent stood. */
	readonly version: string;
	readonly watch: BooksWatch;
	readonly runs: RunRepository;
	readonly ledger: LedgerRepository;
}

/** What a model was learning from is not what may be read any more: it is learned anew. */
class ChangedError extends Error {
	override readonly name = 'Changed';
}

/** The manager's half of the training worker. */
export function trainInsights(profiles: Profiles, notifier: Notifier): Behind<InsightTraining> {
	return {
		trainInsight: (job, model, options) =>
			alone(() =>
				inWorkplace(profiles, job, (here) => trainOne(here, notifier, job, model, options.seed)),
			),
		refreshInsights: (job, { all = false }) =>
			alone(async () => {
				try {
					return await inWorkplace(profiles, job, (here) => refresh(here, notifier, job, all));
				} catch (error) {
					// Nobody asked: what may not be learned is not due.
					if (error instanceof PurposeDeniedError && !all) return [];
					throw error;
				}
			}),
	};
}

/** One training at a time in all tabs. */
async function alone<Value>(work: () => Promise<Value>): Promise<Value> {
	return navigator.locks.request('doorstep-insights', { ifAvailable: true }, (lock) => {
		if (lock) return work();
		throw new FaultError({
			name: 'Busy',
			message: 'Another tab is learning from the bookings.',
			kept: 'Everything as it was; this tab shows what the other one learns.',
			next: 'Nothing: it goes on there.',
		});
	});
}

/** Works with the books as they may be read now, and again where that changed meanwhile. */
async function inWorkplace<Value>(
	profiles: Profiles,
	job: Job,
	work: (here: Workplace) => Promise<Value>,
): Promise<Value> {
	for (;;) {
		try {
			return await inWorkplaceOnce(profiles, job, work);
		} catch (error) {
			if (!(error instanceof ChangedError)) throw storageFault(error);
		}
	}
}

async function inWorkplaceOnce<Value>(
	profiles: Profiles,
	job: Job,
	work: (here: Workplace) => Promise<Value>,
): Promise<Value> {
	job.onProgress({ step: 'reading-books', done: 0 });
	const database = await openProfile(await profiles.current());
	const repository = new BooksRepository(database);
	const watch = new BooksWatch(repository);
	try {
		// The version first: what changes between the two is noticed when the run is registered.
		const version = await watch.begin();
		const books = await repository.read('insight');
		if (!books || version === null) throw noBooks();
		return await work({
			database,
			repository,
			books,
			version,
			watch,
			runs: new RunRepository(database),
			ledger: new LedgerRepository(database),
		});
	} finally {
		watch.close();
		database.close();
	}
}

/** One after the other; each is on disk before the next begins, so a kill costs the one under way. */
async function refresh(
	here: Workplace,
	notifier: Notifier,
	job: Job,
	all: boolean,
): Promise<RunRecord[]> {
	const notes = await here.runs.jobNotes<InsightNote>();
	const due = all ? INSIGHT_MODELS : dueModels(notes, here.version, Date.now());
	const runs: RunRecord[] = [];
	let failure: unknown;
	for (const model of due) {
		try {
			const run = await trainOne(here, notifier, job, model);
			if (run) runs.push(run);
		} catch (error) {
			if (job.cancelled() || error instanceof ChangedError) throw error;
			// The others are learned all the same; what failed is said at the end.
			failure ??= error;
		}
	}
	if (failure) throw failure as Error;
	return runs;
}

/** Trains a model and registers the run; `null` where the books lack what it needs. */
async function trainOne(
	here: Workplace,
	notifier: Notifier,
	job: Job,
	model: InsightModel,
	seed = SEED,
): Promise<RunRecord | null> {
	const startedAt = Date.now();
	const note = async (change: Partial<InsightNote>) => {
		await here.runs.noteJob(model, { ...NEVER, startedAt, ...change });
		notifier.tell('insights');
	};
	await note({ state: 'running' });
	try {
		const trained = await train(here, job, model, seed);
		const finishedAt = Date.now();
		const seconds = (finishedAt - startedAt) / 1000;
		const done = { state: 'done', finishedAt, seconds, books: here.version } as const;
		if (!trained.ready) {
			await note({ ...done, missing: trained.missing });
			return null;
		}
		const run = await registerRun(here, model, trained, { startedAt, seconds, seed });
		await note(done);
		notifier.tell('ledger', 'models');
		return run;
	} catch (error) {
		if (error instanceof ChangedError) {
			await note({ state: 'interrupted' });
			throw error;
		}
		const name = error instanceof Error ? error.name : 'Error';
		const cancelled = name === 'Cancelled';
		await note({
			state: cancelled ? 'cancelled' : 'failed',
			fault: cancelled ? '' : name,
			books: here.version,
		});
		throw error;
	}
}

async function train(
	{ books, watch }: Workplace,
	job: Job,
	model: InsightModel,
	seed: number,
): Promise<Trained<AnswerOf[InsightModel]>> {
	const run: Run = {
		cancelled: () => job.cancelled() || watch.changed,
		random: seededRandom(seed),
		onProgress: ({ done, total }) => job.onProgress({ step: model, done, total }),
	};
	run.onProgress({ done: 0, total: 1 });
	const trainer = await TRAINERS[model]();
	try {
		const trained = await trainer(books, run);
		if (job.cancelled()) throw new CancelledError();
		return trained;
	} catch (error) {
		if (watch.changed && !job.cancelled()) throw new ChangedError();
		throw error;
	}
}

async function registerRun(
	{ books, database, ledger, repository, runs, version: dataHash }: Workplace,
	model: InsightModel,
	{ answer, buffer, card }: Trained<AnswerOf[InsightModel]> & { ready: true },
	{ startedAt, seconds, seed }: { startedAt: number; seconds: number; seed: number },
): Promise<RunRecord> {
	const version = nextVersion(await runs.versionsGiven(model));
	const fresh: RunRecord = {
		...card,
		id: crypto.randomUUID(),
		name: artefactName(model, version, startedAt, card.learner),
		version,
		stage: 'None',
		trainedAt: startedAt,
		seconds,
		seed,
		build: BUILD,
		device: `${navigator.hardwareConcurrency} cores`,
		dataHash,
		sample: books.sample,
		currency: books.currency,
		gates: gatesOf(card),
		reason: 'gates-passed',
		bytes: buffer.byteLength,
		promotedAt: Number.NaN,
		retiredAt: Number.NaN,
		tables: await repository.tablesFor('insight', MODEL_TABLES[model]),
	};
	const changed = await underConsent(database, async () => {
		if ((await repository.versionFor('insight')) !== dataHash) throw new ChangedError();
		const all = register(fresh, await runs.ofModel(model, 'insight'), Date.now());
		await runs.add(fresh, { buffer, answer }, all);
		return all;
	});
	await ledger.note({
		instant: Date.now(),
		what: 'trained',
		subject: model,
		purpose: 'insight',
		rows: card.rows,
		bytes: 0,
	});
	return changed.find(({ id }) => id === fresh.id) ?? fresh;
}

function noBooks(): FaultError {
	return new FaultError({
		name: 'NotReady',
		message: 'There are no bookings to learn from yet.',
		kept: 'Nothing was there to keep.',
		next: 'Bring in a file of bookings, or look around with the sample town.',
	});
}
