import type { Matrix } from '$workers/table/matrix';
import {
	type BoostedExamples,
	type BoostedTreesSettings,
	boostedTrees,
	boostedTreesFrom,
} from '../boosted-trees';
import type { Estimator } from '../contract';
import { decisionTree, decisionTreeFrom, randomForest, randomForestFrom } from '../forest';
import { linearSvm, linearSvmFrom } from '../linear-svm';
import { logistic, logisticFrom } from '../logistic';
import { networkFrom } from '../network/fitted-network';
import type { NetworkEstimator } from '../network/network';
import { ridge, ridgeFrom } from '../ridge';
import type { FittedTabular, Predictions } from '../tabular';
import { fittedLinearView, linearView } from './linear-view';
import { fittedTreeView, treeView } from './tree-view';
import type { FittedView, View, ViewState } from './view';

export type BlendLoss = 'logistic' | 'squared';
export type ViewName = ViewState['kind'];

/** One learner of a blend, and how it sees the rows. */
export interface BlendMember {
	readonly name: string;
	readonly view: ViewName;
	/**
	 * The learner; `rounds` where it is known how many are best, else it stops by itself on the
	 * validation rows that it is given.
	 */
	readonly make: (rounds?: number) => Estimator<BoostedExamples, Matrix, Predictions>;
	/** The rounds that a fit came to; 0 for a learner without. */
	readonly roundsOf: (fitted: FittedTabular) => number;
	readonly learner: LearnerName;
}

export const VIEWS: Readonly<Record<ViewName, View>> = { trees: treeView, linear: linearView };

export function viewFrom(state: ViewState): FittedView {
	return state.kind === 'trees' ? fittedTreeView(state) : fittedLinearView(state);
}

/** The inverse of `toBuffer`, by the learner's name. */
export const LEARNERS = {
	'boosted-trees': boostedTreesFrom,
	logistic: logisticFrom,
	ridge: ridgeFrom,
	network: networkFrom,
	'linear-svm': linearSvmFrom,
	'decision-tree': decisionTreeFrom,
	'random-forest': randomForestFrom,
} as const satisfies Readonly<Record<string, (buffer: ArrayBuffer) => FittedTabular>>;

export type LearnerName = keyof typeof LEARNERS;

const MOST_ROUNDS = 1500;
const PATIENCE = 40;

/** Boosted trees that stop on rows they have not seen. */
export function treesMember(name: string, settings: Partial<BoostedTreesSettings>): BlendMember {
	return {
		name,
		view: 'trees',
		learner: 'boosted-trees',
		make: (rounds) =>
			boostedTrees({
				rounds: rounds ?? MOST_ROUNDS,
				earlyStopping: rounds === undefined ? PATIENCE : 0,
				...settings,
			}),
		roundsOf: (fitted) => ('trees' in fitted ? (fitted.trees as number) : 0),
	};
}

const USUAL_RIDGE = 10;

/** Logistic or ridge regression on splines and levels. */
export function linearMember(name: string, loss: BlendLoss): BlendMember {
	return {
		name,
		view: 'linear',
		learner: loss === 'logistic' ? 'logistic' : 'ridge',
		make: () => (loss === 'logistic' ? logistic({ l2: USUAL_RIDGE }) : ridge()),
		roundsOf: () => 0,
	};
}

/** A network, which is made where there is a device to train it on. */
export function networkMember(name: string, network: NetworkEstimator): BlendMember {
	return {
		name,
		view: 'linear',
		learner: 'network',
		make: () => network,
		roundsOf: () => 0,
	};
}

/** A single tree, a forest, or a linear support vector machine (for classes alone). */
export function plainMember(
	learner: 'decision-tree' | 'random-forest' | 'linear-svm',
	loss: BlendLoss,
): BlendMember {
	const task = loss === 'logistic' ? 'classification' : 'regression';
	const makes = {
		'decision-tree': () => decisionTree({ task }),
		'random-forest': () => randomForest({ task }),
		'linear-svm': () => linearSvm(),
	};
	return {
		name: learner,
		view: learner === 'linear-svm' ? 'linear' : 'trees',
		learner,
		make: makes[learner],
		roundsOf: () => 0,
	};
}
