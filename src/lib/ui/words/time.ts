const DAY = 86_400_000;

/** A civil date (days since 1970-01-01) as `12 May 2026`; empty where it is not known. */
export function civilDate(days: number, locale?: string): string {
	if (!Number.isFinite(days)) return '';
	return new Date(days * DAY).toLocaleDateString(locale, {
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC',
	});
}

/** An instant with date and time: `14 May 2026, 09:31`. */
export function dateAndTime(instant: number, locale?: string, timeZone?: string): string {
	return new Date(instant).toLocaleString(locale, {
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		hour: 'numeric',
		minute: '2-digit',
		timeZone,
	});
}

/**
 * When something happened, as one would say it now: `Today, 09:12`, `Yesterday, 21:40`,
 * `Sunday, 18:02`, then `14 May, 18:02`, and with the year where it is another one.
 *
 * @param instant UTC milliseconds
 * @param now UTC milliseconds
 */
export function moment(instant: number, now: number, locale?: string, timeZone?: string): string {
	const then = new Date(instant);
	const time = then.toLocaleTimeString(locale, { timeStyle: 'short', timeZone });
	return `${dayWords(instant, now, locale, timeZone)}, ${time}`;
}

function dayWords(instant: number, now: number, locale?: string, timeZone?: string): string {
	const days = civilDay(now, timeZone) - civilDay(instant, timeZone);
	if (days === 0) return 'Today';
	if (days === 1) return 'Yesterday';
	const then = new Date(instant);
	if (days > 1 && days < 7) return then.toLocaleDateString(locale, { weekday: 'long', timeZone });
	const sameYear = yearOf(instant, timeZone) === yearOf(now, timeZone);
	return then.toLocaleDateString(locale, {
		day: 'numeric',
		month: 'long',
		year: sameYear ? undefined : 'numeric',
		timeZone,
	});
}

/** The reader's calendar day of an instant, as days since 1970-01-01. */
function civilDay(instant: number, timeZone?: string): number {
	const [year = 0, month = 1, day = 1] = dateParts(instant, timeZone);
	return Date.UTC(year, month - 1, day) / DAY;
}

function yearOf(instant: number, timeZone?: string): number {
	return dateParts(instant, timeZone)[0] ?? 0;
}

/** Year, month, day. Sweden writes them in this order, as ISO does. */
function dateParts(instant: number, timeZone?: string): number[] {
	return new Date(instant).toLocaleDateString('sv-SE', { timeZone }).split('-').map(Number);
}
