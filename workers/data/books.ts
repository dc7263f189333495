import type { BooksSummary, ImportedFeatures, Purpose } from '$lib/contracts';
import { excludedGuests } from '$workers/privacy/consent';
import { serves, takenOutOf } from '$workers/privacy/purposes';
import type { TableName } from '$workers/privacy/tables';
import { withoutAnyGuest, withoutGuests } from '$workers/privacy/without-guests';
import type { Books } from '$workers/table/bookings';
import type { Column } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { encodeTable } from '$workers/table/encode';
import { endsWithLastArrival } from '$workers/table/reach';
import { type Table, table } from '$workers/table/table';
import { type ChunkTotals, chunkTotals, openChunk, readChunks, sealChunks } from './chunks';
import { toBytes } from './codec';
import type { ProfileDatabase, StoredChunk } from './database';
import { readConsent } from './consents';
import { allowRead, mayRead } from './reading';
import { readRecord } from './records';

const SCHEMA = 1;
const RECORD = 'books';
const EXTRA = 'extra:';

/** The tables of the books and what each is called in the database. */
const STORED = {
	properties: 'dim_managed_property',
	guests: 'dim_user',
	bookings: 'fact_booking_detail',
	daily: 'fact_booking_daily',
	engagement: 'fact_property_engagement',
	holidays: 'dim_holiday',
} as const;
type Part = keyof typeof STORED;
const PARTS = Object.keys(STORED) as Part[];

interface BooksRecord {
	readonly summary: BooksSummary;
	/** The version of each table as it is stored: a table that did not change stays where it is. */
	readonly versions: Readonly<Record<Part, string>>;
}

/**
 * The manager's star schema. What changed is written beside the old tables, and one transaction
 * makes it the books: a reader sees the old ones or the new ones, whole.
 */
export class BooksRepository {
	constructor(private readonly database: ProfileDatabase) {}

	async summary(): Promise<BooksSummary | null> {
		return (await this.record())?.summary ?? null;
	}

	/**
	 * The version of what is read for a purpose: changes with the books, with the tables that were taken
	 * out of it, and with the guests whose rows are left out.
	 */
	async versionFor(purpose: Purpose): Promise<string | null> {
		const summary = await this.summary();
		if (!summary) return null;
		const consent = await readConsent(this.database);
		const taken = takenOutOf(purpose, Object.values(STORED), consent);
		const left = leavesOut(purpose) ? [...excludedGuests(consent)].sort() : [];
		if (taken.length + left.length === 0) return summary.version;
		return `${summary.version}-${await fingerprint(toBytes([taken, left]))}`;
	}

	/**
	 * The books for a purpose, without identities of rows. A table that was taken out of it is empty.
	 * Guests who are restricted, or objected, are left out of what models and messages read.
	 *
	 * @throws PurposeDeniedError where the purpose, or a table that it can't do without, was taken back
	 */
	async read(purpose: Purpose): Promise<Books | null> {
		const admitted = await this.admitted(purpose);
		const record = await this.record();
		if (!record) return null;
		const left = leavesOut(purpose)
			? excludedGuests(await readConsent(this.database))
			: new Set<string>();
		// Who is left out is told by the guests' keys alone, whatever else may be read of them.
		const needed = left.size > 0 ? new Set([...admitted, 'guests' as const]) : admitted;
		const books = withoutGuests(await this.assembled(record, needed), left);
		return withoutIdentity(admitted.has('guests') ? books : withoutAnyGuest(books));
	}

	/** Of these tables, those that may be read for a purpose. */
	async tablesFor(purpose: Purpose, tables: readonly TableName[]): Promise<readonly TableName[]> {
		const taken = takenOutOf(purpose, tables, await readConsent(this.database));
		return tables.filter((name) => !taken.includes(name));
	}

