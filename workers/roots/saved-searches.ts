import type { SavedSearch, SavedSearchApi, SavedSearchRecord } from '$lib/contracts';
import { packNumbers, SavedSearchRepository, unpackNumbers } from '$workers/data/saved-searches';
import { storageFault } from '$workers/data/storage-fault';
import type { Behind } from '$workers/door/expose';
import type { Search } from '$workers/search';
import type { Storehouse } from './manage';

const LONGEST_NAME = 120;

/** Part of the store worker: searches that are kept, and what is new to them. */
export function savedSearches(
	{ here, notifier }: Storehouse,
	searchIndex: () => Promise<Search>,
): Behind<SavedSearchApi> {
	const open = async () => new SavedSearchRepository((await here()).database);
	const seekerNow = async () => (await (await here()).seekers.read('show')).current;
	const found = async ({ filter }: Pick<SavedSearchRecord, 'filter'>) =>
		(await searchIndex()).search(filter, 'newest').properties;

	async function keep(record: SavedSearchRecord): Promise<void> {
		try {
			await (await open()).put(record);
		} catch (error) {
			throw storageFault(error);
		}
		notifier.tell('searches');
	}

	/** Changes one that is still there. */
	async function change(
		id: string,
		to: (record: SavedSearchRecord) => Promise<SavedSearchRecord> | SavedSearchRecord,
	): Promise<void> {
		const record = await (await open()).one(id, 'account');
		if (record) await keep(await to(record));
	}

	return {
		async savedSearches() {
			const records = await (await open()).all('show', await seekerNow());
			return Promise.all(records.map(async (record) => shown(record, await found(record))));
		},
		async saveSearch(name, filter) {
			const id = crypto.randomUUID();
			const now = Date.now();
			await keep({
				id,
				seeker: await seekerNow(),
				name: nameOf(name),
				filter,
				savedAt: now,
				lookedAt: now,
				seen: packNumbers(await found({ filter })),
			});
			return id;
		},
		renameSearch: (id, name) => change(id, (record) => ({ ...record, name: nameOf(name) })),
		lookAtSearch: (id) =>
			change(id, async (record) => ({
				...record,
				lookedAt: Date.now(),
				seen: packNumbers(await found(record)),
			})),
		async removeSearch(id) {
			const repository = await open();
			const record = await repository.one(id, 'account');
			await repository.remove(id);
			notifier.tell('searches');
			return record;
		},
		restoreSearch: keep,
	};
}

function shown(record: SavedSearchRecord, found: Uint32Array): SavedSearch {
	const { filter, id, lookedAt, name, savedAt, seen } = record;
	const known = unpackNumbers(seen);
	const fresh = found.filter((property) => !known.has(property));
	return { id, name, filter, savedAt, lookedAt, total: found.length, fresh };
}

function nameOf(name: string): string {
	const trimmed = name.trim().slice(0, LONGEST_NAME);
	if (trimmed === '') throw new RangeError('a saved search needs a name');
	return trimmed;
}
