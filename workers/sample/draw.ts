import type { Random } from '$workers/math/random';

/** An index, drawn with the given weights; they need not sum to 1. */
export function weighted(weights: ArrayLike<number>, random: Random): number {
	let sum = 0;
	for (let i = 0; i < weights.length; i++) sum += weights[i] as number;
	let left = random.next() * sum;
	for (let i = 0; i < weights.length; i++) {
		left -= weights[i] as number;
		if (left < 0) return i;
	}
	return weights.length - 1;
}

export function pick<Value>(values: readonly Value[], random: Random): Value {
	return values[random.integer(values.length)] as Value;
}

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

/** Poisson by Knuth's product; for means below about 30. */
export function poisson(mean: number, random: Random): number {
	const limit = Math.exp(-mean);
	let product = random.next();
	let count = 0;
	while (product > limit) {
		product *= random.next();
		count++;
	}
	return count;
}

export const logistic = (x: number) => 1 / (1 + Math.exp(-x));

export const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
