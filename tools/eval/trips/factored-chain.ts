import type { City, Trip } from './city';

/** What is known of each place from some trips; NaN durations and 0 people where it has no visit. */
export interface PlaceCounts {
	/** Who came. */
	readonly people: Float64Array;
	readonly visits: Float64Array;
	/** Mean seconds of a visit. */
	readonly stay: Float64Array;
}

/** Each feature of a place as a number of its class, and how many classes there are. */
interface Classes {
	readonly count: number;
	readonly of: readonly number[];
}

/** Bounds of classes; the same for all trips that are left out in turn, as in the paper's code. */
export interface Bounds {
	readonly people: readonly number[];
	readonly visits: readonly number[];
	readonly stay: readonly number[];
	/** Cluster of each place by its coordinates. */
	readonly clusters: readonly number[];
}

export const CLASSES = 5;

export function countPlaces({ places }: City, trips: readonly Trip[]): PlaceCounts {
	const people = places.map(() => new Set<number>());
	const visits = new Float64Array(places.length);
	const stay = new Float64Array(places.length);
	for (const trip of trips)
		trip.places.forEach((place, i) => {
			people[place]?.add(trip.person);
			visits[place] = (visits[place] as number) + 1;
			stay[place] = (stay[place] as number) + (trip.stays[i] as number);
		});
	return {
		people: Float64Array.from(people, ({ size }) => size),
		visits,
		stay: stay.map((seconds, place) => seconds / (visits[place] as number)),
	};
}

/** Equal steps of the logarithm, from the power of ten below the least to that above the most. */
export function boundsOf(counts: PlaceCounts, clusters: readonly number[]): Bounds {
	const known = (values: Float64Array) => [...values].filter((_, i) => (counts.visits[i] ?? 0) > 0);
	const logarithms = (values: Float64Array) => {
		const from = Math.floor(Math.log10(Math.max(1, Math.min(...known(values)))));
		const to = Math.ceil(Math.log10(Math.max(...known(values))));
		return Array.from(
			{ length: CLASSES - 1 },
			(_, i) => 10 ** (from + ((to - from) * (i + 1)) / CLASSES),
		);
	};
	return {
		people: logarithms(counts.people),
		visits: logarithms(counts.visits),
		stay: logarithms(counts.stay),
		clusters,
	};
}

/**
 * The log chance of a step from each place to each (Chen, Ong and Xie 2016, "Learning points and routes to
 * recommend trajectories", section 3.2): the product of the chances of steps between their categories,
 * popularities, visits, durations and clusters, each counted with one more; shared among places that are
 * alike in all of them. -Infinity for a place itself and for places without a visit.
 */
export function factoredChain(
	city: City,
	trips: readonly Trip[],
	counts: PlaceCounts,
	bounds: Bounds,
): readonly Float64Array[] {
	const features = classesOf(city, counts, bounds);
	const steps = features.map((feature) => stepChances(feature, trips));
	const known = city.places.flatMap((_, place) => ((counts.visits[place] ?? 0) > 0 ? [place] : []));
	const chance = (from: number, to: number) =>
		features.reduce(
			(product, { of }, k) =>
				product * (steps[k]?.[of[from] as number]?.[of[to] as number] as number),
			1,
		);
	const keys = city.places.map((_, place) => features.map(({ of }) => of[place]).join());
	const key = (place: number) => keys[place] as string;
	const alike = new Map<string, number>();
	for (const place of known) alike.set(key(place), (alike.get(key(place)) ?? 0) + 1);
	return city.places.map((_, from) => {
		const row = new Float64Array(city.places.length).fill(Number.NEGATIVE_INFINITY);
		if (!known.includes(from)) return row;
		const own = known.map((to) => {
			if (to === from) return 0;
			const together = alike.get(key(to)) as number;
			return chance(from, to) / (key(to) === key(from) ? together - 1 : together);
		});
		const total = own.reduce((sum, value) => sum + value, 0);
		known.forEach((to, i) => (row[to] = Math.log10((own[i] as number) / total)));
		return row;
	});
}

function classesOf({ places }: City, counts: PlaceCounts, bounds: Bounds): Classes[] {
	const categories = [...new Set(places.map(({ category }) => category))];
	const binned = (values: Float64Array, edges: readonly number[]): Classes => ({
		count: CLASSES,
		of: Array.from(values, (value) => edges.filter((edge) => value >= edge).length),
	});
	return [
		{ count: categories.length, of: places.map(({ category }) => categories.indexOf(category)) },
		binned(counts.people, bounds.people),
		binned(counts.visits, bounds.visits),
		binned(counts.stay, bounds.stay),
		{ count: CLASSES, of: bounds.clusters },
	];
}

function stepChances({ count, of }: Classes, trips: readonly Trip[]): Float64Array[] {
	const counts = Array.from({ length: count }, () => new Float64Array(count).fill(1));
	for (const { places } of trips)
		places.slice(1).forEach((place, i) => {
			const row = counts[of[places[i] as number] as number] as Float64Array;
			const to = of[place] as number;
			row[to] = (row[to] as number) + 1;
		});
	return counts.map((row) => {
		const total = row.reduce((sum, value) => sum + value, 0);
		return row.map((value) => value / total);
	});
}
