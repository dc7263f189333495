import type { Run } from '$workers/learners/contract';
import type { Random } from '$workers/math/random';
import { deciles, groupWape, totalError } from '$workers/metrics';
import {
	type BuyerForecast,
	type BuyerRecipe,
	type FittedBuyers,
	fitBuyers,
	forecastBuyers,
	nameOf,
	simulateBuyers,
} from './buyers';
import { type Level, levelOf } from './level';
import {
	type CustomerStates,
	type PurchaseLog,
	WEEK,
	outcomesBetween,
	statesOn,
} from './purchase-log';

export const RECIPES: readonly BuyerRecipe[] = [
	{ kind: 'bgnbd', spendTells: true },
	{ kind: 'mbgnbd', spendTells: true },
	{ kind: 'bgnbd', spendTells: false },
	{ kind: 'mbgnbd', spendTells: false },
];

/** Models averaged by how well they describe the past, at the level that past forecasts needed. */
export interface AveragedBuyers {
	readonly parts: readonly { readonly model: FittedBuyers; readonly weight: number }[];
	readonly levels: { readonly purchases: Level; readonly spend: Level };
	/** What each part, and the average, reached at past days; means over them. */
	readonly backtest: readonly PastFigures[];
}

export interface PastFigures {
	readonly learner: string;
	readonly decileWape: number;
	readonly totalError: number;
}

/** A part with less weight is left out. */
const LEAST_WEIGHT = 0.02;
/** Days from which the past is forecast, as shares of the time from the first purchase. */
const ORIGINS = [1 / 2, 2 / 3, 5 / 6];
/** Fewer who came back teach nothing. */
export const LEAST_RETURNED = 20;

/**
 * Fits all recipes to what was known on a day, and averages them by their evidence (Schwarz 1978,
 * "Estimating the dimension of a model"); then forecasts the rest of the past from three days in it
 * and corrects the level, shrunk to none.
 */
export async function averageBuyers(
	log: PurchaseLog,
	lastDay: number,
	run: Run,
	recipes: readonly BuyerRecipe[] = RECIPES,
): Promise<AveragedBuyers> {
	const quiet = { ...run, onProgress: () => undefined };
	const total = ORIGINS.length + 1;
	const parts = await weigh(statesOn(log, lastDay), recipes, quiet);
	run.onProgress({ done: 1, total });
	const kept = parts.map(({ model }) => model.recipe);
	const pasts: Past[] = [];
	for (const origin of originsOf(log, lastDay)) {
		const past = await forecastPast(log, origin, lastDay, kept, quiet);
		if (past) pasts.push(past);
		run.onProgress({ done: Math.min(total, pasts.length + 1), total });
	}
	return {
		parts,
		levels: {
			purchases: levelOf(pasts.map(({ average, actual }) => ratio(actual, average, 'purchases'))),
			spend: levelOf(pasts.map(({ average, actual }) => ratio(actual, average, 'spend'))),
		},
		backtest: figuresOf(pasts, kept),
	};
}

/** Purchases, spend and P(alive), at the corrected level. */
export function forecastAverage(
	{ parts, levels }: Pick<AveragedBuyers, 'parts' | 'levels'>,
	states: CustomerStates,
	horizon: number,
): BuyerForecast {
	const mixed = mix(
		parts.map(({ model, weight }) => ({
			weight,
			forecast: forecastBuyers(model, states, horizon),
		})),
	);
	return {
		alive: mixed.alive,
		purchases: mixed.purchases.map((count) => count * levels.purchases.factor),
		spend: mixed.spend.map((money) => money * levels.spend.factor),
	};
}

/** One future of each customer's spend: model, parameters, level and luck drawn. */
export function simulateAverage(
	{ parts, levels }: Pick<AveragedBuyers, 'parts' | 'levels'>,
	states: CustomerStates,
	horizon: number,
	random: Random,
): Float64Array {
	const { factor, deviation } = levels.spend;
	const level = factor * Math.exp(deviation * random.normal() - deviation ** 2 / 2);
	let left = random.next();
	const drawn = parts.find(({ weight }) => (left -= weight) < 0) ?? parts[0];
	if (!drawn) throw new RangeError('an average needs at least one part');
	return simulateBuyers(drawn.model, states, horizon, random).map((money) => money * level);
}

