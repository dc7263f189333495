import type { Lift, PriceCurve, PricedDay } from '$lib/contracts/insight';
import { counted } from './count';
import { number } from './intl';
import { signedPercent } from './figures';
import { moneyFull } from './units';

/** `From $165 to $190 it hardly matters`. */
export function flatFinding(curve: PriceCurve, currency: string, locale?: string): string {
	const from = moneyFull(Math.round(curve.flatFrom), currency, locale);
	const to = moneyFull(Math.round(curve.flatTo), currency, locale);
	return from === to ? `Most comes in at ${from}` : `From ${from} to ${to} it hardly matters`;
}

/** What the suggestions would have done, and whether that may be claimed. */
export function liftWords(
	lift: Lift,
	locale?: string,
): { readonly title: string; readonly says: string } {
	const { value, low, high } = lift.revenue;
	const ends = [low, high].map((share) => signedPercent(share, locale).replace('%', ''));
	const measured = `Measured on your past prices: ${signedPercent(value, locale)} (${ends.join(' to ')}).`;
	const nights = `${number(lift.nights, 0, locale)} nights stand behind it.`;
	return {
		gain: { title: 'More revenue.', says: `${measured} ${nights}` },
		loss: { title: 'These prices would bring less.', says: `${measured} ${nights}` },
		'cannot-tell': { title: 'No gain is claimed yet.', says: measured },
		'too-little-variation': {
			title: 'No gain can be measured.',
			says: 'Your past prices hardly varied, so nothing tells what other prices would have done.',
		},
	}[lift.verdict];
}

/** `let 91 in 100`. */
export function letWords(chance: number, locale?: string): string {
	return chance > 1
		? `${number(chance, 1, locale)} bookings`
		: `let ${number(chance * 100, 0, locale)} in 100`;
}

/** How many days of a month would ask something else: `Nine days could ask something else`. */
export function changesOf(days: readonly PricedDay[]): readonly PricedDay[] {
	return days.filter((day) => day.free > 0 && Math.abs(day.suggested - day.current) >= 0.005);
}

/** `Accept nine changes`; nothing to accept otherwise. */
export function acceptWords(days: readonly PricedDay[], locale?: string): string {
	const count = changesOf(days).length;
	return count ? `Accept ${counted(count, 'change', 'changes', locale)}` : 'Nothing to change';
}

/** What a manager asks for: 0 revenue alone, 1 occupancy alone. */
export function objectiveWords(objective: number): string {
	if (objective <= 0.1) return 'revenue alone';
	if (objective < 0.4) return 'revenue first';
	if (objective <= 0.6) return 'both alike';
	return objective < 0.9 ? 'full nights first' : 'full nights alone';
}
