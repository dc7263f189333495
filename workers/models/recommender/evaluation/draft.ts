import type { ForYouRequest, TrialRival } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import { teamDraft } from '$workers/metrics';
import { briefly } from '../contributions';
import type { PersonalTaste, RankedRow, RankedRows } from '../personal-taste';
import { trialRanker } from './trials';

/** As `PersonalTaste.forYou` counts. */
const COUNTED_AMONG = 20;

/** What everybody chose, most chosen first, as rows of a list; each for certain. */
export function popularRows(
	taste: PersonalTaste,
	{ count, now }: ForYouRequest,
	hidden: Iterable<number>,
): RankedRow[] {
	const chosen = taste.model.familiarity.surprise.map((surprise) => -surprise);
	for (const row of hidden) chosen[row] = Number.NEGATIVE_INFINITY;
	return Array.from(topPlaces(chosen, count), (row) => {
		const { contributions, fit, uncertainty } = taste.explain(row, now);
		return {
			row,
			fit,
			uncertainty,
			contributions: briefly(contributions, fit),
			reason: { kind: 'popular', features: [] },
			propensity: 1,
			exploration: false,
		};
	});
}

/**
 * One list of the present ranker's and the rival's, by a coin of the visit's own seed. Each home says
 * who put it there, and with what chance.
 */
export function draftedList(
	taste: PersonalTaste,
	present: RankedRows,
	rival: readonly RankedRow[],
	name: TrialRival,
	{ count, seed }: ForYouRequest,
): RankedRows {
	const coin = seededRandom(`${seed}/trial`);
	const homes = teamDraft({ a: present.homes, b: rival }, count, coin).map(
		({ offered, propensity, team }): RankedRow => ({
			...offered,
			propensity,
			ranker: trialRanker(present.ranker, name, team),
		}),
	);
	const { familiarity, neighbourhoods } = taste.model;
	const first = homes.slice(0, COUNTED_AMONG).map(({ row }) => row);
	return {
		...present,
		homes,
		neighbourhoods: new Set(first.map((row) => neighbourhoods[row])).size,
		littleKnown: first.filter((row) => familiarity.littleKnown[row]).length,
	};
}
