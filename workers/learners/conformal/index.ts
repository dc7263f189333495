export { type Chances, type FittedChances, chanceIntervals, chanceIntervalsFrom } from './chances';
export {
	type ConformalOptions,
	type FittedIntervals,
	type IntervalEstimator,
	type IntervalLearners,
	conformal,
	conformalFrom,
} from './conformal';
export {
	type Intervals,
	conformalMargin,
	intervalDistances,
	residualDistances,
	widened,
} from './margin';
export { type VennAbers, chanceInterval, chanceOf, fitVennAbers } from './venn-abers';
export { fitLocalRate, type LocalRate, localInterval } from './local-rate';
