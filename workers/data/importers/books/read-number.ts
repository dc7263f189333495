import { parseMoney } from '$workers/table/money';
import { isMissing } from './missing';

/** Read in place of a number where a cell says something that is none; NaN is a missing cell. */
export const NOT_READ = Number.NEGATIVE_INFINITY;

const LONGEST = 40;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const SCIENTIFIC = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;

/** A decimal number of a field: no exponents, no `Infinity`; a percent sign is left out. */
export function readNumber(text: string, decimalComma = false): number {
	if (isMissing(text)) return Number.NaN;
	const plain = decimalText(text.replace(/\s*%$/, ''), decimalComma);
	return plain.length <= LONGEST && PLAIN.test(plain) ? Number(plain) : NOT_READ;
}

/**
 * A number as a table holds it: exponents count, but not where the number would be infinite, be
 * rounded to 0, or lose digits as whole number (an id).
 */
export function readAnyNumber(text: string, decimalComma = false): number {
	if (isMissing(text)) return Number.NaN;
	const plain = decimalText(text, decimalComma);
	if (plain.length > LONGEST || !SCIENTIFIC.test(plain)) return NOT_READ;
	const value = Number(plain);
	if (!Number.isFinite(value)) return NOT_READ;
	if (value === 0 && /[1-9]/.test(plain.replace(/[eE].*/, ''))) return NOT_READ;
	if (Math.abs(value) > Number.MAX_SAFE_INTEGER && !/[.eE]/.test(plain)) return NOT_READ;
	return value;
}

const decimalText = (text: string, decimalComma: boolean) =>
	decimalComma ? text.replace(/\.(?=\d{3}(?:\D|$))/g, '').replace(',', '.') : text;

export interface Amount {
	/** NaN where the cell is empty, `NOT_READ` where it holds no amount. */
	readonly amount: number;
	/** ISO 4217; empty where the cell names none. */
	readonly currency: string;
}

/**
 * An amount with or without a currency beside it (`$1,234.00`, `245.5 EUR`).
 *
 * @param decimalComma what a person said about the file; undefined: as parseMoney reads it
 */
export function readAmount(text: string, decimalComma?: boolean): Amount {
	if (isMissing(text)) return { amount: Number.NaN, currency: '' };
	const money = parseMoney(decimalComma === undefined ? text : normalised(text, decimalComma));
	return money
		? { amount: money.amount, currency: money.currency }
		: { amount: NOT_READ, currency: '' };
}

/** Without marks between thousands, and with a point before the decimals. */
function normalised(text: string, decimalComma: boolean): string {
	const grouping = decimalComma ? /\.(?=\d{3}(?:\D|$))/g : /,(?=\d{3}(?:\D|$))/g;
	const plain = text.replace(grouping, '').replace(',', '.');
	// Three decimals beside a currency would be read as thousands; a fourth digit settles it.
	return plain.replace(/(\.\d{3})(?!\d)/, '$10');
}
