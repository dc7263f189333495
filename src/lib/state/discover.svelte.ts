import { scoring, store } from '$lib/client';
import type { Discovered, Fault, ForYou, GuideTags, Resume } from '$lib/contracts';
import { faultOf, Resource } from './resource.svelte';

/** A shorter absence is the same visit (milliseconds). */
const PAUSE = 30 * 60_000;

/** Everything beside the list: asked again whenever the list has a new order, so that neither repeats the other. */
class Discover {
	#found = $state.raw<Discovered>();
	/** Known before the first answer, so that the list does not move when it comes. */
	#left = $state.raw<Resume | null>(null);
	#fault = $state.raw<Fault>();
	#asked = 0;
	#visit = $state(Date.now());
	#leftAt = Number.NaN;
	/** One draw of exploration a visit. */
	readonly #seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
	/** The visit in which what was left open has been waved away. */
	#waved = $state(Number.NaN);

	constructor() {
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden') this.#leftAt = Date.now();
			else if (Date.now() - this.#leftAt > PAUSE) this.#visit = Date.now();
		});
		void this.#glance();
	}

	/** `undefined` until the first answer. */
	get found(): Discovered | undefined {
		return this.#found;
	}

	get fault(): Fault | undefined {
		return this.#fault;
	}

	/** What the visit before left open, unless it was waved away. */
	get resume(): Discovered['resume'] {
		return this.#waved === this.#visit ? null : this.#found ? this.#found.resume : this.#left;
	}

	/** Not again on this visit. */
	waveAway(): void {
		this.#waved = this.#visit;
	}

	async #glance(): Promise<void> {
		try {
			this.#left = await store.ask('leftOpen', this.#visit);
		} catch {
			// Taken out of use, or nothing is open yet: the page that shows the list says so.
			this.#left = null;
		}
	}

	/** @param list what stands in the list now, where there is one */
	async follow(
		list: Pick<ForYou, 'homes'> | undefined,
		guides: readonly GuideTags[],
	): Promise<void> {
		const asked = ++this.#asked;
		try {
			const found = await scoring.ask('discover', {
				now: Date.now(),
				seed: this.#seed,
				visit: this.#visit,
				listed: list?.homes.map(({ property }) => property) ?? [],
				guides,
			});
			if (asked !== this.#asked) return;
			this.#found = found;
			this.#fault = undefined;
		} catch (error) {
			if (asked !== this.#asked) return;
			this.#fault = faultOf(error);
			// What may not be learned from any more is not shown any more either.
			if (this.#fault.name === 'PurposeDenied') this.#found = undefined;
		}
	}
}

export const discover = new Discover();

/** Homes like the one that a page shows. */
export class SimilarHomes {
	readonly homes = new Resource(async () => {
		const home = await store.ask('homeByKey', this.key);
		return home ? scoring.ask('similar', home.property, Date.now()) : [];
	}, ['acts', 'models', 'catalogue']);

	constructor(private readonly key: string) {}
}
