import type { Mapping } from '$lib/contracts';
import { categories, numbers } from '$workers/table/column';
import type { PropertyTable } from '$workers/table/bookings';
import { type Catalogue, values } from '$workers/table/homes';
import { table } from '$workers/table/table';
import type { ImportRun, SourceFile } from '../import-run';
import { type Imported, importListings } from '../listings';
import { bareGuests } from './derived';
import type { BooksReport, ReadBooks } from './read-books';
import { unzipped } from './rows';

/** Inside Airbnb's listings as a manager's properties; those without a price stay, without one. */
export async function readListings(
	file: SourceFile,
	{ currency }: Mapping,
	run: ImportRun,
): Promise<ReadBooks> {
	const imported = await importListings(
		await unzipped(file, run),
		{ keepUnpriced: true, ...(currency ? { currency } : {}) },
		run,
	);
	const properties = propertiesOf(imported.catalogue);
	const { facts } = imported.catalogue;
	return {
		table: 'properties',
		source: 'inside-airbnb-listings',
		rows: properties,
		propertyKeys: properties.columns.key.values,
		guestKeys: [],
		extras: {},
		properties,
		guests: bareGuests([], new Int32Array(0)),
		asOf: facts.asOf,
		currency: facts.currency,
		report: reportOf(imported),
	};
}

function propertiesOf({ homes }: Catalogue): PropertyTable {
	const { columns, count } = homes;
	const exact = (name: Parameters<typeof values>[1]) =>
		numbers(Float64Array.from(values(homes, name)));
	const { starts } = columns.amenities;
	return table({
		key: columns.key,
		title: columns.title,
		property_type: columns.property_type,
		destination: columns.neighbourhood,
		country: categories(columns.key.values.map(() => '')),
		bedrooms: exact('bedrooms'),
		max_guests: exact('guests'),
		base_price: exact('price'),
		rating: exact('rating'),
		photos_count: numbers(new Float64Array(count).fill(Number.NaN)),
		latitude: exact('latitude'),
		longitude: exact('longitude'),
		amenities_count: numbers(
			Float64Array.from({ length: count }, (_, i) => (starts[i + 1] ?? 0) - (starts[i] ?? 0)),
		),
		units: numbers(new Float64Array(count).fill(1)),
		opened_on: exact('listed_on'),
	});
}

const REASONS = { NoId: 'NoKey', NoPlace: 'OutOfRange' } as const;

function reportOf({ catalogue, report }: Imported): BooksReport {
	const { homes, facts } = catalogue;
	const reasonOf = (reason: string) =>
		(REASONS[reason as keyof typeof REASONS] ?? reason) as BooksReport['refused'][number]['reason'];
	return {
		fileName: report.fileName,
		table: 'properties',
		rowsRead: report.rowsRead,
		rowsFit: report.rowsKept,
		refused: report.refused.map((one) => ({ ...one, reason: reasonOf(one.reason) })),
		examples: report.examples.map((one) => ({
			...one,
			reason: reasonOf(one.reason),
			found: '',
		})),
		columnsRead: report.columnsKept.length,
		columnsIgnored: [],
		from: Number.NaN,
		to: Number.NaN,
		properties: homes.count,
		currency: facts.currency,
		notes: report.currencyAssumed ? ['CurrencyAssumed'] : [],
	};
}
