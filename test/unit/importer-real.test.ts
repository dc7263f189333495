import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importListings } from '$workers/data/importers';
import { lengthOf } from '$workers/table/column';
import { asFile, faultOf, quietRun } from '../support/csv';

const file = (folder: string, name = 'listings') =>
	new URL(`../../../shared/data/${folder}/${name}.csv.gz`, import.meta.url);

const cities = [
	{ folder: 'inside-airbnb-boston-2024-06', place: 'Boston', read: 4325, kept: 3543, refused: 782 },
	{
		folder: 'inside-airbnb-singapore-2023-09',
		place: 'Singapore',
		read: 3483,
		kept: 3483,
		refused: 0,
	},
];

describe.each(cities)('the listings of $place', ({ folder, place, read, kept, refused }) => {
	test.skipIf(!existsSync(file(folder)))(
		'give all rows, kept or refused (skipped without the shared data)',
		async () => {
			const source = asFile(new Uint8Array(readFileSync(file(folder))), 'listings.csv.gz');
			const { catalogue, report } = await importListings(source, {}, quietRun);
			expect(report).toMatchObject({ rowsRead: read, rowsKept: kept, currencyAssumed: true });
			expect(report.refused).toEqual(
				refused ? [{ reason: 'NoPrice', column: 'price', rows: refused }] : [],
			);
			expect(catalogue.facts.place).toBe(place);
			for (const column of Object.values(catalogue.homes.columns))
				expect(lengthOf(column)).toBe(kept);
			expect(catalogue.homes.columns.amenities.names.length).toBeLessThanOrEqual(150);
			const all = await importListings(source, { keepUnpriced: true }, quietRun);
			expect(all.report.rowsKept).toBe(read);
		},
	);

	test.skipIf(!existsSync(file(folder, 'calendar')))(
		'are told from the calendar beside them (skipped without the shared data)',
		async () => {
			const bytes = new Uint8Array(readFileSync(file(folder, 'calendar')));
			expect(await faultOf(bytes)).toMatchObject({ name: 'ColumnMissing', row: 0, column: 'id' });
		},
	);
});
