import type { DatedTable, InsightModel, RetentionCost, RetentionTraining } from '$lib/contracts';
import { ActRepository } from '$workers/data/acts';
import { BooksRepository } from '$workers/data/books';
import { CatalogueRepository } from '$workers/data/catalogue';
import type { ProfileDatabase } from '$workers/data/database';
import { FaultError } from '$workers/data/fault';
import { ENCODER, ModelRepository } from '$workers/data/models';
import { openProfile, type Profiles } from '$workers/data/profiles';
import { countedFrom, RetentionRepository } from '$workers/data/retention';
import { BOOKS_TABLES, type BooksTable, withoutExpired } from '$workers/data/retention-books';
import { seeBooks } from '$workers/data/retention-job';
import { countPast } from '$workers/data/retention-parts';
import { storageFault } from '$workers/data/storage-fault';
import type { Behind, Job } from '$workers/door/expose';
import { CancelledError, type Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import { catalogueModel } from '$workers/models/recommender';
import { readLooks } from '$workers/models/recommender/looks';
import type { Trained } from '$workers/models/trained';
import { MODEL_TABLES } from '$workers/privacy/model-tables';
import { DAY, requirePeriod } from '$workers/privacy/retention';
import { INSIGHT_MODELS } from '$workers/registry';
import type { Books } from '$workers/table/bookings';
import { TRAINERS } from '../trainers';
import { replayTaste } from './replay-taste';
import { ON_THE_SAME_DAYS } from './train-with-less';

const SEED = 1;
/** Fewer saved homes than this tell nothing. */
const ENOUGH_SAVED = 10;

interface Costs {
	readonly rows: number;
	readonly costs: readonly RetentionCost[];
}

/** Part of the training worker. What it trains is measured and thrown away. */
export function previewRetention(profiles: Profiles): Behind<RetentionTraining> {
	return {
		async previewRetention(job, table, days) {
			requirePeriod(table, days);
			const database = await openProfile(await profiles.current());
			try {
				return { table, days, ...(await costsOf(database, job, table, days)) };
			} catch (error) {
				throw storageFault(error);
			} finally {
				database.close();
			}
		},
	};
}

function costsOf(
	database: ProfileDatabase,
	job: Job,
	table: DatedTable,
	days: number,
): Promise<Costs> {
	if (table === 'interaction') return costOfActs(database, job, days);
	const ofBooks = BOOKS_TABLES.find((name) => name === table);
	// Archived runs: nothing learns from them.
	return ofBooks ? costOfBooks(database, job, ofBooks, days) : Promise.resolve(NO_COST);
}

const NO_COST: Costs = { rows: 0, costs: [] };

async function costOfBooks(
	database: ProfileDatabase,
	job: Job,
	table: BooksTable,
	days: number,
): Promise<Costs> {
	job.onProgress({ step: 'reading-books', done: 0 });
	const now = Date.now();
	const repository = new BooksRepository(database);
	const books = await repository.read('insight');
	if (!books) throw noBooks();
	const state = await seeBooks({ books: repository }, new RetentionRepository(database), now);
	const before = countedFrom(table, state.books, now) - days * DAY;
	const { books: left, removed } = withoutExpired(books, { [table]: before });
	const lost = Object.keys(removed);
	const models = INSIGHT_MODELS.filter((model) =>
		MODEL_TABLES[model].some((name) => lost.includes(name)),
	);
	const costs: RetentionCost[] = [];
	for (const model of models) costs.push(await costFor(model, books, left, job));
	return { rows: removed[table] ?? 0, costs };
}

/** Less first: what is left decides on which days both are tried. */
async function costFor(
	model: InsightModel,
	books: Books,
	left: Books,
	job: Job,
): Promise<RetentionCost> {
	const train = await TRAINERS[model]();
	const after = await train(left, runOf(job, model, 0));
	if (job.cancelled()) throw new CancelledError();
	const whole = after.ready
		? await (
				await ON_THE_SAME_DAYS[model]()
			)(books, runOf(job, model, 0.5), after.card)
		: await train(books, runOf(job, model, 0.5));
	if (job.cancelled()) throw new CancelledError();
	const first = figureOf(after) ?? figureOf(whole);
	return {
		model,
		figure: first?.name ?? '',
		better: first?.better ?? 'lower',
		now: figureOf(whole)?.value ?? Number.NaN,
		after: figureOf(after)?.value ?? Number.NaN,
		cases: after.ready ? after.card.backtest.rows : 0,
		missingNow: whole.ready ? null : whole.missing,
		missingAfter: after.ready ? null : after.missing,
	};
}

/** The figure that decides. */
const figureOf = (trained: Trained<unknown>) =>
	trained.ready ? trained.card.backtest.figures[0] : undefined;

/** Half of a step. */
function runOf(job: Job, step: InsightModel, from: 0 | 0.5): Run {
	const run: Run = {
		cancelled: job.cancelled,
		random: seededRandom(SEED),
		onProgress: ({ done, total }) =>
			job.onProgress({ step, done: from + (0.5 * done) / total, total: 1 }),
	};
	run.onProgress({ done: 0, total: 1 });
	return run;
}

async function costOfActs(database: ProfileDatabase, job: Job, days: number): Promise<Costs> {
	job.onProgress({ step: 'replaying', done: 0 });
	const stored = await new CatalogueRepository(database).read('recommend');
	const { acts } = await new ActRepository(database).since(0, 'recommend');
	const dates = Float64Array.from(acts, ({ instant }) => instant);
	const rows = countPast({ dates, from: Date.now() }, days);
	if (!stored) throw noHomes();
	const encoder = await new ModelRepository(database).read(ENCODER, 'recommend');
	const usable = encoder?.version === stored.summary.version ? encoder : null;
	const model = catalogueModel(
		stored.homes,
		usable ? { embeddings: readLooks(usable.buffer) } : {},
	);
	const rowOf = new Map(Array.from(stored.properties, (property, row) => [property, row]));
	const learned = acts.flatMap((act) => {
		const row = rowOf.get(act.property);
		return act.consent && row !== undefined ? [{ ...act, row }] : [];
	});
	const { cases, withAll, withRecent } = await replayTaste(model, learned, days, {
		cancelled: job.cancelled,
		onProgress: (done, total) => job.onProgress({ step: 'replaying', done, total }),
	});
	const share = (hits: number) => (cases >= ENOUGH_SAVED ? hits / cases : Number.NaN);
	return {
		rows,
		costs: [
			{
				model: 'taste',
				figure: 'firstTwenty',
				better: 'higher',
				now: share(withAll),
				after: share(withRecent),
				cases,
				missingNow: null,
				missingAfter: null,
			},
		],
	};
}

const noHomes = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There are no homes here to try suggestions on.',
		kept: 'All that you saved, as before.',
		next: 'Open a catalogue, or look around with the sample town.',
	});

const noBooks = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There are no bookings to try this on.',
		kept: 'Nothing was there to keep.',
		next: 'Bring in bookings first, or look around with the sample town.',
	});
