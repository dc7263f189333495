/** Retention on real IndexedDB: what goes, what is written down, and what a kill leaves. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunRecord } from '$lib/contracts';
import { ActRepository } from '$workers/data/acts';
import { BooksRepository } from '$workers/data/books';
import { ProfileDatabase } from '$workers/data/database';
import { Dictionary } from '$workers/data/dictionary';
import { LedgerRepository } from '$workers/data/ledger';
import { RetentionRepository } from '$workers/data/retention';
import { datesIn } from '$workers/data/retention-books';
import { enforceNow, keepTimes } from '$workers/data/retention-job';
import { RunRepository } from '$workers/data/runs';
import { DAY } from '$workers/privacy/retention';
import { sampleBooks } from '$workers/sample';

const NOW = Date.UTC(2026, 4, 14, 12);
const books = sampleBooks({ seed: 'kept', managed: 3, guests: 60, years: 1 });

let name = 0;
let here: ReturnType<typeof repositories>;

function repositories(database: ProfileDatabase) {
	return {
		database,
		acts: new ActRepository(database),
		books: new BooksRepository(database),
		ledger: new LedgerRepository(database),
		runs: new RunRepository(database),
		retention: new RetentionRepository(database),
	};
}

beforeEach(async () => {
	const database = new ProfileDatabase(`test-retention-${name++}`);
	await database.open();
	here = repositories(database);
});

afterEach(async () => {
	here.database.close();
	await here.database.delete();
});

/** A search, the newest act that was written; with a text of its own. */
const search = (daysAgo: number, filter: string) =>
	here.acts.record(
		[{ kind: 'search', property: 0, instant: NOW - daysAgo * DAY, channel: 'browse', filter }],
		true,
		0,
	);

const save = (daysAgo: number, property: number) =>
	here.acts.record(
		[{ kind: 'save', property, instant: NOW - daysAgo * DAY, channel: 'browse' }],
		true,
		0,
	);

const saved = async () => [...(await here.acts.standing('show')).saved];

async function erased() {
	const { entries } = await here.ledger.page(0, 100, 'account');
	return entries.filter(({ what }) => what === 'erased');
}

const erasures = async (): Promise<Record<string, number>> =>
	Object.fromEntries((await erased()).map(({ subject, rows }) => [subject, rows]));

const archived = (id: string, daysAgo: number): RunRecord => ({
	model: 'revenue',
	id,
	name: id,
	version: id,
	stage: 'Archived',
	trainedAt: NOW - daysAgo * DAY,
	seconds: 1,
	seed: 1,
	build: '0',
	device: '',
	rows: 1,
	from: 0,
	to: 1,
	dataHash: '',
	learner: '',
	settings: {},
	features: [],
	backtest: {
		protocol: 'hold-out',
		naive: 'recent-mean',
		figures: [],
		beatsNaive: true,
		points: [],
		coverage: { promised: 0.8, held: 0.8, count: 0 },
		rows: 0,
	},
	importance: [],
	suspects: [],
	sample: true,
	currency: 'USD',
	gates: [],
	tables: [],
	reason: 'replaced',
	bytes: 8,
	promotedAt: Number.NaN,
	retiredAt: Number.NaN,
});

const keepRun = (run: RunRecord) =>
	here.runs.add(run, { buffer: new ArrayBuffer(8), answer: {} }, [run]);

