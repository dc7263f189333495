import type { LedgerEntry, LedgerVerdict } from '$lib/contracts';

/** An entry before it carries its fingerprint. */
export type PlainEntry = Omit<LedgerEntry, 'fingerprint'>;

/** Where the chain begins; also what an entry carries that was written before there was a chain. */
export const NO_FINGERPRINT = '0'.repeat(64);

/** Checked side by side: SHA-256 is asked of the browser, and waiting for each alone is slow. */
const AT_ONCE = 2_000;

/**
 * What is hashed: the fingerprint before and every field of the entry, as JSON without spaces. Anybody
 * who has the ledger as a file can do the same with any SHA-256.
 */
export const canonical = (previous: string, entry: PlainEntry): string =>
	JSON.stringify([
		previous,
		entry.sequence,
		entry.instant,
		entry.what,
		entry.subject,
		entry.purpose,
		entry.rows,
		entry.bytes,
	]);

/** SHA-256 over the fingerprint before and this entry: 64 hexadecimal digits. */
export async function fingerprintOf(previous: string, entry: PlainEntry): Promise<string> {
	const bytes = new TextEncoder().encode(canonical(previous, entry));
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Entries with their fingerprints, each made from the one before. */
export async function chained(
	previous: string,
	entries: readonly PlainEntry[],
): Promise<LedgerEntry[]> {
	const done: LedgerEntry[] = [];
	for (const entry of entries) {
		const before = done.at(-1)?.fingerprint ?? previous;
		done.push({ ...entry, fingerprint: await fingerprintOf(before, entry) });
	}
	return done;
}

/** Where the ledger says that it ends: kept beside the entries, changed with each of them. */
export interface ChainEnd {
	/** Entries ever written; their numbers run from 1 to this. */
	readonly count: number;
	/** Fingerprint of the newest; `undefined` where none was ever chained. */
	readonly newest: string | undefined;
}

/**
 * Reads a ledger (ascending) from its beginning and says whether every entry still fits. Entries from
 * before there was a chain are covered by the first one that carries a fingerprint. `misfits` are
 * numbers of entries that are stored otherwise than we write them.
 *
 * There is no secret in it: who can write to this device's storage can compute the whole chain anew.
 * That shows only against a fingerprint that was written down elsewhere.
 */
export async function verifyChain(
	entries: readonly LedgerEntry[],
	end: ChainEnd,
	misfits: ReadonlySet<number> = new Set(),
): Promise<LedgerVerdict> {
	const head = end.newest ?? '';
	const broken = (brokenAt: number, problem: LedgerVerdict['problem']): LedgerVerdict => ({
		holds: false,
		entries: entries.length,
		head,
		brokenAt,
		problem,
	});
	const gap = entries.findIndex((entry, i) => entry.sequence !== i + 1);
	const whole = gap < 0 ? entries : entries.slice(0, gap);
	const odd = whole.find(({ sequence }) => misfits.has(sequence));
	const altered = Math.min(await firstAltered(whole), odd?.sequence ?? Infinity);
	if (altered < Infinity) return broken(altered, 'altered');
	if (gap >= 0) return broken(gap + 1, 'missing');
	if (entries.length < end.count) return broken(entries.length + 1, 'cut-off');
	const last = entries.at(-1)?.fingerprint ?? NO_FINGERPRINT;
	if (entries.length > end.count || last !== (end.newest ?? NO_FINGERPRINT))
		return broken(entries.length, 'altered');
	return { holds: true, entries: entries.length, head, brokenAt: -1, problem: 'none' };
}

/** Number of the first entry whose fingerprint is not the one that it must have; Infinity: all fit. */
async function firstAltered(entries: readonly LedgerEntry[]): Promise<number> {
	const from = entries.findIndex(({ fingerprint }) => fingerprint !== NO_FINGERPRINT);
	if (from < 0) return Infinity;
	const [covered, carrying] = [entries.slice(0, from), entries.slice(from)];
	let previous = (await chained(NO_FINGERPRINT, covered)).at(-1)?.fingerprint ?? NO_FINGERPRINT;
	for (let start = 0; start < carrying.length; start += AT_ONCE) {
		const part = carrying.slice(start, start + AT_ONCE);
		const before = [previous, ...part.map(({ fingerprint }) => fingerprint)];
		const right = await Promise.all(part.map((entry, i) => fingerprintOf(before[i] ?? '', entry)));
		const wrong = part.find((entry, i) => entry.fingerprint !== right[i]);
		if (wrong) return wrong.sequence;
		previous = part.at(-1)?.fingerprint ?? previous;
	}
	return Infinity;
}
