/**
 * Steps of cleaning and encoding, each fitted on training rows alone. Rows count alike, whatever
 * their weight, but where targets are learned from. `cleaningSteps` brings fitted steps back.
 */
import { binFrom } from './bin';
import { capOutliersFrom } from './cap-outliers';
import { dropColumnsFrom } from './drop-columns';
import { holidayFlagFrom } from './holiday-flag';
import { imputeFrom } from './impute';
import { imputeNearestFrom } from './impute-nearest';
import { interactionsFrom } from './interactions';
import { lagsFrom } from './lags';
import { logScaleFrom } from './log-scale';
import { oneHotFrom } from './one-hot';
import { ordinalFrom } from './ordinal';
import { rollingMeansFrom } from './rolling-means';
import { scaleFrom } from './scale';
import { targetEncodingFrom } from './target-encoding';
import type { FittedTransform } from '../transform';

export { type BinOptions, bin } from './bin';
export { type Bounds, type CapOptions, capOutliers, outlierBounds } from './cap-outliers';
export type { ColumnChoice } from './columns';
export { type DropOptions, dropColumns, dropMissing } from './drop-columns';
export { type HolidayOptions, holidayFlag } from './holiday-flag';
export { imputeMean, imputeMedian, imputeMode } from './impute';
export { type NearestOptions, imputeNearest } from './impute-nearest';
export { type InteractionOptions, interactions } from './interactions';
export { type LagOptions, lags } from './lags';
export { logScale } from './log-scale';
export { type OneHotOptions, oneHot } from './one-hot';
export { type OrdinalOptions, ordinal } from './ordinal';
export { type RollingOptions, rollingMeans } from './rolling-means';
export { scaleMinMax, scaleStandard } from './scale';
export type { SeriesColumns } from './series';
export { type TargetEncodingOptions, targetEncoding } from './target-encoding';

/** By name of a fitted step, what brings it back from its state. */
export const cleaningSteps: Readonly<Record<string, (state: unknown) => FittedTransform>> = {
	bin: binFrom,
	'cap-outliers': capOutliersFrom,
	'drop-columns': dropColumnsFrom,
	'holiday-flag': holidayFlagFrom,
	impute: imputeFrom,
	'impute-nearest': imputeNearestFrom,
	interactions: interactionsFrom,
	lags: lagsFrom,
	'log-scale': logScaleFrom,
	'one-hot': oneHotFrom,
	ordinal: ordinalFrom,
	'rolling-means': rollingMeansFrom,
	scale: scaleFrom,
	'target-encoding': targetEncodingFrom,
};
