/** What is still stored under this origin. All zero: nothing. */
export interface Leftovers {
	readonly databases: number;
	readonly caches: number;
	readonly workers: number;
	/** Of localStorage and sessionStorage. */
	readonly entries: number;
}

/**
 * Clears what a page can clear, then counts what is left. On a host that sends `Clear-Site-Data`
 * the browser has done all of it before, on disk too.
 */
export async function clearOrigin(): Promise<Leftovers> {
	localStorage.clear();
	sessionStorage.clear();
	for (const name of await caches.keys()) await caches.delete(name);
	for (const { name } of await indexedDB.databases()) if (name) await deleteDatabase(name);
	const registrations = await navigator.serviceWorker.getRegistrations();
	for (const registration of registrations) await registration.unregister();
	return {
		databases: (await indexedDB.databases()).length,
		caches: (await caches.keys()).length,
		workers: (await navigator.serviceWorker.getRegistrations()).length,
		entries: localStorage.length + sessionStorage.length,
	};
}

/** A database that another tab holds open stays until that tab lets go; it is not waited for. */
function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = request.onerror = request.onblocked = () => resolve();
	});
}
