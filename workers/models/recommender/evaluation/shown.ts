import type { Bounded, InsteadFigures, ShownEvaluation } from '$lib/contracts';
import { topPlaces } from '$workers/math/top';
import { type Estimated, modelledByCell, offPolicyValue, onPolicyValue } from '$workers/metrics';
import { tilt } from '../novelty';
import type { PersonalTaste } from '../personal-taste';
import { VariedOrder } from '../varied-order';
import { type Catalogue, homeClasses } from './classes';
import { inOrder, type LoggedAct, Replay, takesUp } from './replay';

/** Fewer homes that were taken say too little, and nothing is said. */
export const NEEDED_TAKEN = 5;
/** Of a long log the last ones: it must not take minutes. */
const MOST_SHOWN = 600;
/** No home counts for more than so many: a bias downwards, against a figure that hangs on one row. */
const MOST_WEIGHT = 4;
/** Below this, what would have been shown was too often never shown. */
const LEAST_MEAN_WEIGHT = 0.7;
/** The order chooses among so many of the best. */
const CANDIDATES = 200;
/** Bounds of the cells of the simple model: a home's place by fit among all. */
const CELLS = [3, 10, 40, 160];
const SEED = 1;
const SAMPLES = 500;

export interface ListSettings {
	readonly variety: number;
	readonly novelty: number;
}

/** One home in a place, and what other ways of choosing had put there. */
interface ShownRow {
	readonly reward: number;
	readonly propensity: number;
	readonly cell: number;
	readonly instead: Readonly<Record<InsteadFigures['instead'], Instead>>;
}

interface Instead {
	/** It would have shown the same. */
	readonly same: boolean;
	readonly cell: number;
}

/**
 * What two other ways of choosing would have been worth in For you, from what was shown and with what
 * chance, place by place given the places before it. `best-guess` is the present order without places
 * for exploration, by a taste that knows what had been done when the list was made. In steps.
 *
 * @param blank a taste that has learned nothing; it is taught here
 */
export function* shownEvaluation(
	catalogue: Catalogue,
	blank: (now: number) => PersonalTaste,
	acts: readonly LoggedAct[],
	settings: ListSettings,
): Generator<undefined, ShownEvaluation> {
	const ordered = inOrder(acts);
	const taken = takenAfter(ordered);
	const shown = ordered.filter(isShown).slice(-MOST_SHOWN);
	const rewards = shown.filter(({ sequence }) => taken.has(sequence)).length;
	const counts = { shown: shown.length, taken: rewards, needed: NEEDED_TAKEN };
	if (rewards < NEEDED_TAKEN) return counts;
	const rows: ShownRow[] = [];
	const replay = new Replay(blank(ordered[0]?.instant ?? 0), ordered);
	yield* replay.through(shown[0]?.instant ?? 0);
	const lists = new Lists(catalogue, replay, ordered, settings);
	for (const act of shown) {
		rows.push({
			...lists.at(act),
			reward: Number(taken.has(act.sequence)),
			propensity: act.propensity ?? 1,
		});
		yield;
	}
	const bestGuess = figuresOf(rows, 'best-guess');
	yield;
	const figures = [bestGuess, figuresOf(rows, 'popularity')];
	yield;
	return {
		...counts,
		figures: {
			asShown: boundedOf(
				onPolicyValue(
					rows.map(({ reward }) => reward),
					{ seed: SEED, samples: SAMPLES },
				),
			),
			instead: figures.filter(isKnown),
			unknown: figures.filter((figure) => !isKnown(figure)).map(({ instead }) => instead),
		},
	};
}

type Unweighed = Pick<InsteadFigures, 'instead' | 'meanWeight'>;
const isKnown = (figures: InsteadFigures | Unweighed): figures is InsteadFigures =>
	figures.meanWeight >= LEAST_MEAN_WEIGHT;

const isShown = ({ kind, listed, position, propensity = 1 }: LoggedAct): boolean =>
	kind === 'impression' && listed && position !== undefined && propensity > 0;

/** The showings of a home that were the last before it was taken up in the same visit. */
function takenAfter(ordered: readonly LoggedAct[]): ReadonlySet<number> {
	const last = new Map<string, number>();
	const taken = new Set<number>();
	for (const act of ordered) {
		const key = `${act.session}/${act.row}`;
		if (isShown(act)) last.set(key, act.sequence);
		const showing = last.get(key);
		if (takesUp(act) && showing !== undefined) taken.add(showing);
	}
	return taken;
}

