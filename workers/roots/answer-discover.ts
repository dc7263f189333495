import type { DiscoverApi, RememberedAct } from '$lib/contracts';
import { ActCursor } from '$workers/data/act-cursor';
import type { ActRepository } from '$workers/data/acts';
import type { StoredCatalogue } from '$workers/data/catalogue';
import type { Behind } from '$workers/door/expose';
import type { PersonalTaste } from '$workers/models/recommender';
import type { DiscoverSources } from '$workers/models/recommender/discover';

/** What the scoring worker has at hand of one person and one catalogue. */
export interface Discovering {
	readonly catalogue: StoredCatalogue;
	readonly taste: PersonalTaste;
	readonly rowOf: ReadonlyMap<number, number>;
	readonly acts: ActRepository;
	readonly seeker: number;
}

/** Loaded when first asked: the list comes before what stands beside it. */
const discovering = () => import('$workers/models/recommender/discover');

/** Part of the scoring worker: everything a tenant finds beside the list. */
export function answerDiscover(
	current: (now: number) => Promise<Discovering>,
): Behind<DiscoverApi> {
	let trail: Trail | null = null;

	/** The acts of the search that goes on, from the one taste that learned from them. */
	async function trailOf({ acts, seeker, taste }: Discovering): Promise<readonly RememberedAct[]> {
		if (trail?.taste !== taste) trail = new Trail(taste, new ActCursor(acts, seeker));
		return trail.acts();
	}

	return {
		async discover(request) {
			const started = performance.now();
			const { discover } = await discovering();
			const here = await current(request.now);
			const [{ dismissed, saved }, acts] = await Promise.all([
				here.acts.standing('show', here.seeker),
				trailOf(here),
			]);
			const sources = sourcesOf(here, new Set([...dismissed, ...saved]));
			const found = discover(sources, acts, request);
			return { ...found, milliseconds: performance.now() - started };
		},
		async similar(property, now) {
			const { similarHomes } = await discovering();
			const here = await current(now);
			const { dismissed } = await here.acts.standing('show', here.seeker);
			const settled = new Set(dismissed);
			return similarHomes(sourcesOf(here, settled), property, settled, now);
		},
	};
}

function sourcesOf(
	{ catalogue, rowOf, taste }: Discovering,
	settled: ReadonlySet<number>,
): DiscoverSources {
	const { homes, properties } = catalogue;
	return { homes, properties, rowOf, taste, settled };
}

/** What was done, followed act by act; impressions say nothing here. */
class Trail {
	#known: readonly RememberedAct[] = [];
	#turn: Promise<readonly RememberedAct[]> = Promise.resolve([]);

	constructor(
		readonly taste: PersonalTaste,
		private readonly cursor: ActCursor,
	) {}

	/** In order of time. One question at a time: two would both add what came since. */
	acts(): Promise<readonly RememberedAct[]> {
		const followed = this.#turn.catch(() => []).then(() => this.#follow());
		this.#turn = followed;
		return followed;
	}

	async #follow(): Promise<readonly RememberedAct[]> {
		const { added, forgotten } = await this.cursor.changes();
		if (added.length === 0 && forgotten.length === 0) return this.#known;
		const gone = new Set(forgotten);
		const telling = added.filter(({ kind }) => kind !== 'impression');
		this.#known = [...this.#known.filter(({ sequence }) => !gone.has(sequence)), ...telling].sort(
			(a, b) => a.instant - b.instant || a.sequence - b.sequence,
		);
		return this.#known;
	}
}
