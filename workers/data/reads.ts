import type { Purpose } from '$lib/contracts';
import { TABLE_RULES, type TableName } from '$workers/privacy/tables';
import { ProfileDatabase } from './database';
import { LedgerLog, type NewLedgerEntry } from './ledger-log';

/** No more than one entry in so many milliseconds for reads of one table for one purpose. */
export const READS_PERIOD = 5 * 60_000;

/** Purposes that take something further than the screen. What serves them is always counted. */
const COUNTED: ReadonlySet<Purpose> = new Set(['recommend', 'insight', 'message', 'export']);

/** More kinds of reads than this there are hardly in one period. */
const LOOKED_BACK = 64;

/** Of one table for one purpose, since the period's first one. */
interface Period {
	/** Reads that are not in the ledger yet. */
	reads: number;
}

interface FirstRead {
	readonly entry: NewLedgerEntry;
	readonly period: Period;
}

const periods = new Map<string, Period>();
const waiting = new Map<ProfileDatabase, FirstRead[]>();

/**
 * Counts a read for the ledger. The first of a period is written at once, beside the read and never in
 * its way, unless another worker has written one in this period; the others become one entry at its
 * end. A worker that is ended before takes their count with it: the ledger says in which five minutes
 * a table was read for what, and at least how often.
 *
 * Nobody is told: a page that read again because reads were written down would never come to rest.
 */
export function countRead(database: ProfileDatabase, table: TableName, purpose: Purpose): void {
	if (!isCounted(table, purpose)) return;
	const key = `${database.name}/${table}/${purpose}`;
	const period = periods.get(key);
	if (period) {
		period.reads++;
		return;
	}
	const begun: Period = { reads: 0 };
	periods.set(key, begun);
	writeFirst(database, { entry: read(table, purpose, 1), period: begun });
	setTimeout(() => {
		periods.delete(key);
		if (begun.reads) keep(database, [read(table, purpose, begun.reads)]);
	}, READS_PERIOD);
}

/** What the person decided is read before every other read: to count that would count the counting. */
function isCounted(table: TableName, purpose: Purpose): boolean {
	if (table === 'consent' && purpose === 'account') return false;
	return TABLE_RULES[table].personal || COUNTED.has(purpose);
}

const read = (subject: TableName, purpose: Purpose, rows: number): NewLedgerEntry => ({
	instant: Date.now(),
	what: 'read',
	subject,
	purpose,
	rows,
	bytes: 0,
});

/** First reads of one connection go in one transaction, once the reads themselves have begun. */
function writeFirst(database: ProfileDatabase, first: FirstRead): void {
	const others = waiting.get(database);
	if (others) {
		others.push(first);
		return;
	}
	const all = [first];
	waiting.set(database, all);
	setTimeout(() => {
		waiting.delete(database);
		void freshOf(database, all).then((entries) => keep(database, entries));
	});
}

/** Those of which the ledger has no entry in this period. The others wait for the period's end. */
async function freshOf(
	database: ProfileDatabase,
	all: readonly FirstRead[],
): Promise<readonly NewLedgerEntry[]> {
	const newest = await new LedgerLog(database).newestReads(LOOKED_BACK).catch(() => []);
	const now = Date.now();
	return all.flatMap(({ entry, period }) => {
		const written = newest.some(
			({ instant, purpose, subject }) =>
				subject === entry.subject && purpose === entry.purpose && instant > now - READS_PERIOD,
		);
		if (!written) return entry;
		period.reads++;
		return [];
	});
}

/** Writing down a read is never a reason for the read to fail; an erased database takes no more. */
function keep(database: ProfileDatabase, entries: readonly NewLedgerEntry[]): void {
	if (entries.length) writeTo(database, entries).catch(() => undefined);
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
