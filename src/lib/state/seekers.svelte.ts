import { store } from '$lib/client';
import type { Seeker } from '$lib/contracts';
import { Resource } from './resource.svelte';

/** Whom a home is looked for; each has marks, acts and a taste of their own. */
class SeekersState {
	readonly #known = new Resource(() => store.ask('seekers'), ['settings', 'profile']);

	get all(): readonly Seeker[] {
		return this.#known.current?.all ?? [];
	}

	get current(): Seeker | undefined {
		const known = this.#known.current;
		return known?.all.find(({ id }) => id === known.current);
	}

	async add(name: string): Promise<void> {
		await store.tell('addSeeker', name);
	}

	async choose(id: number): Promise<void> {
		await store.tell('chooseSeeker', id);
	}

	async rename(id: number, name: string): Promise<void> {
		await store.tell('renameSeeker', id, name);
	}

	/** Answers how many acts were forgotten with it. */
	remove(id: number): Promise<number> {
		return store.tell('removeSeeker', id);
	}
}

export const seekers = new SeekersState();
