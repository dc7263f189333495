import type { Random } from '$workers/math/random';
import { weighted } from './draw';
import type { Traveller } from './guests';
import { type Market, askedFor, isFree } from './market';
import type { Trip } from './trips';
import { likingOf, stopsAt } from './tastes';
import { DEMAND } from './truth';

const LOOKED_AT = 5;

/** What a person looked at for a trip, and took: indices into the market, -1 for none. */
export interface Choice {
	readonly lookedAt: readonly number[];
	readonly taken: number;
}

/** Two streams, so that tastes can be drawn without drawing anything else anew. */
export interface Chances {
	readonly random: Random;
	readonly tastes: Random;
}

/**
 * Looks at a few homes that are free and large enough, and takes one or none by multinomial logit
 * (see `DEMAND`).
 * @param stayedIn the home of the last stay, -1 for none
 */
export function choose(
	market: Market,
	{ party, taste, type }: Traveller,
	{ looksOn, arrivesOn }: Trip,
	nights: number,
	stayedIn: number,
	{ random, tastes }: Chances,
): Choice {
	const suits = (home: number) =>
		(market.guests[home] as number) >= party &&
		(market.minimumNights[home] as number) <= nights &&
		(market.opensOn[home] as number) <= looksOn &&
		isFree(market, home, arrivesOn, nights);
	const characterOf = (home: number) => market.character[home] as number;
	const appeals = (home: number) => suits(home) && stopsAt(taste, characterOf(home), tastes);
	const known = stayedIn >= 0 && suits(stayedIn) ? [stayedIn] : [];
	const lookedAt = lookThrough(market.order, known, stayedIn, appeals, random);
	const odds = lookedAt.map((home) => {
		const price = askedFor(market, home, arrivesOn, nights) / nights;
		return Math.exp(
			DEMAND.booking +
				(market.appeal[home] as number) +
				likingOf(taste, characterOf(home)) -
				DEMAND.priceSensitivity[type] * Math.log(price / (market.usualPrice[home] as number)) +
				DEMAND.perSpareBed * ((market.guests[home] as number) - party) +
				(home === stayedIn ? DEMAND.loyalty : 0),
		);
	});
	const taken = weighted([...odds, 1], random);
	return { lookedAt, taken: lookedAt[taken] ?? -1 };
}

/** The home of the last stay first, then others in random order (Fisher and Yates), until enough suit. */
function lookThrough(
	order: Uint32Array,
	known: readonly number[],
	stayedIn: number,
	suits: (home: number) => boolean,
	random: Random,
): number[] {
	const found = [...known];
	for (let i = 0; i < order.length && found.length < LOOKED_AT; i++) {
		const j = i + random.integer(order.length - i);
		const home = order[j] as number;
		order[j] = order[i] as number;
		order[i] = home;
		if (home !== stayedIn && suits(home)) found.push(home);
	}
	return found;
}
