import type { Run } from '../contract';
import { Breath } from './breath';
import { candidates } from './candidates';
import type { PlainMethod } from './contract';
import { findPeriods } from './periods';
import { pooledForecasts } from './pooled';
import { errorRatios, groupRatios, weightsOf } from './weights';

/** Series of one length are taken to end together from so many on; the others make one group. */
const LEAST_GROUP = 8;
const ORIGINS = 8;
/** Values before an origin, at least. */
export const LEAST_PAST = 10;

export interface SetOptions {
	readonly horizon: number;
	/** Lengths of seasons that are known; more are looked for. */
	readonly periods: readonly number[];
}

export interface SetForecast {
	/** The combination, series by series. */
	readonly combined: readonly Float64Array[];
	/** What each method said, `NaN`s where it could not. */
	readonly methods: ReadonlyMap<string, readonly Float64Array[]>;
	readonly periods: readonly number[];
}

/**
 * Forecasts many series at once: for each a combination of all methods, weighted by their errors at
 * rolling origins within the series, drawn towards those of series of the same length; beside the
 * methods of single series, regressions over each group as a whole. Uses nothing but these values.
 *
 * Throws a CancelledError, and a RangeError for a series of fewer than two values or with a NaN.
 */
export async function forecastSet(
	set: readonly Float64Array[],
	{ horizon, periods: known }: SetOptions,
	run: Run,
): Promise<SetForecast> {
	set.forEach(checkValues);
	const periods = findPeriods(set, known);
	const single = candidates(periods);
	const groups = groupsOf(set);
	const cuts = [0, ...originCuts(horizon)];
	const breath = new Breath(
		run,
		cuts.length * (set.length + POOLED.length * groups.length * horizon),
	);
	const rounds: Float64Array[][][] = [];
	for (const cut of cuts) {
		const past = set.map((values) => values.subarray(0, Math.max(0, values.length - cut)));
		const alone = await forecastAlone(past, single, horizon, breath);
		rounds.push([...alone, ...(await forecastPooled(past, groups, periods, horizon, breath))]);
	}
	run.onProgress({ done: 1, total: 1 });
	const names = [...single.map(({ name }) => name), ...POOLED];
	const combined = combine(set, cuts, rounds, groups);
	const last = rounds[0] as Float64Array[][];
	return { combined, methods: new Map(names.map((name, i) => [name, last[i] ?? []])), periods };
}

export function checkValues(values: Float64Array): void {
	if (values.length < 2) throw new RangeError('a forecast requires at least two values');
	if (!values.every(Number.isFinite))
		throw new RangeError('a forecast requires numbers throughout: fill in or leave out the gaps');
}

/** How many of the newest values are kept back at each inner origin; windows overlap by two thirds. */
export function originCuts(horizon: number, count = ORIGINS): number[] {
	const step = Math.max(1, Math.round(horizon / 3));
	return Array.from({ length: count }, (_, i) => horizon + i * step);
}

const POOLED = ['pooled with seasons', 'pooled'];

function groupsOf(set: readonly Float64Array[]): number[][] {
	const byLength = new Map<number, number[]>();
	set.forEach(({ length }, i) => byLength.set(length, [...(byLength.get(length) ?? []), i]));
	const groups = [...byLength.values()].filter(({ length }) => length >= LEAST_GROUP);
	const others = [...byLength.values()].filter(({ length }) => length < LEAST_GROUP).flat();
	return others.length > 0 ? [...groups, others] : groups;
}

/** `[method][series]` */
async function forecastAlone(
	past: readonly Float64Array[],
	methods: readonly PlainMethod[],
	horizon: number,
	breath: Breath,
): Promise<Float64Array[][]> {
	const forecasts: Float64Array[][] = methods.map(() => []);
	for (const values of past) {
		methods.forEach((method, i) =>
			(forecasts[i] as Float64Array[]).push(tryOn(method, values, horizon)),
		);
		await breath.take();
	}
	return forecasts;
}

function tryOn(method: PlainMethod, values: Float64Array, horizon: number): Float64Array {
	if (values.length < LEAST_PAST) return notTried(horizon);
	return method.forecast({ values, periods: [] }, horizon);
}

async function forecastPooled(
	past: readonly Float64Array[],
	groups: readonly (readonly number[])[],
	periods: readonly number[],
	horizon: number,
	breath: Breath,
): Promise<Float64Array[][]> {
	const forecasts = POOLED.map(() => past.map(() => notTried(horizon)));
	for (const group of groups) {
		const members = group.filter((i) => past[i]?.every((value) => value > 0));
		if (members.length < LEAST_GROUP) continue;
		const values = members.map((i) => past[i] as Float64Array);
		for (const [kind, period] of [periods.at(-1) ?? 1, 1].entries()) {
			const answers = await pooledForecasts(values, period, horizon, breath);
			answers.forEach((answer, k) => {
				if (answer) (forecasts[kind] as Float64Array[])[members[k] as number] = answer;
			});
		}
	}
	return forecasts;
}

const notTried = (horizon: number) => new Float64Array(horizon).fill(Number.NaN);

function combine(
	set: readonly Float64Array[],
	cuts: readonly number[],
	rounds: readonly (readonly (readonly Float64Array[])[])[],
	groups: readonly (readonly number[])[],
): Float64Array[] {
	const methods = rounds[0] ?? [];
	const ratios = set.map((values, i) => {
		const errors = cuts.slice(1).map((cut, k) => errorsAt(values, i, cut, rounds[k + 1] ?? []));
		return errorRatios(errors, methods.length);
	});
	const combined: Float64Array[] = [];
	for (const group of groups) {
		const usual = groupRatios(group.map((i) => ratios[i] as number[]));
		for (const i of group) {
			const weights = weightsOf(ratios[i] as number[], usual);
			combined[i] = weighted(
				methods.map((forecasts) => forecasts[i] as Float64Array),
				weights,
			);
		}
	}
	return combined;
}

/** Mean absolute error of each method at one origin; NaN where it was not tried. */
function errorsAt(
	values: Float64Array,
	series: number,
	cut: number,
	round: readonly (readonly Float64Array[])[],
): number[] {
	const from = values.length - cut;
	if (from < LEAST_PAST) return round.map(() => Number.NaN);
	return round.map((forecasts) => {
		const forecast = forecasts[series] as Float64Array;
		return forecast.reduce((sum, f, h) => sum + Math.abs(f - (values[from + h] as number)), 0);
	});
}

/** The weighted mean of what is a number throughout. */
export function weighted(forecasts: readonly Float64Array[], weights: Float64Array): Float64Array {
	const sound = forecasts.map((forecast) => forecast.every(Number.isFinite));
	const total = weights.reduce((sum, weight, i) => (sound[i] ? sum + weight : sum), 0);
	const share = (i: number) => (total > 0 ? (weights[i] as number) / total : i === 0 ? 1 : 0);
	return (forecasts[0] as Float64Array).map((_, h) =>
		forecasts.reduce(
			(sum, forecast, i) => (sound[i] ? sum + share(i) * (forecast[h] as number) : sum),
			0,
		),
	);
}
