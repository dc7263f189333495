import type { DatedTable, RetainedTable, RetentionReport } from '$lib/contracts';
import {
	booksDay,
	type BooksSeen,
	type Choices,
	type Hold,
	PERIODS,
	requirePeriod,
} from '$workers/privacy/retention';
import type { ProfileDatabase } from './database';
import { allowRead } from './reading';
import { readRecord, writeRecord } from './records';

const RETENTION = 'retention';
const MOST_REPORTS = 50;

/** What a step of the job is about to remove: written down before, so that a kill loses no entry. */
export interface Pending {
	readonly part: string;
	/** Of the job: its reports and entries carry it. */
	readonly instant: number;
	readonly choices: Choices;
	readonly removed: readonly RemovedRows[];
}

export interface RemovedRows {
	readonly table: RetainedTable;
	readonly rows: number;
	/** The period that was over. */
	readonly days: number;
}

/** What is remembered of retention. UTC milliseconds. */
export interface RetentionState {
	readonly choices: Choices;
	/** When the job last looked; 0: never. */
	readonly ranAt: number;
	readonly trusted: number;
	readonly hold: Hold | null;
	readonly books: BooksSeen | null;
	/** Version of the books when the job last looked; empty: none. */
	readonly version: string;
	readonly pending: Pending | null;
	/** Newest first. */
	readonly reports: readonly RetentionReport[];
}

const NOTHING_YET: RetentionState = {
	choices: {},
	ranAt: 0,
	trusted: 0,
	hold: null,
	books: null,
	version: '',
	pending: null,
	reports: [],
};

/** The periods that were chosen, and what the job did. */
export class RetentionRepository {
	constructor(private readonly database: ProfileDatabase) {}

	async read(): Promise<RetentionState> {
		await allowRead(this.database, 'consent', 'account');
		const { records, codec } = this.database;
		const stored = await readRecord(records, RETENTION, codec);
		return { ...NOTHING_YET, ...(stored as Partial<RetentionState> | undefined) };
	}

	/** One change at a time in all tabs. */
	async change(
		changed: (state: RetentionState) => Partial<RetentionState>,
	): Promise<RetentionState> {
		return navigator.locks.request(`${this.database.name}/${RETENTION}`, async () => {
			const before = await this.read();
			const state = { ...before, ...changed(before) };
			await writeRecord(this.database.records, RETENTION, state, this.database.codec);
			return state;
		});
	}

	/** @throws RangeError for a table without dates and for days that are no period */
	async choose(table: DatedTable, days: number | null): Promise<void> {
		requirePeriod(table, days);
		await this.change(({ choices }) => ({ choices: { ...choices, [table]: days } }));
	}

	/** What the job removed joins what it removed before at the same instant. */
	async report(instant: number, removed: readonly RemovedRows[]): Promise<void> {
		await this.change(({ reports }) => {
			const [newest, ...others] = reports;
			const same = newest?.instant === instant ? newest.removed : [];
			const older = newest?.instant === instant ? others : reports;
			return {
				pending: null,
				reports: [{ instant, removed: [...same, ...removed] }, ...older].slice(0, MOST_REPORTS),
			};
		});
	}
}

/** From where a table's ages are counted, UTC milliseconds; NaN where there are no books. */
export function countedFrom(table: DatedTable, books: BooksSeen | null, now: number): number {
	if (PERIODS[table].clock === 'device') return now;
	return books ? booksDay(books, now) : Number.NaN;
}
