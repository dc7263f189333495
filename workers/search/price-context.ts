import type { PriceContext } from '$lib/contracts';
import { quantile } from '$workers/math/quantile';
import { type HomeTable, values } from '$workers/table/homes';

/** With fewer likes than this, quartiles say more about chance than about prices. */
const ENOUGH = 12;

/** What likes share beside the room type, from the narrowest to the widest. */
const KINDS = [
	{ sameNeighbourhood: true, sameBedrooms: true },
	{ sameNeighbourhood: false, sameBedrooms: true },
	{ sameNeighbourhood: true, sameBedrooms: false },
	{ sameNeighbourhood: false, sameBedrooms: false },
] as const;

/**
 * How a home's price stands among others of its room type: in its neighbourhood with as many
 * bedrooms, or more widely where fewer than 12 are like that. `null` where there is no other.
 */
export function priceContext(homes: HomeTable, row: number): PriceContext | null {
	const { room_type } = homes.columns;
	for (const kind of KINDS) {
		const prices = pricesOfLikes(homes, row, kind);
		const widest = kind === KINDS.at(-1);
		if (prices.length < ENOUGH && !(widest && prices.length > 0)) continue;
		return {
			likes: prices.length,
			lowest: quantile(prices, 0),
			quarter: quantile(prices, 0.25),
			threeQuarters: quantile(prices, 0.75),
			highest: quantile(prices, 1),
			...kind,
			roomType: room_type.names[room_type.codes[row] as number] ?? '',
		};
	}
	return null;
}

function pricesOfLikes(homes: HomeTable, row: number, kind: (typeof KINDS)[number]): Float64Array {
	const { room_type, neighbourhood } = homes.columns;
	const bedrooms = values(homes, 'bedrooms');
	const prices = values(homes, 'price');
	const likes: number[] = [];
	for (let other = 0; other < homes.count; other++) {
		if (other === row || room_type.codes[other] !== room_type.codes[row]) continue;
		if (kind.sameNeighbourhood && neighbourhood.codes[other] !== neighbourhood.codes[row]) continue;
		// Object.is: homes whose bedrooms are not known are alike in that.
		if (kind.sameBedrooms && !Object.is(bedrooms[other], bedrooms[row])) continue;
		const price = prices[other] as number;
		if (!Number.isNaN(price)) likes.push(price);
	}
	return Float64Array.from(likes).sort();
}
