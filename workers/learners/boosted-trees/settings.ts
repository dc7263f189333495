import type { LossSettings } from './loss';

/** How one tree grows. */
export interface TreeSettings {
	/** Level by level, or always the leaf that gains most (LightGBM's way). */
	readonly growth: 'depth' | 'leaf';
	/** At most so many splits above a leaf; 0 for no limit. */
	readonly maxDepth: number;
	/** At most so many leaves; 0 for no limit. */
	readonly maxLeaves: number;
	/** Smallest sum of second derivatives in a child: of weights, for squared loss. */
	readonly minChildWeight: number;
	/** Ridge on a leaf's value. */
	readonly lambda: number;
	/** Lasso on a leaf's value. */
	readonly alpha: number;
	/** A split that lowers the loss by less is not made. */
	readonly minSplitGain: number;
	/** Share of columns that a node may choose from. */
	readonly columnsByNode: number;
	/** A category column of at most so many levels is split one level against the rest. */
	readonly maxOneHot: number;
	/** At most so many levels stand on the smaller side of a split. */
	readonly maxCategories: number;
	/** Pulls the order of levels to the middle, in sums of second derivatives. */
	readonly categorySmoothing: number;
	/** Ridge that is added where levels are sorted into two sides. */
	readonly categoryLambda: number;
	/** A level with a smaller sum of second derivatives in a node is not placed by itself. */
	readonly minCategoryWeight: number;
	/** By name of a number column: 1 never falls, -1 never rises, 0 is free. */
	readonly monotone: Readonly<Record<string, -1 | 0 | 1>>;
}

export interface BoostedTreesSettings extends TreeSettings, LossSettings {
	readonly rounds: number;
	readonly learningRate: number;
	/** Largest step of a leaf before the learning rate; 0 for the loss's own. */
	readonly maxStep: number;
	/** Share of rows that a tree is grown on, drawn for each. */
	readonly subsample: number;
	/** Share of columns that a tree is grown on, drawn for each. */
	readonly columnsByTree: number;
	/** Bins of a column, 2 to 255, besides the one for what is missing. */
	readonly maxBins: number;
	/** Stops after so many rounds without a better loss on the validation rows; 0 for never. */
	readonly earlyStopping: number;
	/** Share of the training rows that is kept for validation where none are handed in. */
	readonly validationShare: number;
}

export const USUAL_TREE: TreeSettings = {
	growth: 'depth',
	maxDepth: 6,
	maxLeaves: 0,
	minChildWeight: 1,
	lambda: 1,
	alpha: 0,
	minSplitGain: 0,
	columnsByNode: 1,
	maxOneHot: 4,
	maxCategories: 32,
	categorySmoothing: 10,
	categoryLambda: 10,
	minCategoryWeight: 5,
	monotone: {},
};

export const USUAL_BOOSTING: BoostedTreesSettings = {
	...USUAL_TREE,
	loss: 'squared',
	quantile: 0.5,
	tweediePower: 1.5,
	huberWidth: 1,
	rounds: 200,
	learningRate: 0.1,
	maxStep: 0,
	subsample: 1,
	columnsByTree: 1,
	maxBins: 255,
	earlyStopping: 0,
	validationShare: 0,
};

/** A RangeError names the first setting that is out of its range. */
export function checkTreeSettings(settings: TreeSettings): void {
	const whole = ['maxDepth', 'maxLeaves', 'maxOneHot', 'maxCategories'] as const;
	for (const name of whole) check(name, settings[name], 0, 1e6, true);
	const amounts = [
		'minChildWeight',
		'lambda',
		'alpha',
		'minSplitGain',
		'categorySmoothing',
		'categoryLambda',
		'minCategoryWeight',
	] as const;
	for (const name of amounts) check(name, settings[name], 0, Number.MAX_VALUE);
	check('columnsByNode', settings.columnsByNode, Number.MIN_VALUE, 1);
	if (settings.growth === 'leaf' && !settings.maxLeaves && !settings.maxDepth)
		throw new RangeError('trees that grow by leaf need maxLeaves or maxDepth');
}

/** A RangeError names the first setting that is out of its range. */
export function checkBoostingSettings(settings: BoostedTreesSettings): void {
	checkTreeSettings(settings);
	check('rounds', settings.rounds, 1, 100_000, true);
	check('learningRate', settings.learningRate, Number.MIN_VALUE, 1);
	check('maxStep', settings.maxStep, 0, Number.MAX_VALUE);
	check('subsample', settings.subsample, Number.MIN_VALUE, 1);
	check('columnsByTree', settings.columnsByTree, Number.MIN_VALUE, 1);
	check('maxBins', settings.maxBins, 2, 255, true);
	check('earlyStopping', settings.earlyStopping, 0, 100_000, true);
	check('validationShare', settings.validationShare, 0, 0.9);
}

/** Plain settings for `params`, the constraints as JSON. */
export function paramsOf(settings: object): Readonly<Record<string, number | string | boolean>> {
	return Object.fromEntries(
		Object.entries(settings).map(([name, value]: [string, unknown]) => [
			name,
			typeof value === 'object' ? JSON.stringify(value) : (value as number | string),
		]),
	);
}

/** A RangeError where a setting is out of its range. */
export function check(
	name: string,
	value: number,
	least: number,
	most: number,
	whole = false,
): void {
	if (!(value >= least && value <= most) || (whole && !Number.isInteger(value)))
		throw new RangeError(
			`${name} must be ${whole ? 'a whole number ' : ''}from ${least} to ${most}`,
		);
}
