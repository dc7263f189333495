export interface Money {
	/** May be negative or zero: whether that makes sense is for the caller to say. */
	readonly amount: number;
	/** ISO 4217; empty where the text names none or the sign belongs to several (`$`, `¥`, `kr`). */
	readonly currency: string;
	/** What stood beside the digits, e.g. `$`; empty where there was nothing. */
	readonly sign: string;
}

/** Signs that belong to one currency. */
const CURRENCY_OF = new Map([
	['€', 'EUR'],
	['£', 'GBP'],
	['₹', 'INR'],
	['₩', 'KRW'],
	['₺', 'TRY'],
	['₪', 'ILS'],
	['₫', 'VND'],
	['₱', 'PHP'],
	['฿', 'THB'],
	['₴', 'UAH'],
	['zł', 'PLN'],
	['Kč', 'CZK'],
	['Ft', 'HUF'],
	['R$', 'BRL'],
	['US$', 'USD'],
	['A$', 'AUD'],
	['C$', 'CAD'],
	['CA$', 'CAD'],
	['S$', 'SGD'],
	['HK$', 'HKD'],
	['NZ$', 'NZD'],
	['NT$', 'TWD'],
	['MX$', 'MXN'],
]);
const SHARED_SIGNS = new Set(['', '$', '¥', 'kr', 'kr.']);
const LONGEST = 40;

/** Digits with separators, and what stands before and after them. */
const SHAPE = /^([^\d.,+-]*)([+-]?)([^\d.,+-]*)(\d[\d.,'’\s]*|[.,]\d+)([^\d]*)$/;

/**
 * Reads an amount as people and exports write it: `$1,234.00`, `1.234,00 €`, `SGD 120`, `1 234,50`,
 * `1'234.50`. `null` for anything else (`NaN`, `1e999`, `12 to 15`).
 *
 * The last separator is the decimal one when one or two digits follow it. One separator before
 * exactly three digits groups thousands, save a point without a currency beside it (`70.125`), which
 * is how programs write decimals.
 */
export function parseMoney(text: string): Money | null {
	if (text.length > LONGEST) return null;
	const match = SHAPE.exec(text.trim());
	if (!match) return null;
	const [, before = '', minus = '', between = '', digits = '', after = ''] = match;
	const sign = (before + between + after).trim();
	const currency = currencyOf(sign);
	if (currency === null) return null;
	const amount = readDigits(digits.trim(), sign !== '');
	return Number.isNaN(amount) ? null : { amount: minus === '-' ? -amount : amount, currency, sign };
}

function currencyOf(sign: string): string | null {
	if (SHARED_SIGNS.has(sign)) return '';
	if (/^[A-Z]{3}$/.test(sign)) return sign;
	return CURRENCY_OF.get(sign) ?? null;
}

function readDigits(digits: string, withSign: boolean): number {
	const plain = digits.replace(/['’\s]/g, '');
	const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
	if (last < 0) return Number(plain);
	if (!isDecimal(plain, last, withSign)) return readGrouped(plain);
	const whole = plain.slice(0, last);
	// A separator of the decimal kind cannot also group thousands: 1.234.56 is not a number.
	if (whole.includes(plain.charAt(last))) return Number.NaN;
	return readGrouped(whole) + Number(`0.${plain.slice(last + 1)}`);
}

function isDecimal(plain: string, last: number, withSign: boolean): boolean {
	const mark = plain.charAt(last);
	const other = mark === '.' ? ',' : '.';
	const behind = plain.length - last - 1;
	if (plain.indexOf(mark) !== last) return false;
	if (behind !== 3 || plain.includes(other) || plain.startsWith('0')) return true;
	return mark === '.' && !withSign;
}

/** Digits in groups of three, or without groups; NaN where the groups are odd. */
function readGrouped(text: string): number {
	if (text === '') return 0;
	if (!/^\d+$|^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$/.test(text)) return Number.NaN;
	return Number(text.replace(/[.,]/g, ''));
}
