import { scoring } from '$lib/client';
import type { Settings } from '$lib/contracts';
import { changeSettings, situation } from './situation.svelte';
import { Resource } from './resource.svelte';

/** So many homes in a list. */
const LIST_LENGTH = 24;

/** What a person turns: how wide to look, and how little known. */
type Dials = Partial<Pick<Settings, 'variety' | 'novelty'>>;

/** The ranked list: re-ranked at once after every act, edit and step of the slider. */
class ForYouList {
	/** One draw of exploration a visit: the list does not jump while it is looked at. */
	readonly #seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
	#variety = $state<number>();
	#novelty = $state<number>();
	/** Saved on this visit: they stay where they are looked at, and leave with the next one. */
	readonly #savedHere = new Set<number>();

	readonly list = new Resource(
		() =>
			scoring.ask('forYou', {
				count: LIST_LENGTH,
				variety: this.variety,
				novelty: this.novelty,
				now: Date.now(),
				seed: this.#seed,
				keep: [...this.#savedHere],
				trial: situation.current?.settings.trial ?? null,
			}),
		['acts', 'taste', 'models', 'catalogue', 'packs', 'profile'],
	);

	/** What ranks starts while the page that shows it is still on its way. */
	warmUp(): void {
		scoring.warmUp();
	}

	get variety(): number {
		return this.#variety ?? situation.current?.settings.variety ?? 0.4;
	}

	get novelty(): number {
		return this.#novelty ?? situation.current?.settings.novelty ?? 0.5;
	}

	/** Tells the list before the act does, so that the home does not leave under the finger. */
	keep(property: number): void {
		this.#savedHere.add(property);
	}

	/** Does something and tells how many homes of the list have another place since. */
	async movedBy(work: () => Promise<unknown>): Promise<number> {
		const before = this.#order();
		await work();
		await this.list.refresh();
		const after = this.#order();
		return after.filter((property, place) => property !== before[place]).length;
	}

	/** While a slider moves. */
	async turn(dials: Dials): Promise<void> {
		this.#variety = dials.variety ?? this.#variety;
		this.#novelty = dials.novelty ?? this.#novelty;
		await this.list.refresh();
	}

	#order(): readonly number[] {
		return this.list.current?.homes.map(({ property }) => property) ?? [];
	}

	/** When it is let go. */
	async settle(dials: Dials): Promise<void> {
		await this.turn(dials);
		await changeSettings(dials);
	}
}

export const forYou = new ForYouList();
