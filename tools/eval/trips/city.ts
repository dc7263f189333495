import { EvaluationError } from '../evaluation';
import { readColumns } from '../files';

/** One trip: places in the order in which they were come to, none twice. */
export interface Trip {
	readonly person: number;
	/** Rows of `City.places`. */
	readonly places: readonly number[];
	/** Seconds spent at each. */
	readonly stays: readonly number[];
}

export interface Place {
	readonly name: string;
	readonly category: string;
	/** Degrees. */
	readonly latitude: number;
	readonly longitude: number;
}

export interface City {
	readonly places: readonly Place[];
	readonly trips: readonly Trip[];
	/** Kilometres from each place to each. */
	readonly kilometres: readonly Float64Array[];
}

const EARTH_RADIUS = 6371.0088;

/**
 * Visits and places of a city as Lim et al. 2015 and Chen, Ong and Xie 2016 publish them: one row a
 * visit, with its person, trip, place and times. An EvaluationError names what is odd.
 */
export function readCity(visitsPath: string, placesPath: string): City {
	const places = readPlaces(placesPath);
	const rowOf = new Map(places.map(({ name }, row) => [name, row]));
	const table = readColumns(visitsPath, ['userID', 'trajID', 'poiID', 'startTime', 'poiDuration']);
	const people = new Map<string, number>();
	const visits = new Map<string, Visit[]>();
	table.trajID.forEach((trip, i) => {
		const place = rowOf.get(table.poiID[i] as string);
		const person = table.userID[i] as string;
		if (place === undefined)
			throw new EvaluationError(`row ${i + 1} is of a place that --places does not have`);
		if (!people.has(person)) people.set(person, people.size);
		const visit = {
			person: people.get(person) as number,
			place,
			from: numberOf(table.startTime[i], 'startTime', i),
			stay: numberOf(table.poiDuration[i], 'poiDuration', i),
		};
		visits.set(trip, [...(visits.get(trip) ?? []), visit]);
	});
	const trips = [...visits.values()].map(tripOf);
	const kilometres = places.map((from) => Float64Array.from(places, (to) => distance(from, to)));
	return { places, trips, kilometres };
}

interface Visit {
	readonly person: number;
	readonly place: number;
	readonly from: number;
	readonly stay: number;
}

function tripOf(visits: readonly Visit[]): Trip {
	const ordered = visits.toSorted((a, b) => a.from - b.from);
	const [first] = ordered as [Visit, ...Visit[]];
	if (ordered.some(({ person }) => person !== first.person))
		throw new EvaluationError('a trip is of two people');
	const places = ordered.map(({ place }) => place);
	if (new Set(places).size < places.length)
		throw new EvaluationError('a trip comes to one place twice');
	return { person: first.person, places, stays: ordered.map(({ stay }) => stay) };
}

function readPlaces(path: string): Place[] {
	const table = readColumns(path, ['poiID', 'poiCat', 'poiLat', 'poiLon']);
	const places = table.poiID.map((name, i) => ({
		name,
		category: table.poiCat[i] as string,
		latitude: numberOf(table.poiLat[i], 'poiLat', i),
		longitude: numberOf(table.poiLon[i], 'poiLon', i),
	}));
	if (places.length < 2) throw new EvaluationError(`${path}: fewer than two places`);
	return places;
}

function numberOf(text: string | undefined, column: string, row: number): number {
	const value = Number(text);
	if (!text || !Number.isFinite(value))
		throw new EvaluationError(`row ${row + 1} has "${text}" in ${column}`);
	return value;
}

/** Great-circle distance (haversine). */
function distance(from: Place, to: Place): number {
	const radians = Math.PI / 180;
	const half =
		Math.sin(((from.latitude - to.latitude) * radians) / 2) ** 2 +
		Math.cos(from.latitude * radians) *
			Math.cos(to.latitude * radians) *
			Math.sin(((from.longitude - to.longitude) * radians) / 2) ** 2;
	return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}
