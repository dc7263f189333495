import type { Random } from '$workers/math/random';
import type { Matrix } from '$workers/table/matrix';
import { Pacer } from '../boosted-trees/pause';
import { check, paramsOf } from '../boosted-trees/settings';
import { leafOf, type Tree } from '../boosted-trees/tree';
import type { Estimator, Run } from '../contract';
import type { Examples, Predictions } from '../tabular';
import { checkMeanTrees, FittedMeans, MeanTrees, type MeanTreeSettings } from './trees-of-means';

export interface RandomForestSettings extends MeanTreeSettings {
	readonly trees: number;
	/** Share of the columns that a node may choose from. */
	readonly columnsByNode: number;
}

export interface ForestRun extends Run {
	/**
	 * Given, once, what the trees that had not seen a training row say of it, by row; NaN where all
	 * had. An honest guess of the error without rows set aside (Breiman 2001).
	 */
	onOutOfBag?(values: Float64Array): void;
}

export interface RandomForest extends Estimator<Examples, Matrix, Predictions> {
	fit(train: Examples, run: ForestRun): Promise<FittedMeans>;
}

const LEARNER = 'random-forest';
const USUAL: RandomForestSettings = {
	task: 'regression',
	maxDepth: 0,
	maxLeaves: 0,
	minLeafWeight: 5,
	maxBins: 127,
	trees: 200,
	columnsByNode: 0.33,
};

/**
 * The mean of trees that are grown on rows drawn with replacement, each node choosing from a few
 * columns (Breiman 2001). A chance is the mean share of ones in the leaves.
 */
export function randomForest(settings: Partial<RandomForestSettings> = {}): RandomForest {
	const whole = { ...USUAL, ...settings };
	checkMeanTrees(whole);
	check('trees', whole.trees, 1, 100_000, true);
	check('columnsByNode', whole.columnsByNode, Number.MIN_VALUE, 1);
	return {
		name: LEARNER,
		params: paramsOf(whole),
		async fit(train, run) {
			const pacer = new Pacer(run);
			const means = await MeanTrees.start(train, whole, whole.columnsByNode, pacer);
			const outOfBag = new OutOfBag(means);
			const trees: Tree[] = [];
			for (let i = 0; i < whole.trees; i++) {
				const random = run.random.fork(`tree/${i}`);
				const drawn = drawWithReplacement(means.weights, random);
				const tree = await means.grow(drawn, random, pacer, () => i / whole.trees);
				if (run.onOutOfBag) outOfBag.add(tree, drawn);
				trees.push({ ...tree, value: tree.value.map((value) => value / whole.trees) });
			}
			run.onOutOfBag?.(outOfBag.means());
			run.onProgress({ done: 1, total: 1 });
			return new FittedMeans(means.model(LEARNER, whole, trees));
		},
	};
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not of a random forest. */
export function randomForestFrom(buffer: ArrayBuffer): FittedMeans {
	return FittedMeans.from(buffer, LEARNER);
}

/** How often each row was drawn, times its weight. */
function drawWithReplacement(weights: Float64Array, random: Random): Float64Array {
	const drawn = new Float64Array(weights.length);
	for (let draw = 0; draw < weights.length; draw++) {
		const row = random.integer(weights.length);
		drawn[row] = (drawn[row] as number) + (weights[row] as number);
	}
	// So few rows that only those of weight 0 were drawn: all count once.
	return drawn.some((weight) => weight > 0) ? drawn : weights;
}

/** Sums up what trees say of the rows that they have not seen. */
class OutOfBag {
	readonly #means: MeanTrees;
	readonly #sums: Float64Array;
	readonly #counts: Uint32Array;

	constructor(means: MeanTrees) {
		this.#means = means;
		this.#sums = new Float64Array(means.binned.count);
		this.#counts = new Uint32Array(means.binned.count);
	}

	add(tree: Tree, drawn: Float64Array): void {
		for (let row = 0; row < drawn.length; row++) {
			if ((drawn[row] as number) > 0) continue;
			const leaf = leafOf(tree, this.#means.binned, row);
			this.#sums[row] = (this.#sums[row] as number) + (tree.value[leaf] as number);
			this.#counts[row] = (this.#counts[row] as number) + 1;
		}
	}

	means(): Float64Array {
		return this.#sums.map((sum, row) => this.#means.base + sum / (this.#counts[row] as number));
	}
}
