import { nelderMead } from '$workers/math/nelder-mead';
import type { PlainMethod } from './contract';
import { lineThrough, simpleSmoothing } from './smoothing';

const WINDOW = 400;
const SEARCH = { step: 0.2, tolerance: 1e-5, maxEvaluations: 250 };

/**
 * The theta method of Assimakopoulos and Nikolopoulos (2000): the mean of the trend line and of simple
 * smoothing of the line with doubled curvature.
 */
export const theta: PlainMethod = {
	name: 'theta',
	forecast({ values, periods }, horizon) {
		const { intercept, slope } = lineThrough(values);
		const line = (t: number) => intercept + slope * t;
		const doubled = values.map((value, t) => 2 * value - line(t));
		const smoothed = simpleSmoothing.forecast({ values: doubled, periods }, horizon);
		return smoothed.map((value, h) => (value + line(values.length + h)) / 2);
	},
};

/**
 * The dynamic optimised theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016,
 * equations 13 to 17): trend line re-estimated at each value; theta, smoothing and first level chosen
 * by least squares.
 */
export const dynamicTheta: PlainMethod = {
	name: 'dynamic theta',
	forecast({ values }, horizon) {
		const recent = values.subarray(-WINDOW);
		const size = Math.max(...recent.map(Math.abs)) || 1;
		const model = ([alpha = 0, lean = 0, level = 0]: Float64Array): Theta => ({
			alpha,
			lean,
			level: level * size,
		});
		const squares = (at: Float64Array) =>
			(at[0] as number) < 0.1 ||
			(at[0] as number) > 0.99 ||
			(at[1] as number) < 0 ||
			(at[1] as number) > 0.99
				? Infinity
				: follow(recent, model(at), 0).squares;
		const first = (recent[0] as number) / size;
		const { point } = nelderMead(squares, [0.5, 0.5, first], SEARCH);
		return follow(recent, model(point), horizon).future;
	},
};

interface Theta {
	readonly alpha: number;
	/** How much of the trend line is taken: 1 - 1 / theta, so 0 for theta 1 and .5 for theta 2. */
	readonly lean: number;
	readonly level: number;
}

/** Values beyond the last one are their own forecasts. */
function follow(values: Float64Array, { alpha, lean, level: first }: Theta, horizon: number) {
	const future = new Float64Array(horizon);
	let level = first;
	let mean = 0;
	let intercept = 0;
	let slope = 0;
	let faded = 1;
	let squares = 0;
	for (let t = 1; t <= values.length + horizon; t++) {
		const curve = faded * intercept + ((1 - faded * (1 - alpha)) / alpha) * slope;
		const expected = level + lean * curve;
		const isFuture = t > values.length;
		const value = isFuture ? expected : (values[t - 1] as number);
		if (isFuture) future[t - values.length - 1] = expected;
		// The first two values decide the line.
		else if (t > 2) squares += (value - expected) ** 2;
		level = alpha * value + (1 - alpha) * level;
		slope = t === 1 ? 0 : ((t - 2) * slope + (6 / t) * (value - mean)) / (t + 1);
		mean += (value - mean) / t;
		intercept = mean - (slope * (t + 1)) / 2;
		faded *= 1 - alpha;
	}
	return { future, squares };
}
