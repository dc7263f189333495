import type { LedgerEntry, LedgerWhat, Purpose } from '$lib/contracts';
import type { ProfileDatabase } from './database';
import { Log } from './log';
import { allowRead } from './reading';

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
] as const;
export type LedgerSubject = (typeof SUBJECTS)[number];

const LEDGER = {
	name: 'ledger',
	schema: 1,
	columns: { instant: 'f64', what: 'u8', subject: 'u8', purpose: 'u8', rows: 'f64', bytes: 'f64' },
} as const;

export type NewLedgerEntry = Omit<LedgerEntry, 'sequence' | 'subject' | 'fingerprint'> & {
	readonly subject: LedgerSubject;
};

/** What was done with the data, never the data: codes and counts alone. */
export class LedgerRepository {
	private readonly log: Log<(typeof LEDGER)['columns']>;

	constructor(private readonly database: ProfileDatabase) {
		this.log = new Log(database, LEDGER);
	}

	async note(entry: NewLedgerEntry): Promise<void> {
		await this.log.append([
			{
				instant: entry.instant,
				what: WHATS.indexOf(entry.what),
				subject: SUBJECTS.indexOf(entry.subject),
				purpose: PURPOSES.indexOf(entry.purpose),
				rows: entry.rows,
				bytes: entry.bytes,
			},
		]);
	}

	/** Newest first. */
	async page(
		offset: number,
		limit: number,
		purpose: Purpose,
	): Promise<{ entries: readonly LedgerEntry[]; total: number }> {
		await allowRead(this.database, 'ledger', purpose);
		const rows = this.log.toRows(await this.log.scan()).reverse();
		const entries = rows.slice(offset, offset + limit).map((row) => ({
			sequence: row.sequence,
			instant: row.instant,
			what: WHATS[row.what] as LedgerWhat,
			subject: SUBJECTS[row.subject] as LedgerSubject,
			purpose: PURPOSES[row.purpose] as Purpose,
			rows: row.rows,
			bytes: row.bytes,
			fingerprint: '',
		}));
		return { entries, total: rows.length };
	}

	/** How often something was handed over to the person. */
	async released(): Promise<number> {
		const whats = (await this.log.scan()).columns.what?.values ?? [];
		const leaving = new Set([WHATS.indexOf('exported'), WHATS.indexOf('shared')]);
		return Array.from(whats).filter((what) => leaving.has(what)).length;
	}

	totals() {
		return this.log.totals();
	}
}

/** The subjects that a page may name when something is handed to the person. */
export const isLedgerSubject = (text: string): text is LedgerSubject =>
	(SUBJECTS as readonly string[]).includes(text);
