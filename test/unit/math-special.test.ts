import { describe, expect, it } from 'vitest';
import { hypergeometric, logBeta, logGamma } from '$workers/math/special';

/** All golden values: scipy 1.10.1, `scipy.special.gammaln`, `betaln` and `hyp2f1`. */
const relative = (actual: number, expected: number) =>
	Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

describe('special functions', () => {
	it.each([
		[1e-3, 6.907178885383853],
		[0.5, 0.5723649429247],
		[1, 0],
		[2.5, 0.2846828704729192],
		[10.25, 13.368023671476045],
		[171, 706.5730622457875],
		[1e6, 12815504.569147611],
	])('gives the logarithm of the gamma function at %d as scipy does', (x, expected) => {
		expect(relative(logGamma(x), expected)).toBeLessThan(1e-13);
	});

	it('has no logarithm of gamma at 0 and below', () => {
		expect(logGamma(0)).toBeNaN();
		expect(logGamma(-1.5)).toBeNaN();
	});

	it.each([
		[0.5, 0.5, 1.1447298858494],
		[0.793, 2.426, -0.5115692885937035],
		[300, 2.5, -13.981009470524214],
	])('gives the logarithm of beta(%d, %d) as scipy does', (a, b, expected) => {
		expect(relative(logBeta(a, b), expected)).toBeLessThan(1e-12);
	});

	it.each([
		[2.243, 4.426, 4.219, 0.4, 3.345500110053091],
		[0.243, 2.426, 2.219, 0.468, 1.186503059338561],
		[30.2, 32.4, 32.2, 0.1, 24.57456930858568],
		[1.2, 0.7, 3.1, 0.95, 1.5624988852964683],
		[2.5, -0.3, 4, 0.9, 0.7627960132376258],
		[1.5, 2.5, 3.5, -3.2, 0.1878982700113237],
		[12, 3.5, 0.7, 0.97, 1.6129796972764836e25],
	])('gives the hypergeometric function of %d, %d; %d at %d as scipy does', (a, b, c, z, value) => {
		expect(relative(hypergeometric(a, b, c, z), value)).toBeLessThan(1e-11);
	});

	it('gives the elementary functions that the hypergeometric function contains', () => {
		for (const z of [-0.9, -0.2, 0.3, 0.8]) {
			expect(hypergeometric(2.5, 1.3, 1.3, z)).toBeCloseTo((1 - z) ** -2.5, 8);
			expect(hypergeometric(1, 1, 2, z)).toBeCloseTo(-Math.log(1 - z) / z, 10);
		}
	});
});