/** The lists of the past, made once more: anew where a visit begins and after every act but showing. */
class Lists {
	readonly #counts: Float64Array;
	readonly #turns: readonly LoggedAct[];
	#turn = 0;
	#session = Number.NaN;
	#fits: Float64Array | undefined;
	#places = new Map<number, number>();
	readonly #hidden = new Set<number>();

	constructor(
		catalogue: Catalogue,
		private readonly replay: Replay,
		ordered: readonly LoggedAct[],
		private readonly settings: ListSettings,
	) {
		this.#counts = homeClasses(replay.taste.model, catalogue).counts;
		this.#turns = ordered.filter(({ kind }) => kind !== 'impression');
	}

	/** What would have stood where the home stood. */
	at(act: LoggedAct): Pick<ShownRow, 'cell' | 'instead'> {
		const fits = this.#fitsAt(act);
		const position = act.position ?? 0;
		const before = [...this.#places]
			.filter(([place, row]) => place < position && row !== act.row)
			.sort(([a], [b]) => a - b)
			.map(([, row]) => row);
		this.#places.set(position, act.row);
		const open = fits.slice();
		for (const row of this.#hidden) if (row !== act.row) open[row] = Number.NEGATIVE_INFINITY;
		const cellOf = (row: number) => cellBy(fits, row);
		const instead = (row: number | undefined): Instead =>
			row === undefined
				? { same: false, cell: CELLS.length }
				: { same: row === act.row, cell: cellOf(row) };
		return {
			cell: cellOf(act.row),
			instead: {
				'best-guess': instead(this.#best(open, before)),
				popularity: instead(this.#mostChosen(open, before)),
			},
		};
	}

	#fitsAt({ instant, session }: LoggedAct): Float64Array {
		let turned = session !== this.#session;
		while ((this.#turns[this.#turn]?.instant ?? Number.POSITIVE_INFINITY) < instant) {
			this.#settle(this.#turns[this.#turn++] as LoggedAct);
			turned = true;
		}
		if (session !== this.#session) this.#places = new Map();
		this.#session = session;
		if (this.#fits && !turned) return this.#fits;
		this.replay.until(instant);
		const { taste } = this.replay;
		this.#fits = taste.fits(instant).slice();
		tilt(this.#fits, taste.model.familiarity, this.settings.novelty);
		return this.#fits;
	}

	/** Saved and dismissed homes leave the list. */
	#settle({ kind, row }: LoggedAct): void {
		if (kind === 'save' || kind === 'dismiss') this.#hidden.add(row);
		if (kind === 'unsave' || kind === 'undismiss') this.#hidden.delete(row);
	}

	#best(open: Float64Array, before: readonly number[]): number | undefined {
		const ranking = topPlaces(open, CANDIDATES);
		const { model } = this.replay.taste;
		const order = new VariedOrder(model, ranking, open, this.settings.variety);
		for (const row of before) order.take(row);
		return order.next();
	}

	#mostChosen(open: Float64Array, before: readonly number[]): number | undefined {
		const counts = this.#counts.map((count, row) =>
			open[row] === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : count,
		);
		for (const row of before) counts[row] = Number.NEGATIVE_INFINITY;
		return topPlaces(counts, 1)[0];
	}
}

function cellBy(fits: Float64Array, row: number): number {
	const own = fits[row] as number;
	let better = 0;
	for (const fit of fits) if (fit > own) better++;
	const cell = CELLS.findIndex((bound) => better < bound);
	return cell < 0 ? CELLS.length : cell;
}

function figuresOf(
	rows: readonly ShownRow[],
	instead: InsteadFigures['instead'],
): InsteadFigures | Unweighed {
	const targets = rows.map((row) => Number(row.instead[instead].same));
	if (!targets.includes(1)) return { instead, meanWeight: 0 };
	const rewards = rows.map(({ reward }) => reward);
	const modelled = modelledByCell(
		rewards,
		rows.map(({ cell }) => cell),
		CELLS.length + 1,
		(row, expected) => expected[(rows[row] as ShownRow).instead[instead].cell] as number,
	);
	const value = offPolicyValue(
		{ rewards, targets, propensities: rows.map(({ propensity }) => propensity) },
		modelled,
		{ seed: SEED, samples: SAMPLES, mostWeight: MOST_WEIGHT },
	);
	return {
		instead,
		ips: boundedOf(value.ips),
		snips: boundedOf(value.snips),
		doublyRobust: boundedOf(value.doublyRobust),
		effective: value.effectiveRows,
		meanWeight: value.meanWeight,
	};
}

function boundedOf({ value, bound: { low, high } }: Estimated): Bounded {
	return { value: share(value), low: share(low), high: share(high) };
}

/** A correction by a model may leave what a share can be; the truth does not. */
const share = (value: number) => Math.min(1, Math.max(0, value));
