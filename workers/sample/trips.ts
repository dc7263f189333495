import type { Random } from '$workers/math/random';
import { clamp, exponential, weighted } from './draw';
import { COUNTRIES, type Traveller } from './guests';
import { type Seasons, drawArrival } from './seasons';
import { DEMAND, type GuestType, LEAD_TIME } from './truth';

/** When somebody looks for a home, and for which day. */
export interface Trip {
	readonly looksOn: number;
	readonly arrivesOn: number;
}

const YEAR = 365.25;
/** Weights of 0, 1, 2 … nights. */
const NIGHTS: Readonly<Record<GuestType, readonly number[]>> = {
	leisure: [0, 4, 24, 25, 15, 9, 6, 10, 2, 1, 1, 0, 0, 0, 3],
	business: [0, 30, 32, 20, 12, 6],
};
export const MOST_NIGHTS = 14;
/** The furthest that anybody books ahead, and stays. */
export const FURTHEST = LEAD_TIME.leisure.most + MOST_NIGHTS + 7;

export function drawNights(type: GuestType, random: Random): number {
	return weighted(NIGHTS[type], random);
}

/** The first trip of a traveller, looked for between two days; later days are more usual by the growth. */
export function firstTrip(
	traveller: Traveller,
	from: number,
	to: number,
	seasons: Seasons,
	random: Random,
): Trip {
	const years = (to - from) / YEAR;
	for (;;) {
		const grown = Math.log(1 + random.next() * (Math.exp(DEMAND.growth * years) - 1));
		const looksOn = from + Math.floor((grown / DEMAND.growth) * YEAR);
		const arrivesOn = drawWishedArrival(traveller, looksOn, random);
		if (suits(traveller.type, arrivesOn, seasons, random)) return { looksOn, arrivesOn };
	}
}

/** The next trip after a day, or undefined where it would be looked for at `end` or later. */
export function nextTrip(
	traveller: Traveller,
	after: number,
	end: number,
	seasons: Seasons,
	random: Random,
): Trip | undefined {
	// Wishes come at the rate of the highest season and are thinned to the season of their arrival.
	const rate = traveller.rate * seasons.most[traveller.type];
	let at = after;
	for (;;) {
		at += (exponential(random) / rate) * YEAR;
		const looksOn = Math.floor(at) + 1;
		if (looksOn >= end) return undefined;
		const arrivesOn = drawWishedArrival(traveller, looksOn, random);
		if (suits(traveller.type, arrivesOn, seasons, random)) return { looksOn, arrivesOn };
	}
}

function suits(type: GuestType, arrivesOn: number, seasons: Seasons, random: Random): boolean {
	const season = seasons[type][arrivesOn - seasons.first] as number;
	return random.next() * seasons.most[type] < season;
}

function drawWishedArrival({ type, country }: Traveller, looksOn: number, random: Random): number {
	const { median, spread, most } = LEAD_TIME[type];
	const far = COUNTRIES[country]?.far ? LEAD_TIME.far : 1;
	const lead = clamp(Math.round(median * far * Math.exp(spread * random.normal())), 0, most);
	const arrivesOn = drawArrival(looksOn + lead, type, random);
	return arrivesOn < looksOn ? arrivesOn + 7 : arrivesOn;
}
