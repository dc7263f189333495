import { SvelteSet } from 'svelte/reactivity';

/** More would not fit side by side. */
export const COMPARE_AT_MOST = 4;

/** Homes picked to be held side by side; forgotten when the tab is closed. */
class Compare {
	readonly #chosen = new SvelteSet<number>();

	get chosen(): readonly number[] {
		return [...this.#chosen];
	}

	has(property: number): boolean {
		return this.#chosen.has(property);
	}

	/** `false`: there is no room for another one. */
	toggle(property: number): boolean {
		if (this.#chosen.delete(property)) return true;
		if (this.#chosen.size >= COMPARE_AT_MOST) return false;
		this.#chosen.add(property);
		return true;
	}

	clear(): void {
		this.#chosen.clear();
	}
}

export const compare = new Compare();
