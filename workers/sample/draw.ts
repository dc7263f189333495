import type { Random } from '$workers/math/random';

export { beta, exponential, gamma, poisson } from '$workers/math/draw';

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

export const logistic = (x: number) => 1 / (1 + Math.exp(-x));

export const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
