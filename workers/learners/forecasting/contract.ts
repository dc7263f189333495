import type { HolidayTable } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import type { Estimator, Fitted } from '../contract';

/** Numbers at equal distances in time, oldest first; a time without rows is a zero, not a gap. */
export interface Series {
	/** At least two; a NaN is refused. */
	readonly values: Float64Array;
	/** Civil day of the first value; 0 where nobody knows. */
	readonly start: CivilDay;
	/** Days from one value to the next: 1, 7, 30.4375 (months), 1 / 24 (hours). */
	readonly every: number;
	/** Lengths of the seasons in values, shortest first: 7 and 365 for days. Empty for none. */
	readonly periods: readonly number[];
	/** Of past and future, for those learners that know what to do with them. */
	readonly holidays?: HolidayTable;
}

/** Which steps after the last value: 1 is the next one. None beyond the horizon that was fitted for. */
export interface Horizon {
	readonly steps: Uint32Array;
}

/** Parallel to the steps asked for. */
export interface ForecastOutput {
	readonly mean: Float64Array;
	/** Narrow to wide: 50 % and 80 %. */
	readonly intervals: readonly Interval[];
}

export interface Interval {
	/** Share of true values that should lie within. */
	readonly level: number;
	readonly lower: Float64Array;
	readonly upper: Float64Array;
}

export const LEVELS: readonly number[] = [0.5, 0.8];

export type Forecaster = Estimator<Series, Horizon, ForecastOutput>;
export type FittedForecaster = Fitted<Horizon, ForecastOutput>;

/**
 * A recipe for the next `horizon` values after a series. Pure: hands back a new array and draws no
 * random numbers.
 */
export interface Method {
	readonly name: string;
	forecast(series: Series, horizon: number): Float64Array | Promise<Float64Array>;
}

/** One that needs no waiting and no more than the values. */
export interface PlainMethod extends Method {
	forecast(series: Pick<Series, 'values' | 'periods'>, horizon: number): Float64Array;
}
