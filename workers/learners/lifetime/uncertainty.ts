import { cholesky, solveUpper } from '$workers/math/cholesky';
import type { Random } from '$workers/math/random';

/** Minus the logarithm of a normal prior around 0. */
export function ridgeLoss(point: Float64Array, ridge: number): number {
	return (ridge / 2) * point.reduce((sum, value) => sum + value * value, 0);
}

/**
 * The Cholesky factor of a Hessian of minus the log-likelihood, row by row: what `drawNormal` needs.
 * Where a direction is so flat that rounding makes it negative, some curvature is added.
 */
export function curvatureFactor(hessian: Float64Array, size: number): Float64Array {
	for (let added = 0; ; added = added === 0 ? 1e-3 : added * 10) {
		const curved = hessian.map((value, at) => (at % (size + 1) === 0 ? value + added : value));
		try {
			return cholesky(curved, size);
		} catch (error) {
			if (!(error instanceof RangeError) || added > 1e12) throw error;
		}
	}
}

/** Parameters as far from the best ones as the data leave open: normal with the inverse curvature. */
export function drawNormal(best: Float64Array, factor: Float64Array, random: Random): Float64Array {
	const noise = Float64Array.from(best, () => random.normal());
	return solveUpper(factor, best.length, noise).map((value, i) => value + (best[i] as number));
}
