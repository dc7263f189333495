import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LedgerEntry } from '$lib/contracts';
import { ProfileDatabase } from '$workers/data/database';
import { LedgerLog, type NewLedgerEntry } from '$workers/data/ledger-log';
import { LedgerRepository } from '$workers/data/ledger';
import { Log } from '$workers/data/log';
import { allowRead } from '$workers/data/reading';
import { READS_PERIOD } from '$workers/data/reads';
import { NO_FINGERPRINT } from '$workers/privacy/chain';

const opened: ProfileDatabase[] = [];

async function open(name: string) {
	const database = new ProfileDatabase(`test-${name}`);
	opened.push(database);
	await database.open();
	return { database, ledger: new LedgerRepository(database), log: new LedgerLog(database) };
}

afterEach(async () => {
	await Promise.all(opened.splice(0).map((database) => database.delete()));
});

const entry = (rows: number): NewLedgerEntry => ({
	instant: 1_700_000_000_000 + rows,
	what: 'trained',
	subject: 'revenue',
	purpose: 'insight',
	rows,
	bytes: 0,
});

async function filled(name: string, count: number) {
	const here = await open(name);
	for (let rows = 1; rows <= count; rows++) await here.ledger.note(entry(rows));
	return here;
}

/** The stored bytes of the entry of that number. */
async function stored(database: ProfileDatabase, sequence: number) {
	const row = await database.rows.get(['ledger', sequence]);
	if (!row) throw new Error(`no entry ${sequence}`);
	return row;
}

const verdictOf = async (ledger: LedgerRepository) => {
	const { brokenAt, holds, problem } = await ledger.verify('account');
	return [holds, problem, brokenAt];
};

test('every entry answers its fingerprint, and the newest is the head', async () => {
	const { ledger } = await open('ledger-note');
	const first = await ledger.note(entry(1));
	const second = await ledger.note(entry(2));
	const page = await ledger.query({ offset: 0, limit: 10 }, 'account');
	expect(page.entries.map(({ fingerprint }) => fingerprint)).toEqual([second, first]);
	expect(await ledger.verify('account')).toEqual({
		holds: true,
		entries: 2,
		head: second,
		brokenAt: -1,
		problem: 'none',
	});
});

test('any byte of a stored entry that is altered is noticed, and the entry named', async () => {
	const { database, ledger } = await filled('ledger-altered', 6);
	const whole = await stored(database, 4);
	const size = whole.sealed.byteLength;
	for (let at = 0; at < size; at++) {
		const bytes = new Uint8Array(whole.sealed.slice(0));
		bytes[at] = (bytes[at] as number) ^ 0x41;
		await database.rows.put({ ...whole, sealed: bytes.buffer });
		const [holds, problem, brokenAt] = await verdictOf(ledger);
		expect([at, holds, problem, brokenAt]).toEqual([at, false, 'altered', 4]);
	}
	await database.rows.put(whole);
	expect(await verdictOf(ledger)).toEqual([true, 'none', -1]);
});

test('an entry that is deleted in the middle is noticed, whatever is added after', async () => {
	const { database, ledger } = await filled('ledger-missing', 6);
	await database.rows.delete(['ledger', 3]);
	expect(await verdictOf(ledger)).toEqual([false, 'missing', 3]);
	await ledger.note(entry(7));
	expect(await verdictOf(ledger)).toEqual([false, 'missing', 3]);
});

test('a tail that is cut off is noticed, whatever is added after', async () => {
	const { database, ledger } = await filled('ledger-cut', 6);
	await database.rows.bulkDelete([
		['ledger', 5],
		['ledger', 6],
	]);
	expect(await verdictOf(ledger)).toEqual([false, 'cut-off', 5]);
	await ledger.note(entry(7));
	expect(await verdictOf(ledger)).toEqual([false, 'missing', 5]);
});

test('a tail that is cut off with the count set back is noticed by the newest fingerprint', async () => {
	const { database, ledger } = await filled('ledger-set-back', 6);
	await database.rows.delete(['ledger', 6]);
	await database.heads.update('ledger', { next: 6 });
	expect(await verdictOf(ledger)).toEqual([false, 'altered', 5]);
});

test('two entries that change places are noticed, and the first named', async () => {
	const { database, ledger } = await filled('ledger-swapped', 6);
	const [a, b] = [await stored(database, 2), await stored(database, 5)];
	await database.rows.bulkPut([
		{ ...a, sealed: b.sealed },
		{ ...b, sealed: a.sealed },
	]);
	expect(await verdictOf(ledger)).toEqual([false, 'altered', 2]);
});

