export { type Breathe, breathing } from './breath';
export {
	type CategoryDesign,
	type Design,
	type DesignColumn,
	type NumberDesign,
	designFrom,
	designRows,
	fitDesign,
} from './design';
export { FittedLinearTable, type LinearEstimator, type LinearTable } from './fitted-linear-table';
export { addGram, weightedMeans, weightedSums } from './gram';
