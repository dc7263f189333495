import { isWithinTypos, typosForgiven } from './typos';
import { wordsOf } from './words';

/** How well a word answers another; the greatest counts. */
const EXACT = 1;
const PREFIX = 0.7;
const TYPO = 0.4;

/** The words of one field, each with the entries (titles, neighbourhoods, ...) that it stands in. */
export class WordField {
	readonly #entries: number;
	/** Ascending, so that words with one beginning stand together. */
	readonly #words: readonly string[];
	readonly #entriesWith: readonly (readonly number[])[];

	constructor(texts: readonly string[]) {
		const entriesWith = new Map<string, number[]>();
		texts.forEach((text, entry) => {
			for (const word of wordsOf(text)) {
				const own = entriesWith.get(word);
				if (!own) entriesWith.set(word, [entry]);
				else if (own.at(-1) !== entry) own.push(entry);
			}
		});
		this.#entries = texts.length;
		this.#words = [...entriesWith.keys()].sort();
		this.#entriesWith = this.#words.map((word) => entriesWith.get(word) ?? []);
	}

	/** For each entry how well it answers, 0 to 1; `null` where none has the word or its beginning. */
	match(word: string): Float32Array | null {
		const from = this.#firstFrom(word);
		let to = from;
		while (this.#words[to]?.startsWith(word)) to++;
		if (from === to) return null;
		const quality = new Float32Array(this.#entries);
		for (let place = to - 1; place >= from; place--)
			this.#raise(quality, place, this.#words[place] === word ? EXACT : PREFIX);
		return quality;
	}

	/** As `match`, for words that differ by a typing error. */
	matchTypos(word: string): Float32Array | null {
		const most = typosForgiven(word);
		if (most === 0) return null;
		let quality: Float32Array | null = null;
		this.#words.forEach((own, place) => {
			if (!isWithinTypos(word, own, most)) return;
			quality ??= new Float32Array(this.#entries);
			this.#raise(quality, place, TYPO);
		});
		return quality;
	}

	#raise(quality: Float32Array, place: number, to: number): void {
		for (const entry of this.#entriesWith[place] ?? [])
			if (to > (quality[entry] as number)) quality[entry] = to;
	}

	#firstFrom(word: string): number {
		let low = 0;
		let high = this.#words.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#words[middle] as string) < word) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