test('entries that were folded into a chunk fit, and one that is altered in it is noticed', async () => {
	const { database, ledger, log } = await open('ledger-folded');
	for (let part = 0; part < 11; part++)
		await log.add(Array.from({ length: 100 }, (_, i) => entry(part * 100 + i + 1)));
	expect(await database.chunks.where('table').equals('ledger').count()).toBe(1);
	expect(await verdictOf(ledger)).toEqual([true, 'none', -1]);
	const [chunk] = await database.chunks.where('table').equals('ledger').toArray();
	const bytes = new Uint8Array((chunk as { sealed: ArrayBuffer }).sealed.slice(0));
	// Far from the header: inside the columns.
	const at = Math.floor(bytes.length / 2);
	bytes[at] = (bytes[at] as number) ^ 1;
	await database.chunks.put({ ...(chunk as NonNullable<typeof chunk>), sealed: bytes.buffer });
	const verdict = await ledger.verify('account');
	expect(verdict.problem).toBe('altered');
	expect(verdict.brokenAt).toBeGreaterThan(0);
});

test('a ledger that can no longer be read is said to be so', async () => {
	const { database, ledger } = await filled('ledger-unreadable', 3);
	const whole = await stored(database, 2);
	await database.rows.put({ ...whole, sealed: new ArrayBuffer(3) });
	expect((await verdictOf(ledger))[1]).toBe('unreadable');
	await database.rows.put({ ...whole, sealed: new ArrayBuffer(8) });
	expect(await verdictOf(ledger)).toEqual([false, 'altered', 2]);
});

test('two connections that write at once keep one chain', async () => {
	const one = await open('ledger-two');
	const two = await open('ledger-two');
	const prints = await Promise.all(
		Array.from({ length: 60 }, (_, i) => (i % 2 ? one : two).ledger.note(entry(i + 1))),
	);
	expect(new Set(prints).size).toBe(60);
	expect(await one.ledger.verify('account')).toMatchObject({ holds: true, entries: 60 });
	const { entries } = await two.ledger.query({ offset: 0, limit: 100 }, 'account');
	expect(entries.map(({ sequence }) => sequence)).toEqual(
		Array.from({ length: 60 }, (_, i) => 60 - i),
	);
	expect(entries.map(({ rows }) => rows).sort((a, b) => a - b)).toEqual(
		Array.from({ length: 60 }, (_, i) => i + 1),
	);
});

test('a ledger from before there was a chain is covered by its first chained entry', async () => {
	const { database, ledger } = await open('ledger-old');
	const old = new Log(database, {
		name: 'ledger',
		schema: 1,
		columns: {
			instant: 'f64',
			what: 'u8',
			subject: 'u8',
			purpose: 'u8',
			rows: 'f64',
			bytes: 'f64',
		},
	} as const);
	const row = { instant: 1_600_000_000_000, what: 1, subject: 10, purpose: 2, rows: 5, bytes: 0 };
	await old.append([row, { ...row, rows: 6 }, { ...row, rows: 7 }]);
	expect(await verdictOf(ledger)).toEqual([true, 'none', -1]);
	await ledger.note(entry(4));
	expect(await verdictOf(ledger)).toEqual([true, 'none', -1]);
	const { entries } = await ledger.query({ offset: 0, limit: 10 }, 'account');
	expect(entries.map(({ fingerprint }) => fingerprint === NO_FINGERPRINT)).toEqual([
		false,
		true,
		true,
		true,
	]);
	const second = await stored(database, 2);
	const numbers = new Float64Array(second.sealed.slice(0));
	numbers[4] = 600;
	await database.rows.put({ ...second, sealed: numbers.buffer });
	expect(await verdictOf(ledger)).toEqual([false, 'altered', 4]);
});

test('no entry holds anything but codes and counts', async () => {
	const { database } = await filled('ledger-codes', 3);
	const rows = await database.rows.where('table').equals('ledger').toArray();
	for (const { sealed } of rows)
		expect(Array.from(new Float64Array(sealed)).every(Number.isInteger)).toBe(true);
});

/** Reads are counted by the clock: this is a clock that a test moves on. */
beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
	vi.useRealTimers();
});