	/** Whole, with the identities of rows, for adding to them and for correcting them. */
	async readStored(purpose: Purpose): Promise<Books | null> {
		for (const name of Object.values(STORED)) await allowRead(this.database, name, purpose);
		const record = await this.record();
		return record && this.assembled(record, new Set(PARTS));
	}

	/** Bookings must serve the purpose; of the other tables, those that do are read. */
	private async admitted(purpose: Purpose): Promise<ReadonlySet<Part>> {
		const admitted = new Set<Part>();
		for (const part of PARTS)
			if (part === 'bookings' || serves(STORED[part], purpose))
				if (await mayRead(this.database, STORED[part], purpose)) admitted.add(part);
		return admitted;
	}

	private async assembled(
		{ summary: { asOf, currency, sample }, versions }: BooksRecord,
		parts: ReadonlySet<Part>,
	): Promise<Books> {
		const found = await Promise.all(
			PARTS.map(async (part) => [
				part,
				parts.has(part) ? await readChunks(this.database, chunkName(part, versions[part])) : null,
			]),
		);
		const tables = Object.fromEntries(found) as Record<Part, Table | null>;
		return assemble(tables, { asOf, currency, sample });
	}

	/** Puts these books in place of the stored ones. On any fault the old ones stand as they were. */
	async replace(books: Books, now: number): Promise<BooksSummary> {
		const old = await this.record();
		const chunks: StoredChunk[] = [];
		const versions: Partial<Record<Part, string>> = {};
		for (const part of PARTS) {
			const whole = part === 'bookings' ? withExtras(books) : (books[part] as Table);
			const version = await fingerprint(encodeTable(whole));
			versions[part] = version;
			if (old?.versions[part] === version) continue;
			chunks.push(...(await sealChunks(this.database, chunkName(part, version), SCHEMA, whole)));
		}
		const all = versions as Record<Part, string>;
		const summary = summaryOf(books, await fingerprint(toBytes(all)), now);
		await this.put({ summary, versions: all }, chunks);
		return summary;
	}

	/**
	 * A feature table that was computed elsewhere, under its keys as texts. It takes the place of the
	 * one of that name that was here before.
	 */
	async keepFeatures(name: string, whole: Table): Promise<void> {
		const chunks = await sealChunks(this.database, `${FEATURES}${name}`, SCHEMA, whole);
		const { chunks: stored } = this.database;
		await this.database.transaction('rw', stored, async () => {
			await stored.where('table').equals(`${FEATURES}${name}`).delete();
			await stored.bulkPut(chunks);
		});
	}

	/** The feature tables that came as files: their names and sizes. */
	async importedFeatures(purpose: Purpose): Promise<readonly ImportedFeatures[]> {
		if (!(await mayRead(this.database, 'feature_table', purpose))) return [];
		const first = await this.database.chunks
			.where('[table+chunk]')
			.between([FEATURES, 0], [`${FEATURES}\uffff`, 0], true, true)
			.filter(({ chunk }) => chunk === 0)
			.toArray();
		return Promise.all(
			first.map(async (chunk) => ({
				name: chunk.table.slice(FEATURES.length),
				rows: (await chunkTotals(this.database, chunk.table)).rows,
				columns: Object.keys((await openChunk(this.database, chunk)).columns),
			})),
		);
	}

	async featureTotals(): Promise<ChunkTotals> {
		const tables = await this.database.chunks.where('table').startsWith(FEATURES).uniqueKeys();
		const totals = await Promise.all(
			tables.map((name) => chunkTotals(this.database, String(name))),
		);
		return totals.reduce(
			(sum, { bytes, rows }) => ({ rows: sum.rows + rows, bytes: sum.bytes + bytes }),
			{
				rows: 0,
				bytes: 0,
			},
		);
	}

	async totals(name: TableName): Promise<ChunkTotals> {
		const part = PARTS.find((each) => STORED[each] === name);
		const record = await this.record();
		if (!part || !record) return { rows: 0, bytes: 0 };
		return chunkTotals(this.database, chunkName(part, record.versions[part]));
	}

