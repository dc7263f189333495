/** A sentence in pieces, so that a component can set some of them strong without markup in text. */
export type Phrase = readonly { readonly text: string; readonly strong: boolean }[];

/** The sentence as it is read out. */
export function plain(phrase: Phrase): string {
	return phrase.map((piece) => piece.text).join('');
}

/** `A, B and C`, each strong. */
export function strongList(words: readonly string[]): Phrase {
	return words.flatMap((text, index) => {
		const last = index === words.length - 1;
		const joint = index === 0 ? [] : [{ text: last ? ' and ' : ', ', strong: false }];
		return [...joint, { text, strong: true }];
	});
}
