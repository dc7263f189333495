import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '$lib/contracts';
import { ledgerCsv, ledgerJson } from '$workers/data/exporters/ledger-file';
import { chained, NO_FINGERPRINT, type PlainEntry, verifyChain } from '$workers/privacy/chain';
import { askLedger } from '$workers/privacy/ledger-query';

const plain = (sequence: number): PlainEntry => ({
	sequence,
	instant: 1_700_000_000_000 + sequence * 60_000,
	what: sequence % 2 ? 'read' : 'trained',
	subject: sequence % 2 ? 'fact_booking_detail' : 'revenue',
	purpose: 'insight',
	rows: sequence * 7,
	bytes: 0,
});
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const ledger = (count: number) => chained(NO_FINGERPRINT, numbers(count).map(plain));
const end = (entries: readonly LedgerEntry[]) => ({
	count: entries.length,
	newest: entries.at(-1)?.fingerprint,
});
const replaced = (entries: readonly LedgerEntry[], at: number, change: Partial<LedgerEntry>) =>
	entries.map((entry) => (entry.sequence === at ? { ...entry, ...change } : entry));

/** The rule as the file tells it, with the SHA-256 of Node. */
function byHand(entries: readonly LedgerEntry[]): string[] {
	let previous = NO_FINGERPRINT;
	return entries.map(({ sequence, instant, what, subject, purpose, rows, bytes }) => {
		const fields = [previous, sequence, instant, what, subject, purpose, rows, bytes];
		previous = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
		return previous;
	});
}

describe('the chain of fingerprints', () => {
	it('is what the rule in the exported file gives, with the SHA-256 of Node', async () => {
		const file = ledgerJson((await ledger(12)).reverse(), 0);
		const { entries, newest } = JSON.parse(await file.text()) as {
			entries: LedgerEntry[];
			newest: string;
		};
		expect(entries.map(({ fingerprint }) => fingerprint)).toEqual(byHand(entries));
		expect(newest).toBe(entries[11]?.fingerprint);
	});

	it('holds for what was written, however long, and for an empty ledger', async () => {
		for (const count of [0, 1, 2, 4_500]) {
			const entries = await ledger(count);
			expect(await verifyChain(entries, end(entries))).toEqual({
				holds: true,
				entries: count,
				head: entries.at(-1)?.fingerprint ?? '',
				brokenAt: -1,
				problem: 'none',
			});
		}
	});

	it.each([
		['instant', { instant: 1 }],
		['what', { what: 'erased' }],
		['subject', { subject: 'acts' }],
		['purpose', { purpose: 'show' }],
		['rows', { rows: 0 }],
		['bytes', { bytes: 1 }],
		['fingerprint', { fingerprint: 'a'.repeat(64) }],
		['all of the fingerprint', { fingerprint: NO_FINGERPRINT }],
	] as const)('names the entry whose %s was altered', async (_, change) => {
		const entries = await ledger(20);
		for (const at of [2, 9, 20]) {
			const verdict = await verifyChain(replaced(entries, at, change), end(entries));
			expect([verdict.problem, verdict.brokenAt]).toEqual(['altered', at]);
		}
	});

	it('names the number that is missing, first, in the middle, and several', async () => {
		const entries = await ledger(20);
		for (const gone of [[1], [8], [8, 9, 10], [3, 17]]) {
			const left = entries.filter(({ sequence }) => !gone.includes(sequence));
			const verdict = await verifyChain(left, end(entries));
			expect([verdict.problem, verdict.brokenAt]).toEqual(['missing', gone[0]]);
		}
	});

	it('names the first number of a tail that was cut off', async () => {
		const entries = await ledger(20);
		for (const kept of [0, 1, 12, 19]) {
			const verdict = await verifyChain(entries.slice(0, kept), end(entries));
			expect([verdict.problem, verdict.brokenAt]).toEqual(['cut-off', kept + 1]);
		}
	});

	it('names the first of two entries that changed places, with and without their fingerprints', async () => {
		const entries = await ledger(20);
		const [a, b] = [entries[4] as LedgerEntry, entries[11] as LedgerEntry];
		const whole = replaced(replaced(entries, 5, { ...b, sequence: 5 }), 12, { ...a, sequence: 12 });
		const bodies = replaced(
			replaced(entries, 5, { ...b, sequence: 5, fingerprint: a.fingerprint }),
			12,
			{ ...a, sequence: 12, fingerprint: b.fingerprint },
		);
		for (const swapped of [whole, bodies]) {
			const verdict = await verifyChain(swapped, end(entries));
			expect([verdict.problem, verdict.brokenAt]).toEqual(['altered', 5]);
		}
	});

	it('sees an entry that was put at the end without the record of the end', async () => {
		const entries = await ledger(5);
		const more = await ledger(6);
		expect(await verifyChain(more, end(entries))).toMatchObject({
			problem: 'altered',
			brokenAt: 6,
		});
	});

	it('does not see a ledger that was computed anew as a whole: only a fingerprint kept elsewhere does', async () => {
		const entries = await ledger(20);
		const invented = await chained(
			NO_FINGERPRINT,
			numbers(20).map((at) => ({ ...plain(at), rows: at === 9 ? 0 : at * 7 })),
		);
		expect((await verifyChain(invented, end(invented))).holds).toBe(true);
		const { fingerprint } = entries[14] as LedgerEntry;
		const query = { text: fingerprint, offset: 0, limit: 10 };
		expect(askLedger(entries, query).named?.sequence).toBe(15);
		expect(askLedger(invented, query).named).toBeNull();
	});
});

