import { nelderMead } from '$workers/math/nelder-mead';
import type { PlainMethod } from './contract';

/**
 * Exponential smoothing in its state-space form with additive errors (Hyndman, Koehler, Ord and Snyder,
 * "Forecasting with exponential smoothing", 2008), its parameters chosen by least squares, which is
 * maximum likelihood there.
 */
interface Smoothing {
	/** Weight of the newest error in the level. */
	readonly alpha: number;
	/** ... and in the trend. */
	readonly beta: number;
	/** What is left of the trend after a step. */
	readonly phi: number;
}

interface State {
	readonly level: number;
	readonly trend: number;
	readonly squares: number;
}

/** Older values say nothing of the parameters; keeping them out keeps it fast. */
const WINDOW = 400;
const FIRST_VALUES = 10;

/** Simple exponential smoothing: a level alone, ETS(A,N,N). */
export const simpleSmoothing: PlainMethod = smoothing('simple smoothing', 1, ([alpha = 0]) => ({
	alpha,
	beta: 0,
	phi: 0,
}));

/** A level and a trend that goes on, ETS(A,A,N). */
export const holt: PlainMethod = smoothing('holt', 2, ([alpha = 0, share = 0]) => ({
	alpha,
	beta: alpha * share,
	phi: 1,
}));

/** A level and a trend that dies away, ETS(A,Ad,N) (Gardner and McKenzie 1985). */
export const dampedTrend: PlainMethod = smoothing(
	'damped trend',
	3,
	([alpha = 0, share = 0, kept = 0]) => ({
		alpha,
		beta: alpha * share,
		phi: persistence(kept),
	}),
);

/** Where the search of each parameter starts, in the unit interval that it is kept to. */
const START = [0.5, 0.1, 0.8];
const SEARCH = { step: 0.2, tolerance: 1e-5, maxEvaluations: 200 };

/** The trend that stays is kept between .8 and .98, as Hyndman's `ets` does. */
const persistence = (share: number) => 0.8 + 0.18 * share;

function smoothing(
	name: string,
	free: number,
	make: (at: Iterable<number>) => Smoothing,
): PlainMethod {
	return {
		name,
		forecast({ values }, horizon) {
			const recent = values.subarray(-WINDOW);
			const first = firstState(recent, free > 1);
			const squares = (at: Float64Array) =>
				at.every((x) => x > 0 && x < 1) ? smooth(recent, make(at), first).squares : Infinity;
			const best = make(nelderMead(squares, START.slice(0, free), SEARCH).point);
			return extend(smooth(recent, best, first), best.phi, horizon);
		},
	};
}

function smooth(values: Float64Array, { alpha, beta, phi }: Smoothing, first: State): State {
	let { level, trend, squares } = first;
	for (let i = 0; i < values.length; i++) {
		const expected = level + phi * trend;
		const error = (values[i] as number) - expected;
		squares += error * error;
		level = expected + alpha * error;
		trend = phi * trend + beta * error;
	}
	return { level, trend, squares };
}

function extend({ level, trend }: State, phi: number, horizon: number): Float64Array {
	let at = level;
	let change = trend;
	return Float64Array.from({ length: horizon }, () => {
		change *= phi;
		at += change;
		return at;
	});
}

/** A line through the first values (Hyndman, Koehler, Snyder and Grose 2002, section 4.1). */
function firstState(values: Float64Array, hasTrend: boolean): State {
	const count = Math.min(FIRST_VALUES, values.length);
	const { intercept, slope } = lineThrough(values.subarray(0, count));
	if (!hasTrend) return { level: intercept + (slope * (count - 1)) / 2, trend: 0, squares: 0 };
	return { level: intercept - slope, trend: slope, squares: 0 };
}

/** Least squares over 0, 1, 2 ... */
export function lineThrough(values: Float64Array): { intercept: number; slope: number } {
	const count = values.length;
	const middle = (count - 1) / 2;
	let sum = 0;
	let moment = 0;
	for (let i = 0; i < count; i++) {
		sum += values[i] as number;
		moment += (i - middle) * (values[i] as number);
	}
	const slope = count > 1 ? moment / ((count * (count * count - 1)) / 12) : 0;
	return { intercept: sum / count - slope * middle, slope };
}
