import { afterEach, describe, expect, test } from 'vitest';
import type { Act, Purpose } from '$lib/contracts';
import { ActCursor } from '$workers/data/act-cursor';
import { ActRepository } from '$workers/data/acts';
import { CatalogueRepository } from '$workers/data/catalogue';
import { ProfileDatabase } from '$workers/data/database';
import { Dictionary } from '$workers/data/dictionary';
import { LedgerRepository } from '$workers/data/ledger';
import { ACTS_KEPT_DAYS } from '$workers/privacy/retention';
import { sampleTown } from '$workers/sample';

const opened: ProfileDatabase[] = [];

async function open(name: string): Promise<ProfileDatabase> {
	const database = new ProfileDatabase(`test-${name}`);
	opened.push(database);
	await database.open();
	return database;
}

afterEach(async () => {
	const databases = opened.splice(0);
	databases.forEach((database) => database.close());
	await Promise.all(databases.map((database) => database.delete()));
});

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 4, 14, 12);
const act = (kind: Act['kind'], property: number, more: Partial<Act> = {}): Act => ({
	kind,
	property,
	instant: NOON,
	channel: 'for-you',
	...more,
});

describe('dictionary', () => {
	test('a number is given once and means the same text for good, in another tab too', async () => {
		const database = await open('dictionary');
		const first = new Dictionary(database, 'property');
		expect([...(await first.add(['a', 'b', 'a']))]).toEqual([1, 2, 1]);
		const second = new Dictionary(database, 'property');
		expect([...(await second.add(['c', 'b']))]).toEqual([3, 2]);
		expect([...(await first.add(['d', 'c']))]).toEqual([4, 3]);
		expect(first.textOf(4)).toBe('d');
		expect(first.numberOf('never seen')).toBe(0);
	});
});

describe('catalogue', () => {
	const town = sampleTown({ seed: 'a', homes: 60 });
	const other = sampleTown({ seed: 'b', homes: 40 });

	test('what is kept is read back, with a number for each home', async () => {
		const catalogue = new CatalogueRepository(await open('catalogue'));
		const summary = await catalogue.replace(town, 'v1', NOON);
		expect(summary).toEqual({ ...town.facts, homes: 60, version: 'v1', importedAt: NOON });
		const stored = await catalogue.read('show');
		expect(stored?.homes.columns).toEqual(town.homes.columns);
		expect([...(stored?.properties ?? [])]).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
	});

	test('a home that comes back has the number it had', async () => {
		const catalogue = new CatalogueRepository(await open('numbers'));
		await catalogue.replace(town, 'v1', NOON);
		await catalogue.replace(other, 'v2', NOON);
		await catalogue.replace(town, 'v3', NOON);
		const key = town.homes.columns.key.values[7] ?? '';
		expect(await catalogue.numberOf(key)).toBe(8);
		expect((await catalogue.totals()).rows).toBe(60);
	});

	test('a fault in the middle of replacing leaves the old catalogue whole', async () => {
		const database = await open('swap');
		const catalogue = new CatalogueRepository(database);
		await catalogue.replace(town, 'v1', NOON);
		database.records.hook('updating', () => {
			throw new DOMException('no room', 'QuotaExceededError');
		});
		await expect(catalogue.replace(other, 'v2', NOON)).rejects.toThrow();
		const stored = await catalogue.read('show');
		expect(stored?.summary.version).toBe('v1');
		expect(stored?.homes.columns).toEqual(town.homes.columns);
		expect(await database.chunks.where('table').startsWith('dim_property@v2').count()).toBe(0);
	});
});

