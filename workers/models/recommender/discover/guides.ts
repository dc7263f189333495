import type { GuideTags, RankedGuide } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import type { Leaning } from '../leanings';

/** How much of what is unknown of a tag is drawn: a little, so that new guides come up. */
const EXPLORED = 0.25;
/** A reason is given where the gain is so many times as large as what is unknown of it. */
const CLEAR = 0.5;
/** A guide is worth what its best so many tags are: long lists of tags do not help. */
const BEST_TAGS = 2;

/**
 * Guides by the same taste as the homes: what a home gains by having what the guide is about. Guides
 * about nothing that this catalogue has come last, in the order they were written in.
 *
 * @param leaningOf what is known of a tag; absent where the catalogue does not have it
 */
export function rankGuides(
	guides: readonly GuideTags[],
	leaningOf: (tag: string) => Leaning | undefined,
	seed: number,
): readonly RankedGuide[] {
	return guides
		.map(({ name, tags }) => {
			const known = tags.flatMap((tag) => {
				const leaning = leaningOf(tag);
				if (!leaning) return [];
				const drawn = seededRandom(`${seed}/${tag}`).normal();
				return [{ ...leaning, value: leaning.gain + EXPLORED * leaning.uncertainty * drawn }];
			});
			const best = known
				.map(({ value }) => value)
				.sort((a, b) => b - a)
				.slice(0, BEST_TAGS);
			const liked = known
				.filter(({ gain, told, uncertainty }) => told && gain > CLEAR * uncertainty)
				.sort((a, b) => b.gain - a.gain)[0];
			return {
				name,
				because: liked?.feature ?? null,
				worth: best.reduce((sum, value) => sum + value / best.length, 0),
				known: best.length > 0,
			};
		})
		.sort((a, b) => Number(b.known) - Number(a.known) || b.worth - a.worth)
		.map(({ because, name }) => ({ name, because }));
}
