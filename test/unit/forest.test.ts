import { describe, expect, it } from 'vitest';
import { decisionTree, randomForest } from '$workers/learners/forest';
import type { Examples } from '$workers/learners/tabular';
import { seededRandom } from '$workers/math/random';
import { matrix, numberColumn } from '$workers/table/matrix';
import { plainRun } from '../conformance/learner';
import { mixedExamples } from '../support/mixed-examples';

const squaredError = (values: Float64Array, targets: Float64Array) =>
	values.reduce((sum, value, row) => sum + (value - (targets[row] as number)) ** 2, 0) /
	values.length;

function noisySum(seed: string): Examples {
	const random = seededRandom(seed);
	const draw = () => Float64Array.from({ length: 1000 }, () => random.next());
	const [a, b] = [draw(), draw()];
	const targets = a.map(
		(value, row) => 3 * value + Math.sin(5 * (b[row] as number)) + random.normal() / 2,
	);
	return { rows: matrix([numberColumn('a', a), numberColumn('b', b)]), targets };
}

describe('a decision tree', () => {
	it('says the mean of the rows in a leaf', async () => {
		const column = Float64Array.of(1, 1, 1, 2, 2, 2);
		const targets = Float64Array.of(1, 2, 6, 10, 20, 33);
		const rows = matrix([numberColumn('a', column)]);
		const fitted = await decisionTree({ minLeafWeight: 1 }).fit({ rows, targets }, plainRun());
		const { values } = await fitted.predict(rows);
		expect(values[0]).toBeCloseTo(3, 12);
		expect(values[5]).toBeCloseTo(21, 12);
	});

	it('has no leaf of less weight than asked', async () => {
		const examples = mixedExamples(200, true);
		const estimator = decisionTree({ task: 'classification', minLeafWeight: 30, maxDepth: 0 });
		const { values } = await (await estimator.fit(examples, plainRun())).predict(examples.rows);
		const sizes = new Map<number, number>();
		for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
		expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(30);
	});

	it('refuses targets that are no classes, or all of one', async () => {
		const examples = mixedExamples(50, false);
		const estimator = decisionTree({ task: 'classification' });
		await expect(estimator.fit(examples, plainRun())).rejects.toThrow('0 and 1 only');
		const zeros = { ...examples, targets: new Float64Array(50) };
		await expect(estimator.fit(zeros, plainRun())).rejects.toThrow('one class');
	});
});

describe('a random forest', () => {
	it('guesses its error on new rows from the rows that trees have not seen', async () => {
		const [train, test] = [noisySum('train'), noisySum('test')];
		let outOfBag = new Float64Array();
		const onOutOfBag = (values: Float64Array) => (outOfBag = Float64Array.from(values));
		const estimator = randomForest({ trees: 60, columnsByNode: 0.7 });
		const fitted = await estimator.fit(train, { ...plainRun(), onOutOfBag });
		const { values } = await fitted.predict(test.rows);
		const guessed = squaredError(outOfBag, train.targets);
		expect(guessed / squaredError(values, test.targets)).toBeCloseTo(1, 0.6);
		const seen = (await fitted.predict(train.rows)).values;
		expect(guessed).toBeGreaterThan(squaredError(seen, train.targets));
	});
});
