import type { Price, PricePeriod } from '$lib/contracts';
import { number } from './intl';

/** In which money a catalogue speaks. */
export interface Money {
	/** ISO 4217. */
	readonly currency: string;
	readonly period: PricePeriod;
}

const PERIODS: Record<PricePeriod, string> = {
	night: 'a night',
	week: 'a week',
	month: 'a month',
};

const formatters = new Map<string, Intl.NumberFormat>();

function currencyFormat(currency: string, digits: number, locale?: string): Intl.NumberFormat {
	const key = `${locale ?? ''}|${currency}|${digits}`;
	const known = formatters.get(key);
	if (known) return known;
	const made = new Intl.NumberFormat(locale, {
		style: 'currency',
		currency,
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
	formatters.set(key, made);
	return made;
}

/**
 * An amount in its currency: `$1,740`, `€8.50`. Cents only below 20, where they matter. Where the
 * currency is not an ISO code, the bare number: no sign is better than a wrong one.
 */
export function money(amount: number, currency: string, locale?: string): string {
	if (!Number.isFinite(amount)) return 'no price';
	const digits = Math.abs(amount) < 20 && !Number.isInteger(amount) ? 2 : 0;
	if (!/^[A-Z]{3}$/.test(currency)) return number(amount, digits, locale);
	return currencyFormat(currency, digits, locale).format(amount);
}

/** `a night`, `a week`, `a month`. */
export function periodWords(period: PricePeriod): string {
	return PERIODS[period];
}

/** `$1,740 a month`. */
export function priceWords(price: Price, locale?: string): string {
	const amount = money(price.amount, price.currency, locale);
	return Number.isFinite(price.amount) ? `${amount} ${PERIODS[price.period]}` : amount;
}

/** `under $1,800`, `$1,000 to $1,800`, `over $1,000`; `any price` where both ends are open. */
export function priceRange(
	from: number | undefined,
	to: number | undefined,
	currency: string,
	locale?: string,
): string {
	const open = (bound: number | undefined): bound is undefined =>
		bound === undefined || !Number.isFinite(bound);
	if (open(from)) return open(to) ? 'any price' : `under ${money(to, currency, locale)}`;
	if (open(to)) return `over ${money(from, currency, locale)}`;
	return `${money(from, currency, locale)} to ${money(to, currency, locale)}`;
}
