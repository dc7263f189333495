import { hashText, type Random, shuffle } from '$workers/math/random';
import { takeMatrixRows, takeValues, type Matrix } from '$workers/table/matrix';
import { type Estimator, type Run } from '../contract';
import type { Examples, Predictions } from '../tabular';
import { type BinnedRows, binRows, type ColumnBins } from './bins';
import { checkExamples } from './examples';
import { FittedTrees } from './fitted-trees';
import { drawColumns, fillCover, type Leaf, TreeGrower } from './grower';
import { binTraining } from './learn-bins';
import { baseScore, type Loss, lossOf } from './loss';
import { decodeModel, encodeModel, type TreesModel } from './model-buffer';
import type { Slopes } from './packed-pairs';
import { Pacer } from './pause';
import { weightedQuantile } from './quantile';
import {
	type BoostedTreesSettings,
	checkBoostingSettings,
	paramsOf,
	USUAL_BOOSTING,
} from './settings';
import { addAt } from './sums';
import { addTree, type Tree } from './tree';

export interface BoostedExamples extends Examples {
	/** Added to every score and not learned: the logarithm of exposure, for counts. */
	readonly offsets?: Float64Array;
	/** Rows on which early stopping looks; never trained on. */
	readonly validation?: Examples & { readonly offsets?: Float64Array };
}

/** A run that can be broken off and gone on with. */
export interface BoostedRun extends Run {
	/** Given a checkpoint every `checkpointEvery` rounds. */
	onCheckpoint?(checkpoint: ArrayBuffer): void;
	/** Rounds; 25 if left out. */
	readonly checkpointEvery?: number;
	/**
	 * Where an earlier run of the same training, with the same seed, was broken off; what comes of it
	 * is byte for byte what a run in one go gives. A checkpoint that is torn, or of other data,
	 * settings or seed, is left: training starts over.
	 */
	readonly resumeFrom?: ArrayBuffer;
}

export interface BoostedTrees extends Estimator<BoostedExamples, Matrix, Predictions> {
	fit(train: BoostedExamples, run: BoostedRun): Promise<FittedTrees>;
}

const LEARNER = 'boosted-trees';
const USUAL_CHECKPOINT = 25;

/**
 * Gradient-boosted trees on histograms (Friedman 2001; Chen and Guestrin 2016; Ke et al. 2017).
 * See `BoostedTreesSettings` for what can be set; all have sensible values.
 */
export function boostedTrees(settings: Partial<BoostedTreesSettings> = {}): BoostedTrees {
	const whole = { ...USUAL_BOOSTING, ...settings };
	checkBoostingSettings(whole);
	const loss = lossOf(whole);
	return {
		name: LEARNER,
		params: paramsOf(whole),
		async fit(train, run) {
			const pacer = new Pacer(run);
			const boosting = await Boosting.start(train, whole, loss, run, pacer);
			return boosting.finish(pacer);
		},
	};
}

/** The inverse of `toBuffer`. A RangeError where the bytes are not of boosted trees. */
export function boostedTreesFrom(buffer: ArrayBuffer): FittedTrees {
	return FittedTrees.from(buffer, LEARNER);
}

/** Rows that are ready to be learned from, or to be looked at. */
interface Prepared {
	readonly binned: BinnedRows;
	readonly targets: Float64Array;
	readonly weights: Float64Array;
	readonly scores: Float64Array;
}

class Boosting {
	readonly #settings: BoostedTreesSettings;
	readonly #loss: Loss;
	readonly #run: BoostedRun;
	readonly #columns: readonly ColumnBins[];
	readonly #base: number;
	readonly #train: Prepared;
	readonly #validation: Prepared | undefined;
	readonly #grower: TreeGrower;
	readonly #slopes: Slopes;
	readonly #fingerprint: string;
	#trees: Tree[] = [];
	#history: number[] = [];

	private constructor(
		settings: BoostedTreesSettings,
		loss: Loss,
		run: BoostedRun,
		columns: readonly ColumnBins[],
		base: number,
		train: Prepared,
		validation: Prepared | undefined,
	) {
		this.#settings = settings;
		this.#loss = loss;
		this.#run = run;
		this.#columns = columns;
		this.#base = base;
		this.#train = train;
		this.#validation = validation;
		this.#grower = new TreeGrower(train.binned, columns, settings);
		const { count } = train.binned;
		this.#slopes = { gradients: new Float64Array(count), hessians: new Float64Array(count) };
		this.#fingerprint = fingerprintOf(settings, train, run.random);
	}

