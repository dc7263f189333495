import { describe, expect, it } from 'vitest';
import { logistic } from '$workers/learners/logistic';
import { type ResamplingMethod, resample, resampled } from '$workers/learners/resampling';
import type { Examples, TabularEstimator } from '$workers/learners/tabular';
import { seededRandom } from '$workers/math/random';
import { categoryColumn, matrix, numberColumn } from '$workers/table/matrix';
import { plainRun } from '../conformance/learner';

const FEW = 12;
const MANY = 60;
const random = seededRandom('resampling');
const isFew = (row: number) => row % 6 === 0;

/** One row in six is of class 1, at home around (8, 8), some of it in the hill quarter. */
const train: Examples = {
	rows: matrix([
		numberColumn(
			'x',
			Float64Array.from({ length: MANY + FEW }, (_, row) =>
				isFew(row) ? 8 + random.normal() : 4 * random.normal(),
			),
		),
		numberColumn(
			'y',
			Float64Array.from({ length: MANY + FEW }, (_, row) =>
				isFew(row) ? 8 + random.normal() : 4 * random.normal(),
			),
		),
		categoryColumn(
			'quarter',
			Float64Array.from({ length: MANY + FEW }, (_, row) => (isFew(row) && row % 4 ? 1 : 0)),
			['park', 'hill'],
		),
	]),
	targets: Float64Array.from({ length: MANY + FEW }, (_, row) => (isFew(row) ? 1 : 0)),
};
const valuesOf = ({ rows }: Examples, column: number) =>
	rows.columns[column]?.values as Float64Array;
const countOf = ({ targets }: Examples, target: number) =>
	targets.filter((value) => value === target).length;
const few = [...Array(MANY + FEW).keys()].filter(isFew);

const by = (method: ResamplingMethod, of = train) => resample(of, { method }, plainRun());

describe('resampling', () => {
	for (const method of ['smote', 'adasyn', 'under-sampling', 'near-miss'] as const)
		it(`by ${method} makes classes equally many and leaves training rows as they were`, async () => {
			const before = structuredClone(train);
			const balanced = await by(method);
			expect(countOf(balanced, 0)).toBe(countOf(balanced, 1));
			expect(balanced.rows.count).toBe(method === 'smote' || method === 'adasyn' ? 120 : 24);
			expect(train).toEqual(before);
		});

	for (const method of ['smote', 'adasyn'] as const)
		it(`by ${method} keeps all rows and adds points between two rows of the smaller class`, async () => {
			const balanced = await by(method);
			const [x, y] = [valuesOf(balanced, 0), valuesOf(balanced, 1)];
			expect(x.subarray(0, 72)).toEqual(valuesOf(train, 0));
			for (let row = 72; row < 120; row++) expect(liesBetween(x, y, row)).toBe(true);
		});

	it('gives new rows a level that rows of the smaller class have, and the weight of their row', async () => {
		const weights = train.targets.map((target) => (target === 1 ? 3 : 1));
		const balanced = await by('smote', { ...train, weights });
		expect(valuesOf(balanced, 2).every((level) => level === 0 || level === 1)).toBe(true);
		expect(balanced.weights?.subarray(72).every((weight) => weight === 3)).toBe(true);
	});

	it('leaves missing values missing or fills them from known ones, never with a new kind', async () => {
		const x = valuesOf(train, 0).map((value, row) => (row % 12 === 0 ? Number.NaN : value));
		const rows = matrix([numberColumn('x', x), ...train.rows.columns.slice(1)]);
		const balanced = await by('smote', { ...train, rows });
		const known = valuesOf(balanced, 0)
			.subarray(72)
			.filter((value) => !Number.isNaN(value));
		const own = few.map((row) => x[row] as number).filter((value) => !Number.isNaN(value));
		expect(known.every((v) => v >= Math.min(...own) && v <= Math.max(...own))).toBe(true);
	});

	it('by adasyn adds more where the other class is near', async () => {
		const line = [0, 0.1, 0.2, 0.3, 50, 50.1, 50.2, 50.3];
		const other = [50.05, 50.15, 50.25, 50.35, ...Array.from({ length: 28 }, (_, i) => 200 + i)];
		const x = Float64Array.from([...line, ...other]);
		const targets = Float64Array.from(x, (_, row) => (row < 8 ? 1 : 0));
		const balanced = await resample(
			{ rows: matrix([numberColumn('x', x)]), targets },
			{ method: 'adasyn', neighbours: 3 },
			plainRun(),
		);
		const added = valuesOf(balanced, 0).subarray(40);
		expect(added).toHaveLength(24);
		expect(added.every((value) => value >= 50)).toBe(true);
	});

	it('by near-miss keeps the rows of the larger class next to the smaller one', async () => {
		const x = Float64Array.of(0, 1, 2, 30, 3, 40, 4, 50, 5);
		const targets = Float64Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0);
		const balanced = await by('near-miss', { rows: matrix([numberColumn('x', x)]), targets });
		expect([...valuesOf(balanced, 0)]).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it('by class weights keeps rows and their weight in all', async () => {
		const balanced = await by('class-weights');
		const sum = (target: number) =>
			(balanced.weights ?? new Float64Array()).reduce(
				(all, weight, row) => all + (balanced.targets[row] === target ? weight : 0),
				0,
			);
		expect(sum(1)).toBeCloseTo(36, 9);
		expect(sum(0)).toBeCloseTo(36, 9);
	});
});

describe('a resampled learner', () => {
	it('is fitted on balanced rows and predicts on what it is given', async () => {
		const seen: Examples[] = [];
		const spy: TabularEstimator = {
			...logistic(),
			fit: (examples, run) => {
				seen.push(examples);
				return logistic().fit(examples, run);
			},
		};
		const fitted = await resampled(spy, { method: 'smote' }).fit(train, plainRun());
		expect(seen.map(({ rows }) => rows.count)).toEqual([120]);
		expect((await fitted.predict(train.rows)).values).toHaveLength(72);
	});

	it('says chances that come true in training, though it saw balanced rows', async () => {
		for (const method of ['class-weights', 'under-sampling'] as const) {
			const fitted = await resampled(logistic(), { method }).fit(noisy, plainRun());
			const { values } = await fitted.predict(noisy.rows);
			const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
			expect(mean).toBeCloseTo(countOf(noisy, 1) / noisy.rows.count, 1);
		}
	});
});

const draw = seededRandom('noisy');
const noise = Float64Array.from({ length: 2000 }, () => draw.normal());
/** About one row in ten is of class 1, and nothing tells for sure. */
const noisy: Examples = {
	rows: matrix([numberColumn('x', noise)]),
	targets: noise.map((x) => (draw.next() < 1 / (1 + Math.exp(2.5 - x)) ? 1 : 0)),
};

/** Whether a point lies on the segment between some two rows of the smaller class. */
function liesBetween(x: Float64Array, y: Float64Array, row: number): boolean {
	const at = (i: number) => [x[i] as number, y[i] as number] as const;
	const [px, py] = at(row);
	return few.some((a) =>
		few.some((b) => {
			const [ax, ay] = at(a);
			const [bx, by] = at(b);
			const cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
			const along = (px - ax) * (bx - ax) + (py - ay) * (by - ay);
			const length = (bx - ax) ** 2 + (by - ay) ** 2;
			return a !== b && Math.abs(cross) < 1e-9 && along >= -1e-9 && along <= length + 1e-9;
		}),
	);
}
