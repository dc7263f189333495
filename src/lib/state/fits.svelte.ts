import { scoring } from '$lib/client';
import { Resource } from './resource.svelte';

/** How well a few homes fit, by dictionary number; for holding them side by side. */
class FitsOfFew {
	#asked: readonly number[] = [];
	readonly #fits = new Resource(async () => {
		const { properties, fits } = await scoring.ask(
			'fits',
			Uint32Array.from(this.#asked),
			Date.now(),
		);
		return new Map(Array.from(properties, (property, i) => [property, fits[i] ?? 0]));
	}, ['acts', 'taste', 'models', 'catalogue']);

	of(properties: readonly number[]): ReadonlyMap<number, number> | undefined {
		if (properties.join() !== this.#asked.join()) {
			this.#asked = properties;
			void this.#fits.refresh();
		}
		return this.#fits.current;
	}
}

export const fits = new FitsOfFew();
