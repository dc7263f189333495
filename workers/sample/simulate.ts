import type { Random } from '$workers/math/random';
import { type PlantedAnomaly, covers } from './anomalies';
import { choose } from './choice';
import { type Traveller, drawTraveller } from './guests';
import { type Market, askedFor, mark } from './market';
import type { Seasons } from './seasons';
import { drawTastes } from './tastes';
import { type Terms, cancellationChance, drawCancellationDay, drawTerms } from './terms';
import { type Trip, drawNights, firstTrip, nextTrip } from './trips';
import { CANCELLATION } from './truth';

/** A booking as it came about; whether it is over is for the one who reads it on some day. */
export interface Stay extends Terms {
	readonly traveller: number;
	/** Index into the market. */
	readonly home: number;
	readonly bookedOn: number;
	readonly arrivesOn: number;
	readonly nights: number;
	readonly adults: number;
	readonly total: number;
	/** NaN where it will not be cancelled. */
	readonly cancelledOn: number;
	readonly comes: boolean;
}

/** A search for a home, whether or not it ended in a booking. */
export interface Search {
	readonly traveller: number;
	readonly day: number;
	readonly lookedAt: readonly number[];
	/** Index into the market, -1 for none. */
	readonly taken: number;
	/** The traveller had booked before. */
	readonly returning: boolean;
}

export interface Story {
	readonly travellers: readonly Traveller[];
	readonly stays: readonly Stay[];
	readonly searches: readonly Search[];
}

interface World {
	readonly market: Market;
	readonly seasons: Seasons;
	readonly outages: readonly PlantedAnomaly[];
	readonly waves: readonly PlantedAnomaly[];
	/** First day, and the day after the last, on which anybody looks. */
	readonly from: number;
	readonly end: number;
	readonly travellers: number;
	readonly random: Random;
	/** Draws tastes alone. */
	readonly tastes: Random;
}

/** Lives through the days in order: who looks for a home, finds one, books, cancels, comes again. */
export function simulate(world: World): Story {
	const { from, end, random, seasons } = world;
	const tastes = drawTastes(world.travellers, world.tastes);
	const travellers = Array.from(tastes, (taste) => drawTraveller(taste, random));
	const agenda = openAgenda(travellers.length, from, end);
	travellers.forEach((traveller, i) =>
		agenda.add(i, firstTrip(traveller, from, end, seasons, random)),
	);
	const stays: Stay[] = [];
	const searches: Search[] = [];
	const lastHome = new Int32Array(travellers.length).fill(-1);
	const toFree: Stay[][] = Array.from({ length: end - from }, () => []);
	for (let day = from; day < end; day++) {
		for (const { home, arrivesOn, nights } of toFree[day - from] ?? [])
			mark(world.market, home, arrivesOn, nights, 0);
		agenda.each(day, (i, arrivesOn) => {
			const traveller = travellers[i] as Traveller;
			const stayedIn = lastHome[i] as number;
			const { search, stay } = live(world, traveller, i, { looksOn: day, arrivesOn }, stayedIn);
			searches.push(search);
			if (stay) {
				stays.push(stay);
				lastHome[i] = stay.home;
				// Freed on the next morning at the earliest, so that a day's bookings never undo each other.
				if (stay.cancelledOn < end) toFree[Math.max(stay.cancelledOn, day + 1) - from]?.push(stay);
			}
			const gone = stay ? random.next() < traveller.leaves : stayedIn < 0;
			const next = gone ? undefined : nextTrip(traveller, day, end, seasons, random);
			if (next) agenda.add(i, next);
		});
	}
	return { travellers, stays, searches };
}

function live(world: World, traveller: Traveller, i: number, trip: Trip, stayedIn: number) {
	const { market, outages, waves, random } = world;
	const { looksOn, arrivesOn } = trip;
	const nights = drawNights(traveller.type, random);
	const returning = stayedIn >= 0;
	const choice = choose(market, traveller, trip, nights, stayedIn, world);
	const terms = drawTerms(traveller.type, returning, random);
	const closed = terms.channel === 'booking site' && covers(outages, looksOn);
	const taken = closed ? -1 : choice.taken;
	const search = { traveller: i, day: looksOn, lookedAt: choice.lookedAt, taken, returning };
	if (taken < 0) return { search };
	mark(market, taken, arrivesOn, nights, 1);
	const stay: Stay = {
		...terms,
		traveller: i,
		home: taken,
		bookedOn: looksOn,
		arrivesOn,
		nights,
		adults: traveller.party,
		total: askedFor(market, taken, arrivesOn, nights),
		cancelledOn: drawCancellation(terms, traveller, returning, trip, waves, random),
		comes: random.next() >= CANCELLATION.noShow,
	};
	return { search, stay };
}

const WAVE_CHANCE = 0.7;

function drawCancellation(
	terms: Terms,
	{ type }: Traveller,
	returning: boolean,
	{ looksOn, arrivesOn }: Trip,
	waves: readonly PlantedAnomaly[],
	random: Random,
): number {
	const lead = arrivesOn - looksOn;
	if (covers(waves, arrivesOn) && random.next() < WAVE_CHANCE)
		return arrivesOn - Math.min(lead, random.integer(3));
	if (random.next() >= cancellationChance(terms, type, returning, lead)) return Number.NaN;
	return drawCancellationDay(looksOn, arrivesOn, random);
}

/** One trip ahead for each traveller, by the day on which it is looked for: linked lists in arrays. */
function openAgenda(travellers: number, from: number, end: number) {
	const first = new Int32Array(end - from).fill(-1);
	const following = new Int32Array(travellers);
	const arrivals = new Int32Array(travellers);
	return {
		add(traveller: number, { looksOn, arrivesOn }: Trip) {
			following[traveller] = first[looksOn - from] as number;
			first[looksOn - from] = traveller;
			arrivals[traveller] = arrivesOn;
		},
		each(day: number, visit: (traveller: number, arrivesOn: number) => void) {
			let at = first[day - from] as number;
			while (at >= 0) {
				const next = following[at] as number;
				visit(at, arrivals[at] as number);
				at = next;
			}
		},
	};
}
