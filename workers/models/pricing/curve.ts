import type { Estimate, PriceCurve, PriceRules } from '$lib/contracts/insight';

/** One property and day, as the optimiser sees it. */
export interface Market {
	/** Demand at the usual price: log-odds of being let, or the logarithm of the mean of bookings. */
	readonly offset: number;
	readonly usual: number;
	readonly effect: number;
	readonly effectDeviation: number;
	readonly link: 'logit' | 'log';
	/** How far, in logarithms, prices of this property stray from the usual one. */
	readonly spread: number;
	/** Units that are still free. */
	readonly free: number;
	readonly base: number;
	readonly current: number;
}

/** The seed's grid: 100 prices from half to twice the base. */
const PRICES = 100;
const LOWEST = 0.5;
const HIGHEST = 2;
/** Demand may not rise with price. */
const LEAST_EFFECT = -0.05;
/** A suggestion goes no further from the usual price than this many times what prices strayed so far. */
const REACH = 4;
/** Logarithms that it may go in any case. */
const LEAST_REACH = 0.12;
/** Within this share of the best revenue a price hardly matters. */
const FLAT = 0.02;
const EIGHT_IN_TEN = 1.2816;
/** Effects that stand for what is not known of it: equal parts of a normal distribution. */
const BELIEFS = [-1.645, -1.036, -0.674, -0.385, -0.126, 0.126, 0.385, 0.674, 1.036, 1.645];

export function priceGrid(base: number): Float64Array {
	return Float64Array.from(
		{ length: PRICES },
		(_, i) => base * (LOWEST + ((HIGHEST - LOWEST) * i) / (PRICES - 1)),
	);
}

/** Expected demand at a price: falls with it, and is never more than is free. */
export function demandAt(market: Market, price: number, beliefs = 0): number {
	const effect = Math.min(LEAST_EFFECT, market.effect + beliefs * market.effectDeviation);
	const score = market.offset + effect * Math.log(price / market.usual);
	const wanted = market.link === 'logit' ? 1 / (1 + Math.exp(-score)) : Math.exp(score);
	return Math.min(market.free, wanted);
}

/** With its interval: what is not known of the effect of price. */
export function demandEstimate(market: Market, price: number): Estimate {
	const ends = [-EIGHT_IN_TEN, EIGHT_IN_TEN].map((beliefs) => demandAt(market, price, beliefs));
	return {
		value: meanDemand(market, price),
		low: Math.min(...ends),
		high: Math.max(...ends),
	};
}

export function revenueEstimate(market: Market, price: number): Estimate {
	const { value, low, high } = demandEstimate(market, price);
	return { value: price * value, low: price * low, high: price * high };
}

/** Over what is believed of the effect, so that a guess far from what was ever asked is not trusted. */
function meanDemand(market: Market, price: number): number {
	let sum = 0;
	for (const beliefs of BELIEFS) sum += demandAt(market, price, beliefs);
	return sum / BELIEFS.length;
}

/**
 * The price that serves the owner best: the grid of the seed within the owner's bounds and steps,
 * the argmax of price times demand blended with occupancy. The present price stays where demand is
 * not known to fall with price.
 */
export function bestPrice(market: Market, rules: PriceRules): number {
	if (!tellsPrice(market)) return market.current;
	const candidates = allowed(market, rules);
	const demands = candidates.map((price) => meanDemand(market, price));
	const revenues = candidates.map((price, i) => price * (demands[i] as number));
	const [most, fullest] = [Math.max(...revenues), Math.max(...demands)];
	const worth = (i: number) =>
		(1 - rules.objective) * ((revenues[i] as number) / most) +
		rules.objective * ((demands[i] as number) / fullest);
	const best = candidates.reduce((found, _, i) => (worth(i) > worth(found) ? i : found), 0);
	return candidates[best] ?? market.current;
}

/** Is it known, 9 times in 10, that demand falls with price? */
export const tellsPrice = ({ effect, effectDeviation }: Market): boolean =>
	effect + EIGHT_IN_TEN * effectDeviation < 0;

/** Prices of the grid in the owner's steps, within the owner's bounds and near what was ever tried. */
function allowed(market: Market, { maximum, minimum, step }: PriceRules): number[] {
	const reach = Math.max(LEAST_REACH, REACH * market.spread);
	const [lowest, highest] = [market.usual * Math.exp(-reach), market.usual * Math.exp(reach)];
	const rounded = Array.from(priceGrid(market.base), (price) =>
		step > 0 ? Math.round(price / step) * step : price,
	);
	const within = rounded.filter(
		(price) =>
			price >= Math.max(minimum, lowest) && price <= Math.min(maximum, highest) && price > 0,
	);
	return within.length > 0
		? [...new Set(within)]
		: [Math.min(maximum, Math.max(minimum, market.usual))];
}

/** What a page draws of one property and day. */
export function priceCurve(
	market: Market,
	rules: PriceRules,
	property: number,
	day: number,
): PriceCurve {
	const prices = priceGrid(market.base);
	const demand = prices.map((price) => meanDemand(market, price));
	const revenue = prices.map((price, i) => price * (demand[i] as number));
	const suggested = bestPrice(market, rules);
	const flat = flatPrices(market, rules);
	return {
		property,
		day,
		prices,
		demand,
		revenue,
		revenueLow: prices.map((price) => revenueEstimate(market, price).low),
		revenueHigh: prices.map((price) => revenueEstimate(market, price).high),
		current: market.current,
		suggested,
		flatFrom: flat[0] ?? suggested,
		flatTo: flat.at(-1) ?? suggested,
	};
}

/** Of the prices that may be suggested those that bring nearly the most, lowest first. */
function flatPrices(market: Market, rules: PriceRules): number[] {
	const candidates = allowed(market, rules);
	const revenues = candidates.map((price) => price * meanDemand(market, price));
	const most = Math.max(...revenues);
	return candidates.filter((_, i) => (revenues[i] as number) >= (1 - FLAT) * most);
}

/**
 * Until the owner says otherwise: three quarters of the base to a good third above it, in whole
 * units. The level of prices is the owner's; what is suggested is mostly its variation (Huang 2021).
 */
export function usualRules(base: number): PriceRules {
	return {
		minimum: Math.round(0.75 * base),
		maximum: Math.round(1.35 * base),
		step: 1,
		objective: 0,
	};
}
