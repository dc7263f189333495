import { planePoints } from '$workers/features/landmarks';
import { type HomeTable, values } from '$workers/table/homes';
import { CoChoices } from './co-choice';
import { PopularityByDay } from './popularity-by-day';
import type { Histories, Reviewer } from './reviews';

/** Where a feature comes from. */
export type Source = 'content' | 'popularity' | 'together' | 'sequence' | 'likeness';

/** What a blend weighs, in the order in which a row of `ChoiceFeatures.of` has it. */
export const FEATURES: readonly (readonly [name: string, source: Source])[] = [
	['fit', 'content'],
	['place', 'content'],
	['same host', 'content'],
	['fit, same host', 'content'],
	['place, same host', 'content'],
	['reviews, half-life 60 days', 'popularity'],
	['reviews, half-life 15 days', 'popularity'],
	['reviews, half-life 240 days', 'popularity'],
	['reviews', 'popularity'],
	['never reviewed', 'popularity'],
	['months since the last review', 'popularity'],
	['months since the first review', 'popularity'],
	['homes of the host', 'popularity'],
	['chosen by the same people', 'together'],
	['host chosen by the same people', 'together'],
	['chosen right after', 'sequence'],
	['distance to the last home', 'sequence'],
	['host of the last home', 'sequence'],
	['distance', 'likeness'],
	['price', 'likeness'],
	['guests', 'likeness'],
	['minimum nights', 'likeness'],
	['room type', 'likeness'],
	['property type', 'likeness'],
];

export const FEATURE_COUNT = FEATURES.length;
const HALF_LIVES = [60, 15, 240, Number.POSITIVE_INFINITY];
/** As in `popularityFits`: most stays leave no review. */
const STAYS_A_REVIEW = 2;
const DAYS_A_MONTH = 30;
/** Below this distance, kilometres, homes are next door: coordinates are no finer. */
const NEXT_DOOR = 0.1;
/** Cosines are small: on this scale their logarithm tells one choice from several. */
const CO_CHOICE_SCALE = 100;

/** What is known of every home for one reviewer, on the day of their last known stay. Days ascend. */
export class ChoiceFeatures {
	readonly #homes: HomeTable;
	readonly #coChoices: CoChoices;
	readonly #popularity: readonly PopularityByDay[];
	readonly #standing: LatestReviews;
	readonly #hostSizes: Float64Array;
	readonly #points;
	readonly #columns;

