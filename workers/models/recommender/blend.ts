/**
 * How content, co-choice and sequence are weighted against each other, as a function of how much
 * history there is. Others' behaviour is told as logarithms (of shares and of lifts), the personal fit
 * is not: `chosen`, `also` and `next` are what one unit of such a logarithm is worth in fits.
 */
export interface BlendSettings {
	/** Of how often everybody chose a home. */
	readonly chosen: number;
	/** Of what the homes of the history say for it, one home of weight 1 known. */
	readonly also: number;
	/** Of what the newest home of the history says for it as the next. */
	readonly next: number;
	/** What each place further back still counts of `next`. */
	readonly faded: number;
	/** Of a score by item factors, which is about 1 for a home that suits as well as those chosen. */
	readonly factors: number;
}

/**
 * A pack's lifts are logarithms of odds, drawn towards nothing by how little is known. An early
 * conditional logit over the choices of `npm run eval -- histories` gave one unit of the personal fit
 * 3.8 such logarithms beside the place in the list, so one of them is worth 1/3.8 fits; co-choice is
 * too rare there to choose it a number of its own (docs/models/recommender.md).
 */
const FITS_A_LOGARITHM = 0.26;

export const blendSettings: BlendSettings = {
	chosen: 0.15,
	also: FITS_A_LOGARITHM,
	next: FITS_A_LOGARITHM,
	faded: 0.5,
	factors: 2 * FITS_A_LOGARITHM,
};

/**
 * What co-choice with one home of the history counts. Several homes tell of one taste and not of as
 * many, so together they count by the root of how many there are; homes that the pack does not know
 * are part of that taste, so the less of a history it knows, the less it says. The personal fit grows
 * with the history meanwhile: content leads where there is much, others where there is little.
 *
 * @param weight of this home, as observations
 * @param amount of the whole history, homes that the pack does not know included
 */
export function alsoWeight(
	weight: number,
	amount: number,
	{ also }: Pick<BlendSettings, 'also'> = blendSettings,
): number {
	return (also * weight) / Math.sqrt(Math.max(1, amount));
}

/**
 * What the step from one home of the history counts.
 *
 * @param weight of this home; more than one observation is still one stay
 * @param place from the newest, 0
 */
export function nextWeight(
	weight: number,
	place: number,
	{ next, faded }: Pick<BlendSettings, 'next' | 'faded'> = blendSettings,
): number {
	return next * Math.min(1, weight) * faded ** place;
}
