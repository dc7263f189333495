/**
 * Numbers, units, lists and dates in the reader's own locale. The words around them are English;
 * `locale` is left out on the page and named in tests.
 */

const formatters = new Map<string, Intl.NumberFormat>();

/** Making an `Intl.NumberFormat` costs far more than using one, and lists format hundreds. */
function numberFormat(options: Intl.NumberFormatOptions, locale?: string): Intl.NumberFormat {
	const key = `${locale ?? ''}|${JSON.stringify(options)}`;
	const known = formatters.get(key);
	if (known) return known;
	const made = new Intl.NumberFormat(locale, options);
	formatters.set(key, made);
	return made;
}

/** A count or a measure: `12,480`, `1.41`. `digits` is the number of decimals, exactly. */
export function number(value: number, digits = 0, locale?: string): string {
	return numberFormat(
		{ minimumFractionDigits: digits, maximumFractionDigits: digits },
		locale,
	).format(value);
}

/** A number of any size above zero: `0.25`, and `4 × 10⁻¹²` rather than a row of zeros. */
export function smallNumber(value: number, locale?: string): string {
	const exponent = Math.floor(Math.log10(value));
	if (value === 0 || exponent >= -3)
		return numberFormat({ maximumFractionDigits: 4 }, locale).format(value);
	const power = String(-exponent).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? digit);
	const mantissa = numberFormat({ maximumFractionDigits: 1 }, locale).format(
		value / 10 ** exponent,
	);
	return `${mantissa} × 10⁻${power}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number that always shows its sign, with a true minus: `+0.82`, `−0.16`. */
export function signed(value: number, digits = 2, locale?: string): string {
	const rounded = Number(value.toFixed(digits));
	const size = number(Math.abs(rounded), digits, locale);
	return rounded < 0 ? `−${size}` : `+${size}`;
}

/** Of a share between 0 and 1: `64%`. */
export function percent(share: number, digits = 0, locale?: string): string {
	return numberFormat({ style: 'percent', maximumFractionDigits: digits }, locale).format(share);
}

function unit(value: number, name: string, digits: number, locale?: string): string {
	return numberFormat(
		{ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits },
		locale,
	).format(value);
}

/** Storage, in steps of 1,000: `0 bytes`, `96 kB`, `1.7 MB`. */
export function bytes(value: number, locale?: string): string {
	if (value < 1000) return `${number(value, 0, locale)} ${value === 1 ? 'byte' : 'bytes'}`;
	const steps = ['kilobyte', 'megabyte', 'gigabyte'];
	const step = Math.min(2, Math.floor(Math.log10(value) / 3) - 1);
	const amount = value / 1000 ** (step + 1);
	return unit(amount, steps[step] as string, amount < 10 ? 1 : 0, locale);
}

/** Metres, rounded as one would say it: `150 m`, `1.2 km`. */
export function distance(metres: number, locale?: string): string {
	if (metres < 950) return unit(Math.round(metres / 10) * 10, 'meter', 0, locale);
	return unit(metres / 1000, 'kilometer', metres < 10_000 ? 1 : 0, locale);
}

/** How long something takes or took: `4 s`, `3 min`, `2 h`. */
export function duration(seconds: number, locale?: string): string {
	if (seconds < 90) return unit(Math.max(1, Math.round(seconds)), 'second', 0, locale);
	if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute', 0, locale);
	return unit(seconds / 3600, 'hour', 1, locale);
}

/** `A`, `A and B`, `A, B and C`. */
export function list(words: readonly string[]): string {
	if (words.length < 2) return words.join('');
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `A or B`. */
export function either(words: readonly string[]): string {
	if (words.length < 2) return words.join('');
	return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
