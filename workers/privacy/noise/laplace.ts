import type { Rational } from './exact-noise';

/**
 * What is known of the discrete Laplace distribution before anything is drawn: how large noise gets.
 * These are constants of a release, computed from its rules alone; nothing is drawn here.
 */

/** The chance that noise of this scale is at least `least` (from 1). */
export function chanceOfAtLeast(scale: Rational, least: number): number {
	const ratio = ratioOf(scale);
	return ratio ** least / (1 + ratio);
}

/** The smallest whole number that noise reaches with at most this chance. */
export function rarelyReached(scale: Rational, chance: number): number {
	let least = 1;
	while (chanceOfAtLeast(scale, least) > chance) least++;
	return least;
}

/** The smallest w so that noise is within -w ... w with at least this chance. */
export const usuallyWithin = (scale: Rational, chance: number): number =>
	rarelyReached(scale, (1 - chance) / 2) - 1;

/** How much less likely each next whole number is. */
const ratioOf = ({ over, under }: Rational): number => Math.exp(-Number(under) / Number(over));
