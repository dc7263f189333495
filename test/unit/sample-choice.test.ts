import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { choose } from '$workers/sample/choice';
import type { Market } from '$workers/sample/market';
import { NO_TASTE } from '$workers/sample/tastes';
import { DEMAND, type GuestType } from '$workers/sample/truth';

const HOMES = 5;
const DAYS = 30;

/** Homes for two that differ in nothing but the price of the first. */
function market(dearer: number): Market {
	const usualPrice = new Float64Array(HOMES).fill(100);
	return {
		rows: Uint32Array.from({ length: HOMES }, (_, home) => home),
		guests: new Float64Array(HOMES).fill(2),
		minimumNights: new Float64Array(HOMES).fill(1),
		opensOn: new Float64Array(HOMES),
		usualPrice,
		appeal: new Float64Array(HOMES),
		character: new Int8Array(HOMES),
		firstDay: 100,
		days: DAYS,
		asked: Float64Array.from({ length: HOMES * DAYS }, (_, i) => (i < DAYS ? 100 * dearer : 100)),
		order: Uint32Array.from({ length: HOMES }, (_, home) => home),
		taken: new Uint8Array(HOMES * DAYS),
	};
}

function countTaken(own: Market, type: GuestType, party: number, searches: number): number[] {
	const random = seededRandom(1);
	const traveller = { country: 0, type, party, rate: 1, leaves: 0, taste: NO_TASTE };
	const chances = { random, tastes: seededRandom(2) };
	const trip = { looksOn: 100, arrivesOn: 105 };
	const counts = new Array<number>(HOMES + 1).fill(0);
	for (let i = 0; i < searches; i++) {
		const { taken } = choose(own, traveller, trip, 3, -1, chances);
		const at = taken < 0 ? HOMES : taken;
		counts[at] = (counts[at] ?? 0) + 1;
	}
	return counts;
}

describe('the choice of a home', () => {
	it.each(['leisure', 'business'] as const)(
		'has the price sensitivity of the truth: %s',
		(type) => {
			const dearer = 1.25;
			const counts = countTaken(market(dearer), type, 2, 60_000);
			const others = counts.slice(1, HOMES).reduce((sum, count) => sum + count, 0) / (HOMES - 1);
			const sensitivity = -Math.log((counts[0] ?? 0) / others) / Math.log(dearer);
			expect(sensitivity).toBeCloseTo(DEMAND.priceSensitivity[type], 0);
			expect(Math.abs(sensitivity - DEMAND.priceSensitivity[type])).toBeLessThan(0.15);
		},
	);

	it('finds nothing as often as the truth says', () => {
		const counts = countTaken(market(1), 'leisure', 2, 60_000);
		const nothing = 1 / (1 + HOMES * Math.exp(DEMAND.booking));
		expect((counts[HOMES] ?? 0) / 60_000).toBeCloseTo(nothing, 2);
	});

	it('takes no home that is too small or taken', () => {
		expect(countTaken(market(1), 'leisure', 3, 100)).toEqual([0, 0, 0, 0, 0, 100]);
		const full = market(1);
		full.taken.fill(1);
		expect(countTaken(full, 'leisure', 2, 100)).toEqual([0, 0, 0, 0, 0, 100]);
	});
});
