import { scoring } from '$lib/client';
import type { HomeSuits } from '$lib/contracts';
import { Resource } from '../resource.svelte';

/** Which homes go well with which guests; counted when somebody looks. */
export const guestHomes = new Resource(
	() => scoring.ask('guestHomes'),
	['books', 'profile', 'consent'],
);

/** Whom one home suits. */
class HomeSuitsState {
	#property = $state<number>();
	readonly #found = new Resource<HomeSuits | null>(
		async () => (this.#property === undefined ? null : scoring.ask('suits', this.#property)),
		['books', 'profile', 'consent'],
	);

	get current(): HomeSuits | undefined {
		const found = this.#found.current;
		return found?.property === this.#property ? (found ?? undefined) : undefined;
	}

	get fault() {
		return this.#found.fault;
	}

	async choose(property: number): Promise<void> {
		this.#property = property;
		await this.#found.refresh();
	}
}

export const homeSuits = new HomeSuitsState();
