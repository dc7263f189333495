import type { Random } from './random';

/** Exponential with mean 1. */
export function exponential(random: Random): number {
	return -Math.log(1 - random.next());
}

/** Gamma with the given shape and scale 1 (Marsaglia and Tsang 2000, with their boost below 1). */
export function gamma(shape: number, random: Random): number {
	if (shape < 1) return gamma(shape + 1, random) * Math.pow(1 - random.next(), 1 / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const x = random.normal();
		const v = Math.pow(1 + c * x, 3);
		if (v > 0 && Math.log(1 - random.next()) < (x * x) / 2 + d - d * v + d * Math.log(v))
			return d * v;
	}
}

/** Beta, by two gammas. */
export function beta(a: number, b: number, random: Random): number {
	const x = gamma(a, random);
	return x / (x + gamma(b, random));
}

const KNUTH_LIMIT = 30;

/** Poisson: Knuth's product; a large mean is halved, since two Poisson numbers sum to one. */
export function poisson(mean: number, random: Random): number {
	if (mean > KNUTH_LIMIT) return poisson(mean / 2, random) + poisson(mean / 2, random);
	const limit = Math.exp(-mean);
	let product = random.next();
	let count = 0;
	while (product > limit) {
		product *= random.next();
		count++;
	}
	return count;
}
