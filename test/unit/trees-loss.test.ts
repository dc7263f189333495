import { describe, expect, it } from 'vitest';
import {
	baseScore,
	type LossName,
	type LossSettings,
	lossOf,
} from '$workers/learners/boosted-trees/loss';
import { weightedQuantile } from '$workers/learners/boosted-trees/quantile';

const settings = (loss: LossName): LossSettings => ({
	loss,
	quantile: 0.8,
	tweediePower: 1.4,
	huberWidth: 0.7,
});
const ALL: readonly LossName[] = [
	'squared',
	'absolute',
	'huber',
	'quantile',
	'logistic',
	'poisson',
	'gamma',
	'tweedie',
];
const CURVED: readonly LossName[] = ['squared', 'logistic', 'poisson', 'gamma', 'tweedie'];
const STEP = 1e-5;
const SCORES = [-2.3, -0.4, 0.31, 1.9];
const targetsOf = (loss: LossName) => (loss === 'logistic' ? [0, 1] : [0.2, 1, 3.7]);

describe('losses', () => {
	it.each(ALL)('%s: the gradient is the slope of the loss', (name) => {
		const loss = lossOf(settings(name));
		for (const target of targetsOf(name))
			for (const score of SCORES) {
				const slope =
					(loss.loss(target, score + STEP) - loss.loss(target, score - STEP)) / (2 * STEP);
				expect(loss.gradient(target, score)).toBeCloseTo(slope, 6);
			}
	});

	it.each(CURVED)('%s: the hessian is the slope of the gradient', (name) => {
		const loss = lossOf(settings(name));
		for (const target of targetsOf(name))
			for (const score of SCORES) {
				const slope =
					(loss.gradient(target, score + STEP) - loss.gradient(target, score - STEP)) / (2 * STEP);
				const gradient = loss.gradient(target, score);
				expect(loss.hessian(target, score, gradient)).toBeCloseTo(slope, 6);
			}
	});

	it.each(ALL)('%s: no constant score has a lower loss than the base', (name) => {
		const loss = lossOf(settings(name));
		const targets = Float64Array.from(
			name === 'logistic' ? [0, 1, 1, 0, 0] : [0.2, 1, 3.7, 2.5, 0.9],
		);
		const weights = Float64Array.of(1, 2, 0.5, 1, 1);
		const offsets = Float64Array.of(0.1, -0.3, 0, 0.7, 0.2);
		for (const some of [undefined, offsets]) {
			const total = (score: number) =>
				targets.reduce(
					(sum, target, i) =>
						sum + (weights[i] as number) * loss.loss(target, score + (some?.[i] ?? 0)),
					0,
				);
			const base = baseScore(loss, targets, weights, some);
			for (const near of [-0.1, -0.001, 0.001, 0.1])
				expect(total(base + near)).toBeGreaterThanOrEqual(total(base) - 1e-12);
		}
	});

	it('refuses targets that are not its own', () => {
		const refused = (name: LossName, targets: number[]) =>
			expect(() => lossOf(settings(name)).check(Float64Array.from(targets))).toThrow(RangeError);
		refused('logistic', [0, 0.5, 1]);
		refused('logistic', [1, 1, 1]);
		refused('poisson', [1, -1]);
		refused('poisson', [0, 0]);
		refused('gamma', [1, 0]);
		refused('tweedie', [-2, 1]);
	});

	it('refuses parameters out of their range', () => {
		expect(() => lossOf({ ...settings('quantile'), quantile: 1 })).toThrow('between 0 and 1');
		expect(() => lossOf({ ...settings('tweedie'), tweediePower: 2 })).toThrow('between 1 and 2');
		expect(() => lossOf({ ...settings('huber'), huberWidth: 0 })).toThrow('above 0');
	});

	it('weighs quantiles as if rows were repeated', () => {
		const repeated = weightedQuantile([1, 1, 1, 2, 5, 5], [1, 1, 1, 1, 1, 1], 0.6);
		expect(weightedQuantile([5, 1, 9, 2], [2, 3, 0, 1], 0.6)).toBe(repeated);
		expect(repeated).toBe(2);
		expect(weightedQuantile([3, 1], [1, 1], 0.5)).toBe(1);
	});
});
