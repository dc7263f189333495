import type { ChanceAnswer, Estimate } from '$lib/contracts/insight';
import { number, percent } from './intl';

/** `18 in 100`. */
export function inHundred(chance: number, locale?: string): string {
	return Number.isFinite(chance) ? `${number(chance * 100, 0, locale)} in 100` : '–';
}

/** `12 to 25`, in hundredths; with a decimal where both would round to the same. */
export function hundredRange({ low, high }: Estimate, locale?: string): string {
	if (!Number.isFinite(low) || !Number.isFinite(high)) return '';
	const digits = Math.round(low * 100) === Math.round(high * 100) ? 1 : 0;
	const [from, to] = [low, high].map((end) => number(end * 100, digits, locale));
	return from === to ? `${from}` : `${from} to ${to}`;
}

/** What happens, for a head of a column or a bar: `cancelled`, `booked`. */
export function outcomeWords(question: ChanceAnswer['question']): string {
	return question === 'cancellation' ? 'cancelled' : 'booked';
}

/** The answer in a sentence: `Of the bookings to come about 27% will be cancelled`. */
export function chanceTitle(answer: ChanceAnswer, locale?: string): string {
	const share = percent(answer.expected.value, answer.expected.value < 0.1 ? 1 : 0, locale);
	return answer.question === 'cancellation'
		? `Of the bookings to come, about ${share} will be cancelled`
		: `Of a hundred looks, about ${number(answer.expected.value * 100, answer.expected.value < 0.1 ? 1 : 0, locale)} become bookings`;
}

/** `21 points`, `1 point`: a share of a chance. */
export function points(size: number, locale?: string): string {
	const hundredths = size * 100;
	const digits = hundredths < 1 ? 1 : 0;
	const written = number(hundredths, digits, locale);
	return `${written} ${Number(hundredths.toFixed(digits)) === 1 ? 'point' : 'points'}`;
}
