import type { BooksSummary, InsightModel, ManagerApi, RunRecord } from '$lib/contracts';
import { underConsent } from '$workers/data/consent-lock';
import { FaultError } from '$workers/data/fault';
import type { Repositories } from '$workers/data/repositories';
import type { NewLedgerEntry } from '$workers/data/ledger';
import type { Notifier } from '$workers/data/notify';
import type { ProfileName } from '$workers/data/profiles';
import type { RunRepository } from '$workers/data/runs';
import { storageFault } from '$workers/data/storage-fault';
import type { Behind } from '$workers/door/expose';
import { GateError, listJobs, promote, rollBack } from '$workers/registry';
import type { Books } from '$workers/table/bookings';
import type { FilesAtTheDoor } from './read-files';
import type { InsightNote } from './train-insights';
import { keepTimesAtStart } from './trust/retention';

/** What the store hands its manager's half. */
export interface Storehouse {
	here(): Promise<Repositories>;
	dataOf(profile: ProfileName): Promise<Repositories>;
	/** Makes a profile the open one, in every tab. */
	enter(profile: ProfileName, repositories: Repositories): Promise<void>;
	readonly notifier: Notifier;
}

/**
 * The manager's half of the store worker. What it needs beyond the repositories is loaded when a
 * manager first asks: the store starts with the first page, for everybody.
 */
export function manage({ dataOf, enter, here, notifier }: Storehouse): Behind<ManagerApi> {
	let opening: Promise<FilesAtTheDoor> | null = null;
	const files = (): Promise<FilesAtTheDoor> => {
		opening ??= import('./read-files').then(
			({ FilesAtTheDoor }) => new FilesAtTheDoor(() => dataOf('own')),
		);
		return opening;
	};

	async function note(entry: Omit<NewLedgerEntry, 'instant' | 'bytes'>, bytes = 0): Promise<void> {
		const { ledger } = await here();
		await ledger.note({ ...entry, instant: Date.now(), bytes });
		notifier.tell('ledger');
	}

	async function books(): Promise<Books> {
		const found = await (await here()).books.read('insight');
		if (!found) throw noBooks();
		return found;
	}

	async function opened(
		profile: ProfileName,
		summary: BooksSummary,
		rows: number,
	): Promise<BooksSummary> {
		await enter(profile, await dataOf(profile));
		await note({
			what: 'opened',
			subject: profile === 'sample' ? 'sample books' : 'books',
			purpose: 'insight',
			rows,
		});
		notifier.tell('books', 'insights');
		void keepTimesAtStart(await dataOf(profile), notifier);
		return summary;
	}

	/** Nobody takes a version out of use while it is moved into it. */
	async function inStages<Value>(work: (runs: RunRepository) => Promise<Value>): Promise<Value> {
		const { database, runs } = await here();
		return underConsent(database, () => work(runs));
	}

	async function change(runs: readonly RunRecord[]): Promise<RunRecord> {
		await (await here()).runs.change(runs);
		await note({
			what: 'changed',
			subject: (runs[0] as RunRecord).model,
			purpose: 'insight',
			rows: runs.length,
		});
		notifier.tell('insights');
		return runs[0] as RunRecord;
	}

	return {
		books: async () => (await here()).books.summary(),
		lookAtFile: async (file) => (await files()).look(file),
		readBooksFile: async (job, file, mapping) => (await files()).read(job, file, mapping),
		async keepRead(token) {
			const { rows, summary } = await alone(async () => (await files()).keep(token));
			return opened('own', summary, rows);
		},
		dropRead: async (token) => (await files()).drop(token),
		refusedRows: async (token) => (await files()).refused(token),
		openSampleBooks: (job) =>
			alone(async () => {
				job.onProgress({ step: 'generating', done: 0 });
				const { books: repository } = await dataOf('sample');
				const { SAMPLE_SEED, sampleBooks } = await import('$workers/sample');
				try {
					const summary = await repository.replace(sampleBooks({ seed: SAMPLE_SEED }), Date.now());
					return await opened('sample', summary, summary.bookings);
				} catch (error) {
					throw storageFault(error);
				}
			}),
		async overview(span) {
			const found = await books();
			const { overview } = await import('$workers/models/overview');
			try {
				return overview(found, span);
			} catch (error) {
				if (error instanceof RangeError) throw tooShort();
				throw error;
			}
		},
		async featureStore() {
			const { books: repository, runs } = await here();
			const { featureStore } = await import('$workers/models/feature-store');
			const inUse = (await runs.all('insight')).filter(({ stage }) => stage !== 'Archived');
			return {
				...featureStore(await books(), inUse, Date.now()),
				imported: await repository.importedFeatures('insight'),
			};
		},
		async exportFeatures(name) {
			const { featureTable } = await import('$workers/models/feature-store');
			const { toParquet } = await import('$workers/data/exporters/parquet');
			return new Blob([toParquet(featureTable(await books(), name), name, ['date'])]);
		},
		runs: async () => (await here()).runs.all('insight'),
		async promote(id) {
			return inStages(async (runs) => {
				const all = await runs.all('insight');
				const run = all.find((each) => each.id === id);
				if (!run || run.stale) throw gone();
				const others = all.filter(({ id: other, model }) => other !== id && model === run.model);
				try {
					return await change(promote(run, others, Date.now()));
				} catch (error) {
					if (error instanceof GateError) throw gateClosed();
					throw error;
				}
			});
		},
		async rollBack(model: InsightModel) {
			return inStages(async (runs) => {
				const changed = rollBack(await runs.ofModel(model, 'insight'), Date.now());
				if (!changed) throw nothingBefore();
				return change(changed);
			});
		},
		async deleteRun(id) {
			const { runs } = await here();
			const run = (await runs.all('insight')).find((each) => each.id === id);
			if (!run) return;
			await runs.delete(id);
			await note({ what: 'erased', subject: 'run', purpose: 'insight', rows: 1 }, run.bytes);
			notifier.tell('insights');
		},
		async jobs() {
			const { books: repository, runs } = await here();
			const version = (await repository.versionFor('insight')) ?? '';
			const notes = await runs.jobNotes<InsightNote>();
			return listJobs(notes, version, (await isTraining()) ? runningOf(notes) : null);
		},
		choices: async () => (await here()).choices.read('insight'),
		async changeChoices(changed) {
			const choices = await (await here()).choices.change(changed);
			notifier.tell('choices');
			return choices;
		},
	};
}

