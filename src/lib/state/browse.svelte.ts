import { scoring, store } from '$lib/client';
import type { HomeFilter, HomeOrder, SearchAnswer } from '$lib/contracts';
import { acts } from './acts.svelte';
import { Resource } from './resource.svelte';

export interface Found extends SearchAnswer {
	/** What ordered the list: named in its impressions. */
	readonly ranker: string;
	/** By dictionary number, where the list is ordered by fit. */
	readonly fits?: ReadonlyMap<number, number>;
}

/** A search is worth remembering once nobody has changed it for so long (milliseconds). */
const SETTLED_AFTER = 2_000;

/** The search of the browse page: filter and order, and what they find. */
class Browse {
	#filter = $state.raw<HomeFilter>({});
	#order = $state<HomeOrder>('fit');
	#selected = $state<number>();
	#settling: ReturnType<typeof setTimeout> | undefined;

	readonly found = new Resource<Found>(
		() => this.#search(),
		['catalogue', 'profile', 'taste', 'models'],
	);
	readonly points = new Resource(() => store.ask('mapPoints'), ['catalogue', 'profile']);

	get filter(): HomeFilter {
		return this.#filter;
	}
	get order(): HomeOrder {
		return this.#order;
	}
	/** The home picked on the map. */
	get selected(): number | undefined {
		return this.#selected;
	}

	select(property: number | undefined): void {
		this.#selected = property;
	}

	async show(filter: HomeFilter, order: HomeOrder = this.#order): Promise<void> {
		this.#filter = filter;
		this.#order = order;
		clearTimeout(this.#settling);
		if (Object.keys(filter).length)
			this.#settling = setTimeout(() => void acts.search(JSON.stringify(filter)), SETTLED_AFTER);
		await this.found.refresh();
	}

	async #search(): Promise<Found> {
		const order = this.#order;
		const answer = await store.ask('search', this.#filter, order);
		if (order !== 'fit') return { ...answer, ranker: order };
		const ranked = await scoring.ask('fits', answer.properties, Date.now());
		const { properties, ranker } = ranked;
		const fits = new Map(Array.from(properties, (property, i) => [property, ranked.fits[i] ?? 0]));
		return { ...answer, properties, ranker, fits };
	}
}

export const browse = new Browse();
