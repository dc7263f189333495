import { describe, expect, test } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { blendWeights } from '$workers/learners/blend/weights';
import { calendarColumns, agedBy } from '$workers/learners/blend/drift';
import { matrix, numberColumn } from '$workers/table/matrix';

const COUNT = 20_000;
const ones = new Float64Array(COUNT).fill(1);

describe('the weights of a blend', () => {
	test('find the weights that made the targets', () => {
		const random = seededRandom('weights');
		const [a, b] = [0, 1].map(() => Float64Array.from(ones, () => random.normal()));
		const targets = Float64Array.from(ones, (_, row) => {
			const score = 0.3 + 0.7 * (a?.[row] as number) + 0.4 * (b?.[row] as number);
			return Number(random.next() < 1 / (1 + Math.exp(-score)));
		});
		const { intercept, weights } = blendWeights(
			[a as Float64Array, b as Float64Array],
			targets,
			ones,
			'logistic',
		);
		// Standard errors are about .016.
		expect(intercept).toBeCloseTo(0.3, 1);
		expect(weights[0]).toBeCloseTo(0.7, 1);
		expect(weights[1]).toBeCloseTo(0.4, 1);
	});

	test('give a score that adds nothing next to nothing', () => {
		const random = seededRandom('wrong way');
		const good = Float64Array.from(ones, () => random.normal());
		const bad = good.map((value) => 0.1 * value + random.normal());
		const targets = good.map((value) => value + 0.1 * random.normal());
		const { weights } = blendWeights([good, bad], targets, ones, 'squared');
		expect(weights[1]).toBeLessThan(0.01);
		expect(weights[0]).toBeGreaterThan(0.9);
	});
});

describe('drift', () => {
	test('knows the columns that say no more than when a row was', () => {
		const days = Float64Array.of(1, 1, 2, 2, 3);
		const rows = matrix([
			numberColumn('week', Float64Array.of(0, 0, 0, 0, 1)),
			numberColumn('missing in a day', Float64Array.of(NaN, NaN, 4, 4, 5)),
			numberColumn('price', Float64Array.of(1, 2, 3, 4, 5)),
		]);
		expect(calendarColumns(rows, days)).toEqual(['week', 'missing in a day']);
		expect(calendarColumns(rows, Float64Array.of(1, 2, 3, 4, 5))).toEqual([]);
	});

	test('halves a weight in each half-life', () => {
		const weights = agedBy(Float64Array.of(1, 2, 1), Float64Array.of(0, 365, 730), 365);
		expect(Array.from(weights)).toEqual([0.25, 1, 1]);
	});
});