	constructor(homes: HomeTable, data: Histories) {
		const hosts = values(homes, 'host');
		this.#homes = homes;
		this.#coChoices = new CoChoices(data.reviewers, hosts);
		this.#popularity = HALF_LIVES.map((days) => new PopularityByDay(data.known, homes.count, days));
		this.#standing = new LatestReviews(data, homes.count);
		const sizes = new Map<number, number>();
		for (const host of hosts) sizes.set(host, (sizes.get(host) ?? 0) + 1);
		this.#hostSizes = Float64Array.from(hosts, (host) => Math.log(sizes.get(host) ?? 1));
		this.#points = planePoints(values(homes, 'latitude'), values(homes, 'longitude'));
		this.#columns = {
			hosts,
			price: logarithms(values(homes, 'price')),
			guests: logarithms(values(homes, 'guests')),
			nights: logarithms(values(homes, 'minimum_nights')),
		};
	}

	/**
	 * Row by row, `FEATURE_COUNT` numbers for each home.
	 *
	 * @param fits what the app gives each home by its content
	 * @param listed the same with popularity: the list that the app shows
	 */
	of(reviewer: Reviewer, day: number, fits: Float64Array, listed: Float64Array): Float32Array {
		const counts = this.#popularity.map((popularity) => popularity.on(day));
		this.#standing.advance(day);
		const all = counts[3] as Float64Array;
		const { together, hosts, next } = this.#coChoices.of(reviewer, day, all);
		const rows = [...new Set(reviewer.history.map(({ row }) => row))];
		const last = reviewer.history.at(-1)?.row as number;
		const ownHosts = new Set(rows.map((row) => this.#columns.hosts[row]));
		const places = logPlaces(listed);
		const { room_type, property_type } = this.#homes.columns;
		const features = new Float32Array(this.#homes.count * FEATURE_COUNT);
		for (let home = 0; home < this.#homes.count; home++) {
			const host = this.#columns.hosts[home];
			const same = ownHosts.has(host) ? 1 : 0;
			const fit = fits[home] as number;
			const place = places[home] as number;
			const share = (codes: ArrayLike<number>) =>
				rows.filter((row) => codes[row] === codes[home]).length / rows.length;
			features.set(
				[
					fit,
					place,
					same,
					same * fit,
					same * place,
					...counts.map((count) => Math.log1p(STAYS_A_REVIEW * (count[home] as number))),
					...this.#standing.of(home, day),
					this.#hostSizes[home] as number,
					Math.log1p(CO_CHOICE_SCALE * (together[home] as number)),
					Math.log1p(CO_CHOICE_SCALE * (hosts[home] as number)),
					Math.log1p(CO_CHOICE_SCALE * (next[home] as number)),
					this.#distance(home, [last]),
					host === this.#columns.hosts[last] ? 1 : 0,
					this.#distance(home, rows),
					nearest(this.#columns.price, home, rows),
					nearest(this.#columns.guests, home, rows),
					nearest(this.#columns.nights, home, rows),
					share(room_type.codes),
					share(property_type.codes),
				],
				home * FEATURE_COUNT,
			);
		}
		return features;
	}

	/** Logarithm of the kilometres to the nearest of these homes. */
	#distance(home: number, rows: readonly number[]): number {
		const { x, y } = this.#points;
		const distances = rows.map((row) =>
			Math.hypot(
				(x[row] as number) - (x[home] as number),
				(y[row] as number) - (y[home] as number),
			),
		);
		return Math.log(NEXT_DOOR + Math.min(...distances));
	}
}

/** When each home was first and last reviewed, up to a day. */
class LatestReviews {
	readonly #known: Histories['known'];
	readonly #first: Float64Array;
	readonly #last: Float64Array;
	#read = 0;

	constructor({ known }: Histories, homes: number) {
		this.#known = known;
		this.#first = new Float64Array(homes).fill(Number.NaN);
		this.#last = new Float64Array(homes).fill(Number.NaN);
	}

	advance(day: number): void {
		for (; this.#read < this.#known.length; this.#read++) {
			const stay = this.#known[this.#read];
			if (!stay || stay.day > day) break;
			if (Number.isNaN(this.#last[stay.row])) this.#first[stay.row] = stay.day;
			this.#last[stay.row] = stay.day;
		}
	}

	/** Never reviewed; months since the last review; since the first (logarithms). */
	of(home: number, day: number): readonly [number, number, number] {
		const last = this.#last[home] as number;
		if (Number.isNaN(last)) return [1, 0, 0];
		const months = (from: number) => Math.log1p((day - from) / DAYS_A_MONTH);
		return [0, months(last), months(this.#first[home] as number)];
	}
}

/** How far a home is from the nearest of the history in one number; what is not known differs in nothing. */
function nearest(numbers: Float64Array, home: number, rows: readonly number[]): number {
	const own = numbers[home] as number;
	return Math.min(...rows.map((row) => Math.abs((numbers[row] as number) - own)));
}

/** Logarithms; what is not known counts as the median. */
function logarithms(numbers: ArrayLike<number>): Float64Array {
	const logs = Float64Array.from(numbers, (number) => Math.log(Math.max(1, number)));
	const known = logs.filter((value) => !Number.isNaN(value)).sort();
	const median = known[Math.floor(known.length / 2)] ?? 0;
	return logs.map((value) => (Number.isNaN(value) ? median : value));
}

/** Minus the logarithm of each home's place in a list. */
function logPlaces(listed: Float64Array): Float64Array {
	const order = Array.from(listed.keys()).sort(
		(a, b) => (listed[b] as number) - (listed[a] as number) || a - b,
	);
	const places = new Float64Array(listed.length);
	order.forEach((home, place) => (places[home] = -Math.log(place + 1)));
	return places;
}
