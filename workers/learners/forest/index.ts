/** A single decision tree and a random forest, for numbers and for chances, on histograms. */
export {
	type DecisionTree,
	type DecisionTreeSettings,
	decisionTree,
	decisionTreeFrom,
} from './decision-tree';
export {
	type ForestRun,
	type RandomForest,
	type RandomForestSettings,
	randomForest,
	randomForestFrom,
} from './random-forest';
export { FittedMeans, type MeanTreeSettings } from './trees-of-means';
