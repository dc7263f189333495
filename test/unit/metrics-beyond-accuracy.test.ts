import { describe, expect, it } from 'vitest';
import {
	catalogueCoverage,
	intraListDistance,
	miscalibration,
	novelty,
	requireBefore,
	timeSplit,
} from '$workers/metrics';

describe('coverage', () => {
	it('is the share of items that stand in some list', () => {
		expect(
			catalogueCoverage(
				[
					[0, 1],
					[1, 2],
				],
				6,
			),
		).toBe(0.5);
	});
});

describe('novelty', () => {
	it('is one bit where each of two items is chosen as often', () => {
		expect(novelty([0], [3, 3])).toBe(1);
	});

	it('is the mean over the list, each count one higher than it was', () => {
		// Shares 4/8, 2/8, 1/8, 1/8: 1, 2 and 3 bits.
		expect(novelty([0, 1, 2], [3, 1, 0, 0])).toBe(2);
	});
});

describe('diversity', () => {
	it('is the mean distance over all pairs, and 0 of one item', () => {
		const distance = (a: number, b: number) => Math.abs(a - b);
		expect(intraListDistance([0, 1, 3], distance)).toBe(2);
		expect(intraListDistance([4], distance)).toBe(0);
	});
});

describe('miscalibration', () => {
	it('is 0 where the list has the shares of the history', () => {
		expect(miscalibration([1, 1, 2, 2], [2, 1])).toBeCloseTo(0, 12);
	});

	it('is the smoothed divergence that Steck defines', () => {
		// History 70/30, list 100/0: Σ p log(p / (.99 q + .01 p)).
		const expected = 0.7 * Math.log(0.7 / (0.99 + 0.007)) + 0.3 * Math.log(0.3 / 0.003);
		const history = [1, 1, 1, 1, 1, 1, 1, 2, 2, 2];
		expect(miscalibration(history, [1, 1, 1])).toBeCloseTo(expected, 12);
	});
});

describe('figures of lists', () => {
	it.each([
		['no list', () => catalogueCoverage([], 3)],
		['an empty list', () => novelty([], [1])],
		['an item that is not there', () => catalogueCoverage([[3]], 3)],
		['an item that is no number', () => novelty([NaN], [1])],
		['a count that is not a number', () => novelty([0], [NaN])],
		['an item that stands twice', () => intraListDistance([1, 1], () => 1)],
		['a distance that is not a number', () => intraListDistance([0, 1], () => NaN)],
		['an empty history', () => miscalibration([], [1])],
		['a class that is not a number', () => miscalibration([1], [NaN])],
	])('are refused of %s', (_, figure) => {
		expect(figure).toThrow(RangeError);
	});
});

describe('a split by time', () => {
	it('trains on what came strictly before and tests on all else', () => {
		const { train, test } = timeSplit([5, 1, 3, 3], 3);
		expect([...train]).toEqual([1]);
		expect([...test]).toEqual([0, 2, 3]);
	});

	it('is refused with one side empty, and with an instant that is not a number', () => {
		expect(() => timeSplit([1, 2], 1)).toThrow(RangeError);
		expect(() => timeSplit([1, 2], 3)).toThrow(RangeError);
		expect(() => timeSplit([1, NaN], 2)).toThrow(RangeError);
	});

	it('is refused where train reaches into test, the same instant included', () => {
		expect(() => requireBefore([1, 2], [3])).not.toThrow();
		expect(() => requireBefore([], [3])).not.toThrow();
		expect(() => requireBefore([1, 3], [3])).toThrow('train reaches into test');
		expect(() => requireBefore([4], [3, 9])).toThrow('train reaches into test');
		expect(() => requireBefore([NaN], [3])).toThrow(RangeError);
	});
});
