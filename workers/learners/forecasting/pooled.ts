import type { Breath } from './breath';
import { meanOf } from './seasons';
import { Moments } from './ridge';

/** Steps back from now whose change up to now is looked at. */
const LOOKS_BACK = [1, 2, 3, 5, 8, 13];
/** Origins of a series to learn from: the newest. */
const MOST_ORIGINS = 260;
const RIDGE = 0.01;

/**
 * One linear regression for all series of a group, for each step ahead of its own: what moved a series
 * so far moves it on by as much as it did the others (global models: Montero-Manso and Hyndman 2021).
 * What happened a season ago in the series, and in the group as a whole, are features, so that short
 * series borrow the season of the rest. Series of a group end together and are positive.
 *
 * Hands back `horizon` values for each series; none for those too short to look back a season. Takes a
 * breath after each step ahead.
 */
export async function pooledForecasts(
	group: readonly Float64Array[],
	period: number,
	horizon: number,
	breath: Breath,
): Promise<(Float64Array | undefined)[]> {
	// As many whole seasons ago as leave even the last step in the past.
	const season = period > 1 ? period * Math.ceil((horizon + 1) / period) : 0;
	const needed = Math.max(season, LOOKS_BACK.at(-1) as number) + 1;
	const logs = group.map((values) => values.map(Math.log));
	const units = logs.map(usualChange);
	const whole = groupMean(logs);
	const views = logs.map((values, i) => ({ values, whole, unit: units[i] as number, season }));
	const answers = views.map(({ values }) =>
		values.length > needed ? new Float64Array(horizon) : undefined,
	);
	for (let step = 1; step <= horizon; step++) {
		const moments = new Moments(featuresOf(views[0] as View, 0, step).length);
		for (const view of views) learn(moments, view, step, needed);
		const { coefficients } = moments.solve(RIDGE);
		views.forEach((view, i) => {
			const answer = answers[i];
			if (!answer) return;
			const now = view.values.length - 1;
			const row = featuresOf(view, now, step);
			const change = row.reduce((sum, value, k) => sum + value * (coefficients[k] as number), 0);
			answer[step - 1] = Math.exp((view.values[now] as number) + change * view.unit);
		});
		await breath.take();
	}
	return answers;
}

interface View {
	/** Logarithms. */
	readonly values: Float64Array;
	/** Mean of the group, aligned at its end. */
	readonly whole: Float64Array;
	/** The usual size of a change, which makes series alike. */
	readonly unit: number;
	readonly season: number;
}

function learn(moments: Moments, view: View, step: number, needed: number): void {
	const { values, unit } = view;
	const last = values.length - 1 - step;
	for (let now = Math.max(needed - 1, last - MOST_ORIGINS + 1); now <= last; now++) {
		const change = ((values[now + step] as number) - (values[now] as number)) / unit;
		moments.add(featuresOf(view, now, step), change);
	}
}

/** What is known at `now` of the change from there to `step` later. */
function featuresOf({ values, whole, unit, season }: View, now: number, step: number): number[] {
	const at = (t: number) => values[Math.max(0, t)] as number;
	const back = whole.length - values.length;
	const of = (t: number) => whole[Math.max(0, t + back)] as number;
	const features = LOOKS_BACK.map((lag) => (at(now) - at(now - lag)) / unit);
	features.push(1);
	if (season === 0) return features;
	const then = now - season;
	const around = (value: (t: number) => number, t: number) =>
		(value(t - 1) + value(t) + value(t + 1)) / 3;
	const twice = then - season >= 0;
	return [
		...features,
		(at(then + step) - at(then)) / unit,
		(around(at, then + step) - around(at, then)) / unit,
		(of(then + step) - of(then)) / unit,
		(around(of, then + step) - around(of, then)) / unit,
		(at(now) - at(then)) / unit,
		twice ? (at(then - season + step) - at(then - season)) / unit : 0,
	];
}

function usualChange(values: Float64Array): number {
	const changes = values.subarray(1).map((value, i) => Math.abs(value - (values[i] as number)));
	return meanOf(changes) || 1;
}

/** Over those series that reach so far back. */
function groupMean(group: readonly Float64Array[]): Float64Array {
	const length = Math.max(...group.map((values) => values.length));
	return Float64Array.from({ length }, (_, t) => {
		const back = length - t;
		const here = group.filter((values) => values.length >= back);
		return here.reduce((sum, values) => sum + (values.at(-back) as number), 0) / here.length;
	});
}
