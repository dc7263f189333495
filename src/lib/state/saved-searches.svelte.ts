import { store } from '$lib/client';
import type { HomeFilter, SavedSearch, SavedSearchRecord } from '$lib/contracts';
import { Resource } from './resource.svelte';

/** Searches that are kept, with what is new to them. */
class SavedSearches {
	readonly all = new Resource(
		() => store.ask('savedSearches'),
		['searches', 'catalogue', 'profile', 'settings'],
	);

	/** Homes that are new to any of them, in all. */
	get fresh(): number {
		const homes = this.all.current?.flatMap(({ fresh }) => [...fresh]) ?? [];
		return new Set(homes).size;
	}

	/** The one that asks for just this. */
	like(filter: HomeFilter): SavedSearch | undefined {
		const asked = inOrder(filter);
		return this.all.current?.find((search) => inOrder(search.filter) === asked);
	}

	save(name: string, filter: HomeFilter): Promise<string> {
		return store.tell('saveSearch', name, filter);
	}

	async rename(id: string, name: string): Promise<void> {
		await store.tell('renameSearch', id, name);
	}

	/** What it finds now is not new any more. */
	async lookAt(id: string): Promise<void> {
		await store.tell('lookAtSearch', id);
	}

	/** Hands it back, for undo. */
	remove(id: string): Promise<SavedSearchRecord | null> {
		return store.tell('removeSearch', id);
	}

	async restore(record: SavedSearchRecord): Promise<void> {
		await store.tell('restoreSearch', record);
	}
}

export const savedSearches = new SavedSearches();

/** The same filter is the same text, whatever was chosen first. */
function inOrder(filter: HomeFilter): string {
	const parts = Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify(
		parts.map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]),
	);
}
