import {
	correlation,
	deciles,
	groupMape,
	groupWape,
	mae,
	normalisedGini,
	rmse,
	spearman,
	totalError,
} from '$workers/metrics';
import type { Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import {
	type AveragedBuyers,
	type BuyerForecast,
	type PurchaseLog,
	RECIPES,
	averageBuyers,
	fitBuyers,
	forecastAverage,
	forecastBuyers,
	nameOf,
	outcomesBetween,
	statesOn,
} from '$workers/models/lifetime-value';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readDay, readTransactions } from './transactions';

const WEEK = 7;
const DEFAULT_SEED = 1;
const MODELS = ['bgnbd', 'mbgnbd', 'auto'] as const;
type Model = (typeof MODELS)[number];

/** Predicts what customers buy after a day from what they bought up to it. */
export const ltv: Task = {
	required: ['transactions', 'calibration-end', 'horizon-end'],
	optional: ['format', 'customer', 'date', 'amount', 'model', 'seed'],
	run: (options) => sayWhatIsLacking(() => evaluate(options)),
};

async function evaluate(options: Options): Promise<Evaluation> {
	const until = readDay(options['calibration-end'] ?? '', '--calibration-end');
	const end = readDay(options['horizon-end'] ?? '', '--horizon-end');
	if (end <= until)
		throw new EvaluationError('--horizon-end must be a day after --calibration-end');
	const model = readModel(options['model']);
	const seed = readSeed(options['seed']);
	const { log, hasAmounts, left } = readTransactions(options);
	const known = upTo(log, until);
	const states = statesOn(known, until);
	checkLearnable(states.frequency);
	const run: Run = {
		cancelled: () => false,
		random: seededRandom(seed),
		onProgress: () => undefined,
	};
	const started = performance.now();
	const fitted = await fit(model, known, until, run);
	const seconds = (performance.now() - started) / 1000;
	const forecast = fitted.forecast((end - until) / WEEK);
	const actual = outcomesBetween(log, states.customers, until, end);
	checkOutcomes(actual.purchases);
	return {
		figures: {
			logLikelihood: fitted.logLikelihood,
			...purchaseFigures(actual.purchases, forecast),
			...(hasAmounts && spendFigures(actual.spend, forecast)),
			seconds,
			rows: states.customers.length,
			seed,
		},
		table: [
			`${states.customers.length} customers, ${states.frequency.filter((x) => x > 0).length} came back; ${left} rows left out`,
			...fitted.told,
		],
	};
}

/** Learners and figures refuse data that hold too little by a RangeError that says what is lacking. */
async function sayWhatIsLacking(work: () => Promise<Evaluation>): Promise<Evaluation> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof RangeError) throw new EvaluationError(error.message);
		throw error;
	}
}

interface FittedModel {
	readonly logLikelihood: number;
	readonly told: readonly string[];
	forecast(horizon: number): BuyerForecast;
}

async function fit(model: Model, log: PurchaseLog, until: number, run: Run): Promise<FittedModel> {
	const states = statesOn(log, until);
	if (model === 'auto') {
		const average = await averageBuyers(log, until, run);
		return {
			logLikelihood: average.parts[0]?.model.purchases.logLikelihood ?? Number.NaN,
			told: tellAverage(average),
			forecast: (horizon) => forecastAverage(average, states, horizon),
		};
	}
	const buyers = await fitBuyers({ kind: model, spendTells: false }, states, run);
	const { r, alpha, a, b } = buyers.purchases.parameters;
	const { p, q, gamma } = buyers.amounts.parameters;
	return {
		logLikelihood: buyers.purchases.logLikelihood,
		told: [
			`r ${r.toFixed(3)}, alpha ${alpha.toFixed(3)} weeks, a ${a.toFixed(3)}, b ${b.toFixed(3)}`,
			`p ${p.toFixed(3)}, q ${q.toFixed(3)}, gamma ${gamma.toFixed(3)}`,
		],
		forecast: (horizon) => forecastBuyers(buyers, states, horizon),
	};
}

function tellAverage({ parts, levels, backtest }: AveragedBuyers): string[] {
	return [
		`averaged of ${RECIPES.length} by evidence: ${parts.map(({ model, weight }) => `${nameOf(model.recipe)} ${weight.toFixed(2)}`).join(', ')}`,
		`level learned from past forecasts: purchases × ${levels.purchases.factor.toFixed(3)}, spend × ${levels.spend.factor.toFixed(3)}`,
		...backtest.map(
			({ learner, decileWape, totalError: error }) =>
				`within calibration  ${learner.padEnd(28)} decileWape ${decileWape.toFixed(3)}   |totalError| ${error.toFixed(3)}`,
		),
	];
}

function purchaseFigures(actual: Float64Array, { purchases }: BuyerForecast) {
	return {
		mae: mae(actual, purchases),
		rmse: rmse(actual, purchases),
		correlation: correlation(actual, purchases),
		totalError: totalError(actual, purchases),
	};
}

function spendFigures(actual: Float64Array, { spend }: BuyerForecast) {
	const groups = deciles(actual, spend);
	return {
		spendTotalError: totalError(actual, spend),
		decileWape: groupWape(groups),
		decileMape: groupMape(groups),
		spearman: spearman(actual, spend),
		gini: normalisedGini(actual, spend),
	};
}

/** So that a model cannot see, even by mistake, what comes after. */
function upTo(log: PurchaseLog, lastDay: number): PurchaseLog {
	const keep = Uint32Array.from(log.day.keys()).filter((i) => (log.day[i] as number) <= lastDay);
	const starts = new Uint32Array(log.customers + 1);
	let kept = 0;
	for (let customer = 0; customer < log.customers; customer++) {
		while (kept < keep.length && (keep[kept] as number) < (log.starts[customer + 1] as number))
			kept++;
		starts[customer + 1] = kept;
	}
	return {
		customers: log.customers,
		starts,
		day: Int32Array.from(keep, (i) => log.day[i] as number),
		amount: Float64Array.from(keep, (i) => log.amount[i] as number),
	};
}

function checkLearnable(frequency: Float64Array): void {
	if (frequency.length === 0)
		throw new EvaluationError('nobody bought up to --calibration-end: name a later day');
	if (frequency.filter((x) => x > 0).length < 2)
		throw new EvaluationError('fewer than two customers came back up to --calibration-end');
}

function checkOutcomes(purchases: Float64Array): void {
	if (!purchases.some((count) => count > 0))
		throw new EvaluationError('nobody bought again up to --horizon-end: name a later day');
}

function readModel(text = 'auto'): Model {
	const model = MODELS.find((name) => name === text);
	if (!model) throw new EvaluationError(`--model is one of ${MODELS.join(', ')}`);
	return model;
}

function readSeed(text: string | undefined): number {
	if (text === undefined) return DEFAULT_SEED;
	if (!/^\d{1,9}$/.test(text)) throw new EvaluationError('--seed is a whole number');
	return Number(text);
}
