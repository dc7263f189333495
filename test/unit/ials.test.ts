import { describe, expect, it } from 'vitest';
import { FittedIals, FoldIn, historyOf, ials } from '$workers/learners/ials';
import { CancelledError } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import { sparseRows, turnedRows } from '$workers/table/sparse';
import { plainRun } from '../conformance/learner';
import { groupOf, plantedTastes } from '../support/planted-tastes';

const SIZE = 5;
const ITEMS = 12;
const OPTIONS = { unseenWeight: 0.2, ridge: 0.03, frequencyPower: 1 };
const HISTORY = { columns: [1, 4, 9], values: [1, 2, 0.5] };

function someFactors(seed = 1): Float64Array {
	const random = seededRandom(seed);
	return Float64Array.from({ length: ITEMS * SIZE }, () => Math.fround(random.normal()));
}

const productOf = (factors: Float64Array, item: number, vector: ArrayLike<number>) =>
	Array.from(vector).reduce(
		(sum, value, k) => sum + value * (factors[item * SIZE + k] as number),
		0,
	);

/** The loss of the paper, term by term. */
function lossOf(factors: Float64Array, person: Float64Array): number {
	const { columns, values } = HISTORY;
	const { unseenWeight, ridge, frequencyPower } = OPTIONS;
	let loss = 0;
	columns.forEach((item, i) => {
		loss += (values[i] as number) * (1 - productOf(factors, item, person)) ** 2;
	});
	for (let item = 0; item < ITEMS; item++)
		loss += unseenWeight * productOf(factors, item, person) ** 2;
	const seen = values.reduce((sum, value) => sum + value, 0);
	const square = person.reduce((sum, value) => sum + value * value, 0);
	return loss + ridge * (seen + unseenWeight * ITEMS) ** frequencyPower * square;
}

describe('folding in', () => {
	it('finds where the gradient of the loss is zero', () => {
		const factors = someFactors();
		const person = new FoldIn(factors, SIZE, OPTIONS).fold(HISTORY);
		for (let k = 0; k < SIZE; k++) {
			const [more, less] = [1e-4, -1e-4].map((step) => {
				const moved = person.slice();
				moved[k] = (moved[k] as number) + step;
				return lossOf(factors, moved);
			}) as [number, number];
			expect((more - less) / 2e-4).toBeCloseTo(0, 8);
		}
	});

	it('comes to the same factor block by block as all at once', () => {
		const kernel = new FoldIn(someFactors(), SIZE, OPTIONS);
		const inBlocks = new Float64Array(SIZE);
		for (let pass = 0; pass < 200; pass++) kernel.improve(HISTORY, inBlocks, 2);
		const atOnce = kernel.fold(HISTORY);
		inBlocks.forEach((value, k) => expect(value).toBeCloseTo(atOnce[k] as number, 10));
	});

	it('comes to the same factor from wherever it starts, in one block', () => {
		const kernel = new FoldIn(someFactors(), SIZE, OPTIONS);
		const far = Float64Array.from({ length: SIZE }, (_, k) => 10 - k);
		kernel.improve(HISTORY, far, SIZE);
		kernel.fold(HISTORY).forEach((value, k) => expect(far[k]).toBeCloseTo(value, 10));
	});

	it('gives an empty history the factor of nobody', () => {
		const kernel = new FoldIn(someFactors(), SIZE, OPTIONS);
		expect(kernel.fold({ columns: [], values: [] })).toEqual(new Float64Array(SIZE));
	});

	it('agrees with the equations of the first paper where seen counts 1 + α, but for the length', () => {
		// (Σ h·hᵀ + α Σ seen h·hᵀ + ridge)·w = (1 + α) Σ seen h, in Hu, Koren and Volinsky 2008.
		const factors = someFactors();
		const alpha = 40;
		const seen = [2, 5, 7];
		const options = { unseenWeight: 1, ridge: 0.1, frequencyPower: 0 };
		const values = seen.map(() => alpha);
		const folded = new FoldIn(factors, SIZE, options).fold({ columns: seen, values });
		const person = folded.map((value) => (value * (1 + alpha)) / alpha);
		for (let k = 0; k < SIZE; k++) {
			let left = options.ridge * person[k]!;
			let right = 0;
			for (let item = 0; item < ITEMS; item++) {
				const weight = seen.includes(item) ? 1 + alpha : 1;
				const own = factors[item * SIZE + k]!;
				left += weight * own * productOf(factors, item, person);
				if (weight > 1) right += weight * own;
			}
			expect(left).toBeCloseTo(right, 8);
		}
	});

	it('counts an item listed twice as once with both weights', () => {
		const kernel = new FoldIn(someFactors(), SIZE, OPTIONS);
		const twice = kernel.fold({ columns: [3, 3], values: [1, 2] });
		kernel
			.fold({ columns: [3], values: [3] })
			.forEach((value, k) => expect(twice[k]).toBeCloseTo(value, 12));
	});
});

