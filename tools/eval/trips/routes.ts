import { seededRandom } from '$workers/math/random';
import { type Measured, measured } from '$workers/metrics/ranking';
import type { City } from './city';
import { clustersOf } from './clusters';
import { CLASSES, boundsOf, countPlaces, factoredChain } from './factored-chain';
import { learnedRoutes } from './learned-routes';
import { type PathQuery, bestPath, bestWalk, queryOf } from './paths';
import { f1, pairsF1 } from './route-figures';

const LEAST_PLACES = 3;
/** Not of the paper. */
const LEARNED = 'learned choice';

export interface RouteFigures {
	readonly f1: Measured;
	readonly pairsF1: Measured;
}

export interface Routes {
	readonly asked: number;
	readonly figures: Readonly<Record<string, RouteFigures>>;
}

/**
 * The protocol of Chen, Ong and Xie 2016: a trip is left out, and its places are guessed from where it
 * starts and ends and from how many there are. Trips that start or end where no other trip came are left
 * out. Bounds of classes and clusters come from all trips, as in their code.
 */
export function routes(city: City): Routes {
	const learned = learnedRoutes(city);
	const clusters = clustersOf(
		city.places.map(({ latitude, longitude }) => [longitude, latitude]),
		CLASSES,
		seededRandom('clusters'),
	);
	const bounds = boundsOf(countPlaces(city, city.trips), clusters);
	const found: Record<string, { wanted: readonly number[]; given: readonly number[] }[]> = {};
	let asked = 0;
	for (const trip of city.trips) {
		if (trip.places.length < LEAST_PLACES) continue;
		const others = city.trips.filter((other) => other !== trip);
		const counts = countPlaces(city, others);
		const query = queryOf(trip);
		if (counts.visits[query.start] === 0 || counts.visits[query.end] === 0) continue;
		asked++;
		const chain = factoredChain(city, others, counts, bounds);
		const given = {
			PoiPopularity: mostPopular(counts.people, query),
			Markov: bestWalk(chain, query),
			MarkovPath: bestPath(chain, query),
			[LEARNED]: learned(trip),
		};
		for (const [name, route] of Object.entries(given))
			(found[name] ??= []).push({ wanted: trip.places, given: route });
	}
	const figures = Object.entries(found).map(([name, pairs]) => [
		name,
		{
			f1: measured(pairs.map(({ wanted, given }) => f1(wanted, given))),
			pairsF1: measured(pairs.map(({ wanted, given }) => pairsF1(wanted, given))),
		},
	]);
	return { asked, figures: Object.fromEntries(figures) as Routes['figures'] };
}

/** Where most people came, between start and end, in that order. */
function mostPopular(people: Float64Array, { start, end, length }: PathQuery): number[] {
	const between = Array.from(people, (_, place) => place)
		.filter((place) => place !== start && place !== end && (people[place] as number) > 0)
		.sort((a, b) => (people[b] as number) - (people[a] as number))
		.slice(0, length - 2);
	return [start, ...between, end];
}
