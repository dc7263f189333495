import { meanOf, requireFinite } from './check';
import { mae } from './regression';

/*
 * Figures of forecasts. `truth` and `forecast` hold one finite number a step ahead; each throws a
 * RangeError for what is empty, of different lengths or not finite.
 */

/**
 * Mean absolute error of forecasting `history` by its own value one period before: the scale of
 * `mase` (Hyndman and Koehler 2006). A RangeError where history is no longer than a period, or
 * repeats itself exactly.
 */
export function seasonalScale(history: ArrayLike<number>, period: number): number {
	requireFinite(history);
	if (!(Number.isInteger(period) && period >= 1 && history.length > period))
		throw new RangeError('the history must be longer than a period of at least one step');
	const scale = meanOf(history.length - period, (step) =>
		Math.abs((history[step + period] as number) - (history[step] as number)),
	);
	if (scale === 0) throw new RangeError('the history repeats itself exactly: it gives no scale');
	return scale;
}

/** Mean absolute error over that of the seasonal naive forecast within `history` (what came before). */
export function mase(
	truth: ArrayLike<number>,
	forecast: ArrayLike<number>,
	history: ArrayLike<number>,
	period: number,
): number {
	return mae(truth, forecast) / seasonalScale(history, period);
}

/**
 * Symmetric error in percent, 0 to 200: mean of 200·|error| / (|truth| + |forecast|), as M4 defines
 * it (Makridakis, Spiliotis and Assimakopoulos 2020). A step where both are 0 has no error.
 */
export function smape(truth: ArrayLike<number>, forecast: ArrayLike<number>): number {
	requireFinite(truth, forecast);
	return meanOf(truth.length, (step) => {
		const value = truth[step] as number;
		const said = forecast[step] as number;
		const size = Math.abs(value) + Math.abs(said);
		return size === 0 ? 0 : (200 * Math.abs(value - said)) / size;
	});
}

/** Sum of absolute errors over the sum of absolute true values, a share. A RangeError where all are 0. */
export function wape(truth: ArrayLike<number>, forecast: ArrayLike<number>): number {
	const error = mae(truth, forecast);
	const size = meanOf(truth.length, (step) => Math.abs(truth[step] as number));
	if (size === 0) throw new RangeError('all true values are 0: measure by mae');
	return error / size;
}

export interface ForecastErrors {
	readonly smape: number;
	readonly mase: number;
}

/**
 * M4's overall weighted average: the mean of smape and mase, each over that of the benchmark (M4's is
 * Naive 2, seasonally adjusted). Both are means over all series, taken before dividing.
 */
export function owa(own: ForecastErrors, benchmark: ForecastErrors): number {
	requireFinite([own.smape, own.mase, benchmark.smape, benchmark.mase]);
	if (!(benchmark.smape > 0 && benchmark.mase > 0))
		throw new RangeError('the benchmark has no error: nothing to divide by');
	return (own.smape / benchmark.smape + own.mase / benchmark.mase) / 2;
}

/** Share of true values within their interval, bounds included. */
export function intervalCoverage(
	truth: ArrayLike<number>,
	low: ArrayLike<number>,
	high: ArrayLike<number>,
): number {
	requireIntervals(truth, low, high);
	return meanOf(truth.length, (step) => {
		const value = truth[step] as number;
		return Number(value >= (low[step] as number) && value <= (high[step] as number));
	});
}

/**
 * Mean interval score: width plus 2/(1 - level) times how far the truth lies outside (Gneiting and
 * Raftery 2007, equation 43). `level` is what the interval is to cover, between 0 and 1.
 */
export function intervalScore(
	truth: ArrayLike<number>,
	low: ArrayLike<number>,
	high: ArrayLike<number>,
	level: number,
): number {
	requireIntervals(truth, low, high);
	if (!(level > 0 && level < 1)) throw new RangeError('a level lies between 0 and 1');
	return meanOf(truth.length, (step) => {
		const value = truth[step] as number;
		const below = Math.max(0, (low[step] as number) - value);
		const above = Math.max(0, value - (high[step] as number));
		const width = (high[step] as number) - (low[step] as number);
		return width + (2 / (1 - level)) * (below + above);
	});
}

function requireIntervals(
	truth: ArrayLike<number>,
	low: ArrayLike<number>,
	high: ArrayLike<number>,
): void {
	requireFinite(truth, low, high);
	for (let step = 0; step < low.length; step++)
		if ((low[step] as number) > (high[step] as number))
			throw new RangeError('an interval ends before it begins');
}
