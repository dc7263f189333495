import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { expect, test } from 'vitest';
import { guestHomeCounts } from '$workers/data/exporters/guest-homes';
import { toParquet } from '$workers/data/exporters/parquet';
import { sampleBooks } from '$workers/sample';
import { rewritten } from '../support/als-files';

interface Row {
	readonly guest: number;
	readonly property: number;
	readonly key: string;
	readonly count: number;
}

test('who stayed where goes out as numbers and counts, and another implementation reads the same', async () => {
	const books = sampleBooks({ seed: 1 });
	const counts = guestHomeCounts(books);
	const bytes = rewritten(toParquet(counts, 'guest_homes')).buffer;
	const file = {
		byteLength: bytes.byteLength,
		slice: (from: number, to?: number) => bytes.slice(from, to),
	};
	const rows = (await parquetReadObjects({ file, compressors })) as unknown as Row[];
	expect(rows).toHaveLength(counts.count);
	expect(rows.length).toBeGreaterThan(100);
	const homesOf = new Map<number, Set<number>>();
	for (const { count, guest, key, property } of rows) {
		expect(key).toBe(books.properties.columns.key.values[property]);
		expect(count).toBeGreaterThan(0);
		homesOf.set(guest, (homesOf.get(guest) ?? new Set()).add(property));
	}
	expect([...homesOf.values()].every((homes) => homes.size > 1)).toBe(true);
	expect([...homesOf.keys()]).toEqual([...homesOf.keys()].map((_, at) => at));
});
