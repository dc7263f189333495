/** Consent where it is stored: reads that fail, tables read as empty, runs that are taken out of use. */
import { afterEach, describe, expect, test } from 'vitest';
import type { InsightModel, RunRecord } from '$lib/contracts';
import { ActCursor } from '$workers/data/act-cursor';
import { ActRepository } from '$workers/data/acts';
import { BooksRepository } from '$workers/data/books';
import { changeConsent, changeGuestConsent, readConsent } from '$workers/data/consents';
import { ProfileDatabase } from '$workers/data/database';
import { ENCODER, ModelRepository } from '$workers/data/models';
import { RunRepository } from '$workers/data/runs';
import { makeStale } from '$workers/data/stale-runs';
import { TasteEditRepository } from '$workers/data/taste-edits';
import { INSIGHT_MODELS, rollBack, shown } from '$workers/registry';
import { MODEL_TABLES } from '$workers/privacy/model-tables';
import { withoutGuests } from '$workers/privacy/without-guests';
import { answerInsights } from '$workers/roots/answer-insights';
import { sampleBooks } from '$workers/sample';

const NOW = Date.UTC(2026, 4, 14, 12);
const books = sampleBooks({ seed: 'consent', managed: 3, guests: 60, years: 1 });
const keys = books.guests.columns.key.values;
const everybody = keys.length;
const opened: ProfileDatabase[] = [];

async function open(name: string): Promise<ProfileDatabase> {
	const database = new ProfileDatabase(`test-consent-${name}`);
	opened.push(database);
	await database.open();
	return database;
}

afterEach(async () => {
	const databases = opened.splice(0);
	databases.forEach((database) => database.close());
	await Promise.all(databases.map((database) => database.delete()));
});

type Purpose = 'recommend' | 'insight' | 'message';
const withdraw = (database: ProfileDatabase, purpose: Purpose, table: string | null = null) =>
	changeConsent(database, { purpose, table, granted: false, instant: NOW });
const grant = (database: ProfileDatabase, purpose: Purpose, table: string | null = null) =>
	changeConsent(database, { purpose, table, granted: true, instant: NOW });

const run = (id: string, model: InsightModel): RunRecord => ({
	id,
	model,
	name: id,
	version: '1.0',
	stage: 'Production',
	trainedAt: NOW,
	seconds: 1,
	seed: 1,
	build: 'test',
	device: 'test',
	rows: 1,
	from: 0,
	to: 1,
	dataHash: '',
	learner: 'test',
	settings: {},
	features: [],
	backtest: {
		protocol: 'hold-out',
		naive: 'overall-rate',
		figures: [],
		beatsNaive: true,
		points: [],
		coverage: { promised: Number.NaN, held: Number.NaN, count: 0 },
		rows: 0,
	},
	importance: [],
	suspects: [],
	sample: true,
	currency: 'USD',
	gates: [],
	reason: 'gates-passed',
	bytes: 3,
	promotedAt: NOW,
	retiredAt: Number.NaN,
	tables: MODEL_TABLES[model],
});

/** A run of each of these models, with what it left, and the note that its job is done. */
async function withRuns(database: ProfileDatabase, models = INSIGHT_MODELS) {
	const runs = new RunRepository(database);
	for (const model of models) {
		const record = run(`run-${model}`, model);
		await runs.add(record, { buffer: new ArrayBuffer(3), answer: { of: model } }, [record]);
		await runs.noteJob(model, { state: 'done', books: 'v' });
	}
	return runs;
}

const staleOf = async (runs: RunRepository) =>
	(await runs.all('account')).filter(({ stale }) => stale).map(({ model }) => model);

