import { scoring } from '$lib/client';
import { changeSettings, situation } from './situation.svelte';
import { Resource } from './resource.svelte';

/** So many homes in a list. */
const LIST_LENGTH = 24;

/** The ranked list: re-ranked at once after every act, edit and step of the slider. */
class ForYouList {
	/** One draw of exploration a visit: the list does not jump while it is looked at. */
	readonly #seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
	#variety = $state<number>();
	/** Saved on this visit: they stay where they are looked at, and leave with the next one. */
	readonly #savedHere = new Set<number>();

	readonly list = new Resource(
		() =>
			scoring.ask('forYou', {
				count: LIST_LENGTH,
				variety: this.variety,
				now: Date.now(),
				seed: this.#seed,
				keep: [...this.#savedHere],
			}),
		['acts', 'taste', 'models', 'catalogue', 'profile'],
	);

	/** What ranks starts while the page that shows it is still on its way. */
	warmUp(): void {
		scoring.warmUp();
	}

	get variety(): number {
		return this.#variety ?? situation.current?.settings.variety ?? 0.4;
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

	/** While the slider moves. */
	async widen(variety: number): Promise<void> {
		this.#variety = variety;
		await this.list.refresh();
	}

	#order(): readonly number[] {
		return this.list.current?.homes.map(({ property }) => property) ?? [];
	}

	/** When it is let go. */
	async settle(variety: number): Promise<void> {
		await this.widen(variety);
		await changeSettings({ variety });
	}
}

export const forYou = new ForYouList();
