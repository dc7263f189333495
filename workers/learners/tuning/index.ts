export { type Belief, GaussianProcess, expectedImprovement } from './gaussian-process';
export { type Outcome, type Proposer, bayesianSearch, gridSearch, randomSearch } from './proposers';
export {
	type Metrics,
	type SearchBudget,
	type SearchOptions,
	type SearchResult,
	type Trial,
	search,
} from './search';
export type { Dimension, SettingSpace, Settings, Value } from './space';
export { type TuningOptions, crossValidate, tune } from './tune';
