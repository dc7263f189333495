import { scoring, store } from '$lib/client';
import type { HomeFilter, HomeOrder, SearchAnswer } from '$lib/contracts';
import { acts } from './acts.svelte';
import { consent } from './consent.svelte';
import { faultOf, Resource } from './resource.svelte';

export interface Found extends SearchAnswer {
	/** What ordered the list: named in its impressions. */
	readonly ranker: string;
	/** By dictionary number, where the list is ordered by fit. */
	readonly fits?: ReadonlyMap<number, number>;
}

/** A search is worth remembering once nobody has changed it for so long (milliseconds). */
const SETTLED_AFTER = 2_000;
/** The order of homes for somebody whose taste may not be used. */
const FALLBACK: HomeOrder = 'rating';

/** The search of the browse page: filter and order, and what they find. */
class Browse {
	#filter = $state.raw<HomeFilter>({});
	#order = $state<HomeOrder>('fit');
	#selected = $state<number>();
	#settling: ReturnType<typeof setTimeout> | undefined;

	readonly found = new Resource<Found>(
		() => this.#search(),
		['catalogue', 'profile', 'taste', 'models', 'consent'],
	);
	readonly points = new Resource(() => store.ask('mapPoints'), ['catalogue', 'profile']);

	get filter(): HomeFilter {
		return this.#filter;
	}
	/** The one in force: by rating where homes may not be ranked by taste. */
	get order(): HomeOrder {
		return this.#order === 'fit' && !this.fitOffered ? FALLBACK : this.#order;
	}
	/** Ranking by taste is a purpose that the person may take back. */
	get fitOffered(): boolean {
		return consent.grants('recommend');
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
		const { order } = this;
		const answer = await store.ask('search', this.#filter, order);
		if (order !== 'fit') return { ...answer, ranker: order };
		const ranked = await this.#ranked(answer.properties);
		if (!ranked)
			return { ...(await store.ask('search', this.#filter, FALLBACK)), ranker: FALLBACK };
		const { properties, ranker } = ranked;
		const fits = new Map(Array.from(properties, (property, i) => [property, ranked.fits[i] ?? 0]));
		return { ...answer, properties, ranker, fits };
	}

	/** `null` where the person has just taken ranking by taste back. */
	async #ranked(properties: Uint32Array) {
		try {
			return await scoring.ask('fits', properties, Date.now());
		} catch (error) {
			if (faultOf(error).name === 'PurposeDenied') return null;
			throw error;
		}
	}
}

export const browse = new Browse();
