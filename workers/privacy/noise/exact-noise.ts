import { RandomBits } from './random-bits';

/** A fraction of whole numbers; the divisor is positive. */
export interface Rational {
	readonly over: bigint;
	readonly under: bigint;
}

/**
 * Noise whose distribution is exact, not exact up to rounding: whole numbers all the way, from
 * uniform ones. Floats leak: the low bits of a rounded Laplace draw tell what was added to it
 * (Mironov 2012).
 *
 * Source: Canonne, Kamath and Steinke, "The discrete Gaussian for differential privacy" (2020),
 * arXiv:2004.00010, algorithms 1 to 3. Every draw is built from the one above it in this file. The
 * time of a draw depends on the draw: it is not constant, which matters only to somebody who can
 * measure this device while it draws.
 */
export class ExactNoise {
	constructor(private readonly bits = new RandomBits()) {}

	/** Uniform in 0 ... below - 1. */
	below(below: bigint): bigint {
		return this.bits.below(below);
	}

	/** True with this chance, between 0 and 1. */
	bernoulli({ over, under }: Rational): boolean {
		return this.below(under) < over;
	}

	/** True with chance exp(-rate), for a rate between 0 and 1 (algorithm 1, first half). */
	bernoulliExpOfUnit({ over, under }: Rational): boolean {
		let draws = 1n;
		while (this.bernoulli({ over, under: under * draws })) draws++;
		return draws % 2n === 1n;
	}

	/** True with chance exp(-rate), for any rate from 0 (algorithm 1). */
	bernoulliExp({ over, under }: Rational): boolean {
		for (let whole = over / under; whole > 0n; whole--)
			if (!this.bernoulliExpOfUnit({ over: 1n, under: 1n })) return false;
		return this.bernoulliExpOfUnit({ over: over % under, under });
	}

	/**
	 * The discrete Laplace distribution: the chance of y is in proportion to exp(-|y| / scale)
	 * (algorithm 2).
	 */
	laplace(scale: Rational): bigint {
		for (;;) {
			const drawn = this.laplaceRound(scale);
			if (drawn !== null) return drawn;
		}
	}

	/** One try of algorithm 2; `null`: it failed, and another one is due. */
	laplaceRound({ over, under }: Rational): bigint | null {
		const part = this.below(over);
		if (!this.bernoulliExp({ over: part, under: over })) return null;
		let whole = 0n;
		while (this.bernoulliExp({ over: 1n, under: 1n })) whole++;
		const size = (part + over * whole) / under;
		const negative = this.bernoulli({ over: 1n, under: 2n });
		// Zero has no sign: drawn with both, it would come twice as often.
		if (negative && size === 0n) return null;
		return negative ? -size : size;
	}

	/**
	 * The discrete Gaussian distribution: the chance of y is in proportion to exp(-y² / (2 variance))
	 * (algorithm 3).
	 */
	gaussian(variance: Rational): bigint {
		for (;;) {
			const drawn = this.gaussianRound(variance);
			if (drawn !== null) return drawn;
		}
	}

	/** One try of algorithm 3; `null`: it failed, and another one is due. */
	gaussianRound({ over, under }: Rational): bigint | null {
		const scale = squareRoot(over / under) + 1n;
		const drawn = this.laplace({ over: scale, under: 1n });
		const size = drawn < 0n ? -drawn : drawn;
		const away = size * under * scale - over;
		const kept = this.bernoulliExp({
			over: away * away,
			under: 2n * over * under * scale * scale,
		});
		return kept ? drawn : null;
	}
}

/** The largest whole number whose square is not above the value (Newton's method). */
function squareRoot(value: bigint): bigint {
	if (value < 2n) return value;
	let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
	for (;;) {
		const next = (root + value / root) >> 1n;
		if (next >= root) return root;
		root = next;
	}
}
