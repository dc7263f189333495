import { describe, expect, it } from 'vitest';
import {
	columnMeans,
	dotAll,
	fullRows,
	joinSides,
	rowDot,
	sparseRows,
	takeRows,
	turnedRows,
} from '$workers/table/sparse';

const rows = sparseRows(
	[
		[
			[0, 1],
			[2, 3],
		],
		[],
		[[1, -2]],
	],
	3,
);

describe('sparse rows', () => {
	it('multiply by weights', () => {
		const weights = Float64Array.of(10, 100, 1000);
		expect(dotAll(rows, weights)).toEqual(Float64Array.of(3010, 0, -200));
		expect(rowDot(rows, 2, weights)).toBe(-200);
	});

	it('have means over all rows, empty ones too', () => {
		const means = columnMeans(rows);
		expect([...means].map((mean) => mean * 3)).toEqual([1, -2, 3]);
	});

	it('can be taken in any order, twice and not at all', () => {
		expect(takeRows(rows, [2, 0, 2])).toEqual(
			sparseRows(
				[
					[[1, -2]],
					[
						[0, 1],
						[2, 3],
					],
					[[1, -2]],
				],
				3,
			),
		);
		expect(takeRows(rows, []).count).toBe(0);
	});

	it('stand side by side', () => {
		const joined = joinSides(rows, sparseRows([[[0, 7]], [[1, 8]], []], 2));
		expect(joined.width).toBe(5);
		expect(dotAll(joined, Float64Array.of(1, 1, 1, 10, 100))).toEqual(Float64Array.of(74, 800, -2));
		expect(() => joinSides(rows, sparseRows([], 1))).toThrow(RangeError);
	});

	it('turn into columns, and back', () => {
		const turned = turnedRows(rows);
		expect([turned.count, turned.width]).toEqual([rows.width, rows.count]);
		const back = turnedRows(turned);
		for (let column = 0; column < rows.width; column++) {
			const unit = new Float64Array(rows.width);
			unit[column] = 1;
			expect(dotAll(back, unit)).toEqual(dotAll(rows, unit));
		}
	});

	it('can be full', () => {
		const full = fullRows(Float32Array.of(1, 2, 3, 4), 2);
		expect(dotAll(full, Float64Array.of(10, 1))).toEqual(Float64Array.of(12, 34));
		expect(() => fullRows(new Float32Array(3), 2)).toThrow(RangeError);
	});

	it('refuse columns that are not there and values that are no numbers', () => {
		expect(() => sparseRows([[[3, 1]]], 3)).toThrow(RangeError);
		expect(() => sparseRows([[[0, Number.NaN]]], 3)).toThrow(RangeError);
	});
});
