import { describe, expect, it } from 'vitest';
import { applyIsotonic, fitIsotonic, sigmoid } from '$workers/learners/calibration';
import {
	chanceInterval,
	chanceIntervals,
	chanceOf,
	conformal,
	conformalMargin,
	fitVennAbers,
	intervalDistances,
	residualDistances,
	widened,
} from '$workers/learners/conformal';
import { logistic } from '$workers/learners/logistic';
import { ridge } from '$workers/learners/ridge';
import { type Random, seededRandom } from '$workers/math/random';
import { intervalCoverage } from '$workers/metrics';
import { plainRun } from '../conformance/learner';
import { smallClasses, smallRegression } from '../support/small-table';

describe('the conformal margin', () => {
	it('is the ⌈(n + 1)·level⌉-th smallest distance', () => {
		expect(conformalMargin([5, 1, 4, 2, 3, 9, 7, 8, 6], 0.9)).toBe(9);
		expect(conformalMargin([5, 1, 4, 2, 3, 9, 7, 8, 6], 0.5)).toBe(5);
	});
	it('promises nothing from too few rows', () =>
		expect(conformalMargin([1, 2, 3], 0.9)).toBe(Number.POSITIVE_INFINITY));
	it('refuses what is not a number and a level out of bounds', () => {
		expect(() => conformalMargin([1, Number.NaN], 0.5)).toThrow(RangeError);
		expect(() => conformalMargin([1, 2], 90)).toThrow(RangeError);
	});
	it('measures how far a truth lies outside, below 0 within', () => {
		const intervals = { low: Float64Array.of(0, 0, 0), high: Float64Array.of(4, 4, 4) };
		const distances = intervalDistances(Float64Array.of(-1, 3, 6), intervals);
		expect([...distances]).toEqual([1, -1, 2]);
		expect([...widened(intervals, -3).low]).toEqual([2, 2, 2]);
	});
});

describe('intervals hold their level of exchangeable rows', () => {
	const LEVEL = 0.8;
	/** Errors far from normal, wider for larger x; the guess is wrong on purpose. */
	function draw(random: Random, count: number) {
		const x = Float64Array.from({ length: count }, () => 1 + 3 * random.next());
		const truth = x.map((value) => value ** 2 + value * Math.exp(random.normal()));
		return { x, truth, guess: x.map((value) => 4 * value), spread: x };
	}
	function coverage(make: 'residual' | 'normalised' | 'quantiles') {
		let held = 0;
		for (let trial = 0; trial < 3000; trial++) {
			const random = seededRandom(`${make} ${trial}`);
			const measured = draw(random, 49);
			const fresh = draw(random, 20);
			const base = (of: typeof fresh) => ({
				low: make === 'quantiles' ? of.guess.map((value) => value / 2) : of.guess,
				high: of.guess,
			});
			const spreadOf = (of: typeof fresh) => (make === 'normalised' ? of.spread : undefined);
			const distances =
				make === 'quantiles'
					? intervalDistances(measured.truth, base(measured))
					: residualDistances(measured.truth, measured.guess, spreadOf(measured));
			const margin = conformalMargin(distances, LEVEL);
			const { low, high } = widened(base(fresh), margin, spreadOf(fresh));
			fresh.truth.forEach((value, row) => {
				if (value >= (low[row] as number) && value <= (high[row] as number)) held++;
			});
		}
		return held / 60_000;
	}
	// With 49 rows measured the mean coverage is exactly 40/50; its deviation over 3,000 trials is 0.002.
	for (const make of ['residual', 'normalised', 'quantiles'] as const)
		it(`made of ${make}`, () => expect(coverage(make)).toBeCloseTo(LEVEL, 2));
});

describe('the interval of a chance (Venn-Abers)', () => {
	const random = seededRandom('venn');
	const draw = (count: number) => {
		const scores = Float64Array.from({ length: count }, () => random.normal());
		const targets = scores.map((score) => (random.next() < sigmoid(2 * score - 1) ? 1 : 0));
		return { scores, targets };
	};

	it('is what two isotonic fits with the row added say', () => {
		const { scores, targets } = draw(60);
		const asked = Float64Array.of(-5, ...scores.subarray(0, 9), 0.123, 0.9, 5);
		const { low, high } = chanceInterval(fitVennAbers(scores, targets), asked);
		asked.forEach((score, i) => {
			for (const [target, found] of [
				[0, low[i]],
				[1, high[i]],
			] as const) {
				const map = fitIsotonic([...scores, score], [...targets, target]);
				expect(found).toBeCloseTo(applyIsotonic(map, score), 9);
			}
		});
	});

	it('holds the share of positive rows, and is narrower the more rows were measured', () => {
		const widths = [50, 400, 3000].map((count) => {
			const measured = draw(count);
			const fresh = draw(2000);
			const fitted = fitVennAbers(measured.scores, measured.targets);
			const { low, high } = chanceInterval(fitted, fresh.scores);
			const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
			expect(mean(low)).toBeLessThan(mean(fresh.targets) + 0.03);
			expect(mean(high)).toBeGreaterThan(mean(fresh.targets) - 0.03);
			expect(low.every((value, row) => value <= (high[row] as number))).toBe(true);
			return mean(high) - mean(low);
		});
		expect(widths).toEqual([...widths].sort((a, b) => b - a));
	});

	it('has its one chance within', () => {
		const [chance = 0] = chanceOf({ low: Float64Array.of(0.2), high: Float64Array.of(0.4) });
		expect(chance).toBeCloseTo(0.4 / (0.8 + 0.4), 12);
	});
});

describe('a learner with chance intervals', () => {
	it('says chances within their intervals, whose mean holds the share of fresh rows', async () => {
		const fitted = await chanceIntervals(logistic(), { folds: 4 }).fit(
			smallClasses(600, 'measured'),
			plainRun(),
		);
		const fresh = smallClasses(2000, 'fresh');
		const { low, values, high } = await fitted.predict(fresh.rows);
		const mean = (of: Float64Array) => of.reduce((sum, value) => sum + value, 0) / of.length;
		expect(values.every((chance, i) => chance >= (low[i] as number))).toBe(true);
		expect(values.every((chance, i) => chance <= (high[i] as number))).toBe(true);
		expect(mean(low)).toBeLessThan(mean(fresh.targets) + 0.03);
		expect(mean(high)).toBeGreaterThan(mean(fresh.targets) - 0.03);
	});
});

describe('conformal intervals of a learner', () => {
	for (const method of ['residual', 'normalised', 'quantiles'] as const)
		it(`of ${method} hold their level of fresh rows`, async () => {
			const recipe = conformal(
				method === 'residual'
					? { method, learners: [ridge()] }
					: { method, learners: [ridge({ lambda: 1 }), ridge()] },
				{ level: 0.9 },
			);
			const fitted = await recipe.fit(smallRegression(1200, 'measured'), plainRun());
			const fresh = smallRegression(2000, 'fresh');
			const { low, high } = await fitted.predict(fresh.rows);
			// Over draws of 300 measured rows the coverage deviates by 0.017.
			expect(intervalCoverage(fresh.targets, low, high)).toBeGreaterThan(0.9 - 0.04);
			expect(intervalCoverage(fresh.targets, low, high)).toBeLessThan(0.9 + 0.04);
		});
});