describe('a purpose that was taken back', () => {
	test('makes every read for it fail, and none for another', async () => {
		const database = await open('purpose');
		const repository = new BooksRepository(database);
		const acts = new ActRepository(database);
		await repository.replace(books, NOW);
		await withdraw(database, 'insight');
		await withdraw(database, 'recommend');
		const denied = { name: 'PurposeDenied', fault: { name: 'PurposeDenied' } };
		await expect(repository.read('insight')).rejects.toMatchObject(denied);
		await expect(repository.importedFeatures('insight')).rejects.toMatchObject(denied);
		await expect(new RunRepository(database).all('insight')).rejects.toMatchObject(denied);
		await expect(acts.since(0, 'recommend')).rejects.toMatchObject(denied);
		await expect(new TasteEditRepository(database).all('recommend')).rejects.toMatchObject(denied);
		await expect(new ModelRepository(database).read(ENCODER, 'recommend')).rejects.toMatchObject(
			denied,
		);
		expect((await repository.read('account'))?.bookings.count).toBe(books.bookings.count);
		expect((await repository.readStored('account'))?.guests.count).toBe(everybody);
		expect((await acts.page([], 0, 1, 'account')).total).toBe(0);
		await grant(database, 'insight');
		expect((await repository.read('insight'))?.guests.count).toBe(everybody);
	});

	test('keeps no model that comes out of a training which began before', async () => {
		const database = await open('keep');
		const models = new ModelRepository(database);
		const model = { version: 'v', trainedAt: NOW, buffer: new ArrayBuffer(4) };
		await withdraw(database, 'recommend');
		await models.keep(ENCODER, model);
		expect(await models.versionOf(ENCODER)).toBe(null);
		await grant(database, 'recommend');
		await models.keep(ENCODER, model);
		expect(await models.versionOf(ENCODER)).toBe('v');
	});

	test('is remembered across tabs and after closing, with its receipts', async () => {
		const database = await open('remembered');
		const other = new ProfileDatabase(database.name);
		opened.push(other);
		await Promise.all([
			withdraw(database, 'insight', 'dim_user'),
			withdraw(other, 'recommend'),
			changeGuestConsent(other, keys[0] as string, { objected: true }),
			withdraw(database, 'message'),
		]);
		for (const each of [database, other]) {
			const { guests, receipts, withdrawn } = await readConsent(each);
			expect(withdrawn).toHaveLength(3);
			expect(receipts).toHaveLength(3);
			expect(Object.keys(guests)).toEqual([keys[0]]);
		}
		expect((await withdraw(database, 'message')).changed).toBe(false);
		expect((await readConsent(database)).receipts).toHaveLength(3);
	});
});

describe('a table that was taken out of a purpose', () => {
	test('is read as empty where the purpose can do without it', async () => {
		const database = await open('optional');
		const repository = new BooksRepository(database);
		await repository.replace(books, NOW);
		for (const name of ['dim_user', 'fact_property_engagement', 'fact_booking_daily'])
			await withdraw(database, 'insight', name);
		const read = await repository.read('insight');
		expect([read?.guests.count, read?.engagement.count, read?.daily.count]).toEqual([0, 0, 0]);
		expect(read?.bookings.count).toBe(books.bookings.count);
		// Without guests, bookings are nobody's.
		expect(new Set(read?.bookings.columns.guest.values)).toEqual(new Set([0]));
		expect((await repository.read('export'))?.guests.count).toBe(everybody);
		await withdraw(database, 'insight', 'feature_table');
		expect(await repository.importedFeatures('insight')).toEqual([]);
	});

	test('makes the read fail where it can’t', async () => {
		const database = await open('core');
		const repository = new BooksRepository(database);
		await repository.replace(books, NOW);
		await withdraw(database, 'insight', 'fact_booking_detail');
		await expect(repository.read('insight')).rejects.toMatchObject({ name: 'PurposeDenied' });
		expect(await repository.read('export')).not.toBeNull();
	});

	test('leaves the recommender with no acts, no searches and no corrections', async () => {
		const database = await open('acts');
		const acts = new ActRepository(database);
		const edits = new TasteEditRepository(database);
		const seen = { property: 3, instant: NOW, channel: 'browse' as const };
		await acts.record([{ ...seen, kind: 'search', filter: '{"text":"sea"}' }], true, 0);
		await acts.record([{ ...seen, kind: 'save' }], true, 0);
		const read = async () => (await acts.since(0, 'recommend')).acts;
		expect((await read()).map(({ filter }) => filter)).toEqual(['{"text":"sea"}', undefined]);
		await withdraw(database, 'recommend', 'interaction_note');
		expect((await read()).map(({ filter, kind }) => [kind, filter])).toEqual([
			['search', undefined],
			['save', undefined],
		]);
		await withdraw(database, 'recommend', 'interaction');
		await withdraw(database, 'recommend', 'taste_edit');
		expect(await read()).toEqual([]);
		expect(await new ActCursor(acts).changes()).toEqual({ added: [], forgotten: [] });
		expect(await edits.all('recommend')).toEqual([]);
		expect((await acts.page(['save'], 0, 9, 'account')).total).toBe(1);
		expect([...(await acts.standing('show')).saved]).toEqual([3]);
	});
});

