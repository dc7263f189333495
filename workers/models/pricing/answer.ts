import type { PricedDay, PricedProperty, PriceRules } from '$lib/contracts/insight';
import type { Books } from '$workers/table/bookings';
import { titlesOf } from '$workers/table/titles';
import {
	bestPrice,
	demandAt,
	demandEstimate,
	type Market,
	revenueEstimate,
	usualRules,
} from './curve';
import { type Markets, marketAt } from './markets';
import { priceReasons } from './reasons';

/** The busiest are listed; a page holds no more. */
const MOST_PROPERTIES = 60;
const EIGHT_IN_TEN = 1.2816;

/** Every property with its days to come, priced under the usual rules. */
export function pricedProperties(books: Books, markets: Markets): PricedProperty[] {
	const titles = titlesOf(books);
	return busiest(books).map((property) => {
		const rules = usualRules(markets.base[property] as number);
		return {
			property,
			title: titles[property] ?? '',
			base: markets.base[property] as number,
			elasticity: elasticityOf(markets, property),
			days: pricedDays(markets, property, rules),
		};
	});
}

/** The days of one property under some rules. */
export function pricedDays(markets: Markets, property: number, rules: PriceRules): PricedDay[] {
	const level = usualLevel(markets, property);
	return Array.from({ length: markets.days }, (_, day) => {
		const at = property * markets.days + day;
		const market = marketAt(markets, property, day);
		const suggested = market.free > 0 ? bestPrice(market, rules) : market.current;
		return {
			day: markets.first + day,
			booked: markets.booked[at] as number,
			free: market.free,
			current: market.current,
			suggested,
			demandNow: demandEstimate(market, market.current),
			demandSuggested: demandEstimate(market, suggested),
			revenueNow: revenueEstimate(market, market.current),
			revenueSuggested: revenueEstimate(market, suggested),
			why: market.free > 0 ? priceReasons(market, level, markets, at, rules) : [],
		};
	});
}

/** Geometric mean of what is usually asked over the days to come. */
function usualLevel({ days, usual }: Markets, property: number): number {
	const own = usual.subarray(property * days, (property + 1) * days);
	return Math.exp(own.reduce((sum, price) => sum + Math.log(price), 0) / days);
}

/** By how many per cent demand changes when the usual price rises by one, on an average day. */
function elasticityOf(markets: Markets, property: number): PricedProperty['elasticity'] {
	const market = averageMarket(markets, property);
	const slope = market.link === 'logit' ? 1 - demandAt({ ...market, free: 1 }, market.usual) : 1;
	const spread = EIGHT_IN_TEN * market.effectDeviation;
	return {
		value: market.effect * slope,
		low: (market.effect - spread) * slope,
		high: (market.effect + spread) * slope,
	};
}

function averageMarket(markets: Markets, property: number): Market {
	const own = markets.offset.subarray(property * markets.days, (property + 1) * markets.days);
	const offset = own.reduce((sum, value) => sum + value, 0) / markets.days;
	return { ...marketAt(markets, property, 0), offset };
}

function busiest(books: Books): number[] {
	const nights = new Float64Array(books.properties.count);
	const { nights: stay, property } = books.bookings.columns;
	for (let row = 0; row < books.bookings.count; row++) {
		const of = property.values[row] as number;
		nights[of] = (nights[of] as number) + (stay.values[row] as number);
	}
	return Array.from(nights, (_, of) => of)
		.sort((a, b) => (nights[b] as number) - (nights[a] as number))
		.slice(0, MOST_PROPERTIES);
}
