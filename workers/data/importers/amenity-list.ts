import type { SetColumn } from '$workers/table/column';
import { amenityName, readAmenities } from './amenities';

/** Names rarer than this share of homes tell nothing and are left out. */
const SHARE = 0.01;
const MOST_NAMES = 150;
/** Spellings remembered, so that a hostile file cannot fill the memory. */
const MOST_SPELLINGS = 50_000;
const LONGEST_SPELLING = 300;

/** Gathers the amenities of home after home, and keeps the usual ones. */
export class AmenityList {
	readonly #numberOfSpelling = new Map<string, number>();
	readonly #numberOfName = new Map<string, number>();
	readonly #names: string[] = [];
	readonly #homesWith: number[] = [];
	readonly #items: number[] = [];
	readonly #starts: number[] = [0];

	add(cell: string): void {
		const own = new Set<number>();
		for (const spelling of readAmenities(cell)) {
			const number = this.#numberOf(spelling);
			if (number >= 0) own.add(number);
		}
		for (const number of own) {
			this.#homesWith[number] = (this.#homesWith[number] ?? 0) + 1;
			this.#items.push(number);
		}
		this.#starts.push(this.#items.length);
	}

	/** The names in at least 1 % of homes, at most 150, most usual first. */
	toColumn(): SetColumn {
		const homes = this.#starts.length - 1;
		const kept = this.#homesWith
			.map((count, number) => ({ count, number }))
			.filter(({ count }) => count >= homes * SHARE)
			.sort((a, b) => b.count - a.count || a.number - b.number)
			.slice(0, MOST_NAMES);
		const placeOf = new Int32Array(this.#names.length).fill(-1);
		kept.forEach(({ number }, place) => (placeOf[number] = place));
		const starts = new Uint32Array(homes + 1);
		const items = new Uint16Array(this.#items.length);
		let end = 0;
		for (let home = 0; home < homes; home++) {
			const start = end;
			for (let at = this.#starts[home] as number; at < (this.#starts[home + 1] as number); at++) {
				const place = placeOf[this.#items[at] as number] as number;
				if (place >= 0) items[end++] = place;
			}
			items.subarray(start, end).sort();
			starts[home + 1] = end;
		}
		const names = kept.map(({ number }) => this.#names[number] ?? '');
		return { type: 'set', starts, items: items.slice(0, end), names };
	}

	#numberOf(spelling: string): number {
		const known = this.#numberOfSpelling.get(spelling);
		if (known !== undefined) return known;
		if (this.#numberOfSpelling.size >= MOST_SPELLINGS || spelling.length > LONGEST_SPELLING)
			return -1;
		const number = this.#numberOfCanonical(amenityName(spelling));
		this.#numberOfSpelling.set(spelling, number);
		return number;
	}

	#numberOfCanonical(name: string): number {
		if (name === '') return -1;
		const known = this.#numberOfName.get(name);
		if (known !== undefined) return known;
		const number = this.#names.push(name) - 1;
		this.#numberOfName.set(name, number);
		return number;
	}
}