describe('a guest who is restricted or objected', () => {
	test('is left out of what models and messages read, and of nothing else', async () => {
		const database = await open('guest');
		const repository = new BooksRepository(database);
		await repository.replace(books, NOW);
		const gone = new Set([keys[2] as string, keys[5] as string]);
		await changeGuestConsent(database, keys[2] as string, { restricted: true });
		await changeGuestConsent(database, keys[5] as string, { objected: true });
		const expected = withoutGuests(books, gone);
		for (const purpose of ['insight', 'message'] as const) {
			const read = await repository.read(purpose);
			expect(read?.guests.columns.key.values).toEqual(expected.guests.columns.key.values);
			expect(read?.bookings.columns.guest.values).toEqual(expected.bookings.columns.guest.values);
		}
		const learned = await repository.read('insight');
		expect(learned?.engagement.count).toBe(expected.engagement.count);
		expect(learned?.daily.count).toBe(books.daily.count);
		for (const purpose of ['export', 'account'] as const)
			expect((await repository.read(purpose))?.guests.count).toBe(everybody);
		// Who is left out is known though the guests' table may not be read.
		await withdraw(database, 'insight', 'dim_user');
		const blind = await repository.read('insight');
		expect(blind?.guests.count).toBe(0);
		expect(blind?.bookings.count).toBe(expected.bookings.count);
		await changeGuestConsent(database, keys[2] as string, { restricted: false });
		await changeGuestConsent(database, keys[5] as string, { objected: false });
		await grant(database, 'insight', 'dim_user');
		expect((await repository.read('insight'))?.bookings.count).toBe(books.bookings.count);
	});

	test('takes the models that learned from guests out of use, once, and again when it is lifted', async () => {
		const database = await open('guest-models');
		const runs = await withRuns(database);
		await changeGuestConsent(database, keys[2] as string, { restricted: true });
		expect((await staleOf(runs)).sort()).toEqual([...INSIGHT_MODELS].sort());
		const fresh = { ...run('fresh', 'revenue') };
		await runs.add(fresh, { buffer: new ArrayBuffer(1), answer: {} }, [fresh]);
		// Also objecting changes nothing in whose rows are read.
		await changeGuestConsent(database, keys[2] as string, { objected: true });
		expect(shown(await runs.ofModel('revenue', 'insight'))?.id).toBe('fresh');
		await changeGuestConsent(database, keys[2] as string, { objected: false, restricted: false });
		expect(shown(await runs.ofModel('revenue', 'insight'))).toBe(null);
	});
});

describe('the version of what may be read', () => {
	test('changes with consent and with guests, and comes back when all is granted', async () => {
		const database = await open('version');
		const repository = new BooksRepository(database);
		const { version } = await repository.replace(books, NOW);
		const now = () => repository.versionFor('insight');
		expect(await now()).toBe(version);
		await withdraw(database, 'recommend');
		expect(await now()).toBe(version);
		await withdraw(database, 'insight', 'dim_user');
		const without = await now();
		expect(without).not.toBe(version);
		await changeGuestConsent(database, keys[1] as string, { objected: true });
		expect(new Set([version, without, await now()]).size).toBe(3);
		expect(await repository.versionFor('export')).toBe(version);
		await grant(database, 'insight', 'dim_user');
		await changeGuestConsent(database, keys[1] as string, { objected: false });
		expect(await now()).toBe(version);
	});
});

