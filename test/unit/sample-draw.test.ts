import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { beta, exponential, gamma, poisson, weighted } from '$workers/sample/draw';

const DRAWS = 40_000;

function moments(draw: (random: ReturnType<typeof seededRandom>) => number) {
	const random = seededRandom(11);
	const drawn = Array.from({ length: DRAWS }, () => draw(random));
	const mean = drawn.reduce((sum, x) => sum + x, 0) / DRAWS;
	const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / DRAWS;
	return { mean, variance };
}

describe('draws', () => {
	it.each([0.4, 0.9, 2.5])('from a gamma have its shape as mean and variance: %d', (shape) => {
		const { mean, variance } = moments((random) => gamma(shape, random));
		expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03);
		expect(Math.abs(variance / shape - 1)).toBeLessThan(0.08);
	});

	it('from a beta have mean a / (a + b)', () => {
		const { mean, variance } = moments((random) => beta(1.2, 2.4, random));
		expect(mean).toBeCloseTo(1.2 / 3.6, 2);
		expect(variance).toBeCloseTo((1.2 * 2.4) / (3.6 ** 2 * 4.6), 2);
	});

	it('from a Poisson have its mean as mean and variance', () => {
		const { mean, variance } = moments((random) => poisson(1.7, random));
		expect(Math.abs(mean - 1.7)).toBeLessThan(0.03);
		expect(Math.abs(variance - 1.7)).toBeLessThan(0.06);
	});

	it('from an exponential have mean 1', () => {
		expect(Math.abs(moments(exponential).mean - 1)).toBeLessThan(0.02);
	});

	it('by weight never take what has none', () => {
		const random = seededRandom(5);
		const counts = [0, 0, 0];
		for (let i = 0; i < DRAWS; i++) {
			const drawn = weighted([0, 1, 3], random);
			counts[drawn] = (counts[drawn] ?? 0) + 1;
		}
		expect(counts[0]).toBe(0);
		expect((counts[2] ?? 0) / DRAWS).toBeCloseTo(0.75, 2);
	});
});
