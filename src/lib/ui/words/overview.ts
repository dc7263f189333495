import type { Estimate, HomeRow, Overview, Tile } from '$lib/contracts/insight';
import { counted, figures } from './count';
import { monthsName } from './days';
import { number, percent } from './intl';
import { moneyFull, moneyShort, signedWith } from './units';

export function tileName(name: Tile['name']): string {
	return {
		occupancy: 'Nights let',
		adr: 'Price a night',
		revpar: 'Earned per night open',
		revenue: 'Revenue',
		bookings: 'New bookings',
	}[name];
}

/** `81%`, `$142`, `112`. */
export function tileValue({ name, now }: Tile, currency: string, locale?: string): string {
	if (!Number.isFinite(now.value)) return '–';
	if (name === 'occupancy') return percent(now.value, 0, locale);
	return name === 'bookings'
		? number(now.value, 0, locale)
		: moneyFull(Math.round(now.value), currency, locale);
}

/** `78 to 83`, `$46.9k to $49.6k`: what the interval holds, in the units of the figure above it. */
export function tileInterval({ name, now }: Tile, currency: string, locale?: string): string {
	if (!Number.isFinite(now.low) || !Number.isFinite(now.high)) return '';
	const ends = (write: (value: number) => string): string =>
		`${write(now.low)} to ${write(now.high)}`;
	if (name === 'occupancy') return ends((value) => number(value * 100, 0, locale));
	if (name === 'bookings' || now.high < 1000) return ends((value) => number(value, 0, locale));
	return ends((value) => moneyShort(value, currency, locale));
}

/**
 * `+4 points on last May`: shares in points, revenue in per cent, the others in their own units. Empty
 * without a year before.
 *
 * @param months `May`, as `monthsName` says it
 */
export function tileChange(
	{ name, now, before }: Tile,
	currency: string,
	months: string,
	locale?: string,
): string {
	if (!Number.isFinite(before)) return 'no year before to compare';
	const change = now.value - before;
	const since = `on last ${months}`;
	if (isSame(name, change, before)) return `as last ${months}`;
	if (name === 'occupancy')
		return `${signedWith(change, (size) => figures(Math.round(size * 100), 'point', 'points', locale))} ${since}`;
	if (name === 'revenue')
		return before
			? `${signedWith(change, (size) => percent(size / Math.abs(before), 0, locale))} ${since}`
			: '';
	if (name === 'bookings')
		return `${signedWith(change, (size) => number(size, 0, locale))} ${since}`;
	return `${signedWith(change, (size) => moneyFull(Math.round(size), currency, locale))} ${since}`;
}

/** Rounded as it is written, it is nothing. */
function isSame(name: Tile['name'], change: number, before: number): boolean {
	if (name === 'occupancy') return Math.round(change * 100) === 0;
	return Math.round(name === 'revenue' ? (100 * change) / Math.abs(before) : change) === 0;
}

/** Is anything known of the nights to come? Some files end with their last arrival. */
export function knowsAhead(homes: Overview['homes']): boolean {
	return homes.some(({ nights }) => nights.some((share) => share > 0));
}

/** `9 nights empty, most mid-week`. */
export function standsWords({ stands, empty }: Pick<HomeRow, 'stands' | 'empty'>): string {
	const nights = `${figures(empty, 'night')} empty`;
	return {
		'empty-midweek': `${nights}, most mid-week`,
		'empty-weekend': `${nights}, most at weekends`,
		'full-weekends': 'Full at weekends',
		full: 'Full',
		'as-expected': empty === 0 ? 'Well let' : `${nights}, here and there`,
		quiet: `Quiet: ${nights}`,
	}[stands];
}

function fullness(occupancy: number): string {
	if (occupancy >= 0.95) return 'Full';
	if (occupancy >= 0.8) return 'Almost full';
	if (occupancy >= 0.6) return 'Well let';
	return occupancy >= 0.4 ? 'Half let' : 'Mostly free';
}

/** `Almost full in May. Harbour Row 4 leaves nine nights empty.` */
export function overviewTitle({ month, tiles, homes }: Overview, locale?: string): string {
	const occupancy = tiles.find(({ name }) => name === 'occupancy')?.now.value ?? NaN;
	const first = Number.isFinite(occupancy)
		? `${fullness(occupancy)} in ${monthsName(month.from, month.to, locale)}.`
		: 'Your homes at a glance.';
	const worst = homes.toSorted((a, b) => b.empty - a.empty)[0];
	if (!worst || worst.empty === 0 || !knowsAhead(homes)) return first;
	return `${first} ${worst.title} leaves ${counted(worst.empty, 'night', 'nights', locale)} empty.`;
}

/** `8 in 10: $43,100 to $50,900`. */
export function eightInTen({ low, high }: Estimate, words: (value: number) => string): string {
	if (!Number.isFinite(low) || !Number.isFinite(high)) return '';
	return `8 in 10: ${words(low)} to ${words(high)}`;
}
