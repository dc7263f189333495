import type { ForYouRequest, TrialRival } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import { type Offered, teamDraft } from '$workers/metrics';
import { briefly } from '../contributions';
import type { PersonalTaste, RankedRow, RankedRows } from '../personal-taste';
import { trialRanker } from './trials';

/** As `PersonalTaste.forYou` counts. */
const COUNTED_AMONG = 20;

/** A home that a ranker offers; what is said of it is made only where it comes into the list. */
export interface OfferedHome extends Offered {
	readonly ranked: () => RankedRow;
}

export function offeredHomes(homes: readonly RankedRow[]): OfferedHome[] {
	return homes.map((home) => ({
		row: home.row,
		propensity: home.propensity,
		ranked: () => home,
	}));
}

/** What everybody chose, most chosen first; each for certain. */
export function popularHomes(
	taste: PersonalTaste,
	{ count, now }: ForYouRequest,
	hidden: Iterable<number>,
): OfferedHome[] {
	const chosen = taste.model.familiarity.surprise.map((surprise) => -surprise);
	for (const row of hidden) chosen[row] = Number.NEGATIVE_INFINITY;
	return Array.from(topPlaces(chosen, count), (row) => ({
		row,
		propensity: 1,
		ranked: () => popularHome(taste, row, now),
	}));
}

function popularHome(taste: PersonalTaste, row: number, now: number): RankedRow {
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
}

/**
 * One list of the present ranker's and the rival's, by a coin of the visit's own seed. Each home says
 * who put it there, and with what chance.
 */
export function draftedList(
	taste: PersonalTaste,
	present: RankedRows,
	rival: readonly OfferedHome[],
	name: TrialRival,
	{ count, seed }: ForYouRequest,
): RankedRows {
	const coin = seededRandom(`${seed}/trial`);
	const lists = { a: offeredHomes(present.homes), b: rival };
	const homes = teamDraft(lists, count, coin).map(({ offered, propensity, team }): RankedRow => ({
		...offered.ranked(),
		propensity,
		ranker: trialRanker(present.ranker, name, team),
	}));
	const { familiarity, neighbourhoods } = taste.model;
	const first = homes.slice(0, COUNTED_AMONG).map(({ row }) => row);
	return {
		...present,
		homes,
		neighbourhoods: new Set(first.map((row) => neighbourhoods[row])).size,
		littleKnown: first.filter((row) => familiarity.littleKnown[row]).length,
	};
}
