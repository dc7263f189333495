import type { ReleaseGrouping } from '$lib/contracts';
import type { Books } from '$workers/table/bookings';
import { month } from '$workers/table/calendar';
import { civilDay } from '$workers/table/civil';
import { nameAt } from '$workers/table/column';
import { MINIMUM_PROPERTIES } from './minimums';

export type CellName = readonly string[];

/** Cells that divide the same people, so that one is what is left when the others are taken away. */
export interface Group {
	readonly cells: readonly CellName[];
	/** Whoever belongs to the group is in one of the cells. */
	readonly whole: boolean;
}

/** Days between booking and arrival: from this many, up to the next. */
const LEAD_TIMES = [
	[0, 'under 7 days'],
	[7, '7 to 29 days'],
	[30, '30 to 89 days'],
	[90, '90 days or more'],
] as const;

const COUNTRY = /^[A-Z]{2}$/;

/**
 * The cells that a release looks at. Months, kinds and lead times follow from the calendar and the
 * homes alone. Which countries there are follows from guests: that list is never shown.
 */
export function layoutOf(books: Books, grouping: ReleaseGrouping, year: number): readonly Group[] {
	switch (grouping) {
		case 'month':
			return [{ cells: monthsOf(books, year).map((name) => [name]), whole: true }];
		case 'month-and-kind': {
			const { all, kinds } = kindsOf(books);
			return monthsOf(books, year).map((name) => ({
				cells: kinds.map((kind) => [name, kind]),
				whole: all,
			}));
		}
		case 'lead-time':
			return [{ cells: LEAD_TIMES.map(([, name]) => [name]), whole: true }];
		case 'country':
			return [
				{
					cells: books.guests.columns.country.names
						.filter((name) => COUNTRY.test(name))
						.map((name) => [name]),
					whole: false,
				},
			];
	}
}

/** Whether the list of cells may be told before anything is released. */
export const isListed = (grouping: ReleaseGrouping): boolean => grouping !== 'country';

/** The name of the cell that a booking belongs to, whether or not there is such a cell. */
export function cellOf(
	books: Books,
	row: number,
	grouping: ReleaseGrouping,
	year: number,
): CellName {
	const { arrives_on, guest, lead_time, property } = books.bookings.columns;
	const arrival = monthName(year, month(arrives_on.values[row] as number));
	switch (grouping) {
		case 'month':
			return [arrival];
		case 'month-and-kind':
			return [
				arrival,
				nameAt(books.properties.columns.property_type, property.values[row] as number),
			];
		case 'lead-time': {
			const days = lead_time.values[row] as number;
			return [LEAD_TIMES.findLast(([from]) => days >= from)?.[1] ?? ''];
		}
		case 'country':
			return [nameAt(books.guests.columns.country, guest.values[row] as number)];
	}
}

/** `2025-03`. */
const monthName = (year: number, number: number): string =>
	`${year}-${String(number).padStart(2, '0')}`;

/** Months that had begun when the books were taken. */
function monthsOf({ asOf }: Books, year: number): readonly string[] {
	return Array.from({ length: 12 }, (_, i) => i + 1)
		.filter((number) => civilDay(year, number, 1) < asOf)
		.map((number) => monthName(year, number));
}

/** Kinds of home with enough homes, and whether these are all kinds. */
function kindsOf({ properties }: Books): { kinds: readonly string[]; all: boolean } {
	const { property_type } = properties.columns;
	const counts = new Map<string, number>();
	for (let row = 0; row < properties.count; row++) {
		const kind = nameAt(property_type, row);
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	const kinds = [...counts].filter(([kind, homes]) => kind && homes >= MINIMUM_PROPERTIES);
	return { kinds: kinds.map(([kind]) => kind).sort(), all: kinds.length === counts.size };
}
