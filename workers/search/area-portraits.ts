import type { AreaPortrait, AreaShare, Quartiles } from '$lib/contracts';
import { quantile } from '$workers/math/quantile';
import { type HomeTable, values } from '$workers/table/homes';
import { Places } from '$workers/table/places';

/** Of fewer homes a portrait would be of single hosts. */
const ENOUGH = 12;
const KINDS = 2;
const TELLING = 4;
const NEAREST = 3;
/** A difference is told where it is at least so large, and so many standard errors wide. */
const LEAST_DIFFERENCE = 0.08;
const CLEAR = 3;
/** Kinds that so few have are left out. */
const LEAST_SHARE = 0.15;

/**
 * What the catalogue says of each of its neighbourhoods: counted from the homes that are listed there,
 * and nothing else.
 *
 * @returns those with at least 12 homes, most homes first
 */
export function areaPortraits(homes: HomeTable): AreaPortrait[] {
	const places = new Places(homes);
	const alike = pricesAgainstAlike(homes);
	const { amenities, property_type } = homes.columns;
	const amenityShares = new SharesByPlace(places, amenities.names, (row) =>
		amenities.items.subarray(amenities.starts[row], amenities.starts[row + 1]),
	);
	const kindShares = new SharesByPlace(places, property_type.names, (row) =>
		property_type.codes.subarray(row, row + 1),
	);
	const portrait = (place: number): AreaPortrait => {
		const rows = rowsOf(places, place);
		const numbers = (values: ArrayLike<number>) => rows.map((row) => values[row] as number);
		const differing = amenityShares
			.of(place)
			.filter((share) => clearlyDiffers(share, rows.length, homes.count - rows.length))
			.sort(byDifference);
		return {
			neighbourhood: places.names[place] as string,
			homes: rows.length,
			price: quartilesOf(numbers(values(homes, 'price'))),
			priceOfAlike: quartilesOf(numbers(alike)).middle,
			kinds: kindShares
				.of(place)
				.filter(({ here, value }) => value !== '' && here >= LEAST_SHARE)
				.sort((a, b) => b.here - a.here)
				.slice(0, KINDS),
			more: differing.filter(({ elsewhere, here }) => here > elsewhere).slice(0, TELLING),
			fewer: differing.filter(({ elsewhere, here }) => here < elsewhere).slice(0, TELLING),
			nearest: nearestOf(places, place),
		};
	};
	return [...places.names.keys()]
		.filter((place) => places.names[place] !== '' && rowsOf(places, place).length >= ENOUGH)
		.map(portrait)
		.sort((a, b) => b.homes - a.homes || (a.neighbourhood < b.neighbourhood ? -1 : 1));
}

/** How many of the homes of each place, and of all others, have each name. Counted in one go. */
class SharesByPlace {
	readonly #counts: readonly Float64Array[];
	readonly #all: Float64Array;
	readonly #sizes: readonly number[];
	readonly #size: number;

	constructor(
		places: Places,
		private readonly names: readonly string[],
		codesOf: (row: number) => Uint16Array,
	) {
		this.#all = new Float64Array(names.length);
		this.#counts = places.rows.map((rows) => {
			const counts = new Float64Array(names.length);
			for (const row of rows)
				for (const code of codesOf(row)) counts[code] = (counts[code] as number) + 1;
			counts.forEach((count, code) => (this.#all[code] = (this.#all[code] as number) + count));
			return counts;
		});
		this.#sizes = places.rows.map((rows) => rows.length);
		this.#size = this.#sizes.reduce((sum, size) => sum + size, 0);
	}

	of(place: number): AreaShare[] {
		const counts = this.#counts[place] as Float64Array;
		const size = this.#sizes[place] as number;
		return this.names.map((value, code) => {
			const here = counts[code] as number;
			return {
				value,
				here: here / size,
				elsewhere: ((this.#all[code] as number) - here) / Math.max(1, this.#size - size),
			};
		});
	}
}

/** A test of two proportions, so wide that a hundred amenities bring no chance findings. */
function clearlyDiffers({ elsewhere, here }: AreaShare, inside: number, outside: number): boolean {
	const difference = Math.abs(here - elsewhere);
	if (difference < LEAST_DIFFERENCE || outside === 0) return false;
	const both = (here * inside + elsewhere * outside) / (inside + outside);
	return difference > CLEAR * Math.sqrt(both * (1 - both) * (1 / inside + 1 / outside));
}

const byDifference = (a: AreaShare, b: AreaShare) =>
	Math.abs(b.here - b.elsewhere) - Math.abs(a.here - a.elsewhere);

/** Each home's price over the middle price of its like: same kind of room, as many bedrooms. */
function pricesAgainstAlike(homes: HomeTable): Float64Array {
	const { room_type } = homes.columns;
	const bedrooms = values(homes, 'bedrooms');
	const prices = values(homes, 'price');
	const nameOf = (row: number) => `${room_type.codes[row]}/${bedrooms[row]}`;
	const groups = new Map<string, number[]>();
	for (let row = 0; row < homes.count; row++) {
		const group = groups.get(nameOf(row)) ?? [];
		group.push(prices[row] as number);
		groups.set(nameOf(row), group);
	}
	const middles = new Map(
		[...groups].map(([name, group]) => [
			name,
			group.length < ENOUGH ? Number.NaN : quartilesOf(group).middle,
		]),
	);
	return Float64Array.from(prices, (price, row) => price / (middles.get(nameOf(row)) as number));
}

function quartilesOf(numbers: readonly number[]): Quartiles {
	const sorted = Float64Array.from(numbers)
		.filter((value) => Number.isFinite(value))
		.sort();
	return {
		quarter: quantile(sorted, 0.25),
		middle: quantile(sorted, 0.5),
		threeQuarters: quantile(sorted, 0.75),
	};
}

function nearestOf(places: Places, place: number): AreaPortrait['nearest'] {
	return places.names
		.map((neighbourhood, other) => ({
			neighbourhood,
			away: places.distance(place, other),
			other,
		}))
		.filter(
			({ away, neighbourhood, other }) =>
				other !== place && neighbourhood !== '' && Number.isFinite(away),
		)
		.sort((a, b) => a.away - b.away)
		.slice(0, NEAREST)
		.map(({ away, neighbourhood }) => ({ neighbourhood, away }));
}

const rowsOf = (places: Places, place: number) => places.rows[place] as readonly number[];
