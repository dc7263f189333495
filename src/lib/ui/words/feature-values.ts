import { money } from './money';
import { number } from './intl';

/** How the values of size and stay features say their step: `bedrooms-2`, `guests-4`, `from-7`. */
const STEP = /^([a-z]+)-([\d.]+|unknown)$/;

const THINGS: Record<string, readonly [one: string, many: string]> = {
	guests: ['guest', 'guests'],
	bedrooms: ['bedroom', 'bedrooms'],
	beds: ['bed', 'beds'],
	bathrooms: ['bathroom', 'bathrooms'],
};

/**
 * A size: `bedrooms-2` is every home with two or more. Says `2 or more bedrooms`, and `unknown
 * bedrooms` where the source does not tell; other values stay as they are.
 */
export function sizeWords(value: string, locale?: string): string {
	const [, thing = '', step = ''] = STEP.exec(value) ?? [];
	const names = THINGS[thing];
	if (!names) return value;
	if (step === 'unknown') return `an unknown number of ${names[1]}`;
	const least = Number(step);
	return `${number(least, Number.isInteger(least) ? 0 : 1, locale)} or more ${names[1]}`;
}

/** The shortest stay: `from-7` says `7 nights or longer`. */
export function stayWords(value: string, locale?: string): string {
	const [, , nights = ''] = STEP.exec(value) ?? [];
	return nights ? `${number(Number(nights), 0, locale)} nights or longer` : value;
}

/** What is said of a price beside its bounds: against homes like it, or that there is none. */
export function otherPriceWords(value: string, currency: string, locale?: string): string {
	if (value === 'against-like-homes') return 'dearer than homes like it';
	const [, , amount = ''] = STEP.exec(value) ?? [];
	if (amount === 'unknown') return 'without a price';
	return amount ? `under ${money(Number(amount), currency, locale)}` : value;
}
