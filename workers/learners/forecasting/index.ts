export type {
	FittedForecaster,
	ForecastOutput,
	Forecaster,
	Horizon,
	Interval,
	Method,
	PlainMethod,
	Series,
} from './contract';
export { LEVELS } from './contract';
export { autoregression, seasonalAutoregression, seasonalShift } from './autoregression';
export { type AugursModule, type WasmBytes, autoEts, mstl, prophet } from './augurs';
export { candidates } from './candidates';
export { croston, teunter } from './intermittent';
export { drift, naive, naive2, seasonalNaive } from './naive';
export { type ForecasterOptions, combination, forecaster } from './forecaster';
export { FittedForecast } from './fitted';
export { findPeriods } from './periods';
export { deseasonalised } from './seasonal';
export { type SetForecast, type SetOptions, forecastSet } from './set';
export { dampedTrend, holt, simpleSmoothing } from './smoothing';
export { dynamicTheta, theta } from './theta';
