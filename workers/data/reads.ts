import type { Purpose } from '$lib/contracts';
import { TABLE_RULES, type TableName } from '$workers/privacy/tables';
import { ProfileDatabase } from './database';
import { LedgerLog, type NewLedgerEntry } from './ledger-log';

/** Reads of one table for one purpose are one entry in so many milliseconds. */
export const READS_PERIOD = 5 * 60_000;

/** Purposes that take something further than the screen. What serves them is always counted. */
const COUNTED: ReadonlySet<Purpose> = new Set(['recommend', 'insight', 'message', 'export']);

/** Of one table for one purpose, since the period's first one. */
interface Period {
	/** Reads that are not in the ledger yet. */
	reads: number;
}

const periods = new Map<string, Period>();
const waiting = new Map<ProfileDatabase, NewLedgerEntry[]>();

/**
 * Counts a read for the ledger: the first of a period is written at once, beside the read and never in
 * its way; the others of the period become one entry at its end. A worker that is ended before takes
 * their count with it, so the ledger says that a table was read and at least how often.
 *
 * Nobody is told: a page that read again because reads were written down would never come to rest.
 */
export function countRead(database: ProfileDatabase, table: TableName, purpose: Purpose): void {
	if (!TABLE_RULES[table].personal && !COUNTED.has(purpose)) return;
	const key = `${database.name}/${table}/${purpose}`;
	const period = periods.get(key);
	if (period) {
		period.reads++;
		return;
	}
	const begun: Period = { reads: 0 };
	periods.set(key, begun);
	write(database, read(table, purpose, 1));
	setTimeout(() => {
		periods.delete(key);
		if (begun.reads) write(database, read(table, purpose, begun.reads));
	}, READS_PERIOD);
}

const read = (subject: TableName, purpose: Purpose, rows: number): NewLedgerEntry => ({
	instant: Date.now(),
	what: 'read',
	subject,
	purpose,
	rows,
	bytes: 0,
});

/** What is to be written by one connection goes in one transaction, once the reads have begun. */
function write(database: ProfileDatabase, entry: NewLedgerEntry): void {
	const others = waiting.get(database);
	if (others) {
		others.push(entry);
		return;
	}
	const entries = [entry];
	waiting.set(database, entries);
	setTimeout(() => {
		waiting.delete(database);
		// Writing down a read is never a reason for the read to fail; an erased database takes no more.
		writeTo(database, entries).catch(() => undefined);
	});
}

async function writeTo(
	database: ProfileDatabase,
	entries: readonly NewLedgerEntry[],
): Promise<void> {
	if (database.isOpen()) await new LedgerLog(database).add(entries);
	else await writeAnew(database, entries);
}

/** Whoever read has closed its connection since. What was erased meanwhile is not made again. */
async function writeAnew(
	{ codec, name }: ProfileDatabase,
	entries: readonly NewLedgerEntry[],
): Promise<void> {
	const own = new ProfileDatabase(name, codec);
	own.on('populate', () => {
		throw new Error('reads: the database was erased');
	});
	try {
		await own.open();
		await new LedgerLog(own).add(entries);
	} finally {
		own.close();
	}
}
