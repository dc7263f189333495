import type { ImportOptions, ImportReport } from '$lib/contracts';
import type { Catalogue } from '$workers/table/homes';
import { readBytes } from './bytes';
import { detach } from './cells';
import { type CsvBatch, nameOf, readCsv } from './csv';
import { FileCurrency } from './currency';
import { fileFault } from './file-fault';
import { gunzip } from './gunzip';
import { HomeBuilder } from './home-builder';
import type { ImportRun, SourceFile } from './import-run';
import { type ListingColumns, type ListingField, findColumns } from './listing-columns';
import { PlaceName } from './place-name';
import { ListingReader, Refused } from './read-listing';
import { Refusals } from './refusals';
import { decodeText } from './text';

export interface ListingsOptions extends ImportOptions {
	/** Keeps homes without a price, as NaN: for evaluation, never for a catalogue that is shown. */
	readonly keepUnpriced?: boolean;
}

export interface Imported {
	readonly catalogue: Catalogue;
	/** What the store knows is not in it yet. */
	readonly report: Omit<ImportReport, 'summary' | 'unchanged'>;
}

const MOST_HOMES = 200_000;

/**
 * Reads Inside Airbnb's listings (`.csv` or `.csv.gz`) into a catalogue, batch by batch: memory
 * holds the columns that are kept and one batch of text. Nothing is written anywhere.
 *
 * @throws FaultError whenever there is no catalogue to hand back; it names row and column where a
 * row is at fault. Rows that are refused are counted in the report instead.
 */
export async function importListings(
	file: SourceFile,
	options: ListingsOptions,
	run: ImportRun,
): Promise<Imported> {
	const listings = new Listings(options);
	const texts = decodeText(unpack(readBytes(file, run, () => listings.counts())));
	for await (const batch of readCsv(texts)) listings.take(batch);
	return listings.finish(file.name);
}

async function* unpack(parts: AsyncGenerator<Uint8Array<ArrayBuffer>>) {
	const first = await parts.next();
	if (first.done) return;
	const all = (async function* () {
		yield first.value;
		yield* parts;
	})();
	const packed = first.value[0] === 0x1f && first.value[1] === 0x8b;
	yield* packed ? gunzip(all) : all;
}

/** What has been read so far. */
class Listings {
	readonly #options: ListingsOptions;
	readonly #homes = new HomeBuilder();
	readonly #refusals = new Refusals();
	readonly #currency: FileCurrency;
	readonly #place = new PlaceName();
	readonly #keys = new Set<string>();
	#header: readonly string[] = [];
	#columns: ListingColumns | null = null;
	#reader: ListingReader | null = null;
	#rowsRead = 0;
	#asOf = Number.NaN;

	constructor(options: ListingsOptions) {
		this.#options = options;
		this.#currency = new FileCurrency(options.currency);
	}

	counts() {
		return { kept: this.#homes.count, refused: this.#refusals.rows };
	}

	take(batch: CsvBatch): void {
		if (!this.#columns) this.#start(batch.header);
		const rows = this.#detached(batch);
		rows.forEach((row, i) => {
			const number = batch.firstRow + i;
			const odd = batch.malformed.has(batch.rows[i] ?? row);
			if (row.length !== batch.header.length || odd)
				this.#refusals.add(number, this.#lastColumn(row), 'Ragged');
			else this.#takeRow(row, number);
		});
		this.#rowsRead += rows.length;
	}

	finish(fileName: string): Imported {
		if (!this.#columns) throw empty();
		if (this.#rowsRead === 0) throw headerOnly();
		if (this.#homes.count === 0) throw this.#noneUsable();
		const homes = this.#homes.build();
		const { currency, assumed } = this.#currency.result();
		const place = this.#place.find(homes.columns.neighbourhood.names);
		const facts = { place, currency, period: 'night', asOf: this.#asOf, sample: false } as const;
		return {
			catalogue: { homes, facts },
			report: {
				fileName,
				rowsRead: this.#rowsRead,
				rowsKept: homes.count,
				refused: this.#refusals.list(),
				examples: this.#refusals.examples,
				columnsKept: this.#columns.kept,
				columnsIgnored: this.#columns.ignored,
				currencyAssumed: assumed,
			},
		};
	}

	#start(header: readonly string[]): void {
		this.#header = header;
		this.#columns = findColumns(header);
		this.#reader = new ListingReader(this.#columns, this.#options.keepUnpriced ?? false);
	}

	#takeRow(row: readonly string[], number: number): void {
		const listing = this.#reader?.read(row);
		if (!listing) return;
		if (listing instanceof Refused)
			return this.#refusals.add(number, this.#columnOf(listing.field), listing.reason);
		const { home } = listing;
		if (this.#keys.has(home.key))
			return this.#refusals.add(number, this.#columnOf('id'), 'Repeated');
		if (this.#homes.count >= MOST_HOMES) throw tooManyHomes(number);
		this.#currency.add(listing, number, this.#columnOf('price'));
		this.#keys.add(home.key);
		this.#homes.add(home);
		this.#place.add(listing.area, home.title, listing.region);
		if (!(listing.lastSeen <= this.#asOf)) this.#asOf = later(this.#asOf, listing.lastSeen);
	}

	/** Rows with copies of the texts that are kept for long. */
	#detached(batch: CsvBatch): readonly (readonly string[])[] {
		const at = this.#columns?.at;
		if (!at) return batch.rows;
		const places = [at.id, at.title, at.host, at.neighbourhood, at.propertyType, at.roomType];
		const kept = [...new Set(places)].filter((place) => place >= 0);
		const copies = kept.map((place) => detach(batch.rows.map((row) => row[place] ?? '')));
		return batch.rows.map((row, i) => {
			const own = row.slice();
			kept.forEach((place, k) => {
				if (place < own.length) own[place] = copies[k]?.[i] ?? '';
			});
			return own;
		});
	}

	#columnOf(field: ListingField): string {
		const place = this.#columns?.at[field] ?? -1;
		return place >= 0 ? nameOf(this.#header, place) : field;
	}

	#lastColumn(row: readonly string[]): string {
		return nameOf(this.#header, row.length - 1);
	}

	#noneUsable() {
		const [first] = this.#refusals.examples;
		return fileFault(
			'NoRowUsable',
			`None of the ${this.#rowsRead} rows could be used.`,
			'Check the row and column named here, or open another file.',
			{ row: first?.row, column: first?.column },
		);
	}
}

const later = (a: number, b: number) => (Number.isNaN(a) || b > a ? b : a);

const empty = () =>
	fileFault('FileEmpty', 'This file holds nothing but blanks.', 'Open another file.');

const headerOnly = () =>
	fileFault(
		'HeaderOnly',
		'This file has a first line with column names, and no rows.',
		'Open the full file.',
		{ row: 1 },
	);

const tooManyHomes = (row: number) =>
	fileFault(
		'FileTooLarge',
		`This file lists more than ${MOST_HOMES.toLocaleString('en')} homes.`,
		'Open a listings file of one city.',
		{ row },
	);
