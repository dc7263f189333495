import { describe, expect, it } from 'vitest';
import { binRows } from '$workers/learners/boosted-trees/bins';
import { boostedTrees } from '$workers/learners/boosted-trees';
import { decodeModel, type TreesModel } from '$workers/learners/boosted-trees/model-buffer';
import { goesLeft, type Tree } from '$workers/learners/boosted-trees/tree';
import { meanAbsoluteShares } from '$workers/learners/boosted-trees';
import { mixedExamples } from '../support/mixed-examples';
import { plainRun } from '../conformance/learner';

/** What is expected of a tree where only some columns are known, by definition. */
function expectation(tree: Tree, bins: readonly number[], known: number, node = 0): number {
	const column = tree.column[node] as number;
	if (column < 0) return tree.value[node] as number;
	const left = tree.left[node] as number;
	if (known & (1 << column)) {
		const taken = goesLeft(tree, node, bins[column] as number) ? left : left + 1;
		return expectation(tree, bins, known, taken);
	}
	const share = (child: number) => (tree.cover[child] as number) / (tree.cover[node] as number);
	return [left, left + 1].reduce(
		(sum, child) => sum + share(child) * expectation(tree, bins, known, child),
		0,
	);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Shapley's formula over all subsets of the other columns. */
function shapley(model: TreesModel, bins: readonly number[], column: number): number {
	const width = model.columns.length;
	let share = 0;
	for (let known = 0; known < 1 << width; known++) {
		if (known & (1 << column)) continue;
		const size = [...known.toString(2)].filter((bit) => bit === '1').length;
		const weight = (factorial(size) * factorial(width - size - 1)) / factorial(width);
		for (const tree of model.trees)
			share +=
				weight * (expectation(tree, bins, known | (1 << column)) - expectation(tree, bins, known));
	}
	return share;
}

describe('shares of a score', () => {
	it("are Shapley's, by his formula over all subsets of columns", async () => {
		const examples = mixedExamples(200, false);
		const fitted = await boostedTrees({ rounds: 3, maxDepth: 5 }).fit(examples, plainRun());
		const { model } = decodeModel(fitted.toBuffer(), 'boosted-trees');
		const binned = binRows(examples.rows, model.columns);
		const { names, values } = await fitted.explain(examples.rows);
		for (const row of [0, 1, 17, 60, 199]) {
			const bins = model.columns.map((_, i) => binned.bins[i * binned.count + row] as number);
			const expected = model.columns.map((_, column) => shapley(model, bins, column));
			const actual = values.subarray(row * names.length, (row + 1) * names.length - 1);
			expected.forEach((share, i) => expect(actual[i]).toBeCloseTo(share, 10));
		}
	});

	it('are named like the columns, with the base last', async () => {
		const examples = mixedExamples(100, true);
		const fitted = await boostedTrees({ loss: 'logistic', rounds: 5 }).fit(examples, plainRun());
		const { names, values } = await fitted.explain(examples.rows);
		expect(names).toEqual(['size', 'nights', 'kind', 'base']);
		expect(new Set(values.filter((_, i) => i % 4 === 3)).size).toBe(1);
	});

	it('have a mean size by column', () => {
		const contributions = {
			names: ['a', 'b', 'base'],
			values: Float64Array.of(1, -2, 9, -3, 0, 9),
		};
		expect([...meanAbsoluteShares(contributions)]).toEqual([
			['a', 2],
			['b', 1],
		]);
	});
});
