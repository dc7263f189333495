const LONGEST_TITLE = 200;
const LONGEST_NUMBER = 40;

/**
 * A plain decimal number; NaN for an empty cell or `N/A`, `null` for anything else. Exponents,
 * `Infinity` and hexadecimal are no numbers of a listing.
 */
export function readNumber(cell: string): number | null {
	const text = cell.trim();
	if (text === '' || text === 'N/A') return Number.NaN;
	if (text.length > LONGEST_NUMBER || !/^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)%?$/.test(text))
		return null;
	return Number(text.replace(',', '.').replace('%', ''));
}

/** Bathrooms in words: `1.5 shared baths`, `Half-bath`; NaN where there is no number in it. */
export function readBathrooms(cell: string): number {
	if (/\bhalf-bath/i.test(cell)) return 0.5;
	const match = /\d+(?:\.\d+)?/.exec(cell.slice(0, LONGEST_NUMBER));
	return match ? Number(match[0]) : Number.NaN;
}

/** Bedrooms that a title names: `· 2 bedrooms ·`, `Studio`; NaN where it names none. */
export function bedroomsInTitle(title: string): number {
	const match = /(?:^|\D)(\d{1,2})[ -]?(?:bedrooms?|beds?rooms?|bdrms?|br)\b/i.exec(title);
	if (match) return Number(match[1]);
	return /\bstudio\b/i.test(title) ? 0 : Number.NaN;
}

/**
 * A title on one line, without characters that cannot be seen or that turn the direction of what
 * follows; at most 200 characters.
 */
export function readTitle(cell: string): string {
	const clean = cell
		.replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	return clean.length <= LONGEST_TITLE ? clean : cut(clean);
}

/** Never between the two halves of a character outside the basic plane. */
const cut = (text: string) =>
	`${text.slice(0, LONGEST_TITLE - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/**
 * The same texts, copied. A piece of a text keeps the whole of it in memory in V8; kept titles would
 * hold on to the file.
 */
export function detach(values: readonly string[]): string[] {
	const joined = new TextEncoder().encode(values.join('\0'));
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(joined).split('\0');
}
