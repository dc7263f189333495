/** Words that a question has and a home need not have. */
const LEFT_OUT = new Set(
	'a an and at by close for from has in is it me my near next of on or place the to very want with'.split(
		' ',
	),
);
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu;

/** Lower case, without accents: `Café` and `cafe` are one word. */
export function fold(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The folded words of a text; scripts without blanks give one word a character. */
export function wordsOf(text: string): readonly string[] {
	return fold(text).match(WORD) ?? [];
}

/** The words that a home has to have to answer a question, each once; at most 12. */
export function wordsAskedFor(question: string): readonly string[] {
	return [...new Set(wordsOf(question.slice(0, 200)))]
		.filter((word) => !LEFT_OUT.has(word))
		.slice(0, 12);
}
