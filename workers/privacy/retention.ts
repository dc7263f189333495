import type { DatedTable } from '$lib/contracts';

export const DAY = 86_400_000;

/** Acts are kept for two years: long enough for a second move, short enough to be forgotten. */
export const ACTS_KEPT_DAYS = 730;

const YEAR = 365;
const LONGEST = 36_500;

interface Period {
	/** Days that hold where nothing was chosen; `null`: until erased. */
	readonly inForce: number | null;
	/** Days that such data is usually kept for, as the page suggests. */
	readonly usual: number;
	/** Whose day ages are counted from; see `booksDay`. */
	readonly clock: 'device' | 'books';
}

/**
 * How long rows are kept. What a person did here goes after two years without being asked for. What a
 * manager brought in stays until a period is chosen: an imported history must not vanish on a start.
 */
export const PERIODS: Readonly<Record<DatedTable, Period>> = {
	interaction: { inForce: ACTS_KEPT_DAYS, usual: ACTS_KEPT_DAYS, clock: 'device' },
	fact_booking_detail: { inForce: null, usual: 3 * YEAR, clock: 'books' },
	dim_user: { inForce: null, usual: 2 * YEAR, clock: 'books' },
	fact_property_engagement: { inForce: null, usual: YEAR, clock: 'books' },
	fact_booking_daily: { inForce: null, usual: 3 * YEAR, clock: 'books' },
	run: { inForce: null, usual: YEAR, clock: 'device' },
};

export const DATED_TABLES = Object.keys(PERIODS) as readonly DatedTable[];

/** What the person chose, by table; `null`: until erased. */
export type Choices = Readonly<Partial<Record<DatedTable, number | null>>>;

/** Days that a table's rows are kept now; `null`: until erased. */
export const daysKept = (table: DatedTable, choices: Choices): number | null => {
	const chosen = choices[table];
	return chosen === undefined ? PERIODS[table].inForce : chosen;
};

/** @throws RangeError for a table without dates and for days that are no period */
export function requirePeriod(table: DatedTable, days: number | null): void {
	if (!DATED_TABLES.includes(table)) throw new RangeError('this table has no dates');
	if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= LONGEST))
		throw new RangeError(`a period is a whole number of days from 1 to ${LONGEST}`);
}

/** Acts from before this instant (UTC milliseconds) are to be removed. */
export const actsExpireBefore = (now: number, days = ACTS_KEPT_DAYS): number => now - days * DAY;

/** When the books were first seen to reach up to a day. */
export interface BooksSeen {
	/** The first day of which the books know nothing. */
	readonly asOf: number;
	/** UTC milliseconds. */
	readonly since: number;
}

/**
 * The instant from which the ages of the books' rows are counted: the books' own day when they were
 * brought in, and from then on as time passes. Counted from today, a file of ten years ago that is
 * opened to learn from would be empty at once; counted from the books' day alone, books that nobody
 * adds to would never shrink.
 */
export function booksDay({ asOf, since }: BooksSeen, now: number): number {
	const passed = Math.max(0, Math.floor((now - since) / DAY));
	return (asOf + passed) * DAY;
}

/** What is remembered of the device's clock between runs of the job. UTC milliseconds. */
export interface ClockMemory {
	/** The latest instant that was believed; 0 before the first. */
	readonly trusted: number;
	readonly hold: Hold | null;
}

/** The clock stood far ahead of what was believed, and since when and how often it was seen so. */
export interface Hold {
	readonly clock: number;
	readonly seen: number;
	/** Different days on which the app was used at this clock. */
	readonly days: number;
}

/** A pause that people make without opening the app; beyond it a jump of the clock is as likely. */
const LONGEST_PAUSE = 45 * DAY;
/** A clock that is a year wrong is noticed within so many days of use: secure sites stop opening. */
export const DAYS_OF_USE = 14;

/**
 * Is the clock to be believed? One set ahead by a year would make everything too old. A jump of more
 * than 45 days is held until the person says that it is right, or until the app was used at that
 * clock on 14 different days: otherwise nothing would expire any more after a long absence. A clock
 * set back is believed: it removes less.
 */
export function readClock({ trusted, hold }: ClockMemory, now: number): ClockMemory {
	if (now <= trusted + LONGEST_PAUSE || trusted === 0)
		return { trusted: Math.max(trusted, now), hold: null };
	const goesOn = hold !== null && now >= hold.seen && now <= hold.seen + LONGEST_PAUSE;
	if (!goesOn) return { trusted, hold: { clock: now, seen: now, days: 1 } };
	const another = Math.floor(now / DAY) > Math.floor(hold.seen / DAY) ? 1 : 0;
	const days = hold.days + another;
	if (days >= DAYS_OF_USE) return { trusted: now, hold: null };
	return { trusted, hold: { ...hold, seen: now, days } };
}