describe('a model from factors alone', () => {
	const factors = someFactors();
	const model = FittedIals.fromFactors(factors, SIZE, OPTIONS);

	it('scores an item by the product of its factor and the folded-in person', () => {
		const person = model.foldIn(HISTORY);
		const scores = model.scoresOf(HISTORY);
		for (let item = 0; item < ITEMS; item++)
			expect(scores[item]).toBeCloseTo(productOf(factors, item, person), 6);
	});

	it('explains the score of every item by shares that sum to it', () => {
		const scores = model.scoresOf(HISTORY);
		for (let item = 0; item < ITEMS; item++) {
			const sum = model.shares(HISTORY, item).reduce((total, share) => total + share, 0);
			expect(sum).toBeCloseTo(scores[item] as number, 6);
		}
	});

	it('gives an item of the history the share that its weight earns', () => {
		// The share is linear in the weight while the system stays: half the weight in two places is two halves.
		const shares = model.shares({ columns: [1, 1], values: [0.5, 0.5] }, 4);
		const [whole] = model.shares({ columns: [1], values: [1] }, 4);
		expect(shares[0]).toBeCloseTo((whole as number) / 2, 12);
		expect(shares[1]).toBeCloseTo((whole as number) / 2, 12);
	});

	it('refuses factors that are not finite or do not fill rows', () => {
		expect(() => FittedIals.fromFactors(Float32Array.of(1, NaN), 1, OPTIONS)).toThrow(RangeError);
		expect(() => FittedIals.fromFactors(Float32Array.of(1, 2, 3), 2, OPTIONS)).toThrow(RangeError);
		expect(() => FittedIals.fromFactors(Float32Array.of(1), 1, { ...OPTIONS, ridge: 0 })).toThrow(
			RangeError,
		);
	});

	it('refuses histories over other items', async () => {
		const histories = sparseRows([[[0, 1]]], ITEMS + 1);
		await expect(model.predict({ histories, count: 1 })).rejects.toThrow(RangeError);
	});

	it('leaves out the items of the history, or those it is told to', async () => {
		const histories = sparseRows([HISTORY.columns.map((item) => [item, 1] as const)], ITEMS);
		const { ids } = await model.predict({ histories, count: ITEMS });
		expect([...ids].slice(0, 9).some((item) => HISTORY.columns.includes(item))).toBe(false);
		expect([...ids].slice(9)).toEqual([0xffffffff, 0xffffffff, 0xffffffff]);
		const leaveOut = sparseRows([[[0, 1]]], ITEMS);
		const all = await model.predict({ histories, count: ITEMS, leaveOut });
		expect([...all.ids].slice(0, 11).sort((a, b) => a - b)).toEqual(
			Array.from({ length: 11 }, (_, i) => i + 1),
		);
	});
});

describe('iALS', () => {
	const shape = { people: 120, groups: 4, each: 10, own: 0.6, other: 0.02 };
	const params = { size: 4, sweeps: 10, block: 4, ridge: 0.05 };

	it('puts an item of the own group first', async () => {
		const train = plantedTastes(shape);
		const fitted = await ials(params).fit(train, plainRun());
		const { ids } = await fitted.predict({ histories: train, count: 1 });
		const right = [...ids].filter(
			(item, person) => Math.floor(item / shape.each) === groupOf(person, shape.groups),
		);
		expect(right.length / ids.length).toBeGreaterThan(0.95);
	});

	it('gives an item that nobody had to do with no score', async () => {
		const train = sparseRows(
			[
				[[0, 1]],
				[[1, 1]],
				[
					[0, 1],
					[1, 1],
				],
			],
			3,
		);
		const fitted = await ials({ ...params, size: 2 }).fit(train, plainRun());
		expect(fitted.scoresOf(historyOf(train, 2))[2]).toBe(0);
	});

	it('never raises the loss of a person from one kernel step to the next', () => {
		const factors = someFactors(4);
		const kernel = new FoldIn(factors, SIZE, OPTIONS);
		const person = Float64Array.from({ length: SIZE }, (_, k) => k);
		let before = lossOf(factors, person);
		for (let pass = 0; pass < 5; pass++) {
			kernel.improve(HISTORY, person, 2);
			const after = lossOf(factors, person);
			expect(after).toBeLessThanOrEqual(before + 1e-12);
			before = after;
		}
	});

	it('settles where each item, too, is folded in best from the people', async () => {
		const train = plantedTastes(shape);
		const settled = await ials({ ...params, block: 2, sweeps: 300 }).fit(train, plainRun());
		const people = Array.from({ length: train.count }, (_, row) => [
			...settled.foldIn(historyOf(train, row)),
		]).flat();
		const kernel = new FoldIn(Float64Array.from(people), params.size, settled.options);
		const byItem = turnedRows(train);
		const items = Array.from({ length: train.width }, (_, item) => [
			...kernel.fold(historyOf(byItem, item)),
		]).flat();
		items.forEach((value, i) => expect(value).toBeCloseTo(settled.factors[i] as number, 5));
	});

	it('gives other bytes with another seed', async () => {
		const train = plantedTastes(shape);
		const [one, two] = await Promise.all(
			[1, 2].map((seed) => ials(params).fit(train, plainRun(seed))),
		);
		expect(new Uint8Array(one!.toBuffer())).not.toEqual(new Uint8Array(two!.toBuffer()));
	});

	it('refuses what is negative', async () => {
		const train = sparseRows([[[0, -1]]], 2);
		await expect(ials(params).fit(train, plainRun())).rejects.toThrow(RangeError);
	});

	it('stops in the midst of a sweep', async () => {
		let asked = 0;
		const run = plainRun(1, { cancelled: () => ++asked > 50 });
		await expect(ials(params).fit(plantedTastes(shape), run)).rejects.toThrow(CancelledError);
		expect(asked).toBe(51);
	});
});
