/** Rights in the browser's own database: what goes, what stays, and what the ledger says of it. */
import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import type { RunRecord } from '$lib/contracts';
import { readConsent } from '$workers/data/consents';
import { ProfileDatabase } from '$workers/data/database';
import { forgetGuest as withoutGuest } from '$workers/data/forget-books';
import { readForgotten } from '$workers/data/forgotten';
import { type Repositories, repositoriesOf } from '$workers/data/repositories';
import { Notifier } from '$workers/data/notify';
import { Profiles } from '$workers/data/profiles';
import type { Storehouse } from '$workers/roots/manage';
import { rights } from '$workers/roots/trust/rights';
import { sampleBooks } from '$workers/sample';
import { numbers, texts } from '$workers/table/column';
import { table } from '$workers/table/table';

const books = sampleBooks({ seed: 'rights', managed: 3, guests: 80, years: 1 });
const NOW = Date.UTC(2026, 4, 14, 12);
const KEY = books.guests.columns.key.values[5] as string;
const job = { cancelled: () => false, onProgress: () => undefined };
const opened: { repositories: Repositories; profiles: Profiles }[] = [];

async function open(name: string) {
	const database = new ProfileDatabase(`test-rights-${name}`);
	await database.open();
	const profiles = new Profiles();
	const repositories = repositoriesOf(database, profiles);
	opened.push({ repositories, profiles });
	const storehouse: Storehouse = {
		here: () => Promise.resolve(repositories),
		dataOf: () => Promise.resolve(repositories),
		enter: () => Promise.resolve(),
		notifier: new Notifier(),
	};
	await repositories.books.replace(books, NOW);
	return { repositories, asked: rights(storehouse) };
}

afterEach(async () => {
	for (const { profiles, repositories } of opened.splice(0)) {
		profiles.close();
		repositories.database.close();
		await repositories.database.delete();
	}
});

/** A version in use whose answer names a guest. */
async function standing({ runs }: Repositories): Promise<void> {
	const run = {
		id: 'run',
		model: 'lifetime-value',
		version: '1.0',
		name: 'customer_ltv_v1.0',
		stage: 'Production',
		trainedAt: NOW,
		features: [],
		backtest: { figures: [] },
		tables: ['dim_user'],
	} as unknown as RunRecord;
	const value = { value: 10, low: 5, high: 20 };
	const guests = books.guests.columns.key.values.map((key, guest) => ({
		guest,
		key,
		value,
		segment: 'New',
		churn: 0.5,
		churnRisk: 'Medium',
		factors: [{ feature: 'base', share: 10 }],
	}));
	await runs.add(run, { buffer: new ArrayBuffer(8), answer: { guests } }, [run]);
}

test('a forgotten guest leaves books, features, answers and consent; the ledger has the entry', async () => {
	const { asked, repositories } = await open('forget');
	await standing(repositories);
	const scores = Float64Array.of(1, 2);
	const features = table({ key: texts([KEY, 'x']), score: numbers(scores) });
	await repositories.books.keepFeatures('scores', features);
	await asked.object({ kind: 'guest', key: KEY }, true);
	const receipt = await asked.forgetGuest(KEY);

	expect(await repositories.books.readStored('account')).toEqual(withoutGuest(books, KEY).books);
	expect(receipt.removed.map((each) => each.table)).toContain('feature_table');
	expect(await repositories.books.importedFeatures('account')).toMatchObject([{ rows: 1 }]);
	expect((await readConsent(repositories.database)).guests).toEqual({});
	const [run] = await repositories.runs.all('account');
	expect(run?.stale).toBeDefined();
	expect(await repositories.database.models.count()).toBe(0);
	const { entries } = await repositories.ledger.page(0, 1, 'account');
	expect(entries[0]).toMatchObject({ what: 'forgot', subject: 'guest' });
	expect(entries[0]?.fingerprint).toBe(receipt.fingerprint);
	expect(receipt.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test('what keeps a forgotten guest away does not name the guest', async () => {
	const { asked, repositories } = await open('tombstone');
	await asked.forgetGuest(KEY);
	const forgotten = await readForgotten(repositories.database);
	expect(forgotten.guests).toHaveLength(1);
	const stored = await repositories.database.records.toArray();
	for (const { sealed } of stored)
		expect(new TextDecoder().decode(sealed)).not.toMatch(new RegExp(`${KEY}\\b`));
});

test('a guest who is restricted is read by no model, and by the guest’s own rights', async () => {
	const { asked, repositories } = await open('restrict');
	await asked.restrict({ kind: 'guest', key: KEY }, true);
	const read = await repositories.books.read('insight');
	expect(read?.guests.columns.key.values).not.toContain(KEY);
	expect(await asked.guestHeld(KEY)).toMatchObject({ key: KEY, restricted: true });
	await asked.restrict({ kind: 'guest', key: KEY }, false);
	const again = await repositories.books.read('insight');
	expect(again?.guests.columns.key.values).toContain(KEY);
});

test('an archive holds a guest’s rows and answers, and no other guest’s key', async () => {
	const { asked, repositories } = await open('archive');
	await standing(repositories);
	const { contents, file, fingerprint } = await asked.archive(
		job,
		{ kind: 'guest', key: KEY },
		null,
	);
	const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
	const text = Object.values(files).map((bytes) => new TextDecoder().decode(bytes));
	const others = books.guests.columns.key.values.filter((key) => key !== KEY);
	for (const other of others) expect(text.join('\n')).not.toMatch(new RegExp(`${other}\\b`));
	expect(contents.map(({ name }) => name)).toEqual(
		expect.arrayContaining([
			'read-me.html',
			'data/bookings.json',
			'features/guest-features.json',
			'predictions/lifetime-value.json',
			'explanations/lifetime-value.json',
		]),
	);
	// Reads are counted a moment later, so that newer entries may have come since.
	const { entries } = await repositories.ledger.page(0, Infinity, 'account');
	expect(entries.map((entry) => entry.fingerprint)).toContain(fingerprint);
});

test('guests are found by a part of their key, twenty at most', async () => {
	const { asked } = await open('find');
	expect(await asked.findGuests('SAMPLE:')).toHaveLength(20);
	expect((await asked.findGuests(KEY)).map(({ key }) => key)).toContain(KEY);
	expect(await asked.findGuests('  ')).toEqual([]);
});

test('a refused correction leaves the books as they were and says what could stand there', async () => {
	const { asked, repositories } = await open('correct');
	const correction = { table: 'dim_user', field: 'country', value: 'Elsewhere' } as const;
	await expect(asked.rectify({ kind: 'guest', key: KEY }, correction)).rejects.toMatchObject({
		name: 'ValueRefused',
	});
	expect(await repositories.books.readStored('account')).toEqual(books);
	await asked.rectify({ kind: 'guest', key: KEY }, { ...correction, value: 'IS' });
	expect(await asked.guestHeld(KEY)).toMatchObject({ country: 'IS' });
});
