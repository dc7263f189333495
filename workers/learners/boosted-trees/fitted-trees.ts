import type { Matrix } from '$workers/table/matrix';
import type { Contributions, Explains, Fitted } from '../contract';
import type { Predictions } from '../tabular';
import { binRows } from './bins';
import { type Loss, lossOf } from './loss';
import { decodeModel, encodeModel, type TreesModel } from './model-buffer';
import { depthOf, expectedValue, TreeExplainer } from './shap';
import { addTree } from './tree';

/** Rows that are binned at once; small enough to stay in the cache. */
const BLOCK = 1024;
const BREATH = 100;

/**
 * A sum of trees. Columns and their levels are matched by name: an unknown level is missing, a
 * missing column is a RangeError that names it.
 */
export class FittedTrees implements Fitted<Matrix, Predictions>, Explains<Matrix> {
	readonly #model: TreesModel;
	readonly #loss: Loss;

	constructor(model: TreesModel) {
		this.#model = model;
		this.#loss = lossOf(model.loss);
	}

	/** Trees that are kept: fewer than the rounds where it stopped early. */
	get trees(): number {
		return this.#model.trees.length;
	}

	/** Mean loss on the validation rows after each round; empty where there were none. */
	get history(): Float64Array {
		return this.#model.history.slice();
	}

	async predict(query: Matrix): Promise<Predictions> {
		const { base, columns, trees } = this.#model;
		const scores = new Float64Array(query.count).fill(base);
		let breath = performance.now();
		for (let from = 0; from < query.count; from += BLOCK) {
			const to = Math.min(query.count, from + BLOCK);
			const binned = binRows(query, columns, from, to);
			const block = scores.subarray(from, to);
			for (const tree of trees) addTree(tree, binned, block);
			breath = await breathe(breath);
		}
		return { scores, values: scores.map((score) => this.#loss.value(score)) };
	}

	/** Exact Shapley values of the scores by TreeSHAP, path-dependent; `base` is the mean score. */
	async explain(query: Matrix): Promise<Contributions> {
		const { columns, trees } = this.#model;
		const names = [...columns.map(({ name }) => name), 'base'];
		const values = new Float64Array(query.count * names.length);
		const base = trees.reduce((sum, tree) => sum + expectedValue(tree), this.#model.base);
		const explainer = new TreeExplainer(Math.max(0, ...trees.map(depthOf)));
		let breath = performance.now();
		for (let from = 0; from < query.count; from += BLOCK) {
			const binned = binRows(query, columns, from, Math.min(query.count, from + BLOCK));
			for (let row = 0; row < binned.count; row++) {
				const place = (from + row) * names.length;
				for (const tree of trees) explainer.explain(tree, binned, row, values, place);
				values[place + names.length - 1] = base;
				if (performance.now() - breath >= BREATH) breath = await breathe(breath);
			}
		}
		return { names, values };
	}

	/** By how much the splits of each column lowered the training loss, as shares of all. */
	gains(): ReadonlyMap<string, number> {
		const { columns, trees } = this.#model;
		const sums = new Float64Array(columns.length);
		for (const { column, gain } of trees)
			column.forEach((split, node) => {
				if (split >= 0) sums[split] = (sums[split] as number) + (gain[node] as number);
			});
		const total = sums.reduce((sum, gain) => sum + gain, 0);
		return new Map(
			columns.map(({ name }, i) => [name, total > 0 ? (sums[i] as number) / total : 0]),
		);
	}

	toBuffer(): ArrayBuffer {
		return encodeModel(this.#model);
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this learner. */
	static from(buffer: ArrayBuffer, learner: string): FittedTrees {
		return new FittedTrees(decodeModel(buffer, learner).model);
	}

	dispose(): void {}
}

/** Lets messages in where the last time is a tenth of a second ago; hands back when that was. */
async function breathe(last: number): Promise<number> {
	if (performance.now() - last < BREATH) return last;
	await new Promise((resolve) => setTimeout(resolve));
	return performance.now();
}
