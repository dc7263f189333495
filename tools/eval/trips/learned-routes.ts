import { type Choice, fitChoices } from '$workers/models/recommender/blend-choices';
import type { City, Trip } from './city';
import { type PathQuery, bestPath, queryOf } from './paths';
import { bothWays, markovChain, nearness, packOf, popularity } from './rankers';

/** Trips of a tenth are guessed from the others. */
const FOLDS = 10;
const INNER_FOLDS = 4;
const PENALTY = 1;
/** Numbers of a place for a query: see `featuresOf`. */
const SIZE = 8;
/** Longer routes are rare, and their places nearly all of the city. */
const LONG = 5;

/**
 * Routes by the place's own chance: how popular it is, how near to start and end, how often trips went
 * from one to the other, weighted by a conditional logit over what other trips came to. The likeliest
 * places, in the order in which the steps between them are likeliest.
 */
export function learnedRoutes(city: City): (trip: Trip) => number[] {
	const fits = Array.from({ length: FOLDS }, (_, fold) =>
		fit(city, others(city.trips, FOLDS, fold)),
	);
	const foldOf = new Map(city.trips.map((trip, i) => [trip, i % FOLDS]));
	return (trip) => {
		const { weights, known } = fits[foldOf.get(trip) as number] as Fit;
		const query = queryOf(trip);
		const features = featuresOf(city, known, query);
		const score = (place: number) =>
			weights.reduce((sum, weight, k) => sum + weight * (features[place]?.[k] as number), 0);
		const between = city.places
			.flatMap((_, place) => (place === query.start || place === query.end ? [] : [place]))
			.sort((a, b) => score(b) - score(a))
			.slice(0, query.length - 2);
		return ordered(known.chain, [query.start, ...between, query.end]);
	};
}

interface Known {
	readonly popular: Float64Array;
	readonly chain: readonly Float64Array[];
	readonly together: readonly Float64Array[];
}

interface Fit {
	readonly weights: Float64Array;
	readonly known: Known;
}

const others = (trips: readonly Trip[], folds: number, fold: number) =>
	trips.filter((_, i) => i % folds !== fold);

/** What is chosen between start and end was said by trips that are not those asked about. */
function fit(city: City, trips: readonly Trip[]): Fit {
	const choices: Choice[] = [];
	for (let fold = 0; fold < INNER_FOLDS; fold++) {
		const known = knownOf(city, others(trips, INNER_FOLDS, fold));
		for (const trip of trips.filter((_, i) => i % INNER_FOLDS === fold))
			choices.push(...choicesOf(city, known, trip));
	}
	return {
		weights: fitChoices(choices, { size: SIZE, penalty: PENALTY }),
		known: knownOf(city, trips),
	};
}

function knownOf(city: City, trips: readonly Trip[]): Known {
	const popular = popularity(city, trips);
	const { also } = packOf(city, trips);
	const together = city.places.map((_, from) => {
		const row = new Float64Array(city.places.length);
		for (let at = also.starts[from] as number; at < (also.starts[from + 1] as number); at++)
			row[also.columns[at] as number] = also.values[at] as number;
		return row;
	});
	return { popular, chain: markovChain(city, bothWays(trips), popular), together };
}

/** Each place between start and end, against all that the trip did not come to. */
function choicesOf(city: City, known: Known, trip: Trip): Choice[] {
	if (trip.places.length < 3) return [];
	const features = featuresOf(city, known, queryOf(trip));
	const left = features.filter((_, place) => !trip.places.includes(place));
	return trip.places.slice(1, -1).map((place) => ({
		rows: Float32Array.from([features[place] as number[], ...left].flat()),
	}));
}

function featuresOf(city: City, { popular, chain, together }: Known, query: PathQuery): number[][] {
	const { start, end, length } = query;
	const [fromStart, fromEnd] = [start, end].map((place) =>
		nearness(city, { person: 0, history: [place], next: place }),
	) as [Float64Array, Float64Array];
	const long = +(length >= LONG);
	return city.places.map((_, place) => {
		const usual = popular[place] as number;
		const near = Math.max(fromStart[place] as number, fromEnd[place] as number);
		const apart = Math.min(fromStart[place] as number, fromEnd[place] as number);
		const steps = (chain[start]?.[place] as number) + (chain[end]?.[place] as number);
		const lift = (together[start]?.[place] as number) + (together[end]?.[place] as number);
		return [usual, near, apart, steps, lift, long * usual, long * near, long * steps];
	});
}

function ordered(chain: readonly Float64Array[], places: readonly number[]): number[] {
	const known = new Set(places);
	const among = chain.map((row, from) =>
		row.map((score, to) => (known.has(from) && known.has(to) ? score : Number.NEGATIVE_INFINITY)),
	);
	const [start, end] = [places[0] as number, places.at(-1) as number];
	return bestPath(among, { start, end, length: places.length });
}
