import { describe, expect, test } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { guestHomesOf, homeSuits } from '$workers/models/guest-homes';
import { firstThree } from '$workers/models/guest-homes/segment-homes';
import { civilDay } from '$workers/table/civil';
import { categories, numbers } from '$workers/table/column';
import { table } from '$workers/table/table';
import type { Books } from '$workers/table/bookings';
import { releaseBooks, type TestStay } from '../support/release-books';

const HOMES = 8;
const KINDS = Array.from({ length: HOMES }, () => 'Flat');
const quiet = () => ({
	cancelled: () => false,
	onProgress: () => undefined,
	random: seededRandom('guest-homes'),
});

/** Guests of two kinds: even ones stay in the first four homes, odd ones in the others. */
function twoKinds(guests: number, staysEach: number): Books {
	const random = seededRandom('two kinds');
	const stays: TestStay[] = [];
	for (let round = 0; round < staysEach; round++)
		for (let guest = 0; guest < guests; guest++)
			stays.push({
				guest,
				property: (guest % 2) * 4 + random.integer(4),
				arrives: [2026, 1 + round, 1 + random.integer(28)],
				nights: guest % 2 ? 2 : 9,
			});
	const books = releaseBooks(stays, { kinds: KINDS, guests });
	return {
		...books,
		guests: table({
			...books.guests.columns,
			type: categories(
				Array.from({ length: guests }, (_, guest) => (guest % 2 ? 'business' : 'leisure')),
			),
		}),
	};
}

describe('homes of a segment', () => {
	const answer = guestHomesOf(twoKinds(200, 4));
	const business = answer.segments.find(({ key }) => key === 'business');

	test('what a kind of guest books alone has twice its usual share', () => {
		expect(business?.bookings).toBe(400);
		for (const { high, low, property, uplift } of business?.homes.slice(0, 4) ?? []) {
			expect(property).toBeGreaterThanOrEqual(4);
			expect(uplift).toBeGreaterThan(1.7);
			expect(low).toBeGreaterThan(1);
			expect(high).toBeGreaterThan(uplift);
		}
		expect(business?.homes[4]?.high).toBeLessThan(1);
	});

	test('an uplift is the drawn share over the usual one', () => {
		for (const { homes, bookings: size } of answer.segments)
			for (const { bookings, share, uplift, usual } of homes) {
				expect(share).toBeCloseTo((bookings + 30 * usual) / (size + 30), 12);
				expect(uplift).toBeCloseTo(share / usual, 12);
			}
	});

	test('ways of telling guests apart are tried on later bookings, and one that tells nothing gains nothing', () => {
		const tried = new Map(answer.tried.map((one) => [one.by, one]));
		const gain = (by: 'type' | 'returning') => {
			const { bookings, hits, usualHits, standardError } = tried.get(by)!;
			return { share: (hits - usualHits) / bookings, standardError };
		};
		// Three of the four homes of one's kind hold three quarters, three of all eight three eighths.
		expect(gain('type').share).toBeGreaterThan(0.25);
		expect(Math.abs(gain('returning').share)).toBeLessThanOrEqual(
			3 * gain('returning').standardError,
		);
		expect(answer.triedFrom).toBeGreaterThan(answer.from);
	});

	test('cancelled bookings and those who did not come are no stays', () => {
		const stays = Array.from({ length: 30 }, (_, i): TestStay => ({
			guest: i,
			property: i % 2,
			arrives: [2026, 3, 1],
			nights: 2,
		}));
		const off = stays.map((stay, i) => ({ ...stay, status: i % 2 ? 'cancelled' : 'no-show' }));
		expect(guestHomesOf(releaseBooks([...stays, ...off])).bookings).toBe(30);
	});

	test('a segment of few bookings is not told', () => {
		const few = guestHomesOf(twoKinds(18, 1));
		expect(few.segments.filter(({ by }) => by === 'type')).toEqual([]);
	});
});

describe('whom a home suits', () => {
	test('guests who were in homes of the same kind, and not in this one; they say why', async () => {
		const books = twoKinds(200, 3);
		const { guests, segments, tried } = (await homeSuits(books, 6, quiet()))!;
		expect(segments[0]).toMatchObject({ by: 'type', key: 'business' });
		expect(guests).toHaveLength(20);
		const { guest, property } = books.bookings.columns;
		for (const { because, key, score } of guests) {
			const number = Number(key.slice(1));
			expect(number % 2).toBe(1);
			const been = Array.from(guest.values.keys())
				.filter((row) => guest.values[row] === number)
				.map((row) => property.values[row]);
			expect(been).not.toContain(6);
			for (const { property: home } of because) expect(been).toContain(home);
			expect(because.reduce((sum, { part }) => sum + part, 0)).toBeLessThanOrEqual(score + 1e-9);
		}
		expect(tried!.hits).toBeGreaterThan(tried!.usualHits);
	});

	test('books that name no guests tell of bookings alone', async () => {
		const books = twoKinds(200, 3);
		const nobody = {
			...books,
			guests: table({
				...books.guests.columns,
				key: { ...books.guests.columns.key, values: [] },
				country: categories([]),
				type: categories([]),
				first_seen: numbers(new Int32Array(0)),
			}),
		};
		const { guests, segments, tried } = (await homeSuits(nobody, 6, quiet()))!;
		expect([guests, tried]).toEqual([[], null]);
		expect(segments.map(({ by }) => by)).toContain('stay');
	});

	test('the standard error is that of paired differences', () => {
		const both = [
			{ hit: true, usualHit: false },
			{ hit: true, usualHit: false },
			{ hit: false, usualHit: true },
			{ hit: true, usualHit: true },
		];
		// Differences 1, 1, -1, 0: mean 1/4, mean square 3/4.
		expect(firstThree(both)).toEqual({
			bookings: 4,
			hits: 3,
			usualHits: 2,
			standardError: Math.sqrt((3 / 4 - 1 / 16) / 4),
		});
	});

	test('what is tried was booked after everything that was learned from', () => {
		const { from, to, triedFrom } = guestHomesOf(twoKinds(100, 6));
		expect(from).toBeLessThan(triedFrom);
		expect(triedFrom).toBeLessThanOrEqual(to);
		expect(triedFrom).toBeGreaterThan(civilDay(2025, 12, 1));
	});
});