	private async record(): Promise<BooksRecord | null> {
		const stored = await readRecord(this.database.records, RECORD, this.database.codec);
		return (stored as BooksRecord | undefined) ?? null;
	}

	private async put(record: BooksRecord, fresh: readonly StoredChunk[]): Promise<void> {
		const sealed = await this.database.codec.seal(toBytes(record), RECORD);
		const names = new Set(PARTS.map((part) => chunkName(part, record.versions[part])));
		const { chunks, records } = this.database;
		await this.database.transaction('rw', [chunks, records], async () => {
			await chunks.bulkPut(fresh as StoredChunk[]);
			await records.put({ key: RECORD, sealed });
			const stale = await chunks
				.where('table')
				.startsWith(PREFIX)
				.filter((chunk) => !names.has(chunk.table))
				.primaryKeys();
			await chunks.bulkDelete(stale);
		});
	}
}

/** A restriction or an objection keeps a guest out of models and messages, not from their own rights. */
const leavesOut = (purpose: Purpose) => purpose === 'insight' || purpose === 'message';

const PREFIX = 'books/';
const FEATURES = 'feature_table/';
const chunkName = (part: Part, version: string) => `${PREFIX}${STORED[part]}@${version}`;

/** Bookings as they are stored: the source's own columns beside them. */
function withExtras({ bookings, extras }: Books): Table {
	const own = Object.entries(extras).map(([name, column]) => [`${EXTRA}${name}`, column]);
	return table({ ...bookings.columns, ...(Object.fromEntries(own) as Record<string, Column>) });
}

/** As models take them: nothing by which a row of the file could be told again. */
export function withoutIdentity(books: Books): Books {
	const plain = <Name extends 'bookings' | 'engagement'>(name: Name): Books[Name] => {
		const columns: Record<string, Column> = { ...books[name].columns };
		delete columns.identity_high;
		delete columns.identity_low;
		return table(columns) as unknown as Books[Name];
	};
	return { ...books, bookings: plain('bookings'), engagement: plain('engagement') };
}

function assemble(
	found: Readonly<Record<Part, Table | null>>,
	facts: Pick<Books, 'asOf' | 'currency' | 'sample'>,
): Books {
	const empty = emptyBooks(facts.currency);
	const part = <Name extends Part>(name: Name) => (found[name] ?? empty[name]) as Books[Name];
	const entries = Object.entries(part('bookings').columns as Record<string, Column>);
	const own = entries.filter(([name]) => !name.startsWith(EXTRA));
	const extras = entries.filter(([name]) => name.startsWith(EXTRA));
	return {
		...facts,
		properties: part('properties'),
		guests: part('guests'),
		daily: part('daily'),
		engagement: part('engagement'),
		holidays: part('holidays'),
		bookings: table(Object.fromEntries(own)) as unknown as Books['bookings'],
		extras: Object.fromEntries(extras.map(([name, column]) => [name.slice(EXTRA.length), column])),
	};
}

function summaryOf(books: Books, version: string, importedAt: number): BooksSummary {
	const [from, to] = span(books.bookings.columns.arrives_on.values);
	return {
		properties: books.properties.count,
		bookings: books.bookings.count,
		guests: books.guests.count,
		engagement: books.engagement.count,
		daily: books.daily.count,
		from,
		to,
		asOf: books.asOf,
		currency: books.currency,
		sample: books.sample,
		importedAt,
		version,
		cutAtLastArrival: endsWithLastArrival(books.bookings),
	};
}

/** Smallest and largest; NaN where there are none. */
function span(values: ArrayLike<number>): [number, number] {
	let from = Number.POSITIVE_INFINITY;
	let to = Number.NEGATIVE_INFINITY;
	for (let row = 0; row < values.length; row++) {
		from = Math.min(from, values[row] as number);
		to = Math.max(to, values[row] as number);
	}
	return from <= to ? [from, to] : [Number.NaN, Number.NaN];
}

async function fingerprint(bytes: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
