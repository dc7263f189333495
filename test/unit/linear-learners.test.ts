import { describe, expect, it } from 'vitest';
import { fitDesign, designRows, type FittedLinearTable } from '$workers/learners/linear';
import { linearSvm } from '$workers/learners/linear-svm';
import { logistic, logisticFrom } from '$workers/learners/logistic';
import { ridge, ridgeFrom } from '$workers/learners/ridge';
import { encodeTensors } from '$workers/table/tensors';
import { categoryColumn, matrix, numberColumn, takeMatrixRows } from '$workers/table/matrix';
import { plainRun } from '../conformance/learner';

/*
 * The same rows in Python, with numpy as np:
 *
 *     i = np.arange(40); x = np.sin(1 + 3.7*i); k = (i*i + i//5) % 3
 *     z = 100 + 20*np.cos(2.1*i); z[i % 9 == 4] = np.nan
 *     y = ((np.sin(5.3*i) + x + 0.8*(k == 2)) > 0.2).astype(float)
 *     t = 3*x - 0.1*np.nan_to_num(z, nan=90) + 2*(k == 1) + np.sin(11.9*i)
 *     w = np.where(i % 4 == 0, 2., 1.)
 *     X = [x, z standardised by their (weighted) mean and deviation, missing 0; z missing; k == 0, 1, 2]
 */
const each = (of: (i: number) => number) => Float64Array.from({ length: 40 }, (_, i) => of(i));
const x = each((i) => Math.sin(1 + 3.7 * i));
const z = each((i) => (i % 9 === 4 ? Number.NaN : 100 + 20 * Math.cos(2.1 * i)));
const k = each((i) => (i * i + Math.floor(i / 5)) % 3);
const y = each((i) => Number(Math.sin(5.3 * i) + at(x, i) + 0.8 * Number(k[i] === 2) > 0.2));
const t = each(
	(i) =>
		3 * at(x, i) -
		0.1 * (Number.isNaN(z[i]) ? 90 : at(z, i)) +
		2 * Number(k[i] === 1) +
		Math.sin(11.9 * i),
);
const weights = each((i) => (i % 4 === 0 ? 2 : 1));
const rows = matrix([
	numberColumn('x', x),
	numberColumn('z', z),
	categoryColumn('k', k, ['a', 'b', 'c']),
]);

function at(values: Float64Array, i: number): number {
	return values[i] as number;
}

function expectWeights(fitted: FittedLinearTable, coefficients: readonly number[], last: number) {
	const { weights: found } = fitted.model;
	[...coefficients, last].forEach((weight, i) => expect(found[i]).toBeCloseTo(weight, 4));
}

describe('weights equal those of scikit-learn 1.2.1', () => {
	it('LogisticRegression(C=1).fit(X, y)', async () => {
		const expected = [1.0763549, -0.3414568, 0.7944698, -0.2435976, -0.4342526, 0.6778478];
		const fitted = await logistic().fit({ rows, targets: y }, plainRun());
		expectWeights(fitted, expected, -0.4215624);
	});
	it('LogisticRegression(C=0.5).fit(X, y, sample_weight=w)', async () => {
		const expected = [1.1178919, -0.0412061, 0.6652366, -0.1677795, -0.2687735, 0.4365538];
		const fitted = await logistic({ l2: 2 }).fit({ rows, targets: y, weights }, plainRun());
		expectWeights(fitted, expected, -0.3437157);
	});
	it("LogisticRegression(penalty='elasticnet', solver='saga', C=1/3, l1_ratio=2/3).fit(X, y)", async () => {
		const fitted = await logistic({ l1: 2 }).fit({ rows, targets: y }, plainRun());
		expectWeights(fitted, [0.731976, -0.119707, 0, 0, 0, 0.1113569], -0.3748636);
		expect(fitted.model.weights.filter((weight) => weight === 0)).toHaveLength(3);
	});
	it('Ridge(alpha=2).fit(X, t), without and with sample_weight=w', async () => {
		const recipe = ridge({ lambda: 2 });
		const plain = [2.0300419, -1.4222432, 0.2605064, -0.7099294, 1.1910778, -0.4811484];
		expectWeights(await recipe.fit({ rows, targets: t }, plainRun()), plain, -9.3727083);
		const weighted = [1.9928558, -1.4343231, 0.3236455, -0.7124646, 1.3039257, -0.591461];
		const fitted = await recipe.fit({ rows, targets: t, weights }, plainRun());
		expectWeights(fitted, weighted, -9.3542448);
	});
	it('LinearSVC(C=0.1, dual=True).fit(X, y)', async () => {
		const recipe = linearSvm({ c: 0.1, tolerance: 1e-8, passes: 2000 });
		const fitted = await recipe.fit({ rows, targets: y }, plainRun());
		const expected = [0.4327788, -0.1250452, 0.29967, -0.1284701, -0.2051393, 0.2253535];
		expectWeights(fitted, expected, -0.1082559);
	});
});

