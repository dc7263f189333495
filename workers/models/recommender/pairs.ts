import type { FittedLinear } from '$workers/learners/bayesian-linear';
import type { Random } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import type { CatalogueModel } from './catalogue-model';

/** How many taps make a start. */
export const PAIR_STEPS = 5;
const HOMES_CONSIDERED = 64;
/** The better part of the catalogue: this share of it, and never more homes than this. */
const ACCEPTABLE = { share: 1 / 3, most: 2000 };
const PAIRS_CONSIDERED = 100;

/**
 * Two homes between which the choice tells most: of pairs drawn from the better part of the
 * catalogue, the one of whose difference the model is least sure.
 *
 * @param fits of all rows; -Infinity where a row must not be shown
 */
export function informativePair(
	{ features }: CatalogueModel,
	head: FittedLinear,
	fits: Float64Array,
	random: Random,
): readonly [left: number, right: number] | null {
	const acceptable = topPlaces(
		fits,
		Math.min(ACCEPTABLE.most, Math.max(2, Math.ceil(fits.length * ACCEPTABLE.share))),
	);
	if (acceptable.length < 2) return null;
	const draw = () => acceptable[random.integer(acceptable.length)] as number;
	const homes = Array.from({ length: Math.min(HOMES_CONSIDERED, acceptable.length) }, draw);
	let best: readonly [number, number] | null = null;
	let widest = 0;
	for (let i = 0; i < PAIRS_CONSIDERED; i++) {
		const left = homes[random.integer(homes.length)] as number;
		const right = homes[random.integer(homes.length)] as number;
		if (left === right) continue;
		const unsure = head.differenceDeviation(features.rows, left, right);
		if (unsure <= widest) continue;
		widest = unsure;
		best = [left, right];
	}
	return best;
}
