import type { Rational } from '../noise/exact-noise';

/** The variance of discrete Laplace noise of this scale: 2 q / (1 - q)², with q = exp(-1 / scale). */
export function varianceOf({ over, under }: Rational): number {
	const ratio = Math.exp(-Number(under) / Number(over));
	return (2 * ratio) / (1 - ratio) ** 2;
}
