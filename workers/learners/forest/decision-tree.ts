import type { Matrix } from '$workers/table/matrix';
import { Pacer } from '../boosted-trees/pause';
import { paramsOf } from '../boosted-trees/settings';
import type { Estimator, Run } from '../contract';
import type { Examples, Predictions } from '../tabular';
import { checkMeanTrees, FittedMeans, MeanTrees, type MeanTreeSettings } from './trees-of-means';

export type DecisionTreeSettings = MeanTreeSettings;

export interface DecisionTree extends Estimator<Examples, Matrix, Predictions> {
	fit(train: Examples, run: Run): Promise<FittedMeans>;
}

const LEARNER = 'decision-tree';
const USUAL: DecisionTreeSettings = {
	task: 'regression',
	maxDepth: 5,
	maxLeaves: 0,
	minLeafWeight: 20,
	maxBins: 255,
};

/**
 * One tree of means (CART: Breiman, Friedman, Olshen and Stone 1984), split where the squared error
 * falls most; for targets of 0 and 1 that is the Gini index.
 */
export function decisionTree(settings: Partial<DecisionTreeSettings> = {}): DecisionTree {
	const whole = { ...USUAL, ...settings };
	checkMeanTrees(whole);
	return {
		name: LEARNER,
		params: paramsOf(whole),
		async fit(train, run) {
			const pacer = new Pacer(run);
			const means = await MeanTrees.start(train, whole, 1, pacer);
			const tree = await means.grow(means.weights, run.random, pacer, () => 0.5);
			run.onProgress({ done: 1, total: 1 });
			return new FittedMeans(means.model(LEARNER, whole, [tree]));
		},
	};
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not of a decision tree. */
export function decisionTreeFrom(buffer: ArrayBuffer): FittedMeans {
	return FittedMeans.from(buffer, LEARNER);
}
