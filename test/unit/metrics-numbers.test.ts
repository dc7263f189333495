import { describe, expect, it } from 'vitest';
import {
	intervalCoverage,
	intervalScore,
	mae,
	mape,
	mase,
	mdape,
	mse,
	owa,
	pinball,
	poissonDeviance,
	r2,
	rmse,
	seasonalScale,
	smape,
	wape,
} from '$workers/metrics';

const truth = [3, -0.5, 2, 7, 4.2];
const guess = [2.5, 0, 2, 8, 4.4];

describe('figures of numbers equal those of scikit-learn 1.2.1', () => {
	it('r2_score, mean_absolute_error, mean_squared_error', () => {
		expect(r2(truth, guess)).toBeCloseTo(0.9496600418410042, 12);
		expect(mae(truth, guess)).toBeCloseTo(0.44, 12);
		expect(mse(truth, guess)).toBeCloseTo(0.308, 12);
		expect(rmse(truth, guess)).toBeCloseTo(Math.sqrt(0.308), 12);
	});
	it('mean_absolute_percentage_error, and its median by numpy', () => {
		expect(mape(truth, guess)).toBeCloseTo(0.27142857142857146, 12);
		expect(mdape(truth, guess)).toBeCloseTo(0.14285714285714285, 12);
		expect(mdape([1, 2], [2, 2])).toBeCloseTo(0.5, 12);
	});
	it('mean_pinball_loss(alpha=0.8)', () =>
		expect(pinball(truth, guess, 0.8)).toBeCloseTo(0.148, 12));
	it('mean_poisson_deviance([3, 0, 2, 7, 4], [2.5, 0.2, 2, 8, 4.4])', () =>
		expect(poissonDeviance([3, 0, 2, 7, 4], [2.5, 0.2, 2, 8, 4.4])).toBeCloseTo(
			0.13240168111716238,
			12,
		));
});

describe('figures of forecasts', () => {
	const history = [1, 5, 2, 7, 4, 6];
	it('scale errors by those of the seasonal naive forecast', () => {
		expect(seasonalScale(history, 2)).toBeCloseTo((1 + 2 + 2 + 1) / 4, 12);
		expect(mase([5, 8], [4, 6], history, 2)).toBeCloseTo(1.5 / 1.5, 12);
	});
	it('give the seasonal naive forecast of a random walk a mase near its scale', () => {
		const walk = Array.from({ length: 8 }, (_, step) => step * 3);
		expect(mase([24], [21], walk, 1)).toBe(1);
	});
	it('take smape in percent, 200 at worst and 0 where all is 0', () => {
		expect(smape([10, 0], [30, 0])).toBeCloseTo((200 * 20) / 40 / 2, 12);
		expect(smape([5], [-5])).toBe(200);
	});
	it('weigh absolute errors by size', () => expect(wape([10, -10], [5, -5])).toBeCloseTo(0.5, 12));
	it('average two errors over the benchmark', () =>
		expect(owa({ smape: 9, mase: 2 }, { smape: 10, mase: 4 })).toBeCloseTo(0.7, 12));
	it('count what lies in an interval, bounds included', () =>
		expect(intervalCoverage([1, 2, 3, 4], [1, 0, 4, 0], [2, 2, 5, 3])).toBe(0.5));
	it('score an interval by its width and what it missed', () => {
		expect(intervalScore([5], [4], [6], 0.8)).toBeCloseTo(2, 12);
		expect(intervalScore([7], [4], [6], 0.8)).toBeCloseTo(2 + 10 * 1, 12);
	});
});

describe('what no figure may be made of is refused', () => {
	const figures = { r2, mae, mse, rmse, mape, mdape, poissonDeviance, smape, wape };
	for (const [name, figure] of Object.entries(figures))
		it(`${name} refuses a NaN, nothing, and columns of different lengths`, () => {
			expect(() => figure([1, 2], [1, Number.NaN])).toThrow(RangeError);
			expect(() => figure([1, Number.POSITIVE_INFINITY], [1, 2])).toThrow(RangeError);
			expect(() => figure([], [])).toThrow(RangeError);
			expect(() => figure([1, 2], [1])).toThrow(RangeError);
		});
	it('nothing to divide by', () => {
		expect(() => r2([2, 2], [1, 2])).toThrow('all true values are equal');
		expect(() => mape([0, 1], [1, 1])).toThrow('wape');
		expect(() => wape([0, 0], [1, 1])).toThrow('mae');
		expect(() => seasonalScale([1, 2, 1, 2], 2)).toThrow('repeats itself');
		expect(() => seasonalScale([1, 2], 2)).toThrow('longer than a period');
		expect(() => owa({ smape: 1, mase: 1 }, { smape: 0, mase: 1 })).toThrow(RangeError);
	});
	it('an interval that ends before it begins, and a quantile or level out of bounds', () => {
		expect(() => intervalCoverage([1], [2], [0])).toThrow('ends before');
		expect(() => intervalScore([1], [0], [2], 1)).toThrow(RangeError);
		expect(() => pinball([1], [1], 80)).toThrow(RangeError);
	});
});
