import type { LedgerEntry, LedgerPage, LedgerQuery, LedgerVerdict, Purpose } from '$lib/contracts';
import { askLedger } from '$workers/privacy/ledger-query';
import type { ProfileDatabase } from './database';
import { LedgerLog, type NewLedgerEntry } from './ledger-log';
import { allowRead } from './reading';

export { isLedgerSubject, type LedgerSubject, type NewLedgerEntry } from './ledger-log';

/** What was done with the data, never the data: codes and counts alone. */
export class LedgerRepository {
	private readonly log: LedgerLog;

	constructor(private readonly database: ProfileDatabase) {
		this.log = new LedgerLog(database);
	}

	/** Answers the new entry's fingerprint once it is on disk: a receipt can carry it. */
	async note(entry: NewLedgerEntry): Promise<string> {
		const [fingerprint] = await this.log.add([entry]);
		return fingerprint as string;
	}

	/** Newest first. */
	async page(
		offset: number,
		limit: number,
		purpose: Purpose,
	): Promise<{ entries: readonly LedgerEntry[]; total: number }> {
		const { entries, total } = await this.query({ offset, limit }, purpose);
		return { entries, total };
	}

	async query(query: LedgerQuery, purpose: Purpose): Promise<LedgerPage> {
		await allowRead(this.database, 'ledger', purpose);
		return askLedger(await this.log.all(), query);
	}

	async verify(purpose: Purpose): Promise<LedgerVerdict> {
		await allowRead(this.database, 'ledger', purpose);
		return this.log.verify();
	}

	/** How often something was handed over to the person. */
	released(): Promise<number> {
		return this.log.count(['exported', 'shared']);
	}

	totals() {
		return this.log.totals();
	}
}
