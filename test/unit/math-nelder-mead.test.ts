import { describe, expect, it } from 'vitest';
import { nelderMead, numericHessian } from '$workers/math/nelder-mead';

const rosenbrock = ([x = 0, y = 0]: ArrayLike<number> & Iterable<number>) =>
	100 * (y - x * x) ** 2 + (1 - x) ** 2;

describe('the simplex method', () => {
	it('finds the bottom of the curved valley', () => {
		const { point, value } = nelderMead(rosenbrock, [-1.2, 1]);
		expect(value).toBeLessThan(1e-8);
		expect(point[0]).toBeCloseTo(1, 3);
		expect(point[1]).toBeCloseTo(1, 3);
	});

	it('stays where the function is defined', () => {
		const loss = ([x = 0]: Float64Array) => (x <= 0 ? Number.NaN : x - Math.log(x));
		expect(nelderMead(loss, [5], { step: -10 }).point[0]).toBeCloseTo(1, 3);
	});

	it('stops after as many evaluations as it is given', () => {
		expect(
			nelderMead(rosenbrock, [-1.2, 1], { maxEvaluations: 20 }).evaluations,
		).toBeLessThanOrEqual(24);
	});

	it('measures curvature', () => {
		const hessian = numericHessian(
			([x = 0, y = 0]) => 3 * x * x + x * y + 2 * y * y,
			Float64Array.of(0.5, -1),
		);
		[6, 1, 1, 4].forEach((value, i) => expect(hessian[i]).toBeCloseTo(value, 5));
	});
});
