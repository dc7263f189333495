import { describe, expect, test } from 'vitest';
import { ENGAGEMENT_FEATURES, engagementFeatures } from '$workers/features/engagement-features';
import { PROPERTY_FEATURES, propertyFeatures } from '$workers/features/property-features';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { numbers } from '$workers/table/column';
import { table } from '$workers/table/table';
import { seededRandom } from '$workers/math/random';

const books = sampleBooks({ seed: 7, managed: 6, guests: 500, years: 1 });
const asOf = books.asOf - 60;
const DAY = 86_400_000;

/** The same books with everything that happened from the day on replaced by noise. */
function otherFuture(of: Books, from: number): Books {
	const random = seededRandom('another future');
	const { bookings, engagement } = of;
	const made = bookings.columns.booked_on.values;
	const noise = (values: ArrayLike<number>, later: (row: number) => boolean, to: () => number) =>
		numbers(Float64Array.from(values, (value, row) => (later(row) ? to() : value)));
	const unmade = (row: number) => (made[row] as number) >= from;
	const { columns } = bookings;
	const cancelled = columns.cancelled_on.values;
	const undecided = (row: number) => !((cancelled[row] as number) < from);
	const later = (row: number) => (engagement.columns.instant.values[row] as number) >= from * DAY;
	return {
		...of,
		bookings: table({
			...columns,
			property: noise(columns.property.values, unmade, () => random.integer(6)),
			nights: noise(columns.nights.values, unmade, () => 1 + random.integer(9)),
			nightly_price: noise(columns.nightly_price.values, unmade, () => 1000 * random.next()),
			cancelled_on: noise(cancelled, undecided, () => from + random.integer(100)),
		}),
		engagement: table({
			...engagement.columns,
			property: noise(engagement.columns.property.values, later, () => random.integer(6)),
			seconds: noise(engagement.columns.seconds.values, later, () => 1000 * random.next()),
		}),
	};
}

describe('the features of properties', () => {
	test('are the fifteen of the feature table, in the order of their definitions', () => {
		const { matrix, keys } = propertyFeatures(books, asOf);
		expect(matrix.columns.map(({ name }) => name)).toEqual(
			PROPERTY_FEATURES.map(({ name }) => name),
		);
		expect(PROPERTY_FEATURES).toHaveLength(15);
		expect(keys.property).toEqual(Uint32Array.from([0, 1, 2, 3, 4, 5]));
	});

	test('stay as they are whatever the future brings', () => {
		expect(propertyFeatures(otherFuture(books, asOf), asOf)).toEqual(propertyFeatures(books, asOf));
	});

	test('change when the past does', () => {
		const changed = propertyFeatures(otherFuture(books, asOf - 40), asOf);
		expect(changed).not.toEqual(propertyFeatures(books, asOf));
	});

	test('count bookings, nights and cancellations by hand', () => {
		const opened = numbers(new Float64Array(6).fill(980));
		const properties = table({ ...books.properties.columns, opened_on: opened });
		const own = { ...books, properties, bookings: handMade(books) };
		const { matrix } = propertyFeatures(own, 1000);
		const value = (name: string) => matrix.columns.find((each) => each.name === name)?.values[0];
		expect(value('bookings_lag_7d')).toBe(1);
		expect(value('bookings_lag_30d')).toBe(0);
		expect(value('bookings_ma_7d')).toBeCloseTo(2 / 7, 12);
		// Three nights from day 995 and one (of two) from 999, in the 20 days since it opened.
		expect(value('occupancy_30d')).toBeCloseTo(4 / 20, 12);
		expect(value('adr_30d')).toBeCloseTo((3 * 100 + 140) / 4, 12);
		expect(value('cancellation_rate_90d')).toBeCloseTo(1 / 3, 12);
	});
});

describe('the features of engagement', () => {
	test('are the eight of the feature table, in the order of their definitions', () => {
		const { matrix, keys } = engagementFeatures(books, asOf);
		expect(matrix.columns.map(({ name }) => name)).toEqual(
			ENGAGEMENT_FEATURES.map(({ name }) => name),
		);
		expect(ENGAGEMENT_FEATURES).toHaveLength(8);
		expect(keys.date).toEqual(new Int32Array(6).fill(asOf - 1));
	});

	test('stay as they are whatever the future brings', () => {
		const other = otherFuture(books, asOf);
		expect(engagementFeatures(other, asOf)).toEqual(engagementFeatures(books, asOf));
	});

	test('change when the past does', () => {
		const other = otherFuture(books, asOf - 5);
		expect(engagementFeatures(other, asOf)).not.toEqual(engagementFeatures(books, asOf));
	});

	test('count the views of the week as the log has them', () => {
		const { columns } = books.engagement;
		const view = columns.kind.names.indexOf('view');
		const byHand = Array.from(columns.instant.values).filter(
			(instant, row) =>
				instant >= (asOf - 7) * DAY &&
				instant < asOf * DAY &&
				columns.kind.codes[row] === view &&
				columns.property.values[row] === 2,
		);
		const { matrix } = engagementFeatures(books, asOf);
		expect(matrix.columns.find(({ name }) => name === 'views_7d')?.values[2]).toBe(byHand.length);
	});
});

/** Four bookings of property 0; the last one is made on the day itself. */
function handMade({ bookings }: Books) {
	const { columns } = bookings;
	const ints = (...values: number[]) => numbers(Float64Array.from(values));
	const status = columns.status;
	const code = (name: string) => status.names.indexOf(name);
	const { channel, deposit } = columns;
	return table({
		...columns,
		booking_id: ints(1, 2, 3, 4),
		property: ints(0, 0, 0, 0),
		guest: ints(0, 0, 0, 0),
		booked_on: ints(990, 993, 999, 1000),
		arrives_on: ints(995, 996, 999, 1000),
		nights: ints(3, 9, 2, 5),
		adults: ints(1, 1, 1, 1),
		nightly_price: ints(100, 999, 140, 999),
		total: ints(300, 999, 280, 999),
		cancelled_on: ints(NaN, 994, NaN, NaN),
		lead_time: ints(5, 3, 0, 0),
		status: {
			...status,
			codes: Uint16Array.from(
				['checked out', 'cancelled', 'confirmed', 'confirmed'].map((name) => code(name)),
			),
		},
		channel: { ...channel, codes: new Uint16Array(4) },
		deposit: { ...deposit, codes: new Uint16Array(4) },
	});
}
