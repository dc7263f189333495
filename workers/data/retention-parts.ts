import type { DatedTable } from '$lib/contracts';
import { type Choices, type BooksSeen, DAY, daysKept } from '$workers/privacy/retention';
import { MODEL_TABLES, MODEL_NAMES } from '$workers/privacy/model-tables';
import type { ProfileDatabase } from './database';
import type { Repositories } from './repositories';
import { countedFrom, type RemovedRows } from './retention';
import { BOOKS_TABLES, datesIn, withoutExpired } from './retention-books';
import { makeStale } from './stale-runs';

/** The dates of a table's rows, UTC milliseconds, and from where their ages are counted. */
export interface DatedRows {
	readonly dates: Float64Array;
	readonly from: number;
}

/** What is to go of some tables that go together, and how; nothing has gone yet. */
export interface Plan {
	readonly removed: readonly RemovedRows[];
	/** In one transaction: all of it goes, or nothing. */
	carryOut(): Promise<void>;
}

/** Tables that are stored together and lose their rows in one transaction. */
export interface Part {
	readonly name: string;
	readonly tables: readonly DatedTable[];
	dates(table: DatedTable): Promise<DatedRows>;
	/** @param now UTC milliseconds; the clock is believed */
	plan(choices: Choices, now: number): Promise<Plan>;
}

type Here = Pick<Repositories, 'acts' | 'books' | 'database' | 'runs'>;

/** Everything that retention removes rows from, in the order in which it goes. */
export function retainedParts(here: Here, seen: BooksSeen | null): readonly Part[] {
	return [actsPart(here), notesPart(here), booksPart(here, seen), runsPart(here)];
}

function actsPart({ acts }: Here): Part {
	const dates = async (now: number) => ({ dates: await acts.instants('account'), from: now });
	return {
		name: 'acts',
		tables: ['interaction'],
		dates: () => dates(Date.now()),
		async plan(choices, now) {
			const days = daysKept('interaction', choices);
			if (days === null) return NOTHING;
			const rows = countPast(await dates(now), days);
			return {
				removed: removedRows('interaction', rows, days),
				carryOut: async () => void (await acts.expire(now, days)),
			};
		},
	};
}

/** Texts of searches: they have no date, and go when the last act goes that refers to them. */
function notesPart({ acts }: Here): Part {
	return {
		name: 'notes',
		tables: [],
		dates: () => Promise.reject(new RangeError('texts have no dates')),
		async plan(choices) {
			const days = daysKept('interaction', choices) ?? 0;
			return {
				removed: removedRows('interaction_note', await acts.idleNotes(), days),
				carryOut: async () => void (await acts.blankIdleNotes()),
			};
		},
	};
}

function booksPart({ books, database }: Here, seen: BooksSeen | null): Part {
	return {
		name: 'books',
		tables: BOOKS_TABLES,
		async dates(table) {
			const stored = await books.readStored('account');
			const name = BOOKS_TABLES.find((each) => each === table);
			if (!stored || !name) return { dates: new Float64Array(0), from: Number.NaN };
			return { dates: datesIn(stored, name), from: countedFrom(table, seen, Date.now()) };
		},
		async plan(choices, now) {
			const limits = BOOKS_TABLES.flatMap((table) => {
				const days = daysKept(table, choices);
				return days === null ? [] : [[table, countedFrom(table, seen, now) - days * DAY] as const];
			});
			const stored = limits.length > 0 ? await books.readStored('account') : null;
			if (!stored) return NOTHING;
			const { books: left, removed } = withoutExpired(stored, Object.fromEntries(limits));
			// Guests go with their bookings and bookings with their guests: either period may be the cause.
			const usual = daysKept('fact_booking_detail', choices) ?? daysKept('dim_user', choices) ?? 0;
			return {
				removed: BOOKS_TABLES.flatMap((table) =>
					removedRows(table, removed[table] ?? 0, daysKept(table, choices) ?? usual),
				),
				async carryOut() {
					// Before: no model outlives its rows, wherever a kill comes. After: none that was trained between.
					await staleAfter(database, Object.keys(removed));
					await books.replace(left, now);
					await staleAfter(database, Object.keys(removed));
				},
			};
		},
	};
}

async function staleAfter(database: ProfileDatabase, tables: readonly string[]): Promise<void> {
	const models = MODEL_NAMES.filter((model) =>
		MODEL_TABLES[model].some((table) => tables.includes(table)),
	);
	await makeStale(
		database,
		models.filter((model) => model !== 'taste' && model !== 'listing-encoder'),
		'expired',
	);
}

/** Versions that are out of use, with their artefacts. */
function runsPart({ database, runs }: Here): Part {
	const archived = async () =>
		(await runs.all('account')).filter(({ stage }) => stage === 'Archived');
	return {
		name: 'runs',
		tables: ['run'],
		async dates() {
			const dates = Float64Array.from(await archived(), ({ trainedAt }) => trainedAt);
			return { dates, from: Date.now() };
		},
		async plan(choices, now) {
			const days = daysKept('run', choices);
			if (days === null) return NOTHING;
			const old = (await archived()).filter(({ trainedAt }) => trainedAt < now - days * DAY);
			const withModel = old.filter(({ bytes }) => bytes > 0).length;
			return {
				removed: [
					...removedRows('run', old.length, days),
					...removedRows('model', withModel, days),
				],
				carryOut: () =>
					database.transaction('rw', [database.records, database.models], async () => {
						for (const { id } of old) await runs.delete(id);
					}),
			};
		},
	};
}

const NOTHING: Plan = { removed: [], carryOut: () => Promise.resolve() };

/** Rows that are older than so many days. */
export function countPast({ dates, from }: DatedRows, days: number): number {
	return dates.filter((date) => date < from - days * DAY).length;
}

function removedRows(table: RemovedRows['table'], rows: number, days: number): RemovedRows[] {
	return rows > 0 ? [{ table, rows, days }] : [];
}
