import { describe, expect, it } from 'vitest';
import {
	correlation,
	deciles,
	groupMape,
	groupWape,
	normalisedGini,
	spearman,
	totalError,
} from '$workers/metrics';

const left = Object.freeze([3, 1, 4, 1, 5, 9, 2, 6]);
const right = Object.freeze([2, 7, 1, 8, 2, 8, 1, 8]);

describe('figures of value', () => {
	it('correlate as scipy 1.10.1 does (`pearsonr`, `spearmanr`)', () => {
		expect(correlation(left, right)).toBeCloseTo(0.20965531907301216, 12);
		expect(spearman(left, right)).toBeCloseTo(0.19885368120992467, 12);
	});

	it('refuse a correlation with what does not vary', () => {
		expect(() =>
			correlation(
				left,
				left.map(() => 1),
			),
		).toThrow(RangeError);
	});

	it('give 1 to the right order, -1 to its reverse', () => {
		const truth = [0, 0, 10, 20, 70];
		expect(normalisedGini(truth, truth)).toBe(1);
		expect(normalisedGini([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
	});

	it('make ten groups of equal size, equal guesses in the order of the rows', () => {
		const guess = Array.from({ length: 20 }, () => 1);
		const truth = Array.from({ length: 20 }, (_, row) => row);
		const groups = deciles(truth, guess);
		expect(Array.from(groups.predicted)).toEqual(Array.from({ length: 10 }, () => 2));
		expect(Array.from(groups.actual)).toEqual([1, 5, 9, 13, 17, 21, 25, 29, 33, 37]);
	});

	it('weigh the errors of groups by the true total, or each by its own', () => {
		const groups = { predicted: Float64Array.of(8, 3, 1), actual: Float64Array.of(10, 2, 0) };
		expect(groupWape(groups)).toBeCloseTo((2 + 1 + 1) / 12, 12);
		expect(groupMape(groups)).toBeCloseTo((0.2 + 0.5) / 2, 12);
	});

	it('say that too little was expected by a number below 0', () => {
		expect(totalError([4, 6], [4, 4])).toBeCloseTo(-0.2, 12);
		expect(() => totalError([0, 0], [1, 1])).toThrow(RangeError);
		expect(() => totalError([1, Number.NaN], [1, 1])).toThrow(RangeError);
	});
});
