import type { HomeRow } from '$lib/contracts/insight';
import type { Nights } from '$workers/features/nights';
import type { Books } from '$workers/table/bookings';
import { weekday } from '$workers/table/calendar';
import { titlesOf } from '$workers/table/titles';
import type { Months } from './months';

const AHEAD = 30;
/** A page lists this many; the fullest books first. */
const MOST = 200;

/** Each property with its month and its next 30 nights, those with the most empty nights first. */
export function homeRows(books: Books, nights: Nights, month: Months): HomeRow[] {
	const rows = titlesOf(books).map((title, property) => ({
		title,
		...homeRow(books, nights, month, property),
	}));
	return rows.sort((a, b) => b.empty - a.empty).slice(0, MOST);
}

function homeRow(
	books: Books,
	nights: Nights,
	month: Months,
	property: number,
): Omit<HomeRow, 'title'> {
	const share = (day: number) => read(nights, nights.taken, property, day) / open(day);
	const open = (day: number) => Math.max(1, read(nights, nights.units, property, day));
	const sum = (from: readonly number[], array: ArrayLike<number>) =>
		from.reduce((all, day) => all + read(nights, array, property, day), 0);
	const days = range(month.from, month.to);
	const ahead = range(books.asOf, books.asOf + AHEAD);
	const taken = sum(days, nights.taken);
	const revenue = sum(days, nights.revenue);
	const coming = Float64Array.from(ahead, share);
	return {
		property,
		nights: coming,
		occupancy: taken / sum(days, nights.units),
		adr: revenue / taken,
		revenue,
		stands: standsOut(coming, ahead),
		empty: coming.filter((share) => share < 0.5).length,
	};
}

const FULL = 0.95;
const QUIET = 0.25;
/** Weekends this much emptier (or fuller) than the rest of the week stand out. */
const APART = 0.2;

/** What a manager would notice first in the next nights. */
function standsOut(coming: Float64Array, days: readonly number[]): HomeRow['stands'] {
	const mean = (wanted: (day: number) => boolean) => {
		const some = coming.filter((_, i) => wanted(days[i] as number));
		return some.reduce((sum, value) => sum + value, 0) / Math.max(1, some.length);
	};
	const all = mean(() => true);
	const weekend = mean(isWeekend);
	const midweek = mean((day) => !isWeekend(day));
	if (all >= FULL) return 'full';
	if (all <= QUIET) return 'quiet';
	if (weekend >= FULL) return 'full-weekends';
	if (weekend - midweek > APART) return 'empty-midweek';
	if (midweek - weekend > APART) return 'empty-weekend';
	return 'as-expected';
}

/** Nights from Friday and from Saturday. */
const isWeekend = (day: number) => weekday(day) === 5 || weekday(day) === 6;

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function read(nights: Nights, values: ArrayLike<number>, property: number, day: number): number {
	const at = day - nights.first;
	return at >= 0 && at < nights.days ? (values[property * nights.days + at] as number) : 0;
}
