/**
 * How far a forecast's totals were off at past days, and what to make of it: the logarithm of actual
 * over expected is normal around a lasting level, which is normal around 0.
 */
export interface Level {
	/** What to multiply a forecast with. */
	readonly factor: number;
	/** Standard deviation of the logarithm of what is to come over the corrected forecast. */
	readonly deviation: number;
}

/** As a rule a total is off by about a tenth. */
const USUAL = 0.1;

/** `ratios`: actual over expected totals of past forecasts; without any, the level is 1. */
export function levelOf(ratios: readonly number[]): Level {
	const logs = ratios.filter((ratio) => ratio > 0 && Number.isFinite(ratio)).map(Math.log);
	const count = logs.length;
	const mean = logs.reduce((sum, log) => sum + log, 0) / Math.max(1, count);
	const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
	// One usual miss counts as one more observation, since three say little of their own spread.
	const spread = (USUAL ** 2 + squares) / Math.max(1, count);
	const believed = 1 / (1 / USUAL ** 2 + count / spread);
	return {
		factor: Math.exp((believed * count * mean) / spread),
		deviation: Math.sqrt(believed + spread),
	};
}