/** The job that its note says is under way: there is at most one. */
function runningOf(notes: Partial<Record<InsightModel, InsightNote>>): InsightModel | null {
	const running = Object.entries(notes).filter(([, { state }]) => state === 'running');
	const newest = running.sort(([, a], [, b]) => b.startedAt - a.startedAt)[0];
	return (newest?.[0] as InsightModel | undefined) ?? null;
}

/** Some tab holds the lock of training. */
async function isTraining(): Promise<boolean> {
	const { held } = await navigator.locks.query();
	return (held ?? []).some(({ name }) => name === 'doorstep-insights');
}

/** One change of the books at a time in all tabs. */
function alone<Value>(work: () => Promise<Value>): Promise<Value> {
	return navigator.locks.request('doorstep-books', { ifAvailable: true }, (lock) => {
		if (lock) return work();
		throw new FaultError({
			name: 'Busy',
			message: 'Another tab is bringing bookings in.',
			kept: 'Everything as it was before.',
			next: 'Wait until it is done there, or stop it.',
		});
	}) as Promise<Value>;
}

const noBooks = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There are no bookings here yet.',
		kept: 'Nothing was there to keep.',
		next: 'Bring in a file of bookings, or look around with the sample town.',
	});

const tooShort = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There is not one whole month of bookings yet.',
		kept: 'All that you brought in.',
		next: 'Bring in earlier bookings, or come back next month.',
	});

const gone = () =>
	new FaultError({
		name: 'NotReady',
		message: 'This version was deleted.',
		kept: 'All other versions.',
		next: 'Choose another one.',
	});

const nothingBefore = () =>
	new FaultError({
		name: 'NotReady',
		message: 'No version was in use before this one.',
		kept: 'The version in use.',
		next: 'Nothing: there is nothing to go back to.',
	});

const gateClosed = () =>
	new FaultError({
		name: 'GateClosed',
		message:
			'This version does worse than the simple baseline, or uses what was not known in time.',
		kept: 'The version in use, as it was.',
		next: 'Train again with more bookings. Until then the baseline is shown.',
	});
