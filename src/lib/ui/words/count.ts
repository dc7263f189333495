import { number } from './intl';

const SMALL = [
	'no',
	'one',
	'two',
	'three',
	'four',
	'five',
	'six',
	'seven',
	'eight',
	'nine',
	'ten',
	'eleven',
	'twelve',
];

const ORDINALS = [
	'ground',
	'first',
	'second',
	'third',
	'fourth',
	'fifth',
	'sixth',
	'seventh',
	'eighth',
	'ninth',
	'tenth',
];

/** A number inside a sentence: words up to twelve, figures above. */
export function spelled(value: number, locale?: string): string {
	return SMALL[value] ?? number(value, 0, locale);
}

/** `one home`, `three homes`, `1,204 homes`. */
export function counted(value: number, one: string, many = `${one}s`, locale?: string): string {
	return `${spelled(value, locale)} ${value === 1 ? one : many}`;
}

/** The same with figures, for lists and tables: `1 home`, `3 homes`. */
export function figures(value: number, one: string, many = `${one}s`, locale?: string): string {
	return `${number(value, 0, locale)} ${value === 1 ? one : many}`;
}

/** `ground floor`, `fourth floor`, `floor 12`. */
export function floorWords(floor: number): string {
	const ordinal = ORDINALS[floor];
	return ordinal ? `${ordinal} floor` : `floor ${floor}`;
}

/** `a garden`, `an oven`. */
export function withArticle(noun: string): string {
	return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** The first letter made large, the rest as it was. */
export function sentence(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}
