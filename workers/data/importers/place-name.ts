/** A place named in fewer titles than this share of homes is not where the catalogue is. */
const SHARE = 0.01;
const MOST_NAMES = 20_000;
const LONGEST_NAME = 80;

/**
 * Finds the name of the city that listings are in, which no column of the file holds: the usual first
 * part of `City, Region, Country`, else the place that most titles say they are in, else the only
 * region there is.
 */
export class PlaceName {
	readonly #areas = new Tally();
	readonly #titles = new Tally();
	readonly #regions = new Tally();
	#homes = 0;

	add(area: string, title: string, region: string): void {
		this.#homes++;
		const comma = area.indexOf(',');
		if (comma > 0 && comma < LONGEST_NAME) this.#areas.add(area.slice(0, comma).trim());
		const named = /\b[Ii]n ((?:\p{Lu}[\p{L}.]+)(?: \p{Lu}[\p{L}.]+){0,2})/u.exec(title)?.[1];
		if (named) this.#titles.add(named);
		if (region && region.length < LONGEST_NAME) this.#regions.add(region);
	}

	/** @param neighbourhoods which the city is not */
	find(neighbourhoods: readonly string[]): string {
		const area = this.#areas.most(new Set(), 1);
		if (area) return area;
		const title = this.#titles.most(new Set(neighbourhoods), Math.max(2, this.#homes * SHARE));
		return title || this.#regions.only();
	}
}

class Tally {
	readonly #counts = new Map<string, number>();

	add(name: string): void {
		const count = this.#counts.get(name);
		if (count === undefined && this.#counts.size >= MOST_NAMES) return;
		this.#counts.set(name, (count ?? 0) + 1);
	}

	most(not: ReadonlySet<string>, atLeast: number): string {
		let best = '';
		let count = atLeast - 1e-9;
		for (const [name, own] of this.#counts) {
			if (own <= count || not.has(name)) continue;
			best = name;
			count = own;
		}
		return best;
	}

	only(): string {
		const [first] = this.#counts.keys();
		return this.#counts.size === 1 && first !== undefined ? first : '';
	}
}
