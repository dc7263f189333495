import type { Bounded, HistoryEvaluation, RankingFigures } from '$lib/contracts';
import { topPlaces } from '$workers/math/top';
import {
	bettingInterval,
	catalogueCoverage,
	intraListDistance,
	miscalibration,
	novelty,
	RankingEvaluation,
	requireBefore,
} from '$workers/metrics';
import type { TasteAct } from '../acts';
import type { PersonalTaste } from '../personal-taste';
import { type Catalogue, type HomeClasses, homeClasses } from './classes';
import { inOrder, type LoggedAct, Replay, takesUp } from './replay';

/** Fewer homes say too little, and nothing is said. */
export const NEEDED_CASES = 10;
/** Of a long history the last homes: it must not take minutes. */
const MOST_CASES = 150;
const FIRST = 10;

type Hits = Readonly<Record<'recall' | 'ndcg' | 'mrr', number>>;

/** What one way of ranking made of the homes that were taken up. */
class Judged {
	readonly #hits: Hits[] = [];
	readonly #lists: Uint32Array[] = [];
	readonly #areas: number[] = [];
	readonly #prices: number[] = [];

	constructor(private readonly classes: HomeClasses) {}

	get hits(): readonly Hits[] {
		return this.#hits;
	}

	add(scores: Float64Array, known: readonly number[], taken: readonly number[], held: number) {
		const evaluation = new RankingEvaluation(FIRST);
		evaluation.add({ scores, train: known, test: [held] });
		const { recall, ndcg, mrr } = evaluation.metrics();
		this.#hits.push({ recall: recall.mean, ndcg: ndcg.mean, mrr: mrr.mean });
		const open = scores.slice();
		for (const row of known) open[row] = Number.NEGATIVE_INFINITY;
		const list = topPlaces(open, FIRST);
		this.#lists.push(list);
		if (taken.length === 0) return;
		const { areas, bands } = this.classes;
		const apart = (labels: ArrayLike<number>) =>
			miscalibration(
				taken.map((row) => labels[row] as number),
				Array.from(list, (row) => labels[row] as number),
			);
		this.#areas.push(apart(areas));
		this.#prices.push(apart(bands));
	}

	figures(): RankingFigures {
		const { counts, distance } = this.classes;
		return {
			recall: bounded(this.#hits.map(({ recall }) => recall)),
			ndcg: bounded(this.#hits.map(({ ndcg }) => ndcg)),
			mrr: bounded(this.#hits.map(({ mrr }) => mrr)),
			coverage: catalogueCoverage(this.#lists, counts.length),
			novelty: mean(this.#lists.map((list) => novelty(list, counts))),
			diversity: mean(this.#lists.map((list) => intraListDistance(list, distance))),
			areas: mean(this.#areas),
			prices: mean(this.#prices),
		};
	}
}

/**
 * Each home that a person took up for the first time, ranked among all that they had done nothing
 * with, by a taste that knows only what came strictly before (prequential, Dawid 1984), beside
 * popularity on the same homes. What a person said of features has no date and is left out. In steps,
 * so that a list is never waited for.
 *
 * @param blank a taste that has learned nothing; it is taught here
 */
export function* historyEvaluation(
	catalogue: Catalogue,
	blank: (now: number) => PersonalTaste,
	acts: readonly LoggedAct[],
): Generator<undefined, HistoryEvaluation> {
	const ordered = inOrder(acts);
	const cases = firstTakings(ordered);
	const counted = cases.slice(-MOST_CASES);
	const counts = { cases: cases.length, counted: counted.length, needed: NEEDED_CASES };
	if (cases.length < NEEDED_CASES) return counts;
	const first = ordered[0]?.instant ?? 0;
	const replay = new Replay(blank(first), ordered);
	const classes = homeClasses(replay.taste.model, catalogue);
	const present = new Judged(classes);
	const popularity = new Judged(classes);
	const known = new Set<number>();
	const taken = new Set<number>();
	const note = (act: TasteAct) => {
		if (act.kind !== 'impression') known.add(act.row);
		if (takesUp(act)) taken.add(act.row);
	};
	(yield* replay.through(counted[0]?.instant ?? first)).forEach(note);
	for (const { instant, row } of counted) {
		replay.until(instant).forEach(note);
		requireBefore(replay.last === Number.NEGATIVE_INFINITY ? [] : [replay.last], [instant]);
		present.add(replay.taste.fits(instant), [...known], [...taken], row);
		popularity.add(classes.counts, [...known], [...taken], row);
		yield;
	}
	const own = present.figures();
	yield;
	const most = popularity.figures();
	yield;
	return {
		...counts,
		figures: {
			present: own,
			popularity: most,
			gain: {
				recall: gain(present, popularity, 'recall'),
				ndcg: gain(present, popularity, 'ndcg'),
				mrr: gain(present, popularity, 'mrr'),
			},
		},
	};
}

/** The act by which each home was taken up, where nothing was done with it before. */
function firstTakings(ordered: readonly LoggedAct[]): LoggedAct[] {
	const touched = new Set<number>();
	return ordered.filter((act) => {
		if (act.kind === 'impression' || touched.has(act.row)) return false;
		touched.add(act.row);
		return takesUp(act);
	});
}

/** The mean of shares, by betting: no shape is assumed, so that few homes give a wide interval. */
function bounded(shares: readonly number[]): Bounded {
	return { value: mean(shares), ...bettingInterval(shares) };
}

/** Home by home, so that what makes a home easy or hard to both does not count. */
function gain(present: Judged, other: Judged, name: keyof Hits): Bounded {
	const differences = present.hits.map((hit, i) => hit[name] - (other.hits[i]?.[name] ?? 0));
	const { low, high } = bettingInterval(differences.map((difference) => (difference + 1) / 2));
	return { value: mean(differences), low: 2 * low - 1, high: 2 * high - 1 };
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
