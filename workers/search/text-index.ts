import type { CategoryColumn } from '$workers/table/column';
import type { HomeTable } from '$workers/table/homes';
import { WordField } from './word-field';
import { wordsAskedFor } from './words';

/** A word in the neighbourhood's name says more of what is wanted than one among thirty amenities. */
const WEIGHTS = {
	title: 3,
	neighbourhood: 4,
	propertyType: 2,
	roomType: 2,
	bedrooms: 2,
	amenities: 1,
};

/** What people call the types that sources write; searched like the type's own words. */
const ALSO_CALLED: readonly (readonly [RegExp, string])[] = [
	[/\b(?:rental unit|condo|serviced apartment|apartment|flat)\b/i, 'apartment flat unit'],
	[/\b(?:home|house|townhouse|bungalow|villa)\b/i, 'house'],
	[/\bentire\b/i, 'whole'],
];

/** Text search over titles, neighbourhoods, types and amenities. */
export class TextIndex {
	readonly #homes: HomeTable;
	readonly #title: WordField;
	readonly #neighbourhood: WordField;
	readonly #propertyType: WordField;
	readonly #roomType: WordField;
	readonly #amenities: WordField;
	readonly #studio = new WordField(['studio']);

	constructor(homes: HomeTable) {
		const { title, neighbourhood, property_type, room_type, amenities } = homes.columns;
		this.#homes = homes;
		this.#title = new WordField(title.values);
		this.#neighbourhood = new WordField(neighbourhood.names);
		this.#propertyType = new WordField(property_type.names.map(withOtherNames));
		this.#roomType = new WordField(room_type.names.map(withOtherNames));
		this.#amenities = new WordField(amenities.names);
	}

	/**
	 * How well each home answers; 0 for homes that are not found. Found are the homes with all the words
	 * asked for; where there is none, those with the most of them. A word may be the beginning of the
	 * home's, or, when it stands nowhere, differ by a typing error. `null` where nothing was asked for.
	 */
	score(question: string): Float32Array | null {
		const words = wordsAskedFor(question);
		if (words.length === 0) return null;
		const total = new Float32Array(this.#homes.count);
		const found = new Uint8Array(this.#homes.count);
		for (const word of words) this.#addWord(word, total, found);
		const most = found.reduce((high, own) => Math.max(high, own), 0);
		for (let row = 0; row < total.length; row++) if (found[row] !== most) total[row] = 0;
		return total;
	}

	#addWord(word: string, total: Float32Array, found: Uint8Array): void {
		const matches = this.#matches((field) => field.match(word));
		const known = Object.values(matches).some((match) => match !== null);
		const best = this.#bestOf(known ? matches : this.#matches((field) => field.matchTypos(word)));
		for (let row = 0; row < total.length; row++) {
			if (best[row] === 0) continue;
			total[row] = (total[row] as number) + (best[row] as number);
			found[row] = (found[row] as number) + 1;
		}
	}

	#matches(ask: (field: WordField) => Float32Array | null) {
		return {
			title: ask(this.#title),
			neighbourhood: ask(this.#neighbourhood),
			propertyType: ask(this.#propertyType),
			roomType: ask(this.#roomType),
			bedrooms: ask(this.#studio),
			amenities: ask(this.#amenities),
		};
	}

	/** The best of a home's fields, weighted. */
	#bestOf(matches: Record<keyof typeof WEIGHTS, Float32Array | null>): Float32Array {
		const { neighbourhood, property_type, room_type, bedrooms } = this.#homes.columns;
		const best = new Float32Array(this.#homes.count);
		if (matches.title) raiseEach(best, matches.title, WEIGHTS.title);
		raiseByCode(best, neighbourhood, matches.neighbourhood, WEIGHTS.neighbourhood);
		raiseByCode(best, property_type, matches.propertyType, WEIGHTS.propertyType);
		raiseByCode(best, room_type, matches.roomType, WEIGHTS.roomType);
		const studio = (matches.bedrooms?.[0] ?? 0) * WEIGHTS.bedrooms;
		if (studio > 0)
			for (let row = 0; row < best.length; row++)
				if (bedrooms.values[row] === 0) best[row] = Math.max(best[row] as number, studio);
		if (matches.amenities) this.#raiseByAmenity(best, matches.amenities);
		return best;
	}

	#raiseByAmenity(best: Float32Array, quality: Float32Array): void {
		const { starts, items } = this.#homes.columns.amenities;
		for (let row = 0; row < best.length; row++) {
			const to = starts[row + 1] as number;
			for (let at = starts[row] as number; at < to; at++) {
				const own = (quality[items[at] as number] as number) * WEIGHTS.amenities;
				if (own > (best[row] as number)) best[row] = own;
			}
		}
	}
}

function raiseEach(best: Float32Array, quality: Float32Array, weight: number): void {
	for (let row = 0; row < best.length; row++)
		best[row] = Math.max(best[row] as number, (quality[row] as number) * weight);
}

function raiseByCode(
	best: Float32Array,
	{ codes }: CategoryColumn,
	quality: Float32Array | null,
	weight: number,
): void {
	if (!quality) return;
	for (let row = 0; row < best.length; row++)
		best[row] = Math.max(best[row] as number, (quality[codes[row] as number] as number) * weight);
}

function withOtherNames(name: string): string {
	const others = ALSO_CALLED.filter(([pattern]) => pattern.test(name)).map(([, other]) => other);
	return [name, ...others].join(' ');
}
