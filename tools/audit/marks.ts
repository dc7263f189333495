import { randomBytes } from 'node:crypto';

/** Something that stands nowhere else: whoever meets it knows whose act it came from. */
export interface Mark {
	/** For people: "the name of somebody they search for". */
	readonly what: string;
	/** Journey's step in which it was typed, or done. */
	readonly step: string;
	/** Each of them is looked for. */
	readonly words: readonly string[];
	/** Whether the app keeps it: then it has to stand in the person's own copy. */
	readonly kept: boolean;
	/** Whether it is told in files for others, as the page says: the name of a home, for one. */
	readonly told: boolean;
}

export type MarkOptions = Partial<Pick<Mark, 'kept' | 'told'>>;

/** The marks of one walk. */
export class Marks {
	step = '';
	readonly all: Mark[] = [];

	/** A new word, to be typed. */
	plant(what: string, options: MarkOptions = {}): string {
		const word = newWord();
		this.note(what, [word], options);
		return word;
	}

	/** Words that came about by what a person did. */
	note(what: string, words: readonly string[], { kept = true, told = false }: MarkOptions = {}) {
		this.all.push({ what, step: this.step, words, kept, told });
	}
}

/** Letters alone: every way of writing an address leaves them as they are. */
export function newWord(): string {
	return Array.from(randomBytes(16), (byte) => String.fromCharCode(97 + (byte % 26))).join('');
}

/** A content as it is searched: whatever case, and with what an address writes as `%61` read. */
export function searchable(content: string | Uint8Array): string {
	const plain = Buffer.from(content).toString('latin1').toLowerCase();
	return `${plain}\n${decoded(plain)}`;
}

/** More words than this are looked up at every place of a text, as one by one would take minutes. */
const FEW = 8;

/** @returns which of the words stand in a searchable text, as they are or in another way of writing */
export function finder(words: readonly string[]): (text: string) => string[] {
	const ways = new Map(
		words.flatMap((word) => waysOfWriting(word).map((way) => [way, word] as const)),
	);
	const lengths = [...new Set([...ways.keys()].map(({ length }) => length))];
	const oneByOne = (text: string) =>
		words.filter((word) => waysOfWriting(word).some((way) => text.includes(way)));
	const atEveryPlace = (text: string) => {
		const found = new Set<string>();
		for (const length of lengths)
			for (let from = 0; from + length <= text.length; from++) {
				const word = ways.get(text.slice(from, from + length));
				if (word !== undefined) found.add(word);
			}
		return [...found];
	};
	return words.length > FEW ? atEveryPlace : oneByOne;
}

/** As it stands, backwards, as UTF-16, in hexadecimal, and in base64 wherever it begins. */
function waysOfWriting(word: string): string[] {
	const bytes = Buffer.from(word);
	return [
		word,
		[...word].reverse().join(''),
		Buffer.from(word, 'utf16le').toString('latin1'),
		bytes.toString('hex'),
		...[0, 1, 2].map((before) => base64After(before, bytes)),
	].map((way) => way.toLowerCase());
}

/** The letters that stand for these bytes alone, whatever stands around them. */
function base64After(before: number, bytes: Buffer): string {
	const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
	const whole = Math.floor(((before + bytes.length) * 8) / 6);
	return text.slice(Math.ceil((before * 8) / 6), whole);
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return '';
	}
}
