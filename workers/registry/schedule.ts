import type { InsightModel, JobRecord } from '$lib/contracts';
import { INSIGHT_MODELS } from './names';

const HOUR = 3_600_000;
const EVERY = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR } as const;

/** How often each model is refreshed, as the seeds ask: forecasts by the week, prices by the day. */
const REFRESH: Readonly<Record<InsightModel, JobRecord['every']>> = {
	revenue: 'week',
	demand: 'day',
	conversion: 'hour',
	cancellation: 'day',
	price: 'day',
	'lifetime-value': 'week',
};

/** What is known of a job between visits. */
export type JobNote = Pick<
	JobRecord,
	'state' | 'startedAt' | 'finishedAt' | 'seconds' | 'fault'
> & {
	/** Version of the books on which it last finished. */
	readonly books: string;
};

export const NEVER: JobNote = {
	state: 'never',
	startedAt: Number.NaN,
	finishedAt: Number.NaN,
	seconds: Number.NaN,
	fault: '',
	books: '',
};

/**
 * When a job is due: at once where it never finished or was interrupted, else its period after it
 * last finished; but while the books are as they were there is nothing to learn anew, so it waits.
 * However long the device slept, a job runs once to catch up.
 */
export function dueAt(model: InsightModel, note: JobNote, books: string): number {
	if (note.state === 'cancelled' && note.books === books) return Number.POSITIVE_INFINITY;
	if (note.state !== 'done') return 0;
	if (note.books === books) return Number.POSITIVE_INFINITY;
	return note.finishedAt + EVERY[REFRESH[model]];
}

/** The jobs as a page lists them. `running`: the one that a worker holds now, if any. */
export function listJobs(
	notes: Readonly<Partial<Record<InsightModel, JobNote>>>,
	books: string,
	running: InsightModel | null,
): JobRecord[] {
	return INSIGHT_MODELS.map((model) => {
		const note = notes[model] ?? NEVER;
		const { startedAt, finishedAt, seconds, fault } = note;
		// A job that nobody runs and that never ended was killed with its tab.
		const killed = note.state === 'running' && running !== model;
		const state = killed ? 'interrupted' : note.state;
		const every = REFRESH[model];
		return {
			model,
			every,
			state,
			startedAt,
			finishedAt,
			seconds,
			fault,
			dueAt: dueAt(model, note, books),
		};
	});
}

/** Models whose jobs are due, in the order in which they are learned. */
export function dueModels(
	notes: Readonly<Partial<Record<InsightModel, JobNote>>>,
	books: string,
	now: number,
): InsightModel[] {
	return INSIGHT_MODELS.filter((model) => dueAt(model, notes[model] ?? NEVER, books) <= now);
}