describe('entries from before there was a chain', () => {
	const before = (count: number) =>
		numbers(count).map((at) => ({ ...plain(at), fingerprint: NO_FINGERPRINT }));

	async function mixed() {
		const old = before(6);
		const last = (await chained(NO_FINGERPRINT, old)).at(-1)?.fingerprint ?? '';
		const fresh = await chained(last, [7, 8, 9].map(plain));
		return [...old, ...fresh];
	}

	it('hold while nothing was chained yet', async () => {
		expect((await verifyChain(before(6), { count: 6, newest: undefined })).holds).toBe(true);
	});

	it('are covered by the first entry that is chained', async () => {
		const entries = await mixed();
		expect((await verifyChain(entries, end(entries))).holds).toBe(true);
		const verdict = await verifyChain(replaced(entries, 3, { rows: 1 }), end(entries));
		expect([verdict.problem, verdict.brokenAt]).toEqual(['altered', 7]);
	});

	it('are cut off where their number says so', async () => {
		const verdict = await verifyChain(before(5), { count: 6, newest: undefined });
		expect([verdict.problem, verdict.brokenAt]).toEqual(['cut-off', 6]);
	});
});

describe('what a query finds', () => {
	const ask = async (query: Parameters<typeof askLedger>[1]) =>
		askLedger(await ledger(20), query).entries.map(({ sequence }) => sequence);

	it('is newest first, page by page', async () => {
		expect(await ask({ offset: 0, limit: 3 })).toEqual([20, 19, 18]);
		expect(await ask({ offset: 18, limit: 3 })).toEqual([2, 1]);
	});

	it('is of the kinds, the purpose, the time and the subject asked for', async () => {
		const all = { offset: 0, limit: 100 };
		expect(await ask({ ...all, whats: ['trained'], limit: 2 })).toEqual([20, 18]);
		expect(await ask({ ...all, purpose: 'show' })).toEqual([]);
		const from = plain(4).instant;
		expect(await ask({ ...all, from, to: plain(6).instant })).toEqual([5, 4]);
		expect(await ask({ ...all, text: 'Booking_det', limit: 2 })).toEqual([19, 17]);
		expect(await ask({ ...all, text: 'takings', subjects: ['revenue'], limit: 2 })).toEqual([
			20, 18,
		]);
	});

	it('is the entry whose fingerprint begins so', async () => {
		const entries = await ledger(20);
		const text = (entries[6] as LedgerEntry).fingerprint.slice(0, 12);
		expect(await ask({ text: text.toUpperCase(), offset: 0, limit: 5 })).toEqual([7]);
		expect(await ask({ text: 'f00d'.repeat(16), offset: 0, limit: 5 })).toEqual([]);
	});
});

it('is written as CSV with a line an entry, oldest first', async () => {
	const entries = await ledger(3);
	const lines = (await ledgerCsv([...entries].reverse()).text()).split('\r\n');
	expect(lines[0]).toBe('sequence,instant,what,subject,purpose,rows,bytes,fingerprint');
	expect(lines[1]).toBe(
		`1,1700000060000,read,fact_booking_detail,insight,7,0,${entries[0]?.fingerprint}`,
	);
	expect(lines).toHaveLength(5);
});
