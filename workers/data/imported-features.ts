import type { Purpose } from '$lib/contracts';
import type { Column } from '$workers/table/column';
import type { Table } from '$workers/table/table';
import { BooksRepository } from './books';
import { readChunks } from './chunks';
import type { ProfileDatabase } from './database';
import { withoutKey } from './forget-books';
import { allowRead } from './reading';

/** Feature tables that came as files, whole. */
export async function importedTables(
	database: ProfileDatabase,
	purpose: Purpose,
): Promise<ReadonlyMap<string, Table>> {
	await allowRead(database, 'feature_table', purpose);
	const found = new Map<string, Table>();
	const features = await new BooksRepository(database).importedFeatures(purpose);
	for (const { name } of features) {
		const whole = await readChunks(database, `feature_table/${name}`);
		if (whole) found.set(name, whole);
	}
	return found;
}

/** Takes the rows under a guest's key out of every imported table; answers how many there were. */
export async function forgetKey(database: ProfileDatabase, key: string): Promise<number> {
	let rows = 0;
	const books = new BooksRepository(database);
	for (const [name, whole] of await importedTables(database, 'account')) {
		const left: Table<Record<string, Column>> = withoutKey(whole, key);
		if (left.count === whole.count) continue;
		await books.keepFeatures(name, left);
		rows += whole.count - left.count;
	}
	return rows;
}