/** Entries of reads, oldest first, once as many are there. */
async function readsOf({ ledger }: { ledger: LedgerRepository }, count: number) {
	const reads = async (): Promise<readonly LedgerEntry[]> =>
		(
			await ledger.query({ offset: 0, limit: 100, whats: ['read'] }, 'account')
		).entries.toReversed();
	await vi.waitFor(async () => expect((await reads()).length).toBeGreaterThanOrEqual(count));
	return (await reads()).map(({ purpose, rows, subject }) => [subject, purpose, rows]);
}

test('the first read of a period is written at once, the others as one entry at its end', async () => {
	const here = await open('ledger-reads');
	for (let i = 0; i < 40; i++) await allowRead(here.database, 'interaction', 'recommend');
	await allowRead(here.database, 'model', 'insight');
	await vi.advanceTimersByTimeAsync(1);
	const first = [
		['interaction', 'recommend', 1],
		['model', 'insight', 1],
	];
	expect(await readsOf(here, 2)).toEqual(first);
	await vi.advanceTimersByTimeAsync(READS_PERIOD + 1);
	expect(await readsOf(here, 3)).toEqual([...first, ['interaction', 'recommend', 39]]);
	await vi.advanceTimersByTimeAsync(READS_PERIOD + 1);
	await allowRead(here.database, 'interaction', 'recommend');
	await vi.advanceTimersByTimeAsync(1);
	expect((await readsOf(here, 4)).at(-1)).toEqual(['interaction', 'recommend', 1]);
	expect(await verdictOf(here.ledger)).toEqual([true, 'none', -1]);
});

test('an entry that another worker wrote in this period stands for the first read, too', async () => {
	const here = await open('ledger-other');
	const other = { ...entry(1), what: 'read', subject: 'dim_user', instant: Date.now() } as const;
	await here.ledger.note(other);
	for (let i = 0; i < 3; i++) await allowRead(here.database, 'dim_user', 'insight');
	await allowRead(here.database, 'dim_user', 'export');
	await vi.advanceTimersByTimeAsync(1);
	const first = [
		['dim_user', 'insight', 1],
		['dim_user', 'export', 1],
	];
	expect(await readsOf(here, 2)).toEqual(first);
	await vi.advanceTimersByTimeAsync(READS_PERIOD);
	expect(await readsOf(here, 3)).toEqual([...first, ['dim_user', 'insight', 3]]);
});

test('looking at the ledger, or showing a catalogue, writes nothing', async () => {
	const here = await open('ledger-quiet');
	await here.ledger.note(entry(1));
	for (let i = 0; i < 5; i++) {
		await here.ledger.query({ offset: 0, limit: 10 }, 'account');
		await here.ledger.verify('account');
		await allowRead(here.database, 'dim_property', 'show');
		await allowRead(here.database, 'consent', 'account');
	}
	await vi.advanceTimersByTimeAsync(READS_PERIOD * 3);
	expect((await here.ledger.verify('account')).entries).toBe(1);
});

test('a read that was refused is not counted', async () => {
	const here = await open('ledger-refused');
	await expect(allowRead(here.database, 'interaction', 'message')).rejects.toThrow();
	await vi.advanceTimersByTimeAsync(READS_PERIOD * 2);
	expect((await here.ledger.verify('account')).entries).toBe(0);
});

test('reads are written down after their connection was closed, but never into an erased database', async () => {
	const reader = await open('ledger-closed');
	for (let i = 0; i < 3; i++) await allowRead(reader.database, 'dim_user', 'insight');
	await vi.advanceTimersByTimeAsync(1);
	expect(await readsOf(reader, 1)).toEqual([['dim_user', 'insight', 1]]);
	reader.database.close();
	await vi.advanceTimersByTimeAsync(READS_PERIOD + 1);
	const again = await open('ledger-closed');
	expect(await readsOf(again, 2)).toEqual([
		['dim_user', 'insight', 1],
		['dim_user', 'insight', 2],
	]);

	for (let i = 0; i < 3; i++) await allowRead(again.database, 'dim_user', 'export');
	await vi.advanceTimersByTimeAsync(1);
	await readsOf(again, 3);
	await again.database.delete();
	await vi.advanceTimersByTimeAsync(READS_PERIOD + 1);
	vi.useRealTimers();
	await new Promise((resolve) => setTimeout(resolve, 200));
	const names = (await indexedDB.databases()).map(({ name }) => name);
	expect(names).not.toContain('test-ledger-closed');
});
