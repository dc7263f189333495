import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import {
	type Split,
	groupFolds,
	moduloFolds,
	randomSplit,
	rollingOrigins,
	shuffledFolds,
	stratifiedFolds,
	timeSplit,
} from '$workers/table/splits';

const random = () => seededRandom('splits');
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** Every row stands in train or test, and in one of them alone. */
function expectPartition({ train, test }: Split, count: number) {
	expect([...train, ...test].sort((a, b) => a - b)).toEqual(range(0, count));
}

/** Every row is tested once over the folds. */
function expectFolds(splits: readonly Split[], count: number) {
	for (const split of splits) expectPartition(split, count);
	expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(range(0, count));
}

describe('splits', () => {
	it('parts rows 70, 15 and 15 per cent, each row once, the same for the same seed', () => {
		const { train, valid, test } = randomSplit(200, random());
		expect([train.length, valid.length, test.length]).toEqual([140, 30, 30]);
		expect([...train, ...valid, ...test].sort((a, b) => a - b)).toEqual(range(0, 200));
		expect(randomSplit(200, random()).test).toEqual(test);
		expect(randomSplit(200, seededRandom('other')).test).not.toEqual(test);
	});

	it('tests row i in fold i modulo the number of folds', () => {
		const splits = moduloFolds(12, 5);
		expectFolds(splits, 12);
		expect(splits.map(({ test }) => [...test])).toEqual([
			[0, 5, 10],
			[1, 6, 11],
			[2, 7],
			[3, 8],
			[4, 9],
		]);
	});

	it('shuffles rows into folds of equal count', () => {
		const splits = shuffledFolds(23, 4, random());
		expectFolds(splits, 23);
		expect(splits.map(({ test }) => test.length).sort()).toEqual([5, 6, 6, 6]);
		expect(shuffledFolds(23, 4, random())).toEqual(splits);
	});

	it('gives each fold its share of each class', () => {
		const classes = Uint8Array.from({ length: 60 }, (_, row) => (row % 6 === 0 ? 1 : 0));
		const splits = stratifiedFolds(classes, 5, random());
		expectFolds(splits, 60);
		for (const { test } of splits)
			expect(test.reduce((sum, row) => sum + (classes[row] as number), 0)).toBe(2);
	});

	it('keeps whole groups in one fold, groups in order of first appearance', () => {
		const groups = [7, 3, 7, 9, 3, 1, 9, 7];
		const splits = groupFolds(groups, 2);
		expectFolds(splits, 8);
		expect(splits.map(({ test }) => [...test])).toEqual([
			[0, 2, 3, 6, 7],
			[1, 4, 5],
		]);
	});

	it('trains on what came before and tests on the rest', () => {
		const split = timeSplit([5, 1, 9, 5, 7], 7);
		expectPartition(split, 5);
		expect([...split.test]).toEqual([2, 4]);
	});

	it('rolls the origin over the last windows', () => {
		const splits = rollingOrigins(20, 3, 4);
		expect(splits.map(({ test }) => [...test])).toEqual([
			range(8, 12),
			range(12, 16),
			range(16, 20),
		]);
		for (const { train, test } of splits) expect([...train]).toEqual(range(0, test[0] as number));
	});

	it('rolls the origin by fewer steps than the horizon where asked', () => {
		const starts = rollingOrigins(20, 3, 4, 1).map(({ test }) => test[0]);
		expect(starts).toEqual([14, 15, 16]);
	});

	it('refuses parts without rows and what is not a number', () => {
		expect(() => moduloFolds(3, 5)).toThrow(RangeError);
		expect(() => moduloFolds(3, 1)).toThrow('at least 2');
		expect(() => groupFolds([1, 1, 1], 2)).toThrow('groups');
		expect(() => timeSplit([1, 2], 9)).toThrow(RangeError);
		expect(() => timeSplit([1, Number.NaN], 1)).toThrow('missing');
		expect(() => stratifiedFolds([0, Number.NaN], 2, random())).toThrow('missing');
		expect(() => randomSplit(4, random())).not.toThrow();
		expect(() => randomSplit(2, random())).toThrow(RangeError);
		expect(() => rollingOrigins(8, 2, 4)).toThrow('too short');
		expect(() => rollingOrigins(8, 0, 4)).toThrow(RangeError);
	});
});
