import type { Overview, Tile } from '$lib/contracts/insight';
import { type Nights, spreadNights } from '$workers/features/nights';
import { seededRandom } from '$workers/math/random';
import type { Books } from '$workers/table/bookings';
import { endsWithLastArrival } from '$workers/table/reach';
import { homeRows } from './home-rows';
import { lastWholeMonths, type Months, monthsBefore } from './months';
import { type DayFigures, tiles } from './tiles';

const AHEAD = 90;
const TREND = 13;

/**
 * The manager's first page: the newest whole month (or quarter) beside the same of a year before, and
 * every property with its next 30 nights. A night's money is its share of the stay's total.
 *
 * @throws RangeError where there is not one whole month of stays
 */
export function overview(books: Books, span: 'month' | 'quarter'): Overview {
	const nights = spreadNights(books, books.asOf + AHEAD);
	const length = span === 'month' ? 1 : 3;
	const month = lastWholeMonths(books.asOf, length);
	if (month.to <= nights.first) throw new RangeError('overview needs a whole month of stays');
	const back = (spans: number): Months => ({
		from: monthsBefore(month.from, spans * length),
		to: monthsBefore(month.to, spans * length),
	});
	const before = back(12 / length);
	const spans = Array.from({ length: TREND }, (_, i) => back(TREND - 1 - i));
	return {
		month,
		tiles: tiles(
			dayReader(books, nights),
			month,
			before.from >= nights.first ? before : null,
			spans.filter(({ from }) => from >= nights.first),
			seededRandom(books.asOf),
		).map((tile) => (endsWithLastArrival(books.bookings) ? withoutBookingsMade(tile) : tile)),
		homes: homeRows(books, nights, month),
		currency: books.currency,
		sample: books.sample,
		asOf: books.asOf,
		properties: books.properties.count,
		bookings: books.bookings.count,
	};
}

/** Books that were cut off hold ever fewer of the bookings made of late: no change can be told. */
const withoutBookingsMade = (tile: Tile): Tile =>
	tile.name === 'bookings' ? { ...tile, before: Number.NaN, moreThanNoise: false } : tile;

/** Figures of a day over all properties, added up once. */
function dayReader(books: Books, nights: Nights): (day: number) => DayFigures {
	const taken = new Float64Array(nights.days);
	const units = new Float64Array(nights.days);
	const revenue = new Float64Array(nights.days);
	for (let at = 0; at < nights.taken.length; at++) {
		const day = at % nights.days;
		taken[day] = (taken[day] as number) + (nights.taken[at] as number);
		units[day] = (units[day] as number) + (nights.units[at] as number);
		revenue[day] = (revenue[day] as number) + (nights.revenue[at] as number);
	}
	const made = new Map<number, number>();
	for (const day of books.bookings.columns.booked_on.values)
		made.set(day, (made.get(day) ?? 0) + 1);
	return (day) => {
		const at = day - nights.first;
		return {
			taken: taken[at] ?? 0,
			units: units[at] ?? 0,
			revenue: revenue[at] ?? 0,
			made: made.get(day) ?? 0,
		};
	};
}
