import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { sampleBooks } from '$workers/sample';
import { drawCharacters, drawTastes, likingOf, NO_TASTE, stopsAt } from '$workers/sample/tastes';
import { TASTE } from '$workers/sample/truth';

const kinds = Array.from({ length: TASTE.kinds }, (_, kind) => kind);

describe('the tastes of the sample town', () => {
	it('leave the odds of a home as they are, on average over the kinds', () => {
		const odds = kinds.map((taste) => Math.exp(likingOf(taste, 2)));
		expect(odds.reduce((sum, each) => sum + each, 0) / TASTE.kinds).toBeCloseTo(1, 12);
		expect(likingOf(NO_TASTE, 2)).toBe(0);
		expect(likingOf(1, NO_TASTE)).toBe(0);
	});

	it('are as frequent as each other, and so are characters where no neighbourhood shows them', () => {
		const count = 40_000;
		const tastes = drawTastes(count, seededRandom(1));
		for (const kind of kinds) {
			const share = tastes.filter((taste) => taste === kind).length / count;
			expect(Math.abs(share - 1 / TASTE.kinds)).toBeLessThan(0.01);
		}
	});

	it('show in the neighbourhood for the share of homes that the truth says', () => {
		const count = 40_000;
		const characters = drawCharacters(new Uint8Array(count).fill(1), seededRandom(2));
		const share = characters.filter((character) => character === 1).length / count;
		const expected = TASTE.shown + (1 - TASTE.shown) / TASTE.kinds;
		expect(Math.abs(share - expected)).toBeLessThan(0.01);
	});

	it('pass by homes of another character as often as the truth says, and never by their own', () => {
		const random = seededRandom(3);
		const tries = 20_000;
		const stops = (character: number) =>
			Array.from({ length: tries }, () => stopsAt(0, character, random)).filter(Boolean).length;
		expect(stops(0)).toBe(tries);
		expect(Math.abs(stops(1) / tries - (1 - TASTE.passedBy))).toBeLessThan(0.02);
	});

	it('make guests who come again choose alike more often than homes are shared at all', () => {
		const { bookings, guests, properties } = sampleBooks({ seed: 11 });
		const homes: Set<number>[] = Array.from({ length: guests.count }, () => new Set());
		bookings.columns.property.values.forEach((home, row) =>
			homes[bookings.columns.guest.values[row] as number]?.add(home),
		);
		// Lifts of pairs over what the homes' own frequencies make likely: spread far wider than chance.
		const own = new Float64Array(properties.count);
		const pairs = new Map<string, number>();
		for (const set of homes)
			for (const one of set) {
				own[one] = (own[one] ?? 0) + (set.size > 1 ? 1 : 0);
				for (const other of set)
					if (one < other) pairs.set(`${one} ${other}`, (pairs.get(`${one} ${other}`) ?? 0) + 1);
			}
		const all = own.reduce((sum, count) => sum + count, 0);
		const total = [...pairs.values()].reduce((sum, count) => sum + count, 0);
		let square = 0;
		let cells = 0;
		for (let one = 0; one < properties.count; one++)
			for (let other = one + 1; other < properties.count; other++) {
				const expected = (2 * total * (own[one] ?? 0) * (own[other] ?? 0)) / all ** 2;
				square += ((pairs.get(`${one} ${other}`) ?? 0) - expected) ** 2 / expected;
				cells++;
			}
		expect(square / cells).toBeGreaterThan(2);
	});
});
