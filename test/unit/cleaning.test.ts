import { describe, expect, it } from 'vitest';
import {
	bin,
	capOutliers,
	dropColumns,
	dropMissing,
	imputeMean,
	imputeMedian,
	imputeMode,
	imputeNearest,
	interactions,
	logScale,
	oneHot,
	ordinal,
	outlierBounds,
	scaleMinMax,
	scaleStandard,
	targetEncoding,
} from '$workers/learners/cleaning';
import type { Transform } from '$workers/learners/transform';
import { seededRandom } from '$workers/math/random';
import { type Matrix, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';
import { shuffledFolds } from '$workers/table/splits';
import { plainRun } from '../conformance/learner';
import { cellsOf } from '../support/cleaning-tables';

const NONE = Number.NaN;

/** Rows of three numbers as columns a, b and c. */
function numbersOf(rows: readonly (readonly number[])[]): Matrix {
	const column = (name: string, i: number) =>
		numberColumn(
			name,
			Float64Array.from(rows, (row) => row[i] as number),
		);
	return matrix(['a', 'b', 'c'].slice(0, rows[0]?.length).map(column));
}

function levelsOf(name: string, names: readonly (string | undefined)[]): Matrix {
	const levels = [...new Set(names.filter((level) => level !== undefined))];
	const values = names.map((level) => (level === undefined ? NONE : levels.indexOf(level)));
	return matrix([categoryColumn(name, Float64Array.from(values), levels)]);
}

const fitted = async (
	step: Transform,
	rows: Matrix,
	targets: Float64Array = new Float64Array(rows.count),
) => step.fit({ rows, targets }, plainRun());

const rowsOf = ({ count, columns }: Matrix): number[][] =>
	Array.from({ length: count }, (_, row) => columns.map(({ values }) => values[row] as number));

function expectRows(actual: Matrix, expected: readonly (readonly number[])[]) {
	const found = rowsOf(actual);
	expect(found.length).toBe(expected.length);
	expected.forEach((row, i) =>
		row.forEach((value, j) => {
			const own = found[i]?.[j] as number;
			if (Number.isNaN(value)) expect(own).toBeNaN();
			else expect(own).toBeCloseTo(value, 10);
		}),
	);
}

const TRAIN = numbersOf([
	[1, 200, 3],
	[2, NONE, 5],
	[NONE, 180, 4],
	[4, 260, NONE],
	[8, 150, 9],
	[3, 220, 4],
	[6.5, NONE, 7],
]);
const QUERY = numbersOf([
	[NONE, 210, 4],
	[5.2, NONE, NONE],
	[10, 100, 0],
]);

describe('scaling', () => {
	it("agrees with scikit-learn 1.2.1's StandardScaler().fit(train).transform(query)", async () => {
		const { fitted: scaler } = await fitted(scaleStandard(), TRAIN);
		expectRows(scaler.apply(QUERY), [
			[NONE, 0.21566554640687682, -0.64888568452305],
			[0.45456386614034827, NONE, NONE],
			[2.408510037012292, -2.7497357166876797, -2.5955427380922003],
		]);
	});

	it("agrees with scikit-learn 1.2.1's MinMaxScaler().fit(train).transform(query)", async () => {
		const { fitted: scaler } = await fitted(scaleMinMax(), TRAIN);
		expectRows(scaler.apply(QUERY), [
			[NONE, 0.5454545454545454, 0.16666666666666663],
			[0.6000000000000001, NONE, NONE],
			[1.2857142857142856, -0.4545454545454545, -0.5],
		]);
	});

	it('makes 0 of a column of one number, and leaves one without numbers missing', async () => {
		const rows = numbersOf([
			[0.1, NONE],
			[0.1, NONE],
			[0.1, NONE],
		]);
		for (const step of [scaleStandard(), scaleMinMax()])
			expectRows((await fitted(step, rows)).train, [
				[0, NONE],
				[0, NONE],
				[0, NONE],
			]);
	});

	it('takes the columns that are named alone', async () => {
		const { train } = await fitted(scaleMinMax({ columns: ['c'] }), TRAIN);
		expect(train.columns[0]).toEqual(TRAIN.columns[0]);
		expect(train.columns[2]?.values[0]).toBe(0);
		await expect(fitted(scaleMinMax({ columns: ['d'] }), TRAIN)).rejects.toThrow(/column d/);
	});

	it('tames long tails by logarithms, mirrored below 0', async () => {
		const rows = numbersOf([[0], [Math.E - 1], [1 - Math.E], [NONE]]);
		expectRows((await fitted(logScale(), rows)).train, [[0], [1], [-1], [NONE]]);
	});
});

describe('imputation', () => {
	it("agrees with scikit-learn 1.2.1's SimpleImputer of each strategy", async () => {
		const statistics = async (step: Transform) =>
			rowsOf((await fitted(step, TRAIN)).fitted.apply(numbersOf([[NONE, NONE, NONE]])))[0];
		expect(await statistics(imputeMean())).toEqual([49 / 12, 202, 5.333333333333333]);
		expect(await statistics(imputeMedian())).toEqual([3.5, 200, 4.5]);
		expect(await statistics(imputeMode())).toEqual([1, 150, 4]);
	});

	it('fills categories with the most frequent level, the first by name of several', async () => {
		const rows = levelsOf('kind', ['park', 'hill', undefined, 'hill', 'park', 'moor']);
		const { fitted: imputer, train } = await fitted(imputeMean(), rows);
		expect(cellsOf(train)['kind']?.[2]).toBe('hill');
		const others = levelsOf('kind', ['fen', undefined]);
		expect(cellsOf(imputer.apply(others))['kind']).toEqual(['fen', 'hill']);
	});

	it('fills the columns that are named alone, of either kind', async () => {
		const rows = matrix([
			...numbersOf([
				[1, NONE],
				[NONE, 3],
			]).columns,
			...levelsOf('kind', ['park', undefined]).columns,
		]);
		const { train } = await fitted(imputeMean({ columns: ['b', 'kind'] }), rows);
		expect(cellsOf(train)).toEqual({ a: [1, NONE], b: [3, 3], kind: ['park', 'park'] });
		await expect(fitted(imputeMean({ columns: ['d'] }), rows)).rejects.toThrow(/column d/);
	});

	it('leaves what is missing throughout as it is', async () => {
		const rows = matrix([
			...numbersOf([[NONE], [NONE]]).columns,
			...levelsOf('kind', [undefined, undefined]).columns,
		]);
		for (const step of [imputeMean(), imputeMode(), imputeNearest()])
			expect(cellsOf((await fitted(step, rows)).train)['kind']).toEqual([NONE, NONE]);
	});

	// s = StandardScaler().fit(train); z = KNNImputer(n_neighbors=k).fit(s.transform(train));
	// s.inverse_transform(z.transform(s.transform(rows))) of scikit-learn 1.2.1.
	it.each([
		[
			1,
			[220, 2, 5, 150],
			[
				[3, 210, 4],
				[5.2, 260, 7],
			],
		],
		[
			2,
			[200, 1.5, 4.5, 205],
			[
				[2, 210, 4],
				[5.2, 240, 5.5],
			],
		],
		[
			3,
			[200, 2, 5.333333333333333, 210],
			[
				[2, 210, 4],
				[5.2, 210, 6.666666666666666],
			],
		],
	] as const)(
		"agrees with scikit-learn 1.2.1's KNNImputer of standardised numbers, %i neighbours",
		async (neighbours, gaps, query) => {
			const { fitted: imputer, train } = await fitted(imputeNearest({ neighbours }), TRAIN);
			expectRows(train, [
				[1, 200, 3],
				[2, gaps[0], 5],
				[gaps[1], 180, 4],
				[4, 260, gaps[2]],
				[8, 150, 9],
				[3, 220, 4],
				[6.5, gaps[3], 7],
			]);
			expectRows(imputer.apply(QUERY), [...query, [10, 100, 0]]);
		},
	);

	it('counts a category that differs as one standard deviation, and fills it by the nearest', async () => {
		const sizes = [0, 0, 10, 10, 0];
		const rows = matrix([
			numberColumn('size', Float64Array.from(sizes)),
			...levelsOf('kind', ['flat', 'flat', 'villa', 'villa', undefined]).columns,
			numberColumn('beds', Float64Array.of(1, 1, 5, 5, NONE)),
		]);
		const { fitted: imputer, train } = await fitted(imputeNearest({ neighbours: 2 }), rows);
		expect(cellsOf(train)['kind']?.[4]).toBe('flat');
		expect(cellsOf(train)['beds']?.[4]).toBe(1);
		// 0.4 deviations nearer to the flats, but a villa.
		const between = matrix([
			numberColumn('size', Float64Array.of(4)),
			...levelsOf('kind', ['villa']).columns,
			numberColumn('beds', Float64Array.of(NONE)),
		]);
		expect(cellsOf(imputer.apply(between))['beds']).toEqual([5]);
	});

	it('leaves out columns by name', async () => {
		const { train } = await fitted(dropColumns(['a', 'b']), TRAIN);
		expect(train).toEqual({ count: TRAIN.count, columns: [TRAIN.columns[2]] });
	});

	it('leaves out columns of which too much is missing', async () => {
		const { train, fitted: dropper } = await fitted(dropMissing({ most: 1 / 7 }), TRAIN);
		expect(train.columns.map(({ name }) => name)).toEqual(['a', 'c']);
		expect(dropper.apply(QUERY).columns.map(({ name }) => name)).toEqual(['a', 'c']);
	});
});

describe('capping of outliers', () => {
	/** 0 to 99, and a number far off. */
	const far = () => numbersOf([...Array.from({ length: 100 }, (_, i) => [i]), [1000]]);
	const usualMean = (99 * 100) / 2;

	it('moves numbers to so many deviations from the mean', async () => {
		const mean = (usualMean + 1000) / 101;
		const squares = (99 * 100 * 199) / 6 + 1000 ** 2;
		const high = mean + 3 * Math.sqrt(squares / 101 - mean ** 2);
		const { train, fitted: caps } = await fitted(capOutliers({ by: 'z' }), far());
		expect(train.columns[0]?.values[100]).toBeCloseTo(high, 8);
		expectRows(caps.apply(numbersOf([[1e9], [-1e9], [50], [NONE]])), [
			[high],
			[2 * mean - high],
			[50],
			[NONE],
		]);
	});

	it('moves numbers to so many quartile ranges beyond the quartiles', async () => {
		// Of 101 sorted numbers the quartiles are those at 25 and 75.
		const { fitted: caps } = await fitted(capOutliers({ by: 'iqr' }), far());
		expectRows(caps.apply(numbersOf([[1e9], [-1e9], [50]])), [
			[75 + 1.5 * 50],
			[25 - 1.5 * 50],
			[50],
		]);
	});

	it('leaves a flag alone whose quartiles are equal', async () => {
		const flag = numbersOf(Array.from({ length: 40 }, (_, i) => [Number(i === 0)]));
		expect((await fitted(capOutliers({ by: 'iqr' }), flag)).train).toEqual(flag);
	});

	it('moves numbers to the range of the rows that a forest finds usual', async () => {
		const share = 1 / 101;
		const { train } = await fitted(capOutliers({ by: 'isolation', share }), far());
		expect(train.columns[0]?.values[100]).toBe(99);
		expect(train.columns[0]?.values.slice(0, 100)).toEqual(far().columns[0]?.values.slice(0, 100));
	});

	it('tells bounds by method, which agree that a planted number is odd', async () => {
		for (const by of ['z', 'iqr', 'isolation'] as const) {
			const [bounds] = await outlierBounds(far(), { by }, plainRun());
			expect(bounds?.high).toBeLessThan(1000);
			expect(bounds?.high).toBeGreaterThanOrEqual(99);
		}
	});
});

describe('bins', () => {
	const VALUES = numbersOf([1, 2, 2, 3, 5, 8, 13, 21, 34, 55].map((value) => [value]));
	const ASKED = numbersOf([0, 2, 2.5, 11.8, 12, 30, 33.5, 100].map((value) => [value]));

	// KBinsDiscretizer(n_bins=5, encode='ordinal', strategy=...) of scikit-learn 1.2.1.
	it.each([
		['width', [0, 0, 0, 0, 0, 0, 1, 1, 3, 4], [0, 0, 0, 1, 1, 2, 3, 4]],
		['quantile', [0, 1, 1, 1, 2, 2, 3, 3, 4, 4], [0, 1, 1, 3, 3, 4, 4, 4]],
	] as const)("agree with scikit-learn 1.2.1's KBinsDiscretizer by %s", async (by, own, asked) => {
		const { train, fitted: binner } = await fitted(bin({ by }), VALUES);
		expect(Array.from(train.columns[0]?.values ?? [])).toEqual(own);
		expect(Array.from(binner.apply(ASKED).columns[0]?.values ?? [])).toEqual(asked);
	});

	it('are named by the edges that are handed in', async () => {
		const ages = numbersOf([[17], [18], [29.5], [30], [70], [NONE]]);
		const { train } = await fitted(bin({ by: [18, 30, 65] }), ages);
		expect(cellsOf(train)['a']).toEqual([
			'below 18',
			'18 to 30',
			'18 to 30',
			'30 to 65',
			'from 65',
			NONE,
		]);
		expect(() => bin({ by: [30, 18] })).toThrow(/ascend/);
	});

	it('are fewer where edges fall together, and keep two numbers apart', async () => {
		const flags = numbersOf(Array.from({ length: 10 }, (_, i) => [Number(i > 6)]));
		const { train } = await fitted(bin({ by: 'quantile' }), flags);
		expect(train.columns[0]?.levels).toEqual(['below 1', 'from 1']);
		const none = numbersOf([[NONE], [NONE]]);
		expect((await fitted(bin({ by: 'width' }), none)).train.columns[0]?.levels).toEqual(['any']);
	});
});

describe('encoding of categories', () => {
	const KIND = levelsOf('kind', [
		...['park', 'hill', 'park', 'harbour', 'hill', 'park', 'moor', 'fen'],
	]);
	const ASKED = levelsOf('kind', ['hill', 'park', 'fen', 'dune', 'harbour']);

	it("agrees with scikit-learn 1.2.1's OneHotEncoder(max_categories=3, handle_unknown='infrequent_if_exist')", async () => {
		const { fitted: encoder } = await fitted(oneHot({ maxLevels: 3 }), KIND);
		const encoded = encoder.apply(ASKED);
		expect(encoded.columns.map(({ name }) => name)).toEqual([
			'kind: hill',
			'kind: park',
			'kind: other',
		]);
		expectRows(encoded, [
			[1, 0, 0],
			[0, 1, 0],
			[0, 0, 1],
			[0, 0, 1],
			[0, 0, 1],
		]);
	});

	it("agrees with scikit-learn 1.2.1's OneHotEncoder(handle_unknown='ignore')", async () => {
		const { fitted: encoder } = await fitted(oneHot(), KIND);
		expectRows(encoder.apply(ASKED), [
			[0, 0, 1, 0, 0],
			[0, 0, 0, 0, 1],
			[1, 0, 0, 0, 0],
			[0, 0, 0, 0, 0],
			[0, 1, 0, 0, 0],
		]);
	});

	it("agrees with scikit-learn 1.2.1's OrdinalEncoder(unknown_value=nan)", async () => {
		const { fitted: encoder } = await fitted(ordinal(), KIND);
		expectRows(encoder.apply(ASKED), [[2], [4], [0], [NONE], [1]]);
	});

	it('keeps to an order that is handed in', async () => {
		const order = { kind: ['moor', 'park', 'hill'] };
		const { fitted: encoder } = await fitted(ordinal({ order }), KIND);
		expectRows(encoder.apply(ASKED), [[2], [1], [NONE], [NONE], [NONE]]);
	});

	it('encodes levels by their mean target, drawn to the mean of all (by formula)', async () => {
		const targets = Float64Array.of(1, 0, 1, 0, 1, 0, 1, 1);
		const step = targetEncoding({ folds: 4, smoothing: 3 });
		const { fitted: encoder } = await fitted(step, KIND, targets);
		const usual = 5 / 8;
		const drawn = (sum: number, count: number) => (sum + 3 * usual) / (count + 3);
		expectRows(encoder.apply(ASKED), [
			[drawn(1, 2)],
			[drawn(2, 3)],
			[drawn(1, 1)],
			[usual],
			[drawn(0, 1)],
		]);
	});

	it('encodes a training row by the rows of other folds alone', async () => {
		const targets = Float64Array.of(1, 0, 1, 0, 1, 0, 1, 1);
		const step = targetEncoding({ folds: 4, smoothing: 0 });
		const { train } = await fitted(step, KIND, targets);
		const folds = shuffledFolds(8, 4, plainRun().random.fork('target-encoding'));
		const kinds = cellsOf(KIND)['kind'] as string[];
		const mean = (rows: readonly number[]) =>
			rows.reduce((sum, row) => sum + (targets[row] as number), 0) / rows.length;
		for (const { train: others, test } of folds)
			for (const row of test) {
				const alike = [...others].filter((other) => kinds[other] === kinds[row]);
				const expected = alike.length > 0 ? mean(alike) : mean([...others]);
				expect(train.columns[0]?.values[row]).toBeCloseTo(expected, 12);
			}
	});

	it('tells nothing of targets by a column of levels that stand once each', async () => {
		const random = seededRandom('once each');
		const targets = Float64Array.from({ length: 200 }, () => random.integer(2));
		const once = levelsOf(
			'kind',
			Array.from(targets, (_, row) => `home ${row}`),
		);
		const { train } = await fitted(targetEncoding({ smoothing: 0 }), once, targets);
		const encoded = train.columns[0]?.values ?? [];
		// Means of four fifths of all targets: one a fold.
		expect(new Set(encoded).size).toBeLessThanOrEqual(5);
	});

	it('counts rows by their weight where targets are learned from', async () => {
		const rows = levelsOf('kind', ['park', 'park', 'hill', 'hill']);
		const targets = Float64Array.of(1, 0, 1, 1);
		const weights = Float64Array.of(3, 1, 1, 1);
		const step = targetEncoding({ folds: 2, smoothing: 0 });
		const { fitted: encoder } = await step.fit({ rows, targets, weights }, plainRun());
		expectRows(encoder.apply(rows), [[0.75], [0.75], [1], [1]]);
	});
});

describe('interactions', () => {
	it("agree with scikit-learn 1.2.1's PolynomialFeatures(2, include_bias=False)", async () => {
		const rows = numbersOf([
			[1, 200, 3],
			[8, 150, 9],
			[3, 220, 4],
		]);
		const { train } = await fitted(interactions({ squares: true }), rows);
		expect(train.columns.slice(3).map(({ name }) => name)).toEqual([
			...['a × a', 'a × b', 'a × c', 'b × b', 'b × c', 'c × c'],
		]);
		expectRows(train, [
			[1, 200, 3, 1, 200, 3, 40000, 600, 9],
			[8, 150, 9, 64, 1200, 72, 22500, 1350, 81],
			[3, 220, 4, 9, 660, 12, 48400, 880, 16],
		]);
	});

	it('are missing where one of the two is, and refuse too many columns', async () => {
		const { train } = await fitted(interactions({ columns: ['a', 'b'] }), TRAIN);
		expect(Array.from(train.columns[3]?.values ?? [])).toEqual([
			...[200, NONE, NONE, 1040, 1200, 660, NONE],
		]);
		const wide = matrix(
			Array.from({ length: 21 }, (_, i) => numberColumn(`c${i}`, Float64Array.of(1, 2))),
		);
		await expect(fitted(interactions(), wide)).rejects.toThrow(/name the columns/);
	});
});
