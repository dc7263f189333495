import { SvelteMap } from 'svelte/reactivity';
import { store, subscribe } from '$lib/client';
import type { Home } from '$lib/contracts';

/** Homes that have been shown lately stay at hand; older ones are asked for again. */
const AT_HAND = 2_000;

/** Homes by dictionary number, asked for in one go for everything that a view reads at once. */
class Homes {
	readonly #homes = new SvelteMap<number, Home>();
	readonly #wanted = new Set<number>();

	constructor() {
		subscribe(['catalogue', 'profile', 'erased'], () => this.#homes.clear());
	}

	/** `undefined` until it is there; the reader is told. */
	get(property: number): Home | undefined {
		const home = this.#homes.get(property);
		if (!home) this.#want(property);
		return home;
	}

	async load(properties: readonly number[]): Promise<void> {
		const missing = properties.filter((property) => !this.#homes.has(property));
		if (missing.length === 0) return;
		const found = await store.ask('homes', Uint32Array.from(missing));
		if (this.#homes.size + found.length > AT_HAND) this.#homes.clear();
		for (const home of found) this.#homes.set(home.property, home);
	}

	#want(property: number): void {
		if (this.#wanted.size === 0)
			queueMicrotask(() => {
				const wanted = [...this.#wanted];
				this.#wanted.clear();
				// One that does not come stays a placeholder; the list that names it says why.
				this.load(wanted).catch(() => {});
			});
		this.#wanted.add(property);
	}
}

export const homes = new Homes();