async function weigh(states: CustomerStates, recipes: readonly BuyerRecipe[], run: Run) {
	const models: FittedBuyers[] = [];
	for (const recipe of recipes) {
		models.push(await fitBuyers(recipe, states, run));
		await new Promise((resolve) => setTimeout(resolve));
	}
	const evidence = models.map(
		({ recipe, purchases }) =>
			purchases.logLikelihood - (recipe.spendTells ? Math.log(states.age.length) / 2 : 0),
	);
	const best = Math.max(...evidence);
	const raw = models.map((model, i) => ({
		model,
		weight: Math.exp((evidence[i] as number) - best),
	}));
	const kept = raw.filter(({ weight }) => weight >= LEAST_WEIGHT);
	const sum = kept.reduce((total, { weight }) => total + weight, 0);
	return kept
		.map(({ model, weight }) => ({ model, weight: weight / sum }))
		.sort((a, b) => b.weight - a.weight);
}

interface Past {
	readonly parts: readonly BuyerForecast[];
	readonly average: BuyerForecast;
	readonly actual: { readonly purchases: Float64Array; readonly spend: Float64Array };
}

async function forecastPast(
	log: PurchaseLog,
	origin: number,
	lastDay: number,
	recipes: readonly BuyerRecipe[],
	run: Run,
): Promise<Past | undefined> {
	const states = statesOn(log, origin);
	const actual = outcomesBetween(log, states.customers, origin, lastDay);
	const returned = states.frequency.filter((x) => x > 0).length;
	if (returned < LEAST_RETURNED || !actual.spend.some((money) => money > 0)) return undefined;
	const parts = await weigh(states, recipes, run);
	const horizon = (lastDay - origin) / WEEK;
	const forecasts = parts.map(({ model, weight }) => ({
		name: nameOf(model.recipe),
		weight,
		forecast: forecastBuyers(model, states, horizon),
	}));
	const named = recipes.map(
		(recipe) => forecasts.find(({ name }) => name === nameOf(recipe))?.forecast,
	);
	const average = mix(forecasts);
	return { parts: named.map((forecast) => forecast ?? average), average, actual };
}

function mix(
	parts: readonly { readonly weight: number; readonly forecast: BuyerForecast }[],
): BuyerForecast {
	const [first] = parts;
	if (!first) throw new RangeError('an average needs at least one part');
	const blend = (of: (forecast: BuyerForecast) => Float64Array) =>
		of(first.forecast).map((_, row) =>
			parts.reduce((sum, { weight, forecast }) => sum + weight * (of(forecast)[row] as number), 0),
		);
	return {
		purchases: blend(({ purchases }) => purchases),
		spend: blend(({ spend }) => spend),
		alive: blend(({ alive }) => alive),
	};
}

/** From the first purchase on: days such that some of the past lies on both sides. */
function originsOf({ day }: PurchaseLog, lastDay: number): number[] {
	const first = day.reduce((least, one) => Math.min(least, one), lastDay);
	return ORIGINS.map((share) => first + Math.round(share * (lastDay - first)));
}

function ratio(actual: Past['actual'], expected: BuyerForecast, of: 'purchases' | 'spend'): number {
	return 1 / (1 + totalError(actual[of], expected[of]));
}

function figuresOf(pasts: readonly Past[], recipes: readonly BuyerRecipe[]): PastFigures[] {
	if (pasts.length === 0) return [];
	const over = (learner: string, of: (past: Past) => BuyerForecast) => ({
		learner,
		decileWape: meanOver(pasts, (past) => groupWape(deciles(past.actual.spend, of(past).spend))),
		totalError: meanOver(pasts, (past) => Math.abs(totalError(past.actual.spend, of(past).spend))),
	});
	return [
		over('average', ({ average }) => average),
		...recipes.map((recipe, i) => over(nameOf(recipe), ({ parts }) => parts[i] as BuyerForecast)),
	];
}

const meanOver = (pasts: readonly Past[], of: (past: Past) => number) =>
	pasts.reduce((sum, past) => sum + of(past), 0) / pasts.length;