describe('acts', () => {
	test('an act comes back as it was told, with its number and session', async () => {
		const acts = new ActRepository(await open('acts'));
		const told = [
			act('impression', 3, { position: 2, ranker: 'taste-1', propensity: 0.25 }),
			act('dismiss', 4, { reason: 'wrong-area' }),
			act('search', 0, { filter: '{"text":"garden"}', channel: 'browse' }),
			act('dwell', 3, { seconds: 31, instant: NOON + 3_600_000 }),
		];
		await acts.record(told.slice(0, 3), true, 120);
		await acts.record(told.slice(3), true, 120);
		const { acts: back } = await acts.since(0, 'recommend');
		expect(back).toEqual([
			{ ...told[0], sequence: 1, session: 1, seeker: 0, consent: true },
			{ ...told[1], sequence: 2, session: 1, seeker: 0, consent: true, propensity: 1 },
			{ ...told[2], sequence: 3, session: 1, seeker: 0, consent: true, propensity: 1 },
			{ ...told[3], sequence: 4, session: 2, seeker: 0, consent: true, propensity: 1 },
		]);
	});

	test('what stands is what was not taken back, newest first', async () => {
		const acts = new ActRepository(await open('standing'));
		const kinds = ['save', 'save', 'unsave', 'save', 'dismiss', 'undismiss', 'like'] as const;
		const properties = [1, 2, 1, 3, 4, 4, 2];
		await acts.record(
			kinds.map((kind, i) => act(kind, properties[i] ?? 0)),
			true,
			0,
		);
		const standing = await acts.standing('show');
		expect([...standing.saved]).toEqual([3, 2]);
		expect([...standing.dismissed]).toEqual([]);
		expect([...standing.liked]).toEqual([2]);
	});

	test('acts older than they are kept are removed, the others stay', async () => {
		const acts = new ActRepository(await open('expire'));
		await acts.record([act('save', 1, { instant: NOON - (ACTS_KEPT_DAYS + 1) * DAY })], true, 0);
		await acts.record([act('save', 2, { instant: NOON - (ACTS_KEPT_DAYS - 1) * DAY })], true, 0);
		expect(await acts.expire(NOON)).toBe(1);
		expect([...(await acts.standing('show')).saved]).toEqual([2]);
	});

	test('a purpose that acts are not kept for is refused', async () => {
		const acts = new ActRepository(await open('purpose'));
		await expect(acts.since(0, 'insight' satisfies Purpose)).rejects.toThrow('interaction');
	});
});

describe('following the log', () => {
	test('only what is new is told, then what was forgotten, then what was remembered again', async () => {
		const acts = new ActRepository(await open('cursor'));
		const cursor = new ActCursor(acts);
		const told = async () => {
			const { added, forgotten } = await cursor.changes();
			return [added.map(({ sequence }) => sequence), forgotten];
		};
		await acts.record([act('save', 1), act('save', 2)], true, 0);
		expect(await told()).toEqual([[1, 2], []]);
		expect(await told()).toEqual([[], []]);
		await acts.record([act('save', 3)], true, 0);
		expect(await told()).toEqual([[3], []]);
		const forgotten = await acts.forget([2]);
		expect(await told()).toEqual([[], [2]]);
		await acts.remember(forgotten, 0);
		expect(await told()).toEqual([[2], []]);
	});

	test('what was done while learning was paused is not told', async () => {
		const acts = new ActRepository(await open('paused'));
		const cursor = new ActCursor(acts);
		await acts.record([act('save', 1)], false, 0);
		await acts.record([act('save', 2)], true, 0);
		expect((await cursor.changes()).added.map(({ property }) => property)).toEqual([2]);
		await acts.remember(await acts.forget([1, 2]), 0);
		expect((await cursor.changes()).added.map(({ property }) => property)).toEqual([]);
	});
});

describe('ledger', () => {
	test('entries come back newest first, and what was handed over is counted', async () => {
		const ledger = new LedgerRepository(await open('ledger'));
		const entry = { instant: NOON, rows: 5, bytes: 70 };
		await ledger.note({ ...entry, what: 'opened', subject: 'catalogue', purpose: 'show' });
		const shared = { ...entry, what: 'shared', subject: 'enquiry', purpose: 'message' } as const;
		const fingerprint = await ledger.note(shared);
		const { entries, total } = await ledger.page(0, 1, 'account');
		expect(total).toBe(2);
		expect(entries).toEqual([{ ...shared, sequence: 2, fingerprint }]);
		expect(await ledger.released()).toBe(1);
	});
});
