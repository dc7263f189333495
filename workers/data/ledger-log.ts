import type { LedgerEntry, LedgerVerdict, LedgerWhat, Purpose } from '$lib/contracts';
import {
	chained,
	NO_FINGERPRINT,
	type PlainEntry,
	verifyChain,
	type ChainEnd,
} from '$workers/privacy/chain';
import type { TableName } from '$workers/privacy/tables';
import type { LogHead, ProfileDatabase } from './database';
import { Log, type LogRow, type Sequenced } from './log';

/** Codes are places in these lists: only ever append. */
const WHATS = [
	'opened',
	'trained',
	'forgot',
	'exported',
	'shared',
	'changed',
	'erased',
	'read',
	'withdrew',
	'granted',
	'restricted',
	'corrected',
	'released',
	'backed-up',
	'refused',
] as const satisfies readonly LedgerWhat[];
const PURPOSES = [
	'show',
	'recommend',
	'insight',
	'message',
	'export',
	'account',
] as const satisfies readonly Purpose[];
const SUBJECTS = [
	'catalogue',
	'sample town',
	'acts',
	'taste',
	'listing encoder',
	'everything',
	'enquiry',
	'home',
	'books',
	'sample books',
	'revenue',
	'demand',
	'conversion',
	'cancellation',
	'price',
	'lifetime-value',
	'refused rows',
	'features',
	'run',
	'prices',
	'choices',
	'interaction',
	'interaction_note',
	'taste_edit',
	'dim_property',
	'dim_managed_property',
	'dim_user',
	'fact_booking_detail',
	'fact_booking_daily',
	'fact_property_engagement',
	'feature_table',
	'model',
	'setting',
	'purpose',
	'guest',
	'booking',
	'retention',
	'figures',
	'report',
	'archive',
	'dictionary',
	'dim_holiday',
	'choice',
	'consent',
	'release',
	'ledger',
	'seeker',
	'saved_search',
	'model_pack',
	'key',
] as const;

/** What an entry can be about: a closed list, so that nothing of a person can stand in the ledger. */
export type LedgerSubject = (typeof SUBJECTS)[number];

const LEDGER = {
	name: 'ledger',
	schema: 2,
	columns: {
		instant: 'f64',
		what: 'u8',
		subject: 'u8',
		purpose: 'u8',
		rows: 'f64',
		bytes: 'f64',
		/** The fingerprint's 256 bits; all zero in entries from before there was a chain. */
		print0: 'u32',
		print1: 'u32',
		print2: 'u32',
		print3: 'u32',
		print4: 'u32',
		print5: 'u32',
		print6: 'u32',
		print7: 'u32',
	},
} as const;
/** The columns as an entry has them: eight of them are one fingerprint. */
export type LedgerColumn =
	Exclude<keyof (typeof LEDGER)['columns'], `print${Print}`> | 'sequence' | 'fingerprint';
const PRINTS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `print${i}` as `print${Print}`);
type Print = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
type LedgerRow = LogRow<(typeof LEDGER)['columns']>;

export type NewLedgerEntry = Omit<LedgerEntry, 'sequence' | 'subject' | 'fingerprint'> & {
	readonly subject: LedgerSubject | TableName;
};

/** The entries as they are stored: a log whose rows are chained by fingerprints. */
export class LedgerLog {
	private readonly log: Log<(typeof LEDGER)['columns']>;

	constructor(private readonly database: ProfileDatabase) {
		this.log = new Log(database, LEDGER);
	}

	/**
	 * Adds entries; answers their fingerprints once they are on disk. One writer at a time in all tabs
	 * and workers: two that read the same end would fork the chain. Not to be called in a transaction.
	 */
	async add(entries: readonly NewLedgerEntry[]): Promise<string[]> {
		const added = await navigator.locks.request(this.lock(), async () => {
			const head = await this.log.head();
			const numbered = entries.map((entry, i) => ({ ...entry, sequence: head.next + i }));
			const linked = await chained(await this.newest(head), numbered);
			const newest = linked.at(-1)?.fingerprint ?? '';
			await this.log.appendAfter(head, linked.map(toRow), newest);
			return linked.map(({ fingerprint }) => fingerprint);
		});
		await this.log.foldIfLong();
		return added;
	}

	/** Ascending. */
	async all(): Promise<LedgerEntry[]> {
		return this.log.toRows(await this.log.scan()).map(toEntry);
	}

	/** Reads among the last entries. */
	async newestReads(last: number): Promise<LedgerEntry[]> {
		const { next } = await this.log.head();
		const entries = this.log.toRows(await this.log.scan(Math.max(1, next - last))).map(toEntry);
		return entries.filter(({ what }) => what === 'read');
	}

	/** Whether every entry still fits the one before, and none is gone. */
	async verify(): Promise<LedgerVerdict> {
		return navigator.locks.request(this.lock(), { mode: 'shared' }, async () => {
			const head = await this.log.head();
			try {
				const [entries, misfits] = [await this.all(), await this.log.misfits()];
				return await verifyChain(entries, endOf(head), new Set(misfits));
			} catch {
				const { next, newest = '' } = head;
				const problem = 'unreadable';
				return { holds: false, entries: next - 1, head: newest, brokenAt: 1, problem };
			}
		});
	}

	/** How often something of these kinds happened. */
	async count(whats: readonly LedgerWhat[]): Promise<number> {
		const codes = new Set(whats.map((what) => WHATS.indexOf(what)));
		const stored = (await this.log.scan()).columns.what?.values ?? [];
		return Array.from(stored).filter((what) => codes.has(what)).length;
	}

	totals() {
		return this.log.totals();
	}

	private lock(): string {
		return `${this.database.name}/ledger-chain`;
	}

	/** What the next entry is chained to. A ledger from before there was a chain is read through once. */
	private async newest(head: LogHead): Promise<string> {
		if (head.newest) return head.newest;
		return (await chained(NO_FINGERPRINT, await this.all())).at(-1)?.fingerprint ?? NO_FINGERPRINT;
	}
}

const endOf = ({ newest, next }: LogHead): ChainEnd => ({ count: next - 1, newest });

function toRow(entry: LedgerEntry): LedgerRow {
	const prints = PRINTS.map((name, i) => [
		name,
		Number.parseInt(entry.fingerprint.slice(i * 8, i * 8 + 8), 16),
	]);
	return {
		instant: entry.instant,
		what: WHATS.indexOf(entry.what),
		subject: SUBJECTS.indexOf(entry.subject as LedgerSubject),
		purpose: PURPOSES.indexOf(entry.purpose),
		rows: entry.rows,
		bytes: entry.bytes,
		...(Object.fromEntries(prints) as Record<`print${Print}`, number>),
	};
}

function toEntry(row: Sequenced<LedgerRow>): LedgerEntry {
	const plain: PlainEntry = {
		sequence: row.sequence,
		instant: row.instant,
		what: WHATS[row.what] as LedgerWhat,
		subject: SUBJECTS[row.subject] as LedgerSubject,
		purpose: PURPOSES[row.purpose] as Purpose,
		rows: row.rows,
		bytes: row.bytes,
	};
	const digits = PRINTS.map((name) => row[name].toString(16).padStart(8, '0'));
	return { ...plain, fingerprint: digits.join('') };
}

/** The subjects that a page may name when something is handed to the person. */
export const isLedgerSubject = (text: string): text is LedgerSubject =>
	(SUBJECTS as readonly string[]).includes(text);
