import { Dexie } from 'dexie';

/**
 * Deletes every database of the origin. Deleting alone leaves bytes in the browser's files: the
 * page then asks the host's /erase, whose Clear-Site-Data empties the rest.
 */
export async function eraseDatabases(): Promise<void> {
	const databases = await indexedDB.databases();
	await Promise.all(databases.map(({ name }) => (name ? Dexie.delete(name) : undefined)));
}
