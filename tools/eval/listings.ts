import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { FaultError } from '$workers/data/fault';
import { importListings, listingKey } from '$workers/data/importers';
import type { HomeTable } from '$workers/table/homes';
import { EvaluationError } from './evaluation';

/** All homes of a listings file, by the app's own importer; homes without a price stay (as NaN). */
export async function readListings(path: string): Promise<HomeTable> {
	if (!existsSync(path)) throw new EvaluationError(`${path}: there is no such file`);
	const file = new File([new Uint8Array(readFileSync(path))], basename(path));
	const run = { cancelled: () => false, onProgress: () => undefined };
	try {
		return (await importListings(file, { keepUnpriced: true }, run)).catalogue.homes;
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		const { message, column, row } = error.fault;
		const place = [column && `column ${column}`, row && `row ${row}`].filter(Boolean).join(', ');
		throw new EvaluationError(`${path}: ${message}${place && ` (${place})`}`);
	}
}

/** Row of each listing's id, as the file writes it. */
export function rowsByListing(homes: HomeTable): (listing: string) => number | undefined {
	const rows = new Map(homes.columns.key.values.map((key, row) => [key, row]));
	return (listing) => rows.get(listingKey(listing.trim()));
}
