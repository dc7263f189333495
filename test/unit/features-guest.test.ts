import { describe, expect, it } from 'vitest';
import { GUEST_FEATURES, guestFeatures } from '$workers/features/guest-features';
import { seededRandom } from '$workers/math/random';
import { sampleBooks } from '$workers/sample';
import { type Books } from '$workers/table/bookings';
import { categories, numbers, texts } from '$workers/table/column';
import { table } from '$workers/table/table';

const NAMES = [
	'country',
	'user_type',
	'is_business',
	'tenure_days',
	'total_bookings',
	'total_spend',
	'avg_booking_value',
	'booking_frequency',
	'avg_lead_time',
	'cancellation_rate',
	'days_since_last_booking',
	'booking_trend',
];

const sample = sampleBooks({ seed: 5, guests: 800, managed: 8 });
const asOf = sample.asOf - 400;

/** Bookings as rows: guest, booked, arrives, nights, total, status, cancelled. */
type Row = readonly [number, number, number, number, number, string, number?];

function booksOf(rows: readonly Row[]): Books {
	const bookings = table({
		...sample.bookings.columns,
		booking_id: numbers(Uint32Array.from(rows, (_, i) => i + 1)),
		property: numbers(new Uint32Array(rows.length)),
		guest: numbers(Uint32Array.from(rows, ([guest]) => guest)),
		booked_on: numbers(Int32Array.from(rows, ([, booked]) => booked)),
		arrives_on: numbers(Int32Array.from(rows, ([, , arrives]) => arrives)),
		nights: numbers(Uint16Array.from(rows, ([, , , nights]) => nights)),
		adults: numbers(new Uint8Array(rows.length).fill(2)),
		nightly_price: numbers(Float64Array.from(rows, ([, , , nights, total]) => total / nights)),
		total: numbers(Float64Array.from(rows, ([, , , , total]) => total)),
		channel: categories(rows.map(() => 'direct')),
		deposit: categories(rows.map(() => 'none')),
		status: categories(rows.map(([, , , , , status]) => status)),
		cancelled_on: numbers(Float64Array.from(rows, (row) => row[6] ?? Number.NaN)),
		lead_time: numbers(Uint16Array.from(rows, ([, booked, arrives]) => arrives - booked)),
	});
	const guests = table({
		key: texts(['file:1', 'file:2', 'file:3']),
		country: categories(['US', '', 'CA']),
		type: categories(['business', '', 'leisure']),
		first_seen: numbers(Int32Array.of(1000, 1500, 2500)),
	});
	return { ...sample, bookings, guests };
}

const books = booksOf([
	[0, 1000, 1010, 2, 200, 'checked out'],
	[0, 1500, 1520, 3, 300, 'cancelled', 1510],
	[0, 1900, 1930, 4, 400, 'checked out'],
	[0, 1950, 2100, 5, 500, 'cancelled', 2050],
	[1, 1600, 1700, 1, 100, 'no-show'],
	[2, 2500, 2600, 1, 100, 'confirmed'],
]);

const at = (day: number, name: string) =>
	Array.from(
		guestFeatures(books, day).matrix.columns.find((column) => column.name === name)?.values ?? [],
	);

describe('the features of guests', () => {
	it('are the twelve, in order, each with its definition', () => {
		const { matrix } = guestFeatures(sample, asOf);
		expect(matrix.columns.map(({ name }) => name)).toEqual(NAMES);
		expect(GUEST_FEATURES.map(({ name }) => name)).toEqual(NAMES);
		for (const { description, sources } of GUEST_FEATURES) {
			expect(description).toMatch(/\.$/);
			expect(sources.length).toBeGreaterThan(0);
		}
	});

	it('know of a day what was known when it began', () => {
		expect(Array.from(guestFeatures(books, 2000).guests)).toEqual([0, 1]);
		expect(at(2000, 'total_bookings')).toEqual([4, 1]);
		expect(at(2000, 'tenure_days')).toEqual([1000, 500]);
		// The last stay is not over, and its cancellation not yet known.
		expect(at(2000, 'total_spend')).toEqual([600, 0]);
		expect(at(2000, 'avg_booking_value')).toEqual([1100 / 3, Number.NaN]);
		expect(at(2000, 'cancellation_rate')).toEqual([0.25, 0]);
		expect(at(2000, 'avg_lead_time')).toEqual([(10 + 20 + 30 + 150) / 4, 100]);
		expect(at(2000, 'days_since_last_booking')).toEqual([50, 400]);
		expect(at(2000, 'booking_frequency')).toEqual([(4 * 365) / 1000, 365 / 500]);
		expect(at(2000, 'booking_trend')).toEqual([2, 0]);
	});

	it('say of country and kind what the source says, and nothing where it does not', () => {
		expect(at(2000, 'country')).toEqual([0, Number.NaN]);
		expect(at(2000, 'is_business')).toEqual([1, Number.NaN]);
	});

	it('learn of a cancellation on the day after it, and of who did not come on the day after the arrival', () => {
		expect(at(2050, 'cancellation_rate')[0]).toBe(0.25);
		expect(at(2051, 'cancellation_rate')[0]).toBe(0.5);
		expect(at(1700, 'avg_booking_value')[1]).toBe(100);
		expect(at(1701, 'avg_booking_value')[1]).toBeNaN();
	});

	it('stay as they are, whatever happens from the day on', () => {
		expect(guestFeatures(scrambleAfter(sample, asOf), asOf)).toEqual(guestFeatures(sample, asOf));
	});
});

/** Everything that a day does not know yet, drawn anew: later bookings, cancellations and ends. */
function scrambleAfter(whole: Books, day: number): Books {
	const random = seededRandom(9);
	const { columns } = whole.bookings;
	const later = (row: number) => (columns.booked_on.values[row] as number) >= day;
	const change = (values: ArrayLike<number>, draw: () => number) =>
		Float64Array.from(values, (value, row) => (later(row) ? draw() : value));
	const { codes } = columns.status;
	const arrives = columns.arrives_on.values;
	return {
		...whole,
		bookings: table({
			...columns,
			guest: numbers(change(columns.guest.values, () => random.integer(whole.guests.count))),
			total: numbers(change(columns.total.values, () => 1e4 * random.next())),
			nights: numbers(change(columns.nights.values, () => 1 + random.integer(9))),
			lead_time: numbers(change(columns.lead_time.values, () => random.integer(300))),
			cancelled_on: numbers(
				Float64Array.from(columns.cancelled_on.values, (value) =>
					value < day ? value : random.next() < 0.5 ? Number.NaN : day + random.integer(99),
				),
			),
			status: {
				...columns.status,
				codes: codes.map((code, row) =>
					(arrives[row] as number) >= day ? random.integer(columns.status.names.length) : code,
				),
			},
		}),
		guests: table({
			...whole.guests.columns,
			first_seen: numbers(
				Int32Array.from(whole.guests.columns.first_seen.values, (seen) =>
					seen < day ? seen : day + random.integer(500),
				),
			),
		}),
	};
}
