import { store } from '$lib/client';
import type { Act, ActKind, Channel, DismissReason } from '$lib/contracts';
import { Resource } from './resource.svelte';

/** Where a home was shown when something was done with it. */
export interface Shown {
	readonly channel: Channel;
	readonly position?: number;
	readonly ranker?: string;
	readonly propensity?: number;
}

/** Impressions are written down together, at most this often (milliseconds). */
const IMPRESSIONS_EVERY = 1_000;
/** A shorter look at a home's page is not a dwell (seconds). */
const SHORTEST_DWELL = 5;

/** What the person does goes into the log; what they have done stands in `standing`. */
class Acts {
	#seen: Act[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		addEventListener('pagehide', () => void this.#writeImpressions());
	}

	save(property: number, shown: Shown, saved = true): Promise<void> {
		return this.#record(saved ? 'save' : 'unsave', property, shown);
	}

	like(property: number, shown: Shown, liked = true): Promise<void> {
		return this.#record(liked ? 'like' : 'unlike', property, shown);
	}

	dismiss(property: number, shown: Shown, reason?: DismissReason): Promise<void> {
		return this.#record('dismiss', property, shown, reason ? { reason } : {});
	}

	undismiss(property: number, shown: Shown): Promise<void> {
		return this.#record('undismiss', property, shown);
	}

	enquire(property: number): Promise<void> {
		return this.#record('enquire', property, { channel: 'home' });
	}

	share(property: number): Promise<void> {
		return this.#record('share', property, { channel: 'home' });
	}

	view(property: number, channel: Channel): Promise<void> {
		return this.#record('view', property, { channel });
	}

	dwell(property: number, seconds: number): Promise<void> {
		if (seconds < SHORTEST_DWELL) return Promise.resolve();
		return this.#record('dwell', property, { channel: 'home' }, { seconds });
	}

	search(filter: string): Promise<void> {
		return this.#record('search', 0, { channel: 'browse' }, { filter });
	}

	/** One of two: the one taken and the one left. */
	async choose(taken: number, left: number): Promise<void> {
		const instant = Date.now();
		await store.tell('record', [
			{ kind: 'choose', property: taken, instant, channel: 'start' },
			{ kind: 'pass', property: left, instant, channel: 'start' },
		]);
	}

	/** A home was seen for a second. */
	seen(property: number, shown: Shown): void {
		this.#seen.push({ kind: 'impression', property, instant: Date.now(), ...shown });
		this.#timer ??= setTimeout(() => void this.#writeImpressions(), IMPRESSIONS_EVERY);
	}

	async #writeImpressions(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const seen = this.#seen;
		this.#seen = [];
		if (seen.length) await store.tell('record', seen);
	}

	async #record(
		kind: ActKind,
		property: number,
		shown: Shown,
		more: Partial<Act> = {},
	): Promise<void> {
		await this.#writeImpressions();
		await store.tell('record', [{ kind, property, instant: Date.now(), ...shown, ...more }]);
	}
}

export const acts = new Acts();

const standingNow = new Resource(async () => {
	const { saved, dismissed, liked, enquired } = await store.ask('standing');
	return {
		/** Newest first. */
		savedList: [...saved],
		saved: new Set(saved),
		dismissed: new Set(dismissed),
		liked: new Set(liked),
		enquired: new Set(enquired),
	};
}, ['acts', 'profile']);

const NOTHING = {
	savedList: [] as number[],
	saved: new Set<number>(),
	dismissed: new Set<number>(),
	liked: new Set<number>(),
	enquired: new Set<number>(),
};

/** Saved, dismissed, liked and enquired homes, as they stand. */
export const standing = {
	get current() {
		return standingNow.current ?? NOTHING;
	},
	get known() {
		return standingNow.current !== undefined;
	},
};
