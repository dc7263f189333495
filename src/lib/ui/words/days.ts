const DAY = 86_400_000;

/** `14 to 18 June`, `30 June to 2 July`, one day alone; from and to included, in the reader's order. */
export function dayRange(from: number, to: number, locale?: string): string {
	const format = new Intl.DateTimeFormat(locale, {
		day: 'numeric',
		month: 'long',
		timeZone: 'UTC',
	});
	if (to <= from) return format.format(from * DAY);
	return format
		.formatRangeToParts(from * DAY, to * DAY)
		.map(({ type, value }) => (type === 'literal' && /[–—-]/.test(value) ? ' to ' : value))
		.join('');
}

/** `early August`, `mid-June`, `late July`. */
export function partOfMonth(day: number, locale?: string): string {
	const date = new Date(day * DAY);
	const month = date.toLocaleDateString(locale, { month: 'long', timeZone: 'UTC' });
	const dayOfMonth = date.getUTCDate();
	if (dayOfMonth <= 10) return `early ${month}`;
	return dayOfMonth <= 20 ? `mid-${month}` : `late ${month}`;
}

/** `May`; `March to May` for more than one; `to` is the first day after. */
export function monthsName(from: number, to: number, locale?: string): string {
	const name = (day: number): string =>
		new Date(day * DAY).toLocaleDateString(locale, { month: 'long', timeZone: 'UTC' });
	const [first, last] = [name(from), name(to - 1)];
	return first === last ? first : `${first} to ${last}`;
}