describe('ridge regression', () => {
	it('chooses the lambda of least generalised cross-validation error', async () => {
		// By numpy, n·|t - H·t|² / (n - trace H)² over 40·10^(-5 + i/2) is least at 0.4.
		const chosen = await ridge().fit({ rows, targets: t }, plainRun());
		const expected = await ridge({ lambda: 0.4 }).fit({ rows, targets: t }, plainRun());
		expected.model.weights.forEach((weight, i) =>
			expect(chosen.model.weights[i]).toBeCloseTo(weight, 9),
		);
	});
});

describe('a design of columns', () => {
	const ones = new Float64Array(40).fill(1);

	it('finds columns and levels by name, whatever their order', async () => {
		const fitted = await logistic().fit({ rows, targets: y }, plainRun());
		const renumbered = k.map((code) => 2 - code);
		const other = matrix([
			categoryColumn('k', renumbered, ['c', 'b', 'a']),
			numberColumn('z', z),
			numberColumn('x', x),
		]);
		expect((await fitted.predict(other)).scores).toEqual((await fitted.predict(rows)).scores);
	});
	it('takes a level that training did not know for one that is missing', async () => {
		const fitted = await logistic().fit({ rows, targets: y }, plainRun());
		const one = takeMatrixRows(rows, [0]);
		const withLevel = (level: number) => ({
			...one,
			columns: one.columns.map((column) =>
				column.name === 'k'
					? categoryColumn('k', Float64Array.of(level), ['a', 'b', 'c', 'new'])
					: column,
			),
		});
		const unknown = await fitted.predict(withLevel(3));
		expect(unknown.scores).toEqual((await fitted.predict(withLevel(Number.NaN))).scores);
	});
	it('gives rare levels of a long list one column', () => {
		const many = Float64Array.from({ length: 5000 }, (_, row) => row % 2500);
		const levels = Array.from({ length: 2500 }, (_, level) => `level ${level}`);
		const long = matrix([categoryColumn('agent', many, levels)]);
		const design = fitDesign(long, new Float64Array(5000).fill(1));
		expect(design.width).toBe(1001);
		const { columns } = designRows(design, takeMatrixRows(long, [0, 2000, 2400]));
		expect([...columns]).toEqual([0, 1000, 999, 1000, 999, 1000]);
	});
	it('gives equal values no weight', async () => {
		const same = matrix([
			...rows.columns,
			numberColumn(
				'same',
				ones.map(() => 0.1),
			),
		]);
		const fitted = await ridge({ lambda: 1 }).fit({ rows: same, targets: t }, plainRun());
		expect(fitted.model.weights.at(-2)).toBeCloseTo(0, 9);
	});
	it('refuses rows without a column of training', async () => {
		const fitted = await ridge().fit({ rows, targets: t }, plainRun());
		await expect(fitted.predict(matrix([numberColumn('x', x)]))).rejects.toThrow('column z');
	});
});

describe('linear learners refuse', () => {
	it('one class, or a target beyond 0 and 1', async () => {
		const one = { rows, targets: new Float64Array(40).fill(1) };
		await expect(logistic().fit(one, plainRun())).rejects.toThrow('one class');
		await expect(linearSvm().fit({ rows, targets: t }, plainRun())).rejects.toThrow('neither');
	});
	it('an infinite value', async () => {
		const odd = matrix([
			numberColumn(
				'x',
				each(() => Number.POSITIVE_INFINITY),
			),
		]);
		await expect(ridge().fit({ rows: odd, targets: t }, plainRun())).rejects.toThrow('infinite');
	});
	it('bytes of another learner, and damaged ones', async () => {
		const fitted = await ridge().fit({ rows, targets: t }, plainRun());
		const buffer = fitted.toBuffer();
		expect(() => logisticFrom(buffer)).toThrow(RangeError);
		expect(() => ridgeFrom(buffer.slice(0, 200))).toThrow(RangeError);
		const metadata = { learner: 'ridge', design: '{"columns":[],"width"' };
		expect(() => ridgeFrom(encodeTensors({ arrays: {}, metadata }))).toThrow(RangeError);
	});
});