describe('runs that may not be used any more', () => {
	test('are those of the models that learned from what was taken back', async () => {
		const database = await open('stale');
		const runs = await withRuns(database);
		await withdraw(database, 'insight', 'fact_property_engagement');
		expect(await staleOf(runs)).toEqual(['conversion']);
		const [record] = await runs.ofModel('conversion', 'insight');
		expect(record).toMatchObject({ stage: 'Archived', stale: { why: 'withdrawn' }, bytes: 0 });
		expect(shown(await runs.ofModel('conversion', 'insight'))).toBe(null);
		// Nothing is left of what it learned; the others have all of theirs.
		await expect(runs.answer(record as RunRecord, 'insight')).rejects.toThrow(RangeError);
		await expect(runs.buffer(record as RunRecord, 'insight')).rejects.toThrow(RangeError);
		const names = await database.models.toCollection().primaryKeys();
		expect(names.filter((name) => name.includes('conversion'))).toEqual([]);
		expect(names).toHaveLength(2 * (INSIGHT_MODELS.length - 1));
		expect(await runs.answer(run('run-revenue', 'revenue'), 'insight')).toEqual({ of: 'revenue' });
		// Its job is due at once, the others' are done.
		expect(Object.keys(await runs.jobNotes()).sort()).toEqual(
			INSIGHT_MODELS.filter((model) => model !== 'conversion').sort(),
		);
	});

	test('are all of them with the purpose, and due again when it is granted', async () => {
		const database = await open('all');
		const runs = await withRuns(database);
		await withdraw(database, 'insight');
		expect(await staleOf(runs)).toHaveLength(INSIGHT_MODELS.length);
		expect(await database.models.count()).toBe(0);
		await runs.noteJob('revenue', { state: 'done', books: 'v' });
		await grant(database, 'insight');
		expect(await runs.jobNotes()).toEqual({});
	});

	test('include every kept version, are not counted twice, and no roll-back leads to them', async () => {
		const database = await open('versions');
		const runs = await withRuns(database, ['revenue', 'demand']);
		const old = { ...run('old', 'revenue'), stage: 'Archived' as const, retiredAt: NOW };
		await runs.add(old, { buffer: new ArrayBuffer(2), answer: {} }, [old]);
		expect(await makeStale(database, ['revenue'], 'forgotten')).toBe(2);
		expect(await makeStale(database, ['revenue'], 'forgotten')).toBe(0);
		expect(await staleOf(runs)).toEqual(['revenue', 'revenue']);
		const fresh = run('fresh', 'revenue');
		await runs.add(fresh, { buffer: new ArrayBuffer(2), answer: {} }, [fresh]);
		expect(rollBack(await runs.ofModel('revenue', 'insight'), NOW)).toBe(null);
		expect(shown(await runs.ofModel('demand', 'insight'))?.id).toBe('run-demand');
	});

	test('a run of before tables were noted has learned from all of its model’s', async () => {
		const database = await open('older');
		const runs = new RunRepository(database);
		const older: Partial<RunRecord> = { ...run('older', 'price') };
		delete (older as Record<string, unknown>).tables;
		await runs.add(older as RunRecord, { buffer: new ArrayBuffer(1), answer: {} }, [
			older as RunRecord,
		]);
		expect((await runs.all('insight'))[0]?.tables).toEqual(MODEL_TABLES.price);
	});

	test('are answered with what happened, and refused while the purpose is withdrawn', async () => {
		const database = await open('answers');
		await withRuns(database);
		const { conversionOf, insight, pricedDays } = answerInsights(() => Promise.resolve(database));
		expect(await insight('revenue')).toMatchObject({ ready: true, answer: { of: 'revenue' } });
		await withdraw(database, 'insight', 'dim_user');
		expect(await insight('revenue')).toMatchObject({ ready: true });
		expect(await insight('lifetime-value')).toEqual({
			ready: false,
			missing: { reason: 'LearnedAnew', why: 'withdrawn', without: ['dim_user'] },
		});
		await grant(database, 'insight', 'dim_user');
		await makeStale(database, ['revenue'], 'forgotten');
		expect(await insight('revenue')).toEqual({
			ready: false,
			missing: { reason: 'LearnedAnew', why: 'forgotten' },
		});
		await expect(conversionOf(0, -1)).rejects.toMatchObject({ name: 'NotReady' });
		await withdraw(database, 'insight', 'fact_booking_detail');
		await expect(insight('demand')).rejects.toMatchObject({ name: 'PurposeDenied' });
		await withdraw(database, 'insight');
		await expect(insight('demand')).rejects.toMatchObject({ name: 'PurposeDenied' });
		await expect(pricedDays(0, null)).rejects.toMatchObject({ name: 'PurposeDenied' });
	});
});
