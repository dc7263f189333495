import type { TasteEdit } from '$lib/contracts';
import type { TasteAct } from './acts';
import type { PersonalTaste } from './personal-taste';

/**
 * The largest difference between a taste as it stands, after whatever was learned and forgotten, and
 * one that learned from scratch what is left: over the fit of every home, and over every feature that
 * an act says something of, with its uncertainty. Groups as a whole are left out: each is told by the
 * one home that it moves most, and where two homes tie, rounding decides which.
 *
 * @param acts that are left
 * @param edits as they stand
 * @param now UTC milliseconds
 */
export function differenceFromScratch(
	taste: PersonalTaste,
	acts: readonly TasteAct[],
	edits: readonly TasteEdit[],
	now: number,
): number {
	const scratch = taste.blank(now);
	scratch.observe(acts);
	scratch.edit(edits);
	return Math.max(largest(taste.fits(now), scratch.fits(now)), weightsApart(taste, scratch, now));
}

function weightsApart(taste: PersonalTaste, scratch: PersonalTaste, now: number): number {
	const own = ofActs(taste, now);
	const others = new Map(ofActs(scratch, now).map((weight) => [weight.feature.key, weight]));
	if (own.length !== others.size) return Number.POSITIVE_INFINITY;
	let apart = 0;
	for (const { feature, learned, uncertainty, weight } of own) {
		const other = others.get(feature.key);
		if (!other) return Number.POSITIVE_INFINITY;
		apart = Math.max(
			apart,
			largest([weight, learned, uncertainty], [other.weight, other.learned, other.uncertainty]),
		);
	}
	return apart;
}

const ofActs = (taste: PersonalTaste, now: number) =>
	taste.weights(now).filter(({ evidence }) => evidence.length > 0);

function largest(left: ArrayLike<number>, right: ArrayLike<number>): number {
	let apart = 0;
	for (let i = 0; i < left.length; i++)
		apart = Math.max(apart, Math.abs((left[i] as number) - (right[i] as number)));
	return apart;
}
