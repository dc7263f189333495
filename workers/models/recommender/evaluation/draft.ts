import type { ForYouRequest, TrialRival } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import { FixedOrder, type PlaceRanker, teamDraft } from '$workers/metrics';
import { briefly } from '../contributions';
import type { Chosen, Placed } from '../exploration';
import type { PersonalTaste, RankedRow, RankedRows } from '../personal-taste';
import { trialRanker } from './trials';

/** A ranker of homes; what is said of a home is made only where it stands in the list. */
export interface HomeRanker extends PlaceRanker<Chosen> {
	ranked(placed: Placed): RankedRow;
}

/** What everybody chose, most chosen first; each for certain. */
export function popularHomes(
	taste: PersonalTaste,
	{ count, now }: ForYouRequest,
	hidden: Iterable<number>,
): HomeRanker {
	const chosen = taste.model.familiarity.surprise.map((surprise) => -surprise);
	for (const row of hidden) chosen[row] = Number.NEGATIVE_INFINITY;
	const order = new FixedOrder(topPlaces(chosen, count));
	return {
		offer: () => {
			const next = order.offer();
			return next && { ...next, exploration: false };
		},
		chanceOf: (row) => order.chanceOf(row),
		take: (row) => order.take(row),
		ranked: (placed) => popularHome(taste, placed, now),
	};
}

function popularHome(taste: PersonalTaste, placed: Placed, now: number): RankedRow {
	const { contributions, fit, uncertainty } = taste.explain(placed.row, now);
	return {
		...placed,
		fit,
		uncertainty,
		contributions: briefly(contributions, fit),
		reason: { kind: 'popular', features: [] },
	};
}

/**
 * One list of the present ranker's and the rival's, by a coin of the visit's own seed. Each home says
 * who put it there, and with what chance it stands there.
 *
 * @param rival asked for nothing yet
 */
export function draftedList(
	taste: PersonalTaste,
	rival: HomeRanker,
	name: TrialRival,
	request: ForYouRequest,
	hidden: readonly number[],
): RankedRows {
	const rankers = { a: taste.filling(request, hidden), b: rival };
	const coin = seededRandom(`${request.seed}/trial`);
	const homes = teamDraft<Chosen>(rankers, request.count, coin).map(
		({ offered, propensity, team }): RankedRow => ({
			...rankers[team].ranked({ ...offered, propensity }),
			ranker: trialRanker(taste.ranker, name, team),
		}),
	);
	return taste.listOf(homes);
}
