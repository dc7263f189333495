/** Some sources write a home's rating into its title, and `New` where it has none: both come from reviews. */
const FROM_REVIEWS = /★\s*\d*(?:[.,]\d+)?|(?:^|·)\s*new\s*(?=·|$)/giu;

/** Parts of a title that are not joined by a phrase. */
const BREAKS = /[·|•,;:!()[\]/]+/u;

/**
 * The words of a title and the pairs of neighbouring words, in lower case, each once. Numbers stay
 * (`2 bedrooms` is a pair); ratings do not.
 */
export function titleWords(title: string): string[] {
	const words = new Set<string>();
	for (const part of title.normalize('NFKC').replace(FROM_REVIEWS, '·').split(BREAKS)) {
		const tokens = part.toLowerCase().match(/[\p{L}\p{N}]+(?:\.\d+)?/gu) ?? [];
		tokens.forEach((token, i) => {
			if (token.length > 1 && !/^\d/u.test(token)) words.add(token);
			const next = tokens[i + 1];
			if (next) words.add(`${token} ${next}`);
		});
	}
	return [...words];
}

/**
 * Inverse document frequency, smoothed (scikit-learn's TfidfTransformer): a word in every title
 * weighs 1, a rare one more.
 */
export function inverseFrequency(documents: number, having: number): number {
	return Math.log((1 + documents) / (1 + having)) + 1;
}
