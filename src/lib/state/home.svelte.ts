import { scoring, store } from '$lib/client';
import type { Home } from '$lib/contracts';
import { Resource } from './resource.svelte';

/** One home's page: the home, why it stands where it stands, its price among its like. */
export class HomePage {
	readonly home: Resource<Home | null>;
	readonly explanation = new Resource(
		() => this.#of((property) => scoring.ask('explain', property, Date.now())),
		['acts', 'taste', 'models', 'catalogue', 'packs'],
	);
	/** What would move it; worked out after the explanation stands, step by step. */
	readonly counterfactuals = new Resource(
		() => this.#of((property) => scoring.ask('counterfactuals', property, Date.now())),
		['acts', 'taste', 'models', 'catalogue', 'packs'],
	);
	readonly price = new Resource(
		() => this.#of((property) => store.ask('priceContext', property)),
		['catalogue'],
	);

	constructor(readonly key: string) {
		this.home = new Resource(() => store.ask('homeByKey', key), ['catalogue', 'profile']);
	}

	async #of<Value>(ask: (property: number) => Promise<Value>): Promise<Value | null> {
		const home = await store.ask('homeByKey', this.key);
		return home ? ask(home.property) : null;
	}
}
