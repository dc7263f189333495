/** Tails of distributions, for tests of what was drawn at random. */
import { logGamma } from '$workers/math/special';

/**
 * The chance that a χ² variable with so many degrees of freedom is above the value: the regularised
 * upper incomplete gamma function, by its series and its continued fraction (Press et al., "Numerical
 * recipes", 6.2).
 */
export function chiSquareTail(value: number, degrees: number): number {
	const a = degrees / 2;
	const x = value / 2;
	if (x <= 0) return 1;
	const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
	if (x < a + 1) {
		let term = 1 / a;
		let sum = term;
		for (let n = 1; term > sum * 1e-16; n++) sum += term *= x / (a + n);
		return 1 - front * sum;
	}
	return (
		front *
		lentz(
			x + 1 - a,
			(n) => n * (a - n),
			(n) => x + 2 * n + 1 - a,
		)
	);
}

/** 1 / (b0 + a1 / (b1 + a2 / (b2 + ...))) by Lentz's method. */
function lentz(first: number, a: (n: number) => number, b: (n: number) => number): number {
	let c = 1e300;
	let d = 1 / first;
	let value = d;
	for (let n = 1; n < 100_000; n++) {
		d = 1 / (a(n) * d + b(n));
		c = b(n) + a(n) / c;
		const change = c * d;
		value *= change;
		if (Math.abs(change - 1) < 1e-15) break;
	}
	return value;
}

/** χ² of counts against expected counts: the chance to be off by more, if they are right. */
export function chiSquareChance(counts: readonly number[], expected: readonly number[]): number {
	const value = counts.reduce((sum, count, i) => {
		const should = expected[i] as number;
		return sum + (count - should) ** 2 / should;
	}, 0);
	return chiSquareTail(value, counts.length - 1);
}

/**
 * Clopper and Pearson's bounds of a chance that was seen `hits` times in `tries`, by bisection on the
 * binomial tails (1934). Each bound is missed with a chance of at most `missed`.
 */
export function chanceBounds(hits: number, tries: number, missed: number) {
	const low = hits === 0 ? 0 : bisect((chance) => atLeast(hits, tries, chance) < missed);
	const high =
		hits === tries ? 1 : bisect((chance) => 1 - atLeast(hits + 1, tries, chance) > missed);
	return { low, high };
}

/** The largest chance for which the statement holds that holds at 0 and not at 1. */
function bisect(holds: (chance: number) => boolean): number {
	let [low, high] = [0, 1];
	for (let step = 0; step < 60; step++) {
		const middle = (low + high) / 2;
		if (holds(middle)) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** The chance of at least so many hits. Summed on the side of the mean where terms get smaller. */
function atLeast(hits: number, tries: number, chance: number): number {
	if (hits > tries) return 0;
	if (hits <= 0) return 1;
	const odds = chance / (1 - chance);
	const choose = (k: number) => logGamma(tries + 1) - logGamma(k + 1) - logGamma(tries - k + 1);
	const term = (k: number) =>
		Math.exp(choose(k) + k * Math.log(chance) + (tries - k) * Math.log1p(-chance));
	const sum = (first: number, next: (each: number, k: number) => number, by: 1 | -1) => {
		let total = 0;
		for (let k = first, each = term(k); each > total * 1e-17; each = next(each, k), k += by)
			total += each;
		return total;
	};
	if (hits > tries * chance)
		return sum(hits, (each, k) => (each * odds * (tries - k)) / (k + 1), 1);
	return 1 - sum(hits - 1, (each, k) => (each * k) / (odds * (tries - k + 1)), -1);
}
