import type { Run } from '../contract';
import { Breath } from './breath';
import { candidates } from './candidates';
import type { Forecaster, Method, Series } from './contract';
import { FittedForecast } from './fitted';
import { conformalIntervals, randomWalkIntervals, type Trial } from './intervals';
import { findPeriods } from './periods';
import { LEAST_PAST, checkValues, originCuts, weighted } from './set';
import { errorRatios, weightsOf } from './weights';

/** Of rolling origins: intervals need more of them than weights do. */
const ORIGINS = 15;

export interface ForecasterOptions {
	/** Steps ahead, at most; what is asked for later must lie within. */
	readonly horizon: number;
}

/** A method as a learner: with intervals that hold, and a buffer. */
export function forecaster(method: Method, { horizon }: ForecasterOptions): Forecaster {
	return {
		name: method.name,
		params: { horizon },
		fit: (series, run) => fit([method], series, horizon, run),
	};
}

/**
 * All methods that suit the series (`candidates`), and `more` beside them, weighted by their errors at
 * rolling origins. Seasons beyond those that the series names are looked for.
 */
export function combination(
	{ horizon }: ForecasterOptions,
	more: readonly Method[] = [],
): Forecaster {
	return {
		name: 'combination',
		params: { horizon, more: more.map(({ name }) => name).join(', ') },
		fit(series, run) {
			const periods = findPeriods([series.values], series.periods);
			return fit([...candidates(periods, series.values), ...more], series, horizon, run);
		},
	};
}

async function fit(
	methods: readonly Method[],
	series: Series,
	horizon: number,
	run: Run,
): Promise<FittedForecast> {
	const { values } = series;
	checkValues(values);
	const cuts = originCuts(horizon, ORIGINS).filter((cut) => values.length - cut >= LEAST_PAST);
	const breath = new Breath(run, (cuts.length + 1) * methods.length);
	const now = await forecastAll(methods, series, horizon, breath);
	const rounds: Float64Array[][] = [];
	for (const cut of cuts) {
		const past = { ...series, values: values.slice(0, values.length - cut) };
		rounds.push(await forecastAll(methods, past, horizon, breath));
	}
	const truths = cuts.map((cut) => values.subarray(values.length - cut).subarray(0, horizon));
	const errors = rounds.map((forecasts, k) => absoluteErrors(forecasts, truths[k] as Float64Array));
	const weights = weightsFrom(errors, methods.length);
	const cutAt = (k: number) => cuts[k] as number;
	const mean = weighted(now, weights);
	const trials = rounds.map((forecasts, k): Trial => {
		// Origins whose windows meet its own have no say in the weights that it is judged by.
		const apart = errors.filter((_, other) => Math.abs(cutAt(other) - cutAt(k)) >= horizon);
		const judged = weightsFrom(apart.length > 0 ? apart : errors, methods.length);
		return { forecast: weighted(forecasts, judged), truth: truths[k] as Float64Array };
	});
	const intervals =
		trials.length > 0
			? conformalIntervals(mean, trials, isPositive(values))
			: randomWalkIntervals(mean, values);
	run.onProgress({ done: 1, total: 1 });
	const named = Object.fromEntries(methods.map(({ name }, i) => [name, weights[i] as number]));
	return new FittedForecast({ mean, intervals }, named, isNotNegative(values));
}

async function forecastAll(
	methods: readonly Method[],
	series: Series,
	horizon: number,
	breath: Breath,
): Promise<Float64Array[]> {
	const forecasts = [];
	for (const method of methods) {
		forecasts.push(await forecastOrNot(method, series, horizon, methods.length > 1));
		await breath.take();
	}
	return forecasts;
}

/** One of many may fail on a series: it then has no say. */
async function forecastOrNot(
	method: Method,
	series: Series,
	horizon: number,
	mayFail: boolean,
): Promise<Float64Array> {
	try {
		return await method.forecast(series, horizon);
	} catch (error) {
		if (mayFail && error instanceof RangeError) return new Float64Array(horizon).fill(Number.NaN);
		throw error;
	}
}

const absoluteErrors = (forecasts: readonly Float64Array[], truth: Float64Array) =>
	forecasts.map((forecast) =>
		truth.reduce((sum, value, h) => sum + Math.abs(value - (forecast[h] as number)), 0),
	);

function weightsFrom(errors: readonly (readonly number[])[], methods: number): Float64Array {
	const ratios = errorRatios(errors, methods);
	return weightsOf(ratios, ratios);
}

const isPositive = (values: Float64Array) => values.every((value) => value > 0);
const isNotNegative = (values: Float64Array) => values.every((value) => value >= 0);
