import type { RevenueAnswer } from '$lib/contracts/insight';
import { partOfMonth } from './days';
import { percent } from './intl';
import { moneyFull } from './units';

type Total = RevenueAnswer['totals'][number];

/** Three figures that count, as a title says them: 46,812.4 is 46,800. */
export function rounded(value: number): number {
	return Number(value.toPrecision(3));
}

/**
 * `The next 30 days should bring $46,800`. Where the model does not beat its baseline, it is the
 * baseline that speaks.
 */
export function revenueTitle(
	total: Total,
	currency: string,
	beatsNaive: boolean,
	locale?: string,
): string {
	const money = (value: number): string => moneyFull(rounded(value), currency, locale);
	if (beatsNaive) return `The next ${total.days} days should bring ${money(total.total.value)}`;
	return `As last year went, the next ${total.days} days bring ${money(total.naive)}`;
}

/** `The next 90 days bring about $161,200; $53,500 of it is booked`. */
export function booksFinding(total: Total, currency: string, locale?: string): string {
	const money = (value: number): string => moneyFull(rounded(value), currency, locale);
	const bring = `The next ${total.days} days bring about ${money(total.total.value)}`;
	return total.onBooks > 0 ? `${bring}; ${money(total.onBooks)} of it is booked` : bring;
}

/** `34% of the forecast`. */
export function bookedShare({ onBooks, total }: Total, locale?: string): string {
	return total.value > 0 ? `${percent(onBooks / total.value, 0, locale)} of the forecast` : '';
}

interface Course {
	readonly day: number;
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/** Less than a tenth of the mean between highest and lowest is no movement. */
const FLAT = 0.1;

/**
 * The course of a forecast in a sentence: `Revenue climbs until early August, less surely the further
 * out`.
 *
 * @param points weeks, oldest first
 * @param what the series, e.g. `Revenue`
 */
export function courseFinding(points: readonly Course[], what: string, locale?: string): string {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return `${what}: nothing to forecast`;
	const highest = points.reduce((best, point) => (point.value > best.value ? point : best));
	const lowest = points.reduce((best, point) => (point.value < best.value ? point : best));
	const mean = points.reduce((sum, point) => sum + point.value, 0) / points.length;
	const range = highest.value - lowest.value;
	const at = (day: number): string => partOfMonth(day, locale);
	const surety = lessSure(first, last) ? ', less surely the further out' : '';
	if (!(range > FLAT * Math.abs(mean))) return `${what} stays level until ${at(last.day)}${surety}`;
	const rise = highest.value - first.value;
	const fall = highest.value - last.value;
	if (rise > 2 * fall) return `${what} climbs until ${at(highest.day)}${surety}`;
	if (first.value - lowest.value > 2 * (last.value - lowest.value))
		return `${what} falls until ${at(lowest.day)}${surety}`;
	if (rise > range / 3) return `${what} peaks in ${at(highest.day)}${surety}`;
	return `${what} dips in ${at(lowest.day)}${surety}`;
}

/** The last interval is wider than the first by a third, each against its value. */
function lessSure(first: Course, last: Course): boolean {
	const width = ({ low, high, value }: Course): number => (high - low) / Math.max(1e-9, value);
	return width(last) > (4 / 3) * width(first);
}
