import { describe, expect, it } from 'vitest';
import { overview } from '$workers/models/overview';
import { spreadNights } from '$workers/features/nights';
import type { Books } from '$workers/table/bookings';
import { civilDay } from '$workers/table/civil';
import { categories, numbers, texts } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { table } from '$workers/table/table';

/** One home; each stay is [arrival, nights, total, status]. */
function books(asOf: number, stays: readonly (readonly [number, number, number, string])[]): Books {
	const empty = emptyBooks('USD');
	const column = (values: readonly number[]) => numbers(Float64Array.from(values));
	return {
		...empty,
		asOf,
		properties: table({
			...empty.properties.columns,
			key: texts(['own:1']),
			title: texts(['Mill Lane']),
			property_type: categories(['flat']),
			destination: categories(['']),
			country: categories(['']),
			...Object.fromEntries(
				['bedrooms', 'max_guests', 'base_price', 'rating', 'photos_count', 'latitude'].map(
					(name) => [name, column([1])],
				),
			),
			longitude: column([1]),
			amenities_count: column([1]),
			units: column([1]),
			opened_on: column([civilDay(2024, 1, 1)]),
		}) as Books['properties'],
		bookings: table({
			...empty.bookings.columns,
			booking_id: column(stays.map((_, i) => i)),
			property: column(stays.map(() => 0)),
			guest: column(stays.map(() => 0)),
			booked_on: column(stays.map(([arrival]) => arrival - 3)),
			arrives_on: column(stays.map(([arrival]) => arrival)),
			nights: column(stays.map(([, nights]) => nights)),
			adults: column(stays.map(() => 2)),
			nightly_price: column(stays.map(([, nights, total]) => total / nights)),
			total: column(stays.map(([, , total]) => total)),
			channel: categories(stays.map(() => 'direct')),
			deposit: categories(stays.map(() => 'none')),
			status: categories(stays.map(([, , , status]) => status)),
			cancelled_on: column(stays.map(() => Number.NaN)),
			lead_time: column(stays.map(() => 3)),
		}) as Books['bookings'],
	};
}

const may = civilDay(2025, 5, 1);
const june = civilDay(2025, 6, 1);

describe('the nights of the books', () => {
	it('spread a stay over its nights, and leave out what was cancelled', () => {
		const nights = spreadNights(
			books(june, [
				[may, 2, 200, 'checked out'],
				[may + 1, 3, 900, 'cancelled'],
			]),
			may + 4,
		);
		expect(Array.from(nights.taken)).toEqual([1, 1, 0, 0]);
		expect(Array.from(nights.revenue)).toEqual([100, 100, 0, 0]);
	});
});

describe('the overview', () => {
	const half = Array.from({ length: 15 }, (_, i) => [may + 2 * i, 1, 120, 'checked out'] as const);

	it('counts nights let over nights open, and their price', () => {
		const { month, tiles } = overview(books(june + 3, half), 'month');
		expect(month).toEqual({ from: may, to: june });
		const value = Object.fromEntries(tiles.map(({ name, now }) => [name, now.value]));
		expect(value.occupancy).toBeCloseTo(15 / 31, 12);
		expect(value.adr).toBeCloseTo(120, 12);
		expect(value.revpar).toBeCloseTo((15 * 120) / 31, 12);
		expect(value.revenue).toBeCloseTo(15 * 120, 12);
	});

	it('says nothing of a year before that it does not know', () => {
		const { tiles } = overview(books(june, half), 'month');
		expect(tiles.every(({ before }) => Number.isNaN(before))).toBe(true);
		expect(tiles.some(({ moreThanNoise }) => moreThanNoise)).toBe(false);
	});

	it('takes a full month after a half one for more than noise, and the same again for noise', () => {
		const year = 365;
		const full = Array.from({ length: 31 }, (_, i) => [may + i, 1, 120, 'checked out'] as const);
		const withBefore = (before: readonly (typeof half)[number][]) =>
			overview(
				books(june, [...before.map(([day, ...rest]) => [day - year, ...rest] as const), ...full]),
				'month',
			).tiles.find(({ name }) => name === 'revenue');
		expect(withBefore(half)?.moreThanNoise).toBe(true);
		expect(withBefore(full)?.moreThanNoise).toBe(false);
	});

	it('lists the next thirty nights of each home', () => {
		const ahead = [june + 1, 2, 200, 'confirmed'] as const;
		const [home] = overview(books(june, [...half, ahead]), 'month').homes;
		expect(home?.nights.length).toBe(30);
		expect(Array.from(home?.nights.slice(0, 4) ?? [])).toEqual([0, 1, 1, 0]);
		expect(home?.empty).toBe(28);
	});

	it('tells no change of bookings made where the books end with their last arrival', () => {
		const year = half.map(([day, ...rest]) => [day - 365, ...rest] as const);
		const cut = books(june, [...year, ...half]);
		const early = numbers(
			Float64Array.from(cut.bookings.columns.arrives_on.values, (day) => day - 40),
		);
		const whole = {
			...cut,
			bookings: table({ ...cut.bookings.columns, booked_on: early }),
		};
		const before = (of: Books) =>
			overview(of, 'month').tiles.find(({ name }) => name === 'bookings')?.before;
		expect(before(cut)).toBeNaN();
		expect(before(whole)).toBeGreaterThanOrEqual(0);
	});

	it('needs a whole month', () => {
		expect(() => overview(books(may + 10, [[may + 1, 1, 100, 'checked out']]), 'month')).toThrow(
			RangeError,
		);
	});
});
