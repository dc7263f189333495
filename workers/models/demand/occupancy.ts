import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import type { Protocol } from '../on-the-books/protocol';

/** Nights looked at, from the first that is forecast. */
const NIGHTS = 30;
/** Nights of the past that say what is usual. */
const USUAL = 56;
/** Own stays count beside as many of all properties together. */
const PRIOR_STAYS = 20;
const LONGEST = 30;

/** What stays at a property there are, and how long they usually are. */
export interface OpenStays {
	/** That can be let at once; where the source does not say, the most that ever were. */
	readonly units: number;
	/** Units taken a night by guests who have arrived already. */
	readonly inHouse: Float64Array;
	/** Stays on the books that begin within the nights looked at; `ahead` from 0. */
	readonly coming: readonly { readonly ahead: number; readonly nights: number }[];
	/** Share of stays that are longer than so many nights: 1 at 0. */
	readonly longer: Float64Array;
	/** Nights that nine in ten stays have at least: what stands in for the minimum stay. */
	readonly minimum: number;
	/** Share of units let, of the last eight weeks. */
	readonly usual: number;
	/** Kept arrivals a day with so few nights, of the last eight weeks, a unit. */
	readonly shortArrivals: (nights: number) => number;
}

/** Of each property, as known on the evening of `end`. */
export function openStays(
	books: Books,
	properties: readonly number[],
	{ first, end }: Protocol,
): OpenStays[] {
	const kept = keptStays(books, properties, end);
	const all = lengthsOf(kept.flat().filter((stay) => stay.arrives <= end));
	const shortShare = (nights: number) => 1 - (all[Math.min(LONGEST, nights)] as number);
	return properties.map((property, i) => {
		const stays = kept[i] as Stay[];
		const past = stays.filter(({ arrives }) => arrives <= end);
		const stated = books.properties.columns.units.values[property] as number;
		const units = stated > 0 ? stated : mostAtOnce(past, first, end);
		const from = Math.max(first, end - USUAL + 1);
		const days = end - from + 1;
		const recent = past.filter(({ arrives }) => arrives >= from).length / days / units;
		return {
			units,
			inHouse: Float64Array.from(
				{ length: NIGHTS },
				(_, night) => past.filter((stay) => covers(stay, end + 1 + night)).length,
			),
			coming: stays
				.filter(({ arrives }) => arrives > end && arrives <= end + NIGHTS)
				.map(({ arrives, nights }) => ({ ahead: arrives - end - 1, nights })),
			longer: pulled(past, all),
			minimum: lowTenth(past),
			usual: nightsBetween(past, from, end) / days / units,
			shortArrivals: (nights) => recent * shortShare(nights),
		};
	});
}

/** Share of units that are expected to be let each night, 0 to 1. */
export function occupancyOf(stays: OpenStays | undefined, expected: Float64Array): Float64Array {
	const nights = new Float64Array(expected.length);
	if (!stays) return nights;
	const booked = new Float64Array(expected.length);
	for (const { ahead } of stays.coming)
		if (ahead < booked.length) booked[ahead] = (booked[ahead] as number) + 1;
	const put = (night: number, units: number) => {
		if (night < nights.length) nights[night] = (nights[night] as number) + units;
	};
	nights.forEach((_, night) => put(night, stays.inHouse[night] ?? 0));
	for (const { ahead, nights: stay } of stays.coming) {
		const share = Math.min(1, (expected[ahead] ?? 0) / (booked[ahead] ?? 1));
		for (let night = ahead; night < ahead + stay; night++) put(night, share);
	}
	expected.forEach((value, ahead) => {
		const late = Math.max(0, value - (booked[ahead] as number));
		for (let more = 0; late > 0 && more < LONGEST && ahead + more < nights.length; more++)
			put(ahead + more, late * (stays.longer[more] as number));
	});
	return nights.map((units) => Math.min(1, units / stays.units));
}

interface Stay {
	readonly arrives: CivilDay;
	readonly nights: number;
}

const covers = ({ arrives, nights }: Stay, night: CivilDay) =>
	arrives <= night && night < arrives + nights;

/** Stays that were not cancelled by the evening of `end`, by place in `properties`. */
function keptStays(
	{ bookings: { columns, count } }: Books,
	properties: readonly number[],
	end: CivilDay,
): Stay[][] {
	const place = new Map(properties.map((property, i) => [property, i]));
	const kept: Stay[][] = properties.map(() => []);
	const lost = new Set(
		['cancelled', 'no-show'].map((status) => columns.status.names.indexOf(status)),
	);
	for (let row = 0; row < count; row++) {
		const own = place.get(columns.property.values[row] as number);
		if (own === undefined || lost.has(columns.status.codes[row] as number)) continue;
		if ((columns.booked_on.values[row] as number) > end) continue;
		(kept[own] as Stay[]).push({
			arrives: columns.arrives_on.values[row] as number,
			nights: columns.nights.values[row] as number,
		});
	}
	return kept;
}

function lengthsOf(stays: readonly Stay[]): Float64Array {
	return pulled(
		stays,
		Float64Array.from({ length: LONGEST + 1 }, (_, i) => 0.5 ** i),
	);
}

/** Shares of stays longer than 0, 1, 2 ... nights, pulled `toward` those of others. */
function pulled(stays: readonly Stay[], toward: Float64Array): Float64Array {
	return toward.map((share, nights) => {
		const longer = stays.filter((stay) => stay.nights > nights).length;
		return (longer + PRIOR_STAYS * share) / (stays.length + PRIOR_STAYS);
	});
}

function lowTenth(stays: readonly Stay[]): number {
	const nights = Float64Array.from(stays, (stay) => stay.nights).sort();
	return nights.length ? Math.max(1, nights[Math.floor(nights.length / 10)] as number) : 1;
}

function nightsBetween(stays: readonly Stay[], from: CivilDay, to: CivilDay): number {
	return stays.reduce((sum, { arrives, nights }) => {
		const low = Math.max(arrives, from);
		return sum + Math.max(0, Math.min(arrives + nights - 1, to) - low + 1);
	}, 0);
}

function mostAtOnce(stays: readonly Stay[], first: CivilDay, end: CivilDay): number {
	const change = new Float64Array(end - first + 2);
	for (const { arrives, nights } of stays) {
		const from = Math.max(0, arrives - first);
		const to = Math.min(change.length - 1, arrives - first + nights);
		change[from] = (change[from] as number) + 1;
		change[to] = (change[to] as number) - 1;
	}
	let now = 0;
	let most = 1;
	for (const step of change) most = Math.max(most, (now += step));
	return most;
}
