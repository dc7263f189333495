/** Months as a calendar shows them: weeks from Monday on. Days are civil days since 1970-01-01. */

const DAY = 86_400_000;

/** First and last day of the month in which a day lies. */
export function monthOf(day: number): { readonly first: number; readonly last: number } {
	const date = new Date(day * DAY);
	const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
	return { first: Date.UTC(year, month, 1) / DAY, last: Date.UTC(year, month + 1, 0) / DAY };
}

/** 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
	return (((day + 3) % 7) + 7) % 7;
}

/** The days of a month in weeks from Monday; `undefined` before the first and after the last. */
export function monthGrid(day: number): (number | undefined)[][] {
	const { first, last } = monthOf(day);
	const start = first - weekdayOf(first);
	const weeks = Math.ceil((last - start + 1) / 7);
	return Array.from({ length: weeks }, (_, week) =>
		Array.from({ length: 7 }, (_, weekday) => {
			const one = start + week * 7 + weekday;
			return one < first || one > last ? undefined : one;
		}),
	);
}

/** Monday to Sunday in the reader's words. */
export function weekdayNames(style: 'short' | 'long', locale?: string): string[] {
	// 4 January 1970 was a Sunday, so the fifth was a Monday.
	return Array.from({ length: 7 }, (_, index) =>
		new Date((4 + index) * DAY).toLocaleDateString(locale, { weekday: style, timeZone: 'UTC' }),
	);
}

/** `June 2026`. */
export function monthName(day: number, locale?: string): string {
	return new Date(day * DAY).toLocaleDateString(locale, {
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC',
	});
}

/** `Saturday 13 June`, in the reader's order. */
export function dayName(day: number, locale?: string): string {
	return new Date(day * DAY).toLocaleDateString(locale, {
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		timeZone: 'UTC',
	});
}
