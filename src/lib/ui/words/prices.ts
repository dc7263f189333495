import type { Estimate, Lift, PriceCurve, PricedDay, PriceRules } from '$lib/contracts/insight';
import { hundredRange } from './chances';
import { counted, sentence } from './count';
import { number } from './intl';
import { signedPercent } from './figures';
import { moneyFull } from './units';

type Flat = Pick<PriceCurve, 'flatFrom' | 'flatTo' | 'suggested'>;

/** `From $165 to $190 it hardly matters`; said otherwise where the owner's limits cut the best off. */
export function flatFinding(
	{ flatFrom, flatTo, suggested }: Flat,
	{ maximum, minimum, objective, step }: PriceRules,
	currency: string,
	locale?: string,
): string {
	const money = (value: number): string => moneyFull(Math.round(value), currency, locale);
	const near = Math.max(1, step, 0.02 * suggested);
	if (suggested > flatTo + near || suggested < flatFrom - near)
		return objective > 0
			? `Most comes in at ${money((flatFrom + flatTo) / 2)}; you want fewer empty nights`
			: 'What another price would do is not known well enough';
	if (suggested > maximum - near)
		return `Most comes in at the highest you allow, ${money(maximum)}`;
	if (suggested < minimum + near) return `Most comes in at the lowest you allow, ${money(minimum)}`;
	const [from, to] = [money(flatFrom), money(flatTo)];
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

/** Its interval: `85 to 95` in hundredths, or in bookings. */
export function letRange(demand: Estimate, locale?: string): string {
	if (demand.value <= 1) return hundredRange(demand, locale);
	return `${number(demand.low, 1, locale)} to ${number(demand.high, 1, locale)}`;
}

/** How many days of a month would ask something else: `Nine days could ask something else`. */
export function changesOf(days: readonly PricedDay[]): readonly PricedDay[] {
	return days.filter((day) => day.free > 0 && Math.abs(day.suggested - day.current) >= 0.005);
}

/** What would change: `Seven nights could ask more, $18 a night on average`; downwards said as well. */
export function changesFinding(
	days: readonly PricedDay[],
	currency: string,
	locale?: string,
): string {
	const changes = changesOf(days);
	const up = changes.filter(({ current, suggested }) => suggested > current);
	const down = changes.filter(({ current, suggested }) => suggested < current);
	const said = (some: readonly PricedDay[], more: string): string => {
		const mean =
			some.reduce((sum, { current, suggested }) => sum + Math.abs(suggested - current), 0) /
			some.length;
		const by = moneyFull(Math.max(1, Math.round(mean)), currency, locale);
		return `${counted(some.length, 'night', 'nights', locale)} could ask ${by} ${more}`;
	};
	const both = [
		...(up.length ? [said(up, 'more')] : []),
		...(down.length ? [said(down, 'less')] : []),
	];
	if (both.length === 0) return 'Nothing to change in what is known of this month.';
	const average = up.length > 1 || down.length > 1 ? ', on average' : '';
	return `${sentence(both.join(', '))}${average}. Nothing changes until you accept it.`;
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
