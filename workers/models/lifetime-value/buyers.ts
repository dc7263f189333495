import type { Run } from '$workers/learners/contract';
import {
	type FittedPurchases,
	type FittedSpend,
	type Histories,
	type PurchaseKind,
	gammaGamma,
	purchaseModel,
} from '$workers/learners/lifetime';
import type { Random } from '$workers/math/random';
import type { CustomerStates } from './purchase-log';

/** A purchase model times a spend model. */
export interface BuyerRecipe {
	readonly kind: PurchaseKind;
	/**
	 * Lets what customers spend say how often they buy, and counts first purchases when it comes to
	 * amounts. Where this is false the two are independent, as Fader, Hardie and Lee have them.
	 */
	readonly spendTells: boolean;
}

export const nameOf = ({ kind, spendTells }: BuyerRecipe) =>
	`${kind}-gamma-gamma${spendTells ? '-spend' : ''}`;

/** For each customer, in the order of the states. */
export interface BuyerForecast {
	readonly purchases: Float64Array;
	readonly spend: Float64Array;
	readonly alive: Float64Array;
}

/** Both models fitted to what was known on a day. */
export interface FittedBuyers {
	readonly recipe: BuyerRecipe;
	readonly purchases: FittedPurchases;
	readonly amounts: FittedSpend;
}

export async function fitBuyers(
	recipe: BuyerRecipe,
	states: CustomerStates,
	run: Run,
): Promise<FittedBuyers> {
	return {
		recipe,
		purchases: await purchaseModel(recipe.kind).fit(historiesFor(recipe, states), run),
		amounts: await gammaGamma().fit(amountsFor(recipe, states), run),
	};
}

/** Purchases and spend expected within a horizon in weeks. */
export function forecastBuyers(
	{ recipe, purchases, amounts }: FittedBuyers,
	states: CustomerStates,
	horizon: number,
): BuyerForecast {
	const { expected, alive } = purchases.forecast({ ...historiesFor(recipe, states), horizon });
	const { mean } = amounts.forecast(amountsFor(recipe, states));
	const spend = expected.map((count, row) => count * (mean[row] as number));
	return { purchases: expected, spend, alive };
}

/** One future: what each customer spends within the horizon, if the parameters were others too. */
export function simulateBuyers(
	{ recipe, purchases, amounts }: FittedBuyers,
	states: CustomerStates,
	horizon: number,
	random: Random,
): Float64Array {
	const query = { ...historiesFor(recipe, states), horizon };
	const counts = purchases.redraw(random).simulate(query, random);
	return amounts.redraw(random).simulate(amountsFor(recipe, states), counts, random);
}

export const amountsFor = ({ spendTells }: BuyerRecipe, states: CustomerStates) =>
	spendTells ? states.all : states.repeats;

export function historiesFor({ spendTells }: BuyerRecipe, states: CustomerStates): Histories {
	const { frequency, recency, age } = states;
	const histories = { frequency, recency, age };
	return spendTells ? { ...histories, traits: [logSpend(states)] } : histories;
}

/** Logarithm of a customer's mean amount; where nothing was paid, the mean of the others'. */
function logSpend({ all: { count, mean } }: CustomerStates): Float64Array {
	const logs = mean.map((amount) => Math.log(amount));
	const known = logs.filter((_, row) => (count[row] as number) > 0);
	const usual = known.length ? known.reduce((sum, log) => sum + log, 0) / known.length : 0;
	return logs.map((log, row) => ((count[row] as number) > 0 ? log : usual));
}