describe('acts', () => {
	test('of more than two years ago go with the first run, and the ledger and a report say so', async () => {
		await save(800, 1);
		await save(10, 2);
		const report = await keepTimes(here, NOW);
		expect(await saved()).toEqual([2]);
		expect(report).toEqual({
			instant: NOW,
			removed: [{ table: 'interaction', rows: 1, days: 730 }],
		});
		expect(await erasures()).toEqual({ interaction: 1 });
		expect((await here.retention.read()).reports).toEqual([report]);
	});

	test('a text that no act refers to any more is no longer on disk; others keep their numbers', async () => {
		await search(800, 'near the old mill');
		await search(10, 'by the river');
		const report = await keepTimes(here, NOW);
		expect(report?.removed).toEqual([
			{ table: 'interaction', rows: 1, days: 730 },
			{ table: 'interaction_note', rows: 1, days: 730 },
		]);
		const chunks = await here.database.chunks.toArray();
		const bytes = chunks.map(({ sealed }) => new TextDecoder().decode(sealed)).join();
		expect(bytes).not.toContain('near the old mill');
		expect(bytes).toContain('by the river');
		const { acts } = await repositories(here.database).acts.since(0, 'show');
		expect(acts.map(({ filter }) => filter)).toEqual(['by the river']);
	});

	test('a text that was blanked gets a new number when it is used again, in another tab too', async () => {
		const other = repositories(here.database);
		await search(800, 'with a garden');
		await save(1, 2);
		await other.acts.since(0, 'show');
		await keepTimes(here, NOW);
		await other.acts.record(
			[{ kind: 'search', property: 0, instant: NOW, channel: 'browse', filter: 'with a garden' }],
			true,
			0,
		);
		const { acts } = await repositories(here.database).acts.since(0, 'show');
		expect(acts.map(({ filter }) => filter)).toEqual([undefined, 'with a garden']);
	});

	test('a forgotten act takes its text along at the next run', async () => {
		await search(3, 'cheap and quiet');
		await here.acts.forget([1]);
		const report = await keepTimes(here, NOW);
		expect(report?.removed).toEqual([{ table: 'interaction_note', rows: 1, days: 730 }]);
	});

	test('are kept until erased where the person chose that', async () => {
		await save(800, 1);
		await save(10, 2);
		await here.retention.choose('interaction', null);
		expect((await keepTimes(here, NOW))?.removed).toEqual([]);
		expect(await saved()).toEqual([2, 1]);
	});
});

describe('books', () => {
	test('nothing of them goes until a period is chosen', async () => {
		await here.books.replace(books, NOW);
		expect((await keepTimes(here, NOW))?.removed).toEqual([]);
		expect((await here.books.summary())?.bookings).toBe(books.bookings.count);
	});

	test('rows past the chosen period go, models that learned from them go out of use', async () => {
		await here.books.replace(books, NOW);
		const run = { ...archived('1', 1), stage: 'Production' } as const;
		await keepRun(run);
		await here.retention.choose('fact_booking_detail', 180);
		const past = datesIn(books, 'fact_booking_detail').filter(
			(date) => date < (books.asOf - 180) * DAY,
		).length;
		expect(past).toBeGreaterThan(0);
		const report = await enforceNow(here, NOW, false);
		expect(report.removed[0]).toEqual({ table: 'fact_booking_detail', rows: past, days: 180 });
		expect((await here.books.summary())?.bookings).toBe(books.bookings.count - past);
		const [after] = await here.runs.all('account');
		expect(after?.stage).toBe('Archived');
		expect(after?.stale?.why).toBe('expired');
		expect((await erasures()).fact_booking_detail).toBe(past);
	});

	test('age as time passes, from the day to which they reached when they came', async () => {
		const old = { ...books, asOf: books.asOf - 3000 };
		const shifted = {
			...old,
			bookings: {
				...books.bookings,
				columns: {
					...books.bookings.columns,
					arrives_on: {
						...books.bookings.columns.arrives_on,
						values: Int32Array.from(books.bookings.columns.arrives_on.values, (day) => day - 3000),
					},
				},
			},
		};
		await here.books.replace(shifted, NOW);
		await here.retention.choose('fact_booking_detail', 5000);
		expect((await enforceNow(here, NOW, true)).removed).toEqual([]);
		await here.retention.choose('fact_booking_detail', 200);
		const later = NOW + 30 * DAY;
		const report = await enforceNow(here, later, true);
		const cut = (old.asOf + 30 - 200) * DAY;
		const past = datesIn(shifted, 'fact_booking_detail').filter((date) => date < cut).length;
		expect(past).toBeGreaterThan(0);
		expect(report.removed[0]?.rows).toBe(past);
		expect((await enforceNow(here, later + 1, true)).removed).toEqual([]);
	});
});

describe('runs', () => {
	test('archived ones go with what they left; those in use stay however old', async () => {
		await keepRun(archived('old', 400));
		await keepRun(archived('young', 100));
		await keepRun({ ...archived('used', 500), stage: 'Production' });
		await here.retention.choose('run', 365);
		const report = await enforceNow(here, NOW, false);
		expect(report.removed).toEqual([
			{ table: 'run', rows: 1, days: 365 },
			{ table: 'model', rows: 1, days: 365 },
		]);
		expect((await here.runs.all('account')).map(({ id }) => id).sort()).toEqual(['used', 'young']);
		expect(await here.database.models.count()).toBe(4);
	});
});

