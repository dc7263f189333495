/** Lanczos coefficients for g = 7, n = 9 (Godfrey 2001, "A note on the computation of the convergent Lanczos complex gamma approximation"). */
const LANCZOS = [
	0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
	-176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
	1.5056327351493116e-7,
] as const;
const LANCZOS_G = 7;
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** The logarithm of Γ(x) for x > 0, to about 14 digits; NaN for others. */
export function logGamma(x: number): number {
	if (!(x > 0)) return Number.NaN;
	if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
	let sum: number = LANCZOS[0];
	for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x - 1 + i);
	const base = x + LANCZOS_G - 0.5;
	return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

/** The logarithm of B(a, b) for a, b > 0. */
export function logBeta(a: number, b: number): number {
	return logGamma(a) + logGamma(b) - logGamma(a + b);
}

const MOST_TERMS = 100_000;

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) for real z < 1 and c neither 0 nor a negative
 * whole number: its power series, after
 * the linear transformation under which the terms fall soonest (Abramowitz and Stegun 1964, 15.3.3
 * and 15.3.4). Near z = 1 it takes thousands of terms.
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
	if (!(z < 1) || (c <= 0 && Number.isInteger(c))) return Number.NaN;
	if (z < 0) return (1 - z) ** -a * hypergeometric(a, c - b, c, z / (z - 1));
	if (c - a - b < 0) return (1 - z) ** (c - a - b) * powerSeries(c - a, c - b, c, z);
	return powerSeries(a, b, c, z);
}

function powerSeries(a: number, b: number, c: number, z: number): number {
	let term = 1;
	let sum = 1;
	for (let n = 0; n < MOST_TERMS; n++) {
		term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
		sum += term;
		if (Math.abs(term) <= Number.EPSILON * Math.abs(sum) && n > -Math.min(a, b, c)) return sum;
	}
	return sum;
}
