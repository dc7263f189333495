import type { Reply } from './door';
import type { LedgerEntry, LedgerWhat, Purpose } from './store';

/** What to show of the ledger. Everything absent: all of it. */
export interface LedgerQuery {
	readonly whats?: readonly LedgerWhat[];
	readonly purpose?: Purpose;
	/** Part of a subject's name, or the beginning of a fingerprint. */
	readonly text?: string;
	/** Subjects that fit the text too: the page knows them by other words. */
	readonly subjects?: readonly string[];
	/** UTC milliseconds, from included, to not. */
	readonly from?: number;
	readonly to?: number;
	readonly offset: number;
	readonly limit: number;
}

export interface LedgerPage {
	/** Newest first. */
	readonly entries: readonly LedgerEntry[];
	/** Entries that match, and entries in all. */
	readonly matching: number;
	readonly total: number;
	/** The entry whose fingerprint begins with the text, whatever else was asked; `null` where none does. */
	readonly named: LedgerEntry | null;
}

/** `unreadable`: what is stored can't be read as a ledger at all. */
export type LedgerProblem = 'none' | 'altered' | 'missing' | 'cut-off' | 'unreadable';

/** Whether the chain of fingerprints holds. */
export interface LedgerVerdict {
	readonly holds: boolean;
	/** Entries that are there. */
	readonly entries: number;
	/** Fingerprint of the newest entry, 64 hexadecimal digits; empty where there is none. */
	readonly head: string;
	/** Sequence number of the first entry that does not fit, or is not there; -1 where all do. */
	readonly brokenAt: number;
	readonly problem: LedgerProblem;
}

export interface LedgerApi {
	ledgerEntries(query: LedgerQuery): Promise<Reply<LedgerPage>>;
	verifyLedger(): Promise<Reply<LedgerVerdict>>;
	/** The whole ledger as a file, with what is needed to check it elsewhere. */
	ledgerFile(format: 'json' | 'csv'): Promise<Reply<Blob>>;
}
