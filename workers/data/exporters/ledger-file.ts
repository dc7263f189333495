import type { LedgerEntry } from '$lib/contracts';
import { NO_FINGERPRINT } from '$workers/privacy/chain';

/** How anybody checks the file elsewhere; `canonical` in the chain's file is the same in code. */
const HOW_TO_CHECK =
	'Take the entries in order of their sequence. The fingerprint of each is the SHA-256 of the UTF-8 ' +
	'bytes of this JSON array without spaces: [fingerprint of the entry before, sequence, instant, ' +
	'what, subject, purpose, rows, bytes]. Before the first stand 64 zeros. Entries that carry 64 ' +
	'zeros themselves are from before there was a chain: compute theirs all the same, the first ' +
	'entry with a fingerprint covers them.';

const COLUMNS = [
	'sequence',
	'instant',
	'what',
	'subject',
	'purpose',
	'rows',
	'bytes',
	'fingerprint',
] as const satisfies readonly (keyof LedgerEntry)[];

/** The whole ledger (any order in, oldest first out), with what is needed to check it elsewhere. */
export function ledgerJson(entries: readonly LedgerEntry[], now: number): Blob {
	const oldestFirst = ascending(entries);
	const file = {
		format: 'doorstep-ledger',
		version: 1,
		exportedAt: new Date(now).toISOString(),
		newest: oldestFirst.at(-1)?.fingerprint ?? NO_FINGERPRINT,
		howToCheck: HOW_TO_CHECK,
		entries: oldestFirst,
	};
	return new Blob([JSON.stringify(file, null, '\t')], { type: 'application/json' });
}

/** One line an entry, oldest first. Every value is a number or one of our own words. */
export function ledgerCsv(entries: readonly LedgerEntry[]): Blob {
	const lines = ascending(entries).map((entry) => COLUMNS.map((name) => entry[name]).join(','));
	return new Blob([[COLUMNS.join(','), ...lines, ''].join('\r\n')], { type: 'text/csv' });
}

const ascending = (entries: readonly LedgerEntry[]): LedgerEntry[] =>
	[...entries].sort((a, b) => a.sequence - b.sequence);
