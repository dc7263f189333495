import type { Random } from '$workers/math/random';
import { type Choice, fitChoices } from '$workers/models/recommender/blend-choices';
import { LIKENESS_KINDS } from '$workers/models/recommender/likeness-to-own';
import type { HeadSettings } from '$workers/models/recommender';
import { FOLDS } from './choice-blend';
import type { Reviewer } from './reviews';

/** What the app adds up for one reviewer, each part with weight 1. */
export interface AppCase {
	readonly reviewer: Reviewer;
	readonly fold: number;
	readonly fits: Float32Array;
	readonly popularity: Float32Array;
	/** Beside `LIKENESS_KINDS`. */
	readonly likeness: readonly Float32Array[];
}

/** The settings of the app that say how much the parts count. */
export type AppWeights = Pick<HeadSettings, 'popularityWeight' | 'likeness'>;

/** What one unit of the fit may be worth as a logarithm of odds. */
const FIT_LOGARITHMS = [2.5, 3, 3.5, 4, 5];
const POPULARITY_WEIGHTS = [0.15, 0.175, 0.2, 0.225, 0.25];
const DRAWN = 250;
const PENALTY = 1;
const FIRST = 20;

/**
 * Weights of the app's parts, for each fold by the choices of the other folds. What counts is who is
 * found among the first places, and the likeliest weights by themselves give that up for homes far
 * down. So the logit weighs likeness against a fixed worth of fit and popularity, and of these the one
 * is taken that has the best ndcg20 on the same reviewers.
 */
export class FoldedApp {
	readonly byFold: readonly AppWeights[];
	/** By all reviewers: what the app is set to. */
	readonly all: AppWeights;

	constructor(cases: readonly AppCase[], random: Random) {
		const drawn = new Map(cases.map((one) => [one, drawOthers(one, random)]));
		this.byFold = Array.from({ length: FOLDS }, (_, fold) =>
			bestWeights(
				cases.filter((one) => one.fold !== fold),
				drawn,
			),
		);
		this.all = bestWeights(cases, drawn);
	}
}

type Drawn = ReadonlyMap<AppCase, Uint32Array>;

function bestWeights(cases: readonly AppCase[], drawn: Drawn): AppWeights {
	let best: { readonly weights: AppWeights; readonly gain: number } | undefined;
	for (const worth of FIT_LOGARITHMS)
		for (const popularityWeight of POPULARITY_WEIGHTS) {
			const weights = likeliest(cases, drawn, worth, popularityWeight);
			const gain = cases.reduce((sum, one) => sum + gainOf(one, weights), 0);
			if (!best || gain > best.gain) best = { weights, gain };
		}
	if (!best) throw new RangeError('there is nothing to choose from');
	return best.weights;
}

/** The weights of likeness with which the choices are likeliest, beside what all else is worth. */
function likeliest(
	cases: readonly AppCase[],
	drawn: Drawn,
	worth: number,
	popularityWeight: number,
): AppWeights {
	const size = LIKENESS_KINDS.length;
	const choices = cases.map((one): Choice => {
		const homes = drawn.get(one) ?? new Uint32Array();
		const rows = new Float32Array(homes.length * size);
		homes.forEach((home, i) => {
			for (let k = 0; k < size; k++) rows[i * size + k] = one.likeness[k]?.[home] ?? 0;
		});
		const offsets = Float64Array.from(
			homes,
			(home) =>
				worth * ((one.fits[home] as number) + popularityWeight * (one.popularity[home] as number)),
		);
		return { rows, offsets };
	});
	const logarithms = fitChoices(choices, { size, penalty: PENALTY });
	const [place = 0, price = 0, guests = 0, room = 0] = logarithms.map((weight) => weight / worth);
	return { popularityWeight, likeness: { place, price, size: guests, room } };
}

/** The discounted gain of the home that was held out. */
function gainOf(
	{ fits, likeness, popularity, reviewer }: AppCase,
	{ likeness: weights, popularityWeight }: AppWeights,
): number {
	const [place, price, guests, room] = likeness;
	const scoreOf = (home: number) =>
		(fits[home] as number) +
		popularityWeight * (popularity[home] as number) +
		weights.place * (place?.[home] ?? 0) +
		weights.price * (price?.[home] ?? 0) +
		weights.size * (guests?.[home] ?? 0) +
		weights.room * (room?.[home] ?? 0);
	const known = new Set(reviewer.history.map(({ row }) => row));
	const own = scoreOf(reviewer.held);
	let before = 0;
	for (let home = 0; home < fits.length && before < FIRST; home++)
		if (scoreOf(home) > own && !known.has(home)) before++;
	return before < FIRST ? 1 / Math.log2(2 + before) : 0;
}

/** The home that was chosen, then homes drawn from all that the reviewer did not know. */
function drawOthers({ fits, reviewer }: AppCase, random: Random): Uint32Array {
	const known = new Set([...reviewer.history.map(({ row }) => row), reviewer.held]);
	const drawn = new Set<number>();
	const most = Math.min(DRAWN, fits.length - known.size);
	while (drawn.size < most) {
		const home = random.integer(fits.length);
		if (!known.has(home)) drawn.add(home);
	}
	return Uint32Array.of(reviewer.held, ...drawn);
}
