import type { StayAdvice } from '$lib/contracts/insight';
import { counted, figures, spelled } from './count';
import { dayRange } from './days';
import { number } from './intl';

const BECAUSE: Record<StayAdvice['because'], string> = {
	'gap-between-bookings': 'A gap between two bookings is shorter than your minimum stay.',
	'weak-days': 'Few ask for these days.',
	'strong-days': 'These days would be let twice over.',
};

const WEEK = 7;

/** What brings most first, and at most one piece of advice for a home and a week: nobody does two at once. */
export function bestStays(advice: readonly StayAdvice[]): StayAdvice[] {
	const taken: StayAdvice[] = [];
	for (const one of advice.toSorted((a, b) => b.nights.value - a.nights.value)) {
		const near = taken.some(
			({ from, property }) => property === one.property && Math.abs(from - one.from) < WEEK,
		);
		if (!near && Math.round(one.nights.value * 10) > 0) taken.push(one);
	}
	return taken;
}

/** `Open 14 to 18 June at Pond Cabin to two-night stays`. */
export function staySentence(advice: StayAdvice, locale?: string): string {
	const when = dayRange(advice.from, advice.to, locale);
	const nights = advice.minimumNights;
	if (advice.do === 'open-days') return `Open ${when} at ${advice.title}`;
	if (advice.do === 'shorten-stay') {
		const stays = Number.isFinite(nights) ? `${spelled(nights, locale)}-night` : 'shorter';
		return `Open ${when} at ${advice.title} to ${stays} stays`;
	}
	const least = Number.isFinite(nights)
		? counted(nights, 'night', 'nights', locale)
		: 'longer stays';
	return `Ask for ${least} at least, ${when}, at ${advice.title}`;
}

export function stayBecause({ because }: StayAdvice): string {
	return BECAUSE[because];
}

/** `2 more nights let (0 to 4)`. */
export function stayGain({ nights }: StayAdvice, locale?: string): string {
	const write = (value: number): string => number(value, Math.abs(value) < 10 ? 1 : 0, locale);
	const plain = (value: number): string =>
		Number.isInteger(Math.round(value * 10) / 10) ? number(value, 0, locale) : write(value);
	const value = Math.round(nights.value * 10) / 10;
	const more = Number.isInteger(value)
		? figures(value, 'more night', 'more nights', locale)
		: `${write(value)} more nights`;
	return `${more} let (${plain(nights.low)} to ${plain(nights.high)})`.replace('(-', '(−');
}
