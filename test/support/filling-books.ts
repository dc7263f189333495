import { seededRandom } from '$workers/math/random';
import { BOOKING_STATUSES, type Books } from '$workers/table/bookings';
import { categories, numbers, texts } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { table } from '$workers/table/table';

export interface PlainBooking {
	readonly arrives: number;
	readonly lead: number;
	readonly nights: number;
	readonly total: number;
	readonly property: number;
	/** Days before arrival; none where it was kept. */
	readonly cancelledAhead?: number | undefined;
}

/** Books of some bookings, of `properties` properties in two destinations, taken on `asOf`. */
export function booksWith(bookings: readonly PlainBooking[], asOf: number, properties = 2): Books {
	const empty = emptyBooks('EUR');
	const each = (value: number) => numbers(new Float64Array(properties).fill(value));
	const names = Array.from({ length: properties }, (_, i) => `home ${i}`);
	const status = bookings.map(({ arrives, nights, cancelledAhead }) =>
		cancelledAhead !== undefined && arrives - cancelledAhead < asOf
			? 'cancelled'
			: arrives + nights < asOf
				? 'checked out'
				: 'confirmed',
	);
	return {
		...empty,
		asOf,
		properties: table({
			...empty.properties.columns,
			key: texts(names),
			title: texts(names),
			property_type: categories(names.map(() => 'home')),
			destination: categories(names.map((_, i) => (i % 2 ? 'harbour' : 'hill'))),
			country: categories(names.map(() => '')),
			bedrooms: each(1),
			max_guests: each(2),
			base_price: each(100),
			rating: each(Number.NaN),
			photos_count: each(Number.NaN),
			latitude: each(0),
			longitude: each(0),
			amenities_count: each(0),
			units: each(Number.NaN),
			opened_on: each(Number.NaN),
		}),
		bookings: table({
			booking_id: numbers(Uint32Array.from(bookings, (_, i) => i + 1)),
			property: numbers(Uint32Array.from(bookings, ({ property }) => property)),
			guest: numbers(new Uint32Array(bookings.length)),
			booked_on: numbers(Int32Array.from(bookings, ({ arrives, lead }) => arrives - lead)),
			arrives_on: numbers(Int32Array.from(bookings, ({ arrives }) => arrives)),
			nights: numbers(Uint16Array.from(bookings, ({ nights }) => nights)),
			adults: numbers(new Uint8Array(bookings.length).fill(2)),
			nightly_price: numbers(Float64Array.from(bookings, ({ total, nights }) => total / nights)),
			total: numbers(Float64Array.from(bookings, ({ total }) => total)),
			channel: categories(bookings.map(() => 'direct')),
			deposit: categories(bookings.map(() => 'none')),
			status: {
				type: 'category',
				codes: Uint16Array.from(status, (name) =>
					BOOKING_STATUSES.indexOf(name as (typeof BOOKING_STATUSES)[number]),
				),
				names: BOOKING_STATUSES,
			},
			cancelled_on: numbers(
				Float64Array.from(bookings, ({ arrives, cancelledAhead }, i) =>
					status[i] === 'cancelled' ? arrives - (cancelledAhead ?? 0) : Number.NaN,
				),
			),
			lead_time: numbers(Uint16Array.from(bookings, ({ lead }) => lead)),
		}),
	};
}

/** One in so many bookings is cancelled, on the day before arrival. */
export const CANCELLED_ONE_IN = 5;
export const MEAN_A_DAY = 12;
/** Leads are even from 0 to this, so that this many days ahead nothing is on the books. */
export const LONGEST_LEAD = 59;
export const PRICE = 100;

/**
 * Bookings that come in by a known law: about twelve a day, some more at weekends and in a season that
 * no two years share, each with an even lead, one in five cancelled on the day before. Only what was
 * booked before `asOf` is there.
 */
export function fillingBookings(first: number, asOf: number, seed = 1): PlainBooking[] {
	const random = seededRandom(seed);
	const bookings: PlainBooking[] = [];
	for (let arrives = first; arrives < asOf + LONGEST_LEAD; arrives++) {
		const season = 1 + 0.4 * Math.sin(arrives / 23);
		const weekend = arrives % 7 < 2 ? 1.5 : 0.8;
		const count = Math.round(MEAN_A_DAY * season * weekend + 2 * random.normal());
		for (let i = 0; i < count; i++) {
			const lead = random.integer(LONGEST_LEAD + 1);
			const cancelled = random.integer(CANCELLED_ONE_IN) === 0 && lead > 0;
			if (arrives - lead >= asOf) continue;
			bookings.push({
				arrives,
				lead,
				nights: 1 + random.integer(3),
				total: PRICE,
				property: random.integer(2),
				...(cancelled && { cancelledAhead: 1 }),
			});
		}
	}
	return bookings;
}
