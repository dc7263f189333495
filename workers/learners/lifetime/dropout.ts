import { hypergeometric, logGamma } from '$workers/math/special';

/**
 * Purchases are Poisson with a rate that is gamma over customers (`r`, `alpha`); after a purchase a
 * customer leaves for good with a chance that is beta over customers (`a`, `b`).
 */
export interface PurchaseParameters {
	/** Shape of the rates. */
	readonly r: number;
	/** Their rate parameter, in the unit of time. */
	readonly alpha: number;
	readonly a: number;
	readonly b: number;
}

/** From the logarithms of r, alpha, a and b; what follows them is left out. */
export function parametersOf(logs: Float64Array): PurchaseParameters {
	const [r = 1, alpha = 1, a = 1, b = 1] = logs.subarray(0, 4).map(Math.exp);
	return { r, alpha, a, b };
}

/**
 * `bgnbd`: a customer may leave after each repeat purchase (Fader, Hardie and Lee 2005, "Counting
 * your customers the easy way"). `mbgnbd`: after the first purchase too (Batislam, Denizel and
 * Filiztekin 2007; Hoppe and Wagner 2007).
 */
export type PurchaseKind = 'bgnbd' | 'mbgnbd';

/** Purchases after which a customer might have left, and did not, if still there. */
const stayed = (kind: PurchaseKind, frequency: number) =>
	kind === 'bgnbd' ? frequency : frequency + 1;

/** What depends on the frequency alone, so that it is computed once for all who share it. */
export interface CountTerms {
	/** Part of the log-likelihood. */
	readonly logLikelihood: number;
	/** Part of the log of the odds that the customer left at the last purchase. */
	readonly logOdds: number;
}

export function termsOfCount(
	kind: PurchaseKind,
	{ r, alpha, a, b }: PurchaseParameters,
	frequency: number,
): CountTerms {
	const kept = stayed(kind, frequency);
	return {
		logLikelihood:
			logGamma(r + frequency) -
			logGamma(r) +
			r * Math.log(alpha) +
			logGamma(a + b) -
			logGamma(b) +
			logGamma(b + kept) -
			logGamma(a + b + kept),
		logOdds: kept === 0 ? Number.NEGATIVE_INFINITY : Math.log(a / (b + kept - 1)),
	};
}

/** A customer's log-likelihood: of how many purchases there were, and when. */
export function logLikelihoodOf(
	{ r, alpha }: PurchaseParameters,
	terms: CountTerms,
	frequency: number,
	recency: number,
	age: number,
): number {
	const shape = r + frequency;
	const there = Math.log(alpha + age);
	const sum = terms.logLikelihood - shape * there;
	if (terms.logOdds === Number.NEGATIVE_INFINITY) return sum;
	const odds = terms.logOdds + shape * (there - Math.log(alpha + recency));
	return sum + (odds > 30 ? odds : Math.log1p(Math.exp(odds)));
}

/** P(alive): the chance that the customer has not left for good. */
export function chanceAlive(
	kind: PurchaseKind,
	parameters: PurchaseParameters,
	frequency: number,
	recency: number,
	age: number,
): number {
	const { r, alpha } = parameters;
	const { logOdds } = termsOfCount(kind, parameters, frequency);
	const odds = logOdds + (r + frequency) * Math.log((alpha + age) / (alpha + recency));
	return 1 / (1 + Math.exp(odds));
}

/** What is believed of a customer who is still there: a gamma rate and a beta chance of leaving. */
export function beliefIfAlive(
	kind: PurchaseKind,
	{ r, alpha, a, b }: PurchaseParameters,
	frequency: number,
	age: number,
): PurchaseParameters {
	return { r: r + frequency, alpha: alpha + age, a, b: b + stayed(kind, frequency) };
}

/** At a = 1 the formula is 0/0; it is smooth, so that the mean of both sides stands for it. */
const NEAR_ONE = 1e-4;
/** Where a + b = 1 a product is 0 · ∞; so near to it nothing else changes. */
const NEAR_ZERO = 1e-7;

/**
 * Purchases expected within a horizon of somebody who is there now and leaves only after purchases
 * to come: E[(1 − exp(−λ p t)) / p] over gamma λ and beta p (Fader, Hardie and Lee 2005, equation
 * 10, without its last factor; written so that the series converges by powers of t / (α + t)).
 */
export function expectedIfAlive(belief: PurchaseParameters, horizon: number): number {
	const { a } = belief;
	if (Math.abs(a - 1) < NEAR_ONE) {
		const side = (by: number) => expectedIfAlive({ ...belief, a: 1 + by * NEAR_ONE }, horizon);
		return (side(1.5) + side(-1.5)) / 2;
	}
	const { r, alpha, b } = belief;
	const c = Math.abs(a + b - 1) < NEAR_ZERO ? NEAR_ZERO : a + b - 1;
	const z = horizon / (alpha + horizon);
	return (c / (a - 1)) * (1 - (1 - z) ** (a - 1) * hypergeometric(c - r, a - 1, c, z));
}
