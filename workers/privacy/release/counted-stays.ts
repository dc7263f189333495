import type { ReleaseFigure, ReleaseUnit } from '$lib/contracts';
import { hashText } from '$workers/math/random';
import type { Books, BookingStatus } from '$workers/table/bookings';
import { yearOf } from '$workers/table/calendar';

/** Nights that count of one stay: no guest can then be a large part of a figure. */
export const MOST_NIGHTS = 7;

const OVER: BookingStatus = 'checked out';

/** The most that one guest adds to a figure. Must stay below the fewest people that a cell shows. */
export const mostOf = (figure: ReleaseFigure): number => (figure === 'nights' ? MOST_NIGHTS : 1);

/** Where the books name no guest, every booking stands for one. */
export const unitOf = (books: Books): ReleaseUnit => (books.guests.count ? 'guest' : 'booking');

/**
 * The bookings that a release about a year counts: stays that are over and began in that year, and
 * of each guest one. Which one is drawn by a hash of the stay itself, so that it is the same in every
 * release and does not depend on any other guest.
 *
 * @param leftOut keys of the guests who are not to be counted
 */
export function countedStays(
	books: Books,
	year: number,
	leftOut: ReadonlySet<string>,
): readonly number[] {
	const { arrives_on, guest, nights, status } = books.bookings.columns;
	const over = status.names.indexOf(OVER);
	const keys = books.guests.columns.key.values;
	const named = unitOf(books) === 'guest';
	const chosen = new Map<number, number>();
	for (let row = 0; row < books.bookings.count; row++) {
		if (status.codes[row] !== over || !nights.values[row]) continue;
		const arrival = arrives_on.values[row] as number;
		if (arrival >= books.asOf || yearOf(arrival) !== year) continue;
		const person = named ? (guest.values[row] as number) : row;
		if (named && leftOut.has(keys[person] ?? '')) continue;
		const other = chosen.get(person);
		if (other === undefined || lot(books, row) < lot(books, other)) chosen.set(person, row);
	}
	return [...chosen.values()];
}

/** What a stay adds to the figure: clamped before any noise. */
export function amountOf(books: Books, row: number, figure: ReleaseFigure): number {
	const nights = books.bookings.columns.nights.values[row] as number;
	return Math.min(mostOf(figure), nights);
}

function lot({ bookings, properties }: Books, row: number): number {
	const { arrives_on, booked_on, nights, property } = bookings.columns;
	const key = properties.columns.key.values[property.values[row] as number] ?? '';
	return hashText(
		`${arrives_on.values[row]}/${booked_on.values[row]}/${nights.values[row]}/${key}`,
	);
}