	static async start(
		all: BoostedExamples,
		settings: BoostedTreesSettings,
		loss: Loss,
		run: BoostedRun,
		pacer: Pacer,
	): Promise<Boosting> {
		const [kept, aside] = partOf(checked(all), all.validation, settings, run.random);
		loss.check(kept.targets);
		const { columns, binned } = await binTraining(kept.rows, kept.weights, settings.maxBins, pacer);
		const base = baseScore(loss, kept.targets, kept.weights, kept.offsets);
		const train = { binned, ...kept, scores: startScores(base, kept) };
		const validation = aside && {
			binned: binRows(aside.rows, columns),
			...aside,
			scores: startScores(base, aside),
		};
		return new Boosting(settings, loss, run, columns, base, train, validation);
	}

	async finish(pacer: Pacer): Promise<FittedTrees> {
		await this.#resume(pacer);
		const { rounds } = this.#settings;
		while (this.#trees.length < rounds && !this.#stoppedEarly()) {
			const round = this.#trees.length;
			this.#differentiate();
			const growing = this.#grow(this.#run.random.fork(`round/${round}`));
			let step = growing.next();
			for (; !step.done; step = growing.next()) await pacer.pace(() => round / rounds);
			pacer.check();
			this.#trees.push(step.value);
			this.#look();
			this.#keep();
		}
		this.#run.onProgress({ done: 1, total: 1 });
		return new FittedTrees(this.#model(this.#trees.slice(0, this.#bestRound())));
	}

	/** Gradient and hessian of each row at its score. */
	#differentiate(): void {
		const { targets, weights, scores } = this.#train;
		const loss = this.#loss;
		const { gradients, hessians } = this.#slopes;
		for (let row = 0; row < targets.length; row++) {
			const target = targets[row] as number;
			const score = scores[row] as number;
			const weight = weights[row] as number;
			const gradient = loss.gradient(target, score);
			gradients[row] = weight * gradient;
			hessians[row] = weight * loss.hessian(target, score, gradient);
		}
	}

	*#grow(random: Random): Generator<void, Tree> {
		const { columnsByTree, learningRate, maxStep } = this.#settings;
		const grower = this.#grower;
		const count = this.#drawRows(random);
		const all = [...this.#columns.keys()];
		const chosen = columnsByTree < 1 ? drawColumns(all, columnsByTree, random) : all;
		const most = maxStep || this.#loss.maxStep;
		const tree = yield* grower.grow(this.#slopes, count, chosen, most, random);
		for (const leaf of grower.leaves) {
			if (this.#loss.leafQuantile !== undefined) this.#renew(tree, leaf, this.#loss.leafQuantile);
			tree.value[leaf.node] = (tree.value[leaf.node] as number) * learningRate;
		}
		fillCover(tree, grower.leaves, grower.rows, this.#train.weights);
		this.#addToScores(tree, count);
		return tree;
	}

	/** Rows of this tree to the front of the grower's, ascending; hands back how many. */
	#drawRows(random: Random): number {
		const { subsample } = this.#settings;
		const { weights } = this.#train;
		const { rows } = this.#grower;
		let count = 0;
		for (let row = 0; row < weights.length; row++)
			if ((weights[row] as number) > 0 && (subsample === 1 || random.next() < subsample))
				rows[count++] = row;
		return count;
	}

	/** The leaf's value becomes a quantile of its residuals, within its bounds. */
	#renew(tree: Tree, { node, from, to, lower, upper }: Leaf, share: number): void {
		const { targets, scores, weights } = this.#train;
		const rows = this.#grower.rows.subarray(from, to);
		const residuals = Float64Array.from(
			rows,
			(row) => (targets[row] as number) - (scores[row] as number),
		);
		const value = weightedQuantile(residuals, takeValues(weights, rows), share);
		tree.value[node] = Math.max(lower, Math.min(upper, value));
	}

	#addToScores(tree: Tree, count: number): void {
		const { scores, binned } = this.#train;
		const { rows, leaves } = this.#grower;
		if (count < scores.length) return addTree(tree, binned, scores);
		for (const { node, from, to } of leaves)
			addAt(scores, rows, from, to, tree.value[node] as number);
	}

	/** The loss on the validation rows after the last tree. */
	#look(): void {
		const validation = this.#validation;
		if (!validation) return;
		const { binned, scores, targets, weights } = validation;
		addTree(this.#trees.at(-1) as Tree, binned, scores);
		let sum = 0;
		let total = 0;
		for (let row = 0; row < targets.length; row++) {
			const weight = weights[row] as number;
			sum += weight * this.#loss.loss(targets[row] as number, scores[row] as number);
			total += weight;
		}
		this.#history.push(sum / total);
	}

