import { scoring, store } from '$lib/client';
import type { ActKind, Fault, Pair, RememberedAct, TasteEdit } from '$lib/contracts';
import { acts } from './acts.svelte';
import { faultOf, Resource } from './resource.svelte';

/** Acts that are told of one by one; impressions are counted instead. */
const TELLING: readonly ActKind[] = [
	'save',
	'unsave',
	'dismiss',
	'undismiss',
	'like',
	'unlike',
	'share',
	'enquire',
	'view',
	'dwell',
	'search',
	'choose',
	'pass',
];
const PAGE = 30;

/** What was learned, and from what. */
class TasteState {
	readonly learned = new Resource(
		() => scoring.ask('taste', Date.now()),
		['acts', 'taste', 'models', 'catalogue', 'profile'],
	);
	#shown = $state(PAGE);
	readonly remembered = new Resource(
		() => store.ask('acts', TELLING, 0, this.#shown),
		['acts', 'profile'],
	);
	readonly impressions = new Resource(
		async () => (await store.ask('acts', ['impression'], 0, 0)).total,
		['acts', 'profile'],
	);

	async edit(edit: TasteEdit): Promise<void> {
		await store.tell('editTaste', edit);
	}

	async takeBack(key: string): Promise<void> {
		await store.tell('clearTasteEdit', key);
	}

	forget(sequences: readonly number[]): Promise<readonly RememberedAct[]> {
		return store.tell('forget', sequences);
	}

	/** Undo of a forgetting. */
	async remember(forgotten: readonly RememberedAct[]): Promise<void> {
		await store.tell('remember', forgotten);
	}

	/** Every act, impressions included. */
	async forgetEverything(): Promise<number> {
		const { acts: all } = await store.ask('acts', [...TELLING, 'impression'], 0, Infinity);
		await store.tell(
			'forget',
			all.map((act) => act.sequence),
		);
		return all.length;
	}

	async showMore(): Promise<void> {
		this.#shown += PAGE;
		await this.remembered.refresh();
	}
}

export const taste = new TasteState();

/** Five times "which of these two?". */
export class TasteStart {
	#pair = $state.raw<Pair | null>();
	#fault = $state.raw<Fault>();
	readonly #seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

	/** `null` when it is done, `undefined` while it is asked for. */
	get pair(): Pair | null | undefined {
		return this.#pair;
	}

	/** Why there are no two homes to choose from. */
	get fault(): Fault | undefined {
		return this.#fault;
	}

	async next(step = 1): Promise<void> {
		try {
			this.#pair = await scoring.ask('pair', step, this.#seed);
		} catch (error) {
			this.#fault = faultOf(error);
		}
	}

	/** `left` or `right` was taken; neither: on to the next two. */
	async choose(side: 'left' | 'right' | 'neither'): Promise<void> {
		const pair = this.#pair;
		if (!pair) return;
		if (side === 'left') await acts.choose(pair.left, pair.right);
		if (side === 'right') await acts.choose(pair.right, pair.left);
		await this.next(pair.step + 1);
	}
}
