import type { BringReport, BringTable, KnownSource, Mapping } from '$lib/contracts';
import type { BookingColumns, GuestTable, PropertyTable } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import type { Column, NumberColumn } from '$workers/table/column';
import type { Table } from '$workers/table/table';
import type { ImportRun, SourceFile } from '../import-run';
import { BookingReader } from './booking-reader';
import { booksFault, inBooksWords } from './books-fault';
import { DailyReader } from './daily-reader';
import { EngagementReader } from './engagement-reader';
import { FeatureReader } from './feature-reader';
import { refuseIncomplete } from './fields';
import { PropertyReader } from './property-reader';
import { ReviewReader } from './review-reader';
import { readListings } from './listings-as-properties';
import { Frame } from './frame';
import { RefusedRows } from './refused-rows';
import { type RowBatch, openRows } from './rows';

/**
 * What a file gave. `property` and `guest` of the rows are places in `propertyKeys` and `guestKeys`;
 * numbers of their own they get in the repository.
 */
export interface ReadBooks {
	readonly table: BringTable;
	readonly source: KnownSource;
	/** The rows that fit, in the order of the file, under the columns of their table. */
	readonly rows: Table;
	/** `source:id`, in order of first appearance. */
	readonly propertyKeys: readonly string[];
	/** `source:hash`, in order of first appearance; empty where the file tells no guests apart. */
	readonly guestKeys: readonly string[];
	/** The source's own columns beside `rows`, by their own names. */
	readonly extras: Readonly<Record<string, Column>>;
	/** Row i is property i of `propertyKeys`: read, or derived from the rows. */
	readonly properties: PropertyTable;
	/** Row i is guest i of `guestKeys`. */
	readonly guests: GuestTable;
	/** The first day of which the file knows nothing; NaN where it has no days. */
	readonly asOf: CivilDay;
	readonly currency: string;
	/** What the store knows is not in it yet. */
	readonly report: BooksReport;
}

export type BooksReport = Omit<BringReport, 'token' | 'added' | 'changed' | 'known' | 'forgotten'>;

/** Rows of bookings: `identity_high` and `identity_low` (U32) are the same whenever a row is read again. */
export type ReadBookingColumns = BookingColumns & {
	identity_high: NumberColumn;
	identity_low: NumberColumn;
};

export interface ReadOptions {
	/** Civil day on which the file is read: nothing was booked after it. The device's, unless told. */
	readonly today?: CivilDay;
}

/** Reads the rows of one table of the books. */
export interface RowsReader {
	/** Rows of a batch that are whole and loaded. */
	take(rows: readonly number[]): void;
	readonly count: number;
	finish(): RowsRead;
}

/** What a reader of rows knows at the end; the rest is the same for all tables. */
export type RowsRead = Omit<ReadBooks, 'table' | 'source' | 'report'> &
	Pick<BooksReport, 'from' | 'to' | 'notes'>;

type ReaderKind = new (
	frame: Frame,
	mapping: Mapping,
	refused: RefusedRows,
	today: CivilDay,
) => RowsReader;

const READERS: Readonly<Record<BringTable, ReaderKind>> = {
	bookings: BookingReader,
	properties: PropertyReader,
	daily: DailyReader,
	engagement: EngagementReader,
	reviews: ReviewReader,
	features: FeatureReader,
};

const DAY = 86_400_000;

/**
 * Reads a manager's file by a mapping, batch by batch: memory holds typed columns and one batch of
 * text. Nothing is written anywhere, and the same file gives the same identities.
 *
 * @throws FaultError whenever there are no rows to hand back; it names row and column where a row is
 * at fault. Rows that are refused are counted in the report instead.
 */
export async function readBooksFile(
	file: SourceFile,
	mapping: Mapping,
	run: ImportRun,
	options: ReadOptions = {},
): Promise<ReadBooks> {
	if (mapping.source === 'inside-airbnb-listings')
		return readListings(file, mapping, run).catch((error: unknown) => {
			throw inBooksWords(error);
		});
	const today = options.today ?? Math.floor(Date.now() / DAY);
	const reading = new Reading(mapping, today);
	try {
		const { batches } = await openRows(file, run, () => reading.counts());
		for await (const batch of batches) reading.take(batch);
		return reading.finish(file.name);
	} catch (error) {
		throw inBooksWords(error);
	}
}

class Reading {
	readonly #mapping: Mapping;
	readonly #today: CivilDay;
	readonly #refused = new RefusedRows();
	#frame: Frame | null = null;
	#reader: RowsReader | null = null;
	#rowsRead = 0;

	constructor(mapping: Mapping, today: CivilDay) {
		this.#mapping = mapping;
		this.#today = today;
	}

	counts() {
		return { kept: this.#reader?.count ?? 0, refused: this.#refused.rows };
	}

	take(batch: RowBatch): void {
		this.#frame ??= new Frame(batch.header);
		this.#reader ??= this.#readerOf(this.#frame);
		this.#reader.take(this.#frame.load(batch, this.#refused));
		this.#rowsRead += batch.rows.length;
	}

	finish(fileName: string): ReadBooks {
		const [frame, reader] = [this.#frame, this.#reader];
		if (!frame || !reader) throw empty();
		if (this.#rowsRead === 0) throw headerOnly();
		if (reader.count === 0) throw this.#noneUsable();
		const { from, to, notes, ...read } = reader.finish();
		const { table, source } = this.#mapping;
		return {
			...read,
			table,
			source,
			report: {
				fileName,
				table,
				rowsRead: this.#rowsRead,
				rowsFit: reader.count,
				refused: this.#refused.list(),
				examples: this.#refused.examples,
				columnsRead: frame.used.length,
				columnsIgnored: frame.unused,
				from,
				to,
				properties: read.propertyKeys.length,
				currency: read.currency,
				notes,
			},
		};
	}

	#readerOf(frame: Frame): RowsReader {
		const { table } = this.#mapping;
		refuseIncomplete(this.#mapping);
		return new READERS[table](frame, this.#mapping, this.#refused, this.#today);
	}

	#noneUsable() {
		const [first] = this.#refused.examples;
		return booksFault(
			'NoRowUsable',
			`None of the ${this.#rowsRead} rows could be used.`,
			'Check the row and column named here, or match the columns again.',
			first && { row: first.row, column: first.column },
		);
	}
}

const empty = () =>
	booksFault('FileEmpty', 'This file holds nothing but blanks.', 'Open another file.');

const headerOnly = () =>
	booksFault(
		'HeaderOnly',
		'This file has a first line with column names, and no rows.',
		'Open the full file.',
		{ row: 1 },
	);
