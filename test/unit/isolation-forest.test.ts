import { describe, expect, it } from 'vitest';
import {
	isolationForest,
	isolationForestFrom,
	usualDepth,
} from '$workers/learners/isolation-forest';
import { seededRandom } from '$workers/math/random';
import { type Matrix, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { plainRun } from '../conformance/learner';

function cloud(points: readonly (readonly [number, number])[]): Matrix {
	return matrix([
		numberColumn(
			'x',
			Float64Array.from(points, ([x]) => x),
		),
		numberColumn(
			'y',
			Float64Array.from(points, ([, y]) => y),
		),
	]);
}

async function scores(rows: Matrix, trees = 100, seed = 'forest'): Promise<Float64Array> {
	const forest = await isolationForest({ trees }).fit(rows, plainRun(seed));
	return forest.predict(rows);
}

const ranksOf = (values: ArrayLike<number>): number[] => {
	const order = Array.from({ length: values.length }, (_, i) => i);
	order.sort((a, b) => (values[a] as number) - (values[b] as number));
	const ranks = new Array<number>(values.length).fill(0);
	order.forEach((place, rank) => (ranks[place] = rank));
	return ranks;
};

/** Rank correlation of numbers that all differ. */
function spearman(left: ArrayLike<number>, right: ArrayLike<number>): number {
	const others = ranksOf(right);
	const squares = ranksOf(left).reduce(
		(sum, rank, i) => sum + (rank - (others[i] as number)) ** 2,
		0,
	);
	return 1 - (6 * squares) / (left.length * (left.length ** 2 - 1));
}

describe('the isolation forest', () => {
	it('ranks planted outliers first', async () => {
		const random = seededRandom('cloud');
		const usual = Array.from({ length: 1000 }, (): [number, number] => [
			random.normal(),
			random.normal(),
		]);
		const planted: [number, number][] = [
			[8, 5],
			[5, -9],
			[7, 7],
			[-10, 6],
			[6, -8],
		];
		const found = await scores(cloud([...usual, ...planted]));
		const first = Array.from(found.keys()).sort(
			(a, b) => (found[b] as number) - (found[a] as number),
		);
		expect(first.slice(0, 5).sort((a, b) => a - b)).toEqual([1000, 1001, 1002, 1003, 1004]);
		expect(Math.min(...found.slice(1000))).toBeGreaterThan(0.6);
		expect(found.every((score) => score > 0 && score < 1)).toBe(true);
	});

	it("scores as scikit-learn 1.2.1's IsolationForest does", async () => {
		// -mean(IsolationForest(n_estimators=500, random_state=r).fit(points).score_samples(points)) for r in 0..3
		const theirs = [
			0.48454, 0.3838, 0.41292, 0.46522, 0.37929, 0.46279, 0.4145, 0.38331, 0.4382, 0.38606,
			0.41041, 0.44615, 0.38172, 0.44528, 0.42515, 0.3899, 0.421, 0.40299, 0.41699, 0.4246, 0.40077,
			0.423, 0.45318, 0.40714, 0.70554, 0.72511, 0.70568,
		];
		const points = Array.from({ length: 24 }, (_, i): [number, number] => [
			((i * 7) % 11) - 5,
			(((i * 5) % 13) - 6) / 2,
		]);
		const ours = await scores(cloud([...points, [30, 0], [0, -25], [12, 9]]), 2000);
		expect(spearman(ours, theirs)).toBeGreaterThan(0.98);
		theirs.forEach((score, row) =>
			expect(Math.abs((ours[row] as number) - score)).toBeLessThan(0.015),
		);
	});

	it('normalises by the mean depth of a binary search tree', () => {
		expect(usualDepth(1)).toBe(0);
		expect(usualDepth(2)).toBe(1);
		// _average_path_length of sklearn.ensemble._iforest, 1.2.1.
		expect(usualDepth(3)).toBeCloseTo(1.207392357589623, 12);
		expect(usualDepth(256)).toBeCloseTo(10.244770920119917, 12);
	});

	it('scores rows that are all alike the same, as usual ones', async () => {
		const alike = await scores(cloud(Array.from({ length: 50 }, () => [3, 4])));
		expect(new Set(alike).size).toBe(1);
		expect(alike[0]).toBeCloseTo(0.5, 12);
		expect(await scores(cloud([[1, 2]]))).toEqual(Float64Array.of(0.5));
	});

	it('finds a rare level odd, and takes a missing number for a usual one', async () => {
		const count = 200;
		const kind = Float64Array.from({ length: count }, (_, row) => (row === 7 ? 2 : row % 2));
		const size = Float64Array.from({ length: count }, (_, row) =>
			row === 9 ? Number.NaN : Math.floor(row / 2) % 10,
		);
		const found = await scores(
			matrix([categoryColumn('kind', kind, ['flat', 'house', 'yurt']), numberColumn('size', size)]),
		);
		expect(ranksOf(found)[7]).toBe(count - 1);
		expect(found[9]).toBeLessThan(0.5);
	});

	it('refuses no rows, no columns and odd settings', async () => {
		const fit = (rows: Matrix) => isolationForest().fit(rows, plainRun());
		await expect(fit(cloud([]))).rejects.toThrow(/at least one row/);
		await expect(fit({ count: 3, columns: [] })).rejects.toThrow(/1 to 65534 columns/);
		expect(() => isolationForest({ trees: 0 })).toThrow(RangeError);
		expect(() => isolationForest({ sample: 1 })).toThrow(RangeError);
	});

	it('refuses trees that lead nowhere or round in a circle', async () => {
		const forest = await isolationForest({ trees: 2 }).fit(
			cloud([
				[0, 1],
				[2, 3],
				[4, 5],
			]),
			plainRun(),
		);
		const { arrays, metadata } = decodeTensors(forest.toBuffer());
		const withLeft = (child: number) =>
			encodeTensors({
				arrays: { ...arrays, left: Uint32Array.from(arrays['left'] ?? [], () => child) },
				metadata,
			});
		expect(() => isolationForestFrom(withLeft(0))).toThrow(/damaged/);
		expect(() => isolationForestFrom(withLeft(1e6))).toThrow(/damaged/);
		expect(() => isolationForestFrom(encodeTensors({ arrays: {}, metadata }))).toThrow(/lacks/);
		expect(() => isolationForestFrom(encodeTensors({ arrays, metadata: {} }))).toThrow(/not those/);
	});
});
