import type { Matrix } from '$workers/table/matrix';
import type { Random } from '$workers/math/random';
import type { BinnedRows, ColumnBins } from '../boosted-trees/bins';
import { checkExamples } from '../boosted-trees/examples';
import { FittedTrees } from '../boosted-trees/fitted-trees';
import { fillCover, TreeGrower } from '../boosted-trees/grower';
import { binTraining } from '../boosted-trees/learn-bins';
import { decodeModel, type TreesModel } from '../boosted-trees/model-buffer';
import type { Slopes } from '../boosted-trees/packed-pairs';
import type { Pacer } from '../boosted-trees/pause';
import { check, paramsOf, type TreeSettings, USUAL_TREE } from '../boosted-trees/settings';
import type { Tree } from '../boosted-trees/tree';
import type { Examples, Predictions } from '../tabular';

/** What a single tree and a forest have in common. */
export interface MeanTreeSettings {
	/** Numbers, or the chance of a target of 1 among targets of 0 and 1. */
	readonly task: 'regression' | 'classification';
	/** At most so many splits above a leaf; 0 for no limit. */
	readonly maxDepth: number;
	/** At most so many leaves; 0 for no limit. */
	readonly maxLeaves: number;
	/** Smallest weight of the rows of a leaf. */
	readonly minLeafWeight: number;
	/** Bins of a column, 2 to 255, besides the one for what is missing. */
	readonly maxBins: number;
}

/** A RangeError names the first setting that is out of its range. */
export function checkMeanTrees(settings: MeanTreeSettings): void {
	check('maxDepth', settings.maxDepth, 0, 1000, true);
	check('maxLeaves', settings.maxLeaves, 0, 1e6, true);
	check('minLeafWeight', settings.minLeafWeight, Number.MIN_VALUE, Number.MAX_VALUE);
	check('maxBins', settings.maxBins, 2, 255, true);
}

/**
 * Grows trees whose leaves hold the mean of their targets: the grower of boosted trees with squared
 * loss, from the mean of all targets and without a ridge.
 */
export class MeanTrees {
	readonly weights: Float64Array;
	readonly binned: BinnedRows;
	/** The weighted mean of all targets, from which leaves are counted. */
	readonly base: number;
	readonly #columns: readonly ColumnBins[];
	readonly #targets: Float64Array;
	readonly #grower: TreeGrower;
	readonly #slopes: Slopes;

	private constructor(
		{ targets, weights }: Required<Examples>,
		columns: readonly ColumnBins[],
		binned: BinnedRows,
		settings: TreeSettings,
	) {
		this.weights = weights;
		this.binned = binned;
		this.base = weightedMean(targets, weights);
		this.#columns = columns;
		this.#targets = targets;
		this.#grower = new TreeGrower(binned, columns, settings);
		const { count } = binned;
		this.#slopes = { gradients: new Float64Array(count), hessians: new Float64Array(count) };
	}

	static async start(
		train: Examples,
		settings: MeanTreeSettings,
		columnsByNode: number,
		pacer: Pacer,
	): Promise<MeanTrees> {
		const examples = checkExamples(train);
		if (settings.task === 'classification') checkClasses(examples.targets);
		const { rows, weights } = examples;
		const { columns, binned } = await binTraining(rows, weights, settings.maxBins, pacer);
		return new MeanTrees(examples, columns, binned, treeSettings(settings, columnsByNode));
	}

	/** One tree on rows of these weights; those of weight 0 are left out. */
	async grow(
		weights: Float64Array,
		random: Random,
		pacer: Pacer,
		share: () => number,
	): Promise<Tree> {
		const { rows } = this.#grower;
		const { gradients, hessians } = this.#slopes;
		let count = 0;
		for (let row = 0; row < weights.length; row++) {
			const weight = weights[row] as number;
			if (weight > 0) rows[count++] = row;
			gradients[row] = weight * (this.base - (this.#targets[row] as number));
			hessians[row] = weight;
		}
		const chosen = [...this.#columns.keys()];
		const growing = this.#grower.grow(this.#slopes, count, chosen, Infinity, random);
		let step = growing.next();
		for (; !step.done; step = growing.next()) await pacer.pace(share);
		pacer.check();
		fillCover(step.value, this.#grower.leaves, rows, weights);
		return step.value;
	}

	model(learner: string, settings: MeanTreeSettings, trees: readonly Tree[]): TreesModel {
		return {
			learner,
			params: paramsOf(settings),
			loss: { loss: 'squared', quantile: 0.5, tweediePower: 1.5, huberWidth: 1 },
			base: this.base,
			columns: this.#columns,
			trees,
			history: new Float64Array(),
		};
	}
}

/** A sum of trees of means; of a classification, the values are chances. */
export class FittedMeans extends FittedTrees {
	readonly #chance: boolean;

	constructor(model: TreesModel) {
		super(model);
		this.#chance = model.params['task'] === 'classification';
	}

	override async predict(query: Matrix): Promise<Predictions> {
		const { scores, values } = await super.predict(query);
		// Sums of shares of ones round to a little outside.
		const chance = (value: number) => Math.max(0, Math.min(1, value));
		return { scores, values: this.#chance ? values.map(chance) : values };
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this learner. */
	static override from(buffer: ArrayBuffer, learner: string): FittedMeans {
		return new FittedMeans(decodeModel(buffer, learner).model);
	}
}

function treeSettings(
	{ maxDepth, maxLeaves, minLeafWeight }: MeanTreeSettings,
	columnsByNode: number,
): TreeSettings {
	const growth = maxLeaves > 0 ? 'leaf' : 'depth';
	const minChildWeight = minLeafWeight;
	return { ...USUAL_TREE, growth, maxDepth, maxLeaves, minChildWeight, columnsByNode, lambda: 0 };
}

function weightedMean(targets: Float64Array, weights: Float64Array): number {
	let sum = 0;
	let total = 0;
	for (let row = 0; row < targets.length; row++) {
		sum += (weights[row] as number) * (targets[row] as number);
		total += weights[row] as number;
	}
	return sum / total;
}

function checkClasses(targets: Float64Array): void {
	if (!targets.every((target) => target === 0 || target === 1))
		throw new RangeError('classification takes targets of 0 and 1 only');
	if (targets.every((target) => target === targets[0]))
		throw new RangeError('all targets are of one class: both 0 and 1 are needed');
}
