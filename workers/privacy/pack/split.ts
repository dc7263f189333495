import type { Rational } from '../noise/exact-noise';

/**
 * How the epsilon of a pack is divided, in hundredths. A guest is either in the pack or held out, by
 * a lot of their own, and each side has the whole epsilon: what is drawn from one side says nothing of
 * the other (parallel composition: McSherry 2009). On a side the parts add up.
 *
 * The parts were chosen on sample towns and on real visits (docs/privacy/pack.md): pairs carry nearly all
 * that others teach, shares what is left where epsilon is small. The audit is as sure from either side:
 * four guests are in the pack for one who is held out.
 */
export const OF_MEMBERS = {
	also: 59,
	chosen: 20,
	next: 3,
	guests: 3,
	more: 3,
	audit: 12,
} as const;
export const OF_HELD_OUT = { asked: 10, metrics: 42, audit: 48 } as const;

/**
 * The scale of the noise on whole numbers that one guest changes by at most `most` in all (the sum of
 * absolute changes over all cells), for a part of a pack's epsilon.
 *
 * @param thousandths the pack's epsilon, in thousandths
 * @param part hundredths of it
 */
export const scaleOf = (most: number, thousandths: number, part: number): Rational => ({
	over: BigInt(most) * 100_000n,
	under: BigInt(thousandths) * BigInt(part),
});
