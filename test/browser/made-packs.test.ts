/** Packs that were made, and what they cost, in the browser's own database. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MadePack } from '$lib/contracts';
import { changeGuestConsent } from '$workers/data/consents';
import { ProfileDatabase } from '$workers/data/database';
import { MadePackRepository } from '$workers/data/made-packs';
import { ReleaseRepository } from '$workers/data/releases';
import { makeStale } from '$workers/data/stale-runs';
import { guestHistories } from '$workers/models/item-pack';
import { decodePack, encodePack } from '$workers/packs/pack-file';
import { ExactNoise } from '$workers/privacy/noise/exact-noise';
import { budgetOf, makeRelease } from '$workers/privacy/release';
import { drawPack } from '$workers/roots/pack/draw-pack';
import { sampleBooks } from '$workers/sample';

let name = '';
const opened: ProfileDatabase[] = [];
const books = sampleBooks({ seed: 'a', managed: 6, guests: 400, years: 2 });
const histories = guestHistories(books, new Set());
const YEARS = [2024, 2025];

async function open(): Promise<ProfileDatabase> {
	const database = new ProfileDatabase(name);
	opened.push(database);
	await database.open();
	return database;
}

beforeEach(() => {
	name = `test-made-packs-${crypto.randomUUID()}`;
});

afterEach(async () => {
	opened.splice(0).forEach((database) => database.close());
	await new ProfileDatabase(name).delete();
});

async function keep(
	packs: MadePackRepository,
	epsilon = 1,
	years: readonly number[] = YEARS,
): Promise<MadePack> {
	const version = await packs.nextVersion();
	const wish = { epsilon: epsilon * 1_000, place: 'Wrenmouth', version, madeAt: 1 };
	const { header, ...rest } = await drawPack(books, histories, wish, new ExactNoise());
	const file = encodePack({ header, ...rest });
	const made = { id: crypto.randomUUID(), header, passed: true, years, bytes: file.byteLength };
	await packs.keep(made, file);
	return made;
}

const spent = async (database: ProfileDatabase, year: number) =>
	budgetOf(await new ReleaseRepository(database).charges('account'), year);

test('a pack costs its whole epsilon in each year, and nothing of the second budget', async () => {
	const database = await open();
	const packs = new MadePackRepository(database);
	const made = await keep(packs, 0.5);
	for (const year of YEARS) {
		const { deltaSpent, epsilonSpent } = await spent(database, year);
		expect([epsilonSpent, deltaSpent]).toEqual([0.5, 0]);
	}
	expect((await spent(database, 2023)).epsilonSpent).toBe(0);
	expect(await packs.all('account')).toEqual([made]);
	const file = await packs.file(made.id, 'export');
	expect(decodePack(file as ArrayBuffer).header).toEqual(made.header);
});

test('packs and released figures are paid from one budget', async () => {
	const database = await open();
	const packs = new MadePackRepository(database);
	const releases = new ReleaseRepository(database);
	const draw = (edition: number) => {
		const request = { grouping: 'month', figure: 'stays', year: 2025, epsilon: 1 } as const;
		return releases.keep({ ...request, edition }, (id) =>
			makeRelease(books, { ...request, edition }, new Set(), { id, releasedAt: 1 }),
		);
	};
	await draw(1);
	await keep(packs);
	await draw(2);
	await keep(packs);
	expect((await spent(database, 2025)).epsilonSpent).toBe(4);
	await expect(keep(packs, 0.25)).rejects.toMatchObject({ name: 'BudgetSpent' });
	await expect(draw(3)).rejects.toMatchObject({ name: 'BudgetSpent' });
	// The other year was not charged by the pack that could not be paid.
	expect((await spent(database, 2024)).epsilonSpent).toBe(2);
	expect((await releases.all('account')).map(({ edition }) => edition)).toEqual([1, 2]);
	expect(await packs.all('account')).toHaveLength(2);
});

test('two at once both pay', async () => {
	const packs = [new MadePackRepository(await open()), new MadePackRepository(await open())];
	await Promise.all(packs.map((each) => keep(each)));
	for (const year of YEARS)
		expect((await spent(opened[0] as ProfileDatabase, year)).epsilonSpent).toBe(2);
});

test('versions only go up, whatever became of the packs before', async () => {
	const database = await open();
	const packs = new MadePackRepository(database);
	await keep(packs, 0.25);
	await makeStale(database, ['conversion'], 'forgotten');
	const next = await keep(packs, 0.25);
	expect(next.header.version).toBe(2);
	expect((await packs.all('account')).map(({ header }) => header.version)).toEqual([2, 1]);
});

test('nothing can be saved of a pack whose guest was forgotten or objected; what it cost stays', async () => {
	const database = await open();
	const packs = new MadePackRepository(database);
	const first = await keep(packs, 0.5);
	await makeStale(database, ['conversion'], 'forgotten');
	expect(await packs.file(first.id, 'export')).toBeNull();
	expect((await packs.all('account'))[0]).toMatchObject({
		bytes: 0,
		stale: { why: 'forgotten' },
	});
	const second = await keep(packs, 0.5);
	await changeGuestConsent(database, books.guests.columns.key.values[0] as string, {
		objected: true,
	});
	expect(await packs.file(second.id, 'export')).toBeNull();
	expect((await packs.all('account')).map(({ stale }) => stale?.why)).toEqual([
		'restricted',
		'forgotten',
	]);
	expect((await spent(database, 2025)).epsilonSpent).toBe(1);
});

test('a purpose that is taken back takes no pack back: nobody left the bookings', async () => {
	const database = await open();
	const packs = new MadePackRepository(database);
	const made = await keep(packs, 0.25);
	await makeStale(database, ['conversion'], 'withdrawn');
	expect(await packs.file(made.id, 'export')).not.toBeNull();
});