	#stoppedEarly(): boolean {
		const { earlyStopping } = this.#settings;
		if (!this.#validation || earlyStopping === 0) return false;
		return this.#history.length - this.#bestRound() >= earlyStopping;
	}

	/** Trees up to the least loss on the validation rows; all where there is no early stopping. */
	#bestRound(): number {
		if (!this.#validation || this.#settings.earlyStopping === 0) return this.#trees.length;
		return this.#history.indexOf(Math.min(...this.#history)) + 1;
	}

	#model(trees: readonly Tree[]): TreesModel {
		return {
			learner: LEARNER,
			params: paramsOf(this.#settings),
			loss: lossPart(this.#settings),
			base: this.#base,
			columns: this.#columns,
			trees,
			history: Float64Array.from(this.#history),
		};
	}

	#keep(): void {
		const every = this.#run.checkpointEvery ?? USUAL_CHECKPOINT;
		if (!this.#run.onCheckpoint || this.#trees.length % every !== 0) return;
		const extra = { fingerprint: this.#fingerprint };
		this.#run.onCheckpoint(encodeModel(this.#model(this.#trees), extra));
	}

	/** Goes on after the trees of a checkpoint: scores are sums of trees in their order. */
	async #resume(pacer: Pacer): Promise<void> {
		const model = this.#run.resumeFrom && this.#readCheckpoint(this.#run.resumeFrom);
		if (!model) return;
		this.#trees = [...model.trees];
		this.#history = [...model.history];
		for (const [i, tree] of model.trees.entries()) {
			await pacer.pace(() => i / this.#settings.rounds);
			addTree(tree, this.#train.binned, this.#train.scores);
			if (this.#validation) addTree(tree, this.#validation.binned, this.#validation.scores);
		}
	}

	#readCheckpoint(buffer: ArrayBuffer): TreesModel | undefined {
		try {
			const { model, metadata } = decodeModel(buffer, LEARNER);
			return metadata['fingerprint'] === this.#fingerprint ? model : undefined;
		} catch (error) {
			if (error instanceof RangeError) return undefined;
			throw error;
		}
	}
}

type Kept = ReturnType<typeof checked>;

function checked(all: Examples & { readonly offsets?: Float64Array }) {
	const { offsets } = all;
	const examples = checkExamples(all);
	if (offsets && (offsets.length !== examples.rows.count || !offsets.every(Number.isFinite)))
		throw new RangeError('offsets need to be one finite number a row');
	return { ...examples, offsets };
}

/** Training rows, and validation rows where there are some. */
function partOf(
	all: Kept,
	validation: BoostedExamples['validation'],
	{ validationShare }: BoostedTreesSettings,
	random: Random,
): [Kept, Kept | undefined] {
	if (validation) return [all, checked(validation)];
	const aside = Math.round(validationShare * all.rows.count);
	if (aside === 0) return [all, undefined];
	const order = shuffle(
		Uint32Array.from({ length: all.rows.count }, (_, row) => row),
		random.fork('validation'),
	);
	const take = (rows: Uint32Array): Kept => ({
		rows: takeMatrixRows(all.rows, rows),
		targets: takeValues(all.targets, rows),
		weights: takeValues(all.weights, rows),
		offsets: all.offsets && takeValues(all.offsets, rows),
	});
	return [take(order.slice(aside).sort()), take(order.slice(0, aside).sort())];
}

function startScores(base: number, { rows, offsets }: Kept): Float64Array {
	return new Float64Array(rows.count).map((_, row) => base + (offsets?.[row] ?? 0));
}

function lossPart({ loss, quantile, tweediePower, huberWidth }: BoostedTreesSettings) {
	return { loss, quantile, tweediePower, huberWidth };
}

/** Tells data, settings and seeds apart; not for integrity. */
function fingerprintOf(
	settings: BoostedTreesSettings,
	{ binned, targets, weights, scores }: Prepared,
	random: Random,
): string {
	let hash = hashText(JSON.stringify(settings) + random.fork('fingerprint').next());
	const words = [targets, weights, scores].map(
		(array) => new Uint32Array(array.buffer, array.byteOffset, 2 * array.length),
	);
	for (const part of [...words, binned.bins])
		for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ (part[i] as number), 16777619);
	return String(hash >>> 0);
}
