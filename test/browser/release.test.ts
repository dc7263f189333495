/** The budget of releases, in the browser's own database. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Release, ReleaseRequest } from '$lib/contracts';
import { BooksRepository } from '$workers/data/books';
import { ProfileDatabase } from '$workers/data/database';
import { ReleaseRepository } from '$workers/data/releases';
import { budgetOf, makeRelease } from '$workers/privacy/release';
import { sampleBooks } from '$workers/sample';

let name = '';
const opened: ProfileDatabase[] = [];
const books = sampleBooks({ seed: 'a', managed: 6, guests: 400, years: 2 });

async function open(): Promise<ProfileDatabase> {
	const database = new ProfileDatabase(name);
	opened.push(database);
	await database.open();
	return database;
}

beforeEach(() => {
	name = `test-release-${crypto.randomUUID()}`;
});

afterEach(async () => {
	opened.splice(0).forEach((database) => database.close());
	await new ProfileDatabase(name).delete();
});

const request = (change: Partial<ReleaseRequest> = {}): ReleaseRequest => ({
	grouping: 'month',
	figure: 'stays',
	year: 2025,
	epsilon: 1,
	edition: 1,
	...change,
});

/** Keeps a release that is drawn from the books; counts the draws. */
function keeper(database: ProfileDatabase, now = Date.UTC(2026, 4, 14)) {
	const repository = new ReleaseRepository(database);
	let draws = 0;
	return {
		repository,
		draws: () => draws,
		keep: (wish: ReleaseRequest) =>
			repository.keep(wish, (id): Release => {
				draws++;
				return makeRelease(books, wish, new Set(), { id, releasedAt: now });
			}),
	};
}

const spent = async (repository: ReleaseRepository, year = 2025) =>
	budgetOf(await repository.all('account'), year).epsilonSpent;

test('a release is charged, and the same request again hands it out for nothing', async () => {
	const { draws, keep, repository } = keeper(await open());
	const first = await keep(request());
	const again = await keep(request());
	expect(first.fresh).toBe(true);
	expect(again).toEqual({ release: first.release, fresh: false });
	expect(draws()).toBe(1);
	expect(await spent(repository)).toBe(1);
});

test('other groupings, figures, costs and editions of a year are all charged to it', async () => {
	const { keep, repository } = keeper(await open());
	await keep(request({ epsilon: 0.5 }));
	await keep(request({ epsilon: 0.5, figure: 'nights' }));
	await keep(request({ epsilon: 0.5, grouping: 'country' }));
	await keep(request({ epsilon: 0.25 }));
	await keep(request({ epsilon: 0.25, edition: 2 }));
	expect(await spent(repository)).toBe(2);
	expect(await spent(repository, 2024)).toBe(0);
});

test('four releases of 1 spend a year; a fifth is refused, draws nothing and leaves nothing', async () => {
	const { draws, keep, repository } = keeper(await open());
	for (const edition of [1, 2, 3, 4]) await keep(request({ edition }));
	await expect(keep(request({ edition: 5, epsilon: 0.001 }))).rejects.toMatchObject({
		name: 'BudgetSpent',
		fault: { message: expect.stringContaining('2025') as string },
	});
	expect(draws()).toBe(4);
	expect(await repository.all('account')).toHaveLength(4);
	expect(budgetOf(await repository.all('account'), 2025).deltaSpent).toBeCloseTo(1e-6, 12);
	// Another year has its own.
	await keep(request({ year: 2024 }));
});

test('no clock renews a budget: years later and years before, it is as spent as it was', async () => {
	const database = await open();
	for (const edition of [1, 2, 3, 4]) await keeper(database).keep(request({ edition }));
	for (const now of [0, Date.UTC(2019, 0, 1), Date.UTC(2031, 0, 1), Number.MAX_SAFE_INTEGER]) {
		const { keep, repository } = keeper(database, now);
		await expect(keep(request({ edition: 5 }))).rejects.toMatchObject({ name: 'BudgetSpent' });
		expect(await spent(repository)).toBe(4);
	}
});

test('deleting the books and bringing them in again renews nothing', async () => {
	const database = await open();
	const stored = new BooksRepository(database);
	await stored.replace(books, 1);
	const { keep, repository } = keeper(database);
	const before = await keep(request());
	await stored.replace(sampleBooks({ seed: 'b', managed: 3, guests: 30, years: 1 }), 2);
	await stored.replace(books, 3);
	expect(await spent(repository)).toBe(1);
	expect((await keep(request())).release).toEqual(before.release);
});

test('of ten tabs that ask for the last of a budget at once, one gets it', async () => {
	const first = keeper(await open());
	for (const edition of [1, 2, 3]) await first.keep(request({ edition }));
	const tabs = await Promise.all(Array.from({ length: 10 }, async () => keeper(await open())));
	const asked = tabs.map(({ keep }, tab) => keep(request({ edition: 4 + tab })));
	const done = await Promise.allSettled(asked);
	expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await spent(first.repository)).toBe(4);
});

test('of ten tabs with the same request at once, all get the same figures, charged once', async () => {
	const tabs = await Promise.all(Array.from({ length: 10 }, async () => keeper(await open())));
	const done = await Promise.all(tabs.map(({ keep }) => keep(request())));
	expect(new Set(done.map(({ release }) => JSON.stringify(release)))).toHaveProperty('size', 1);
	expect(done.filter(({ fresh }) => fresh)).toHaveLength(1);
	expect(await spent((tabs[0] as (typeof tabs)[number]).repository)).toBe(1);
});

test('a write that fails leaves neither figures nor charge', async () => {
	const database = await open();
	const { keep, repository } = keeper(database);
	const refuse = () => {
		throw new DOMException('no room', 'QuotaExceededError');
	};
	database.records.hook('creating', refuse);
	await expect(keep(request())).rejects.toThrow();
	database.records.hook('creating').unsubscribe(refuse);
	expect(await repository.all('account')).toEqual([]);
	expect((await keep(request())).fresh).toBe(true);
});

test('reads name a purpose, and a release serves no other than the account and the copy', async () => {
	const { keep, repository } = keeper(await open());
	await keep(request());
	await expect(repository.all('insight')).rejects.toMatchObject({ name: 'PurposeDenied' });
	expect(await repository.all('export')).toHaveLength(1);
});