describe('the job', () => {
	test('looks once a day', async () => {
		expect(await keepTimes(here, NOW)).not.toBe(null);
		await save(800, 1);
		expect(await keepTimes(here, NOW + DAY / 2)).toBe(null);
		expect((await keepTimes(here, NOW + DAY))?.removed).toHaveLength(1);
	});

	test('looks again on the same day where the books have changed', async () => {
		await here.retention.choose('fact_booking_detail', 180);
		await keepTimes(here, NOW);
		expect(await keepTimes(here, NOW + 1)).toBe(null);
		await here.books.replace(books, NOW);
		expect((await keepTimes(here, NOW + 2))?.removed[0]?.table).toBe('fact_booking_detail');
		expect(await keepTimes(here, NOW + 3)).toBe(null);
	});

	test('runs once where two tabs start at the same time', async () => {
		await save(800, 1);
		await save(1, 2);
		const other = repositories(here.database);
		const reports = await Promise.all([keepTimes(here, NOW), keepTimes(other, NOW)]);
		expect(reports.filter((report) => report !== null)).toHaveLength(1);
		expect(await erasures()).toEqual({ interaction: 1 });
	});

	test('a clock a year ahead removes nothing until the person says that it is right', async () => {
		await save(500, 1);
		await keepTimes(here, NOW);
		const ahead = NOW + 365 * DAY;
		expect(await keepTimes(here, ahead)).toBe(null);
		await expect(enforceNow(here, ahead, false)).rejects.toThrow('far ahead');
		expect(await saved()).toEqual([1]);
		expect((await here.retention.read()).hold?.clock).toBe(ahead);
		expect((await enforceNow(here, ahead, true)).removed).toHaveLength(1);
		expect((await here.retention.read()).hold).toBe(null);
	});

	test('before its first run it measures the clock by what was last written here', async () => {
		await save(2000, 1);
		expect(await keepTimes(here, NOW)).toBe(null);
		expect(await saved()).toEqual([1]);
	});

	test('a clock set back removes nothing more', async () => {
		await save(700, 1);
		await save(1, 2);
		await keepTimes(here, NOW);
		expect((await keepTimes(here, NOW - 300 * DAY))?.removed).toEqual([]);
	});

	test('killed before the rows went, the next run removes them and writes it down once', async () => {
		await save(800, 1);
		await save(1, 2);
		const removed = [{ table: 'interaction', rows: 1, days: 730 }] as const;
		const pending = { part: 'acts', instant: NOW - DAY, choices: {}, removed };
		await here.retention.change(() => ({ pending, trusted: NOW - DAY, ranAt: NOW - 2 * DAY }));
		expect((await keepTimes(here, NOW))?.removed).toEqual(removed);
		expect((await erased()).map(({ instant, rows }) => [instant, rows])).toEqual([[NOW, 1]]);
	});

	test('killed after the rows went, the next run writes down what is missing, once', async () => {
		await save(1, 2);
		const removed = [
			{ table: 'interaction', rows: 5, days: 730 },
			{ table: 'interaction_note', rows: 2, days: 730 },
		] as const;
		const instant = NOW - DAY / 2;
		const pending = { part: 'acts', instant, choices: {}, removed };
		await here.retention.change(() => ({ pending, trusted: instant, ranAt: NOW - 2 * DAY }));
		await here.ledger.note({
			instant,
			what: 'erased',
			subject: 'interaction',
			purpose: 'account',
			rows: 5,
			bytes: 0,
		});
		await keepTimes(here, NOW);
		expect(await erasures()).toEqual({ interaction: 5, interaction_note: 2 });
		expect(await erased()).toHaveLength(2);
		const { pending: left, reports } = await here.retention.read();
		expect(left).toBe(null);
		expect(reports).toEqual([{ instant, removed }]);
	});
});

test('a blanked text is nobody’s: its number answers nothing, and is not given again', async () => {
	const texts = new Dictionary(here.database, 'some');
	await texts.add(['a', 'b', 'c']);
	expect(await texts.blankAllBut(new Set([2]))).toBe(2);
	const fresh = new Dictionary(here.database, 'some');
	expect([...(await fresh.add(['b', 'a', 'd']))]).toEqual([2, 4, 5]);
	expect([1, 2, 3, 4].map((number) => fresh.textOf(number))).toEqual(['', 'b', '', 'a']);
});
