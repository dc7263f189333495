import { emptyBooks } from '$workers/table/empty-books';
import type { Books } from '$workers/table/bookings';
import { categories, numbers, texts } from '$workers/table/column';
import { civilDay } from '$workers/table/civil';
import { table } from '$workers/table/table';

/** A stay as a test of releases writes it. */
export interface TestStay {
	readonly guest: number;
	readonly property: number;
	/** Year, month, day. */
	readonly arrives: readonly [number, number, number];
	readonly nights: number;
	readonly lead?: number;
	readonly status?: string;
}

/** Books of these stays alone, taken at the end of 2026. Guests are named `g0`, `g1` ... */
export function releaseBooks(
	stays: readonly TestStay[],
	{
		countries = ['DE'],
		kinds = ['Flat', 'Flat', 'Flat', 'Flat'],
		guests = Math.max(0, ...stays.map(({ guest }) => guest + 1)),
		asOf = civilDay(2027, 1, 1),
	} = {},
): Books {
	const empty = emptyBooks('EUR');
	const days = stays.map(({ arrives: [year, month, day] }) => civilDay(year, month, day));
	const column = (of: (stay: TestStay) => number) => numbers(Float64Array.from(stays, of));
	return {
		...empty,
		asOf,
		guests: table({
			...empty.guests.columns,
			key: texts(Array.from({ length: guests }, (_, i) => `g${i}`)),
			country: categories(
				Array.from({ length: guests }, (_, i) => countries[i % countries.length] ?? ''),
			),
			type: categories(Array.from({ length: guests }, () => 'leisure')),
			first_seen: numbers(new Int32Array(guests)),
		}),
		properties: table({
			...empty.properties.columns,
			...Object.fromEntries(
				Object.entries(empty.properties.columns)
					.filter(([, { type }]) => type === 'number')
					.map(([name]) => [name, numbers(new Float64Array(kinds.length))]),
			),
			key: texts(kinds.map((_, i) => `home ${i}`)),
			title: texts(kinds.map(() => '')),
			property_type: categories(kinds),
			destination: categories(kinds.map(() => '')),
			country: categories(kinds.map(() => '')),
		}) as Books['properties'],
		bookings: table({
			...empty.bookings.columns,
			...Object.fromEntries(
				Object.entries(empty.bookings.columns)
					.filter(([, { type }]) => type === 'number')
					.map(([name]) => [name, numbers(new Float64Array(stays.length))]),
			),
			booking_id: column((stay) => stays.indexOf(stay) + 1),
			property: column(({ property }) => property),
			guest: column(({ guest }) => guest),
			arrives_on: numbers(Int32Array.from(days)),
			booked_on: numbers(Int32Array.from(stays, ({ lead = 10 }, i) => (days[i] as number) - lead)),
			nights: column(({ nights }) => nights),
			lead_time: column(({ lead = 10 }) => lead),
			channel: categories(stays.map(() => '')),
			deposit: categories(stays.map(() => '')),
			status: categories(stays.map(({ status = 'checked out' }) => status)),
		}) as Books['bookings'],
	};
}
