import { number, percent } from './intl';

/** How a chart writes its numbers: in full for a table or a readout, short for an axis. */
export interface Unit {
	words(value: number): string;
	short(value: number): string;
}

const compact = new Map<string, Intl.NumberFormat>();

function compactFormat(options: Intl.NumberFormatOptions, locale?: string): Intl.NumberFormat {
	const key = `${locale ?? ''}|${JSON.stringify(options)}`;
	const known = compact.get(key);
	if (known) return known;
	const made = new Intl.NumberFormat(locale, {
		notation: 'compact',
		maximumSignificantDigits: 3,
		...options,
	});
	compact.set(key, made);
	return made;
}

/** English writes a thousand as K; a chart reads calmer with the k of units. */
function written(format: Intl.NumberFormat, value: number): string {
	return format
		.formatToParts(value)
		.map((part) => {
			if (part.type === 'minusSign') return '−';
			return part.type === 'compact' && part.value === 'K' ? 'k' : part.value;
		})
		.join('');
}

/** `$15k`, `$4.9k`, `$320`; without a sign where the currency is no ISO code. */
export function moneyShort(amount: number, currency: string, locale?: string): string {
	if (!Number.isFinite(amount)) return '–';
	return written(compactFormat(currencyStyle(currency), locale), amount);
}

function currencyStyle(currency: string): Intl.NumberFormatOptions {
	if (!/^[A-Z]{3}$/.test(currency)) return {};
	return { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
}

/** `12k`, `840`. */
export function numberShort(value: number, locale?: string): string {
	return Number.isFinite(value) ? written(compactFormat({}, locale), value) : '–';
}

/**
 * An amount as the manager's rooms print it: in their own currency, which a line on the page names once,
 * so that its sign can be the narrow one (`$132` for a reader who would else see `US$132`).
 */
export function moneyFull(amount: number, currency: string, locale?: string): string {
	if (!Number.isFinite(amount)) return '–';
	const digits = Math.abs(amount) < 20 && !Number.isInteger(amount) ? 2 : 0;
	return written(
		compactFormat(
			{
				...currencyStyle(currency),
				notation: 'standard',
				maximumSignificantDigits: undefined,
				minimumFractionDigits: digits,
				maximumFractionDigits: digits,
			},
			locale,
		),
		amount,
	);
}

/** `US dollars`, as one says it in a sentence; the code where the reader's language has no name. */
export function currencyName(currency: string, locale?: string): string {
	if (!/^[A-Z]{3}$/.test(currency)) return currency;
	const one = new Intl.NumberFormat(locale, {
		style: 'currency',
		currency,
		currencyDisplay: 'name',
	});
	return one.formatToParts(2).find((part) => part.type === 'currency')?.value ?? currency;
}

/** With its sign and a true minus: `+$4.9k`, `−$1.4k`. */
export function signedWith(value: number, words: (size: number) => string): string {
	return `${value < 0 ? '−' : '+'}${words(Math.abs(value))}`;
}

export function moneyUnit(currency: string, locale?: string): Unit {
	return {
		words: (value) => moneyFull(value, currency, locale),
		short: (value) => moneyShort(value, currency, locale),
	};
}

/** @param digits decimals in full writing */
export function numberUnit(digits = 0, locale?: string): Unit {
	return {
		words: (value) => (Number.isFinite(value) ? number(value, digits, locale) : '–'),
		short: (value) => numberShort(value, locale),
	};
}

/** Of shares between 0 and 1. */
export function percentUnit(digits = 0, locale?: string): Unit {
	return {
		words: (value) => (Number.isFinite(value) ? percent(value, digits, locale) : '–'),
		short: (value) => (Number.isFinite(value) ? percent(value, 0, locale) : '–'),
	};
}
