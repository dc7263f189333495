import type { NextPlaces } from '$lib/contracts';
import { topPlaces } from '$workers/math/top';
import { blendSettings } from '../blend';
import type { Others, OwnStay } from '../others';
import { inOrderAt } from './in-order';
import type { Places } from '$workers/table/places';

const SHOWN = 4;
/** So many neighbourhoods are near. */
const NEAR = 6;
/** So many homes wanted in one place begin a trip, where nothing is known of others. */
const BEGINS_AT = 2;
/** What a place is worth is the mean of its best so many homes. */
const BEST = 5;
/** Where others went is asked of so many homes of a place. */
const ASKED = 12;
/** Each home further back counts half: before so many it says nothing any more. */
const SPEAKING = 50;
/**
 * What a logarithm of kilometres counts against what others chose, in fits: as much as one of a lift. On
 * the trips of five cities (`npm run eval -- trips`) 1 was better than none in each of them.
 */
const NEARNESS = blendSettings.next;
/** Kilometres: nearer than this is hardly nearer, and so far is a place that the catalogue does not say. */
const HERE = 0.1;
const UNKNOWN = 10;
/** A home that fits is among this share of the catalogue. */
const FITTING_SHARE = 0.1;

export interface NextSources {
	readonly places: Places;
	/** Neighbourhood of each row. */
	readonly codes: ArrayLike<number>;
	/** What the person wants, newest first. */
	readonly history: readonly OwnStay[];
	readonly fits: Float64Array;
	readonly hidden: ReadonlySet<number>;
	readonly others: Others | undefined;
	readonly propertyOf: (row: number) => number;
}

interface Candidate {
	readonly place: number;
	/** Rows that may be shown, best fit first. */
	readonly rows: readonly number[];
	readonly worth: number;
}

/**
 * Where to look after the neighbourhood where most was wanted: where people went next, as far as a
 * model pack says, the nearer the likelier; else near it, by how well the best homes there fit. `null`
 * where nothing begins yet.
 */
export function nextPlaces(sources: NextSources): NextPlaces | null {
	const { codes, history, others, places } = sources;
	const counts = new Map<number, number>();
	for (const { row } of history) {
		const place = codes[row] as number;
		counts.set(place, (counts.get(place) ?? 0) + 1);
	}
	// The newest of equals: a Map keeps the order in which they came.
	const [from, wanted] = [...counts].reduce<readonly [number, number]>(
		(most, entry) => (entry[1] > most[1] ? entry : most),
		[-1, 0],
	);
	if (from < 0 || !places.names[from]) return null;
	const open = candidates(sources, new Set(counts.keys()));
	const after = others ? byOthers(open, others, sources, from) : [];
	if (after.length > 0) return told(sources, from, 'others', after);
	if (wanted < BEGINS_AT) return null;
	const near = nearTo(open, places, from);
	return near.length > 0 ? told(sources, from, 'nearby', near) : null;
}

/** Places where nothing is wanted yet, with the homes that can be shown there. */
function candidates({ fits, hidden, places }: NextSources, known: ReadonlySet<number>) {
	return places.rows.flatMap((rows, place): Candidate[] => {
		if (known.has(place) || places.names[place] === '') return [];
		const open = rows.filter((row) => !hidden.has(row));
		const worths = Float64Array.from(open, (row) => fits[row] as number);
		const best = Array.from(topPlaces(worths, ASKED), (at) => open[at] as number);
		if (best.length === 0) return [];
		const first = best.slice(0, BEST);
		const worth = first.reduce((sum, row) => sum + (fits[row] as number) / first.length, 0);
		return [{ place, rows: best, worth }];
	});
}

function nearTo(open: readonly Candidate[], places: Places, from: number): readonly Candidate[] {
	return open
		.filter(({ place }) => Number.isFinite(places.distance(from, place)))
		.sort((a, b) => places.distance(from, a.place) - places.distance(from, b.place))
		.slice(0, NEAR)
		.sort((a, b) => b.worth - a.worth)
		.slice(0, SHOWN);
}

/**
 * Places that steps or co-choice speak for, likeliest first: a lift alone says how much more often than
 * usual people go there, and what is usual and what is near count as well. Others are asked with the
 * newest home last, as everywhere else.
 */
function byOthers(
	open: readonly Candidate[],
	others: Others,
	{ history, places }: NextSources,
	from: number,
): readonly Candidate[] {
	const speaking = history.slice(0, SPEAKING).reverse();
	return open
		.map((candidate) => {
			const known = candidate.rows.filter((row) => others.known[row]);
			let lift = 0;
			let base = 0;
			for (const row of known) {
				const shares = others.shares(speaking, row);
				lift += (sum(shares.also) + sum(shares.next)) / known.length;
				base += shares.base / known.length;
			}
			const near = -NEARNESS * Math.log(HERE + kilometres(places, from, candidate.place));
			return { ...candidate, lift, worth: base + lift + near };
		})
		.filter(({ lift }) => lift > 0)
		.sort((a, b) => b.worth - a.worth)
		.slice(0, SHOWN);
}

const sum = (shares: Float64Array) => shares.reduce((total, share) => total + share, 0);

function kilometres(places: Places, from: number, to: number): number {
	const metres = places.distance(from, to);
	return Number.isFinite(metres) ? metres / 1000 : UNKNOWN;
}

function told(
	{ fits, places, propertyOf }: NextSources,
	from: number,
	source: NextPlaces['source'],
	found: readonly Candidate[],
): NextPlaces {
	const fitting = lowestFitting(fits);
	return {
		from: places.names[from] as string,
		source,
		places: found.map(({ place, rows }) => {
			const all = places.rows[place] as readonly number[];
			return {
				neighbourhood: places.names[place] as string,
				away: places.distance(from, place),
				homes: all.length,
				fitting: all.filter((row) => (fits[row] as number) >= fitting).length,
				best: propertyOf(rows[0] as number),
			};
		}),
	};
}

/** The fit from which on a home is among the tenth that fits best. */
function lowestFitting(fits: Float64Array): number {
	const place = Math.floor(fits.length * (1 - FITTING_SHARE));
	return place < fits.length ? inOrderAt(fits.slice(), place) : Infinity;
}
