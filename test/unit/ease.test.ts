import { describe, expect, it } from 'vitest';
import { plainRun } from '../conformance/learner';
import { openNodeDevice } from '../support/node-device';
import { plantedTastes } from '../support/planted-tastes';
import { liveTensors } from '$workers/device/device';
import { ease, easeFrom, inversionTrial, type FittedEase } from '$workers/learners/ease';
import type { Interactions } from '$workers/learners/interactions';
import { seededRandom } from '$workers/math/random';
import { sparseRows, takeRows } from '$workers/table/sparse';

const SHAPE = { people: 60, groups: 4, each: 8, own: 0.5, other: 0.1 };
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const device = await openNodeDevice({
	prefer: 'wasm',
	trial: inversionTrial(seededRandom('trial')),
});

/** Every weight, item by item. */
function weightsOf(model: FittedEase): number[] {
	const { items } = model;
	return range(0, items).flatMap((from) => range(0, items).map((to) => model.weight(from, to)));
}

function largestDifference(actual: readonly number[], expected: readonly number[]): number {
	expect(actual.length).toBe(expected.length);
	return actual.reduce(
		(largest, value, i) => Math.max(largest, Math.abs(value - (expected[i] as number))),
		0,
	);
}

/**
 * What the papers define, not what they solve: column by column the ridge regression of an item on all
 * others, by coordinate descent in float64 until nothing moves.
 */
function regressions(people: Interactions, ridge: number, share: number): number[] {
	const { count, width } = people;
	const x = new Float64Array(count * width);
	for (let row = 0; row < count; row++)
		for (let at = people.starts[row] as number; at < (people.starts[row + 1] as number); at++)
			x[row * width + (people.columns[at] as number)] = people.values[at] as number;
	const product = (i: number, j: number) =>
		range(0, count).reduce(
			(sum, row) => sum + (x[row * width + i] as number) * (x[row * width + j] as number),
			0,
		);
	const gram = range(0, width).map((i) => range(0, width).map((j) => product(i, j)));
	const weights = new Array<number>(width * width).fill(0);
	for (let target = 0; target < width; target++)
		for (let round = 0; round < 300; round++)
			for (let i = 0; i < width; i++) {
				if (i === target) continue;
				const row = gram[i] as number[];
				let rest = row[target] as number;
				for (let k = 0; k < width; k++)
					if (k !== i) rest -= (row[k] as number) * (weights[k * width + target] as number);
				const own = row[i] as number;
				weights[i * width + target] = rest / (own * (1 + share) + ridge);
			}
	return weights;
}

describe('EASE', () => {
	it('is the ridge regression of every item on all others', async () => {
		const people = plantedTastes(SHAPE);
		const model = await ease({ ridge: 10 }, device).fit(people, plainRun());
		expect(largestDifference(weightsOf(model), regressions(people, 10, 0))).toBeLessThan(1e-6);
	});

	it('adds to the ridge what hiding acts at random would, with dropout', async () => {
		const people = plantedTastes(SHAPE);
		const model = await ease({ ridge: 2, dropout: 0.5 }, device).fit(people, plainRun());
		expect(largestDifference(weightsOf(model), regressions(people, 2, 1))).toBeLessThan(1e-6);
	});

	it('counts a person of 400 acts half as much as one of 100, at a power of one half', async () => {
		const items = 401;
		const row = (count: number) => range(0, count).map((item) => [item, 1] as const);
		const heavy = sparseRows([row(400)], items);
		const settings = { ridge: 50, activityPower: 0.5 };
		const weighted = await ease(settings, device).fit(heavy, plainRun());
		const root = { ...heavy, values: heavy.values.map(() => Math.SQRT1_2) };
		const plain = await ease({ ridge: 50 }, device).fit(root, plainRun());
		expect(largestDifference(weightsOf(weighted), weightsOf(plain))).toBeLessThan(1e-6);
	});

	it('divides scores by a power of popularity', async () => {
		const people = plantedTastes(SHAPE);
		const model = await ease({ ridge: 10 }, device).fit(people, plainRun());
		const tempered = model.tempered(0.5);
		const chosen = (item: number) => people.columns.filter((column) => column === item).length;
		for (const [from, to] of [
			[0, 1],
			[9, 30],
		] as const)
			expect(tempered.weight(from, to)).toBeCloseTo(
				model.weight(from, to) / Math.sqrt(chosen(to)),
				9,
			);
	});

	it('folds in one act as scoring the longer history anew', async () => {
		const people = plantedTastes(SHAPE);
		const model = await ease({ ridge: 10, popularityPower: 0.1 }, device).fit(people, plainRun());
		const before = sparseRows(
			[
				[
					[1, 1],
					[5, 1],
				],
			],
			32,
		);
		const after = sparseRows(
			[
				[
					[1, 1],
					[5, 1],
					[20, 1],
				],
			],
			32,
		);
		const scores = await model.scores(before);
		model.addAct(scores, 20);
		const expected = Array.from(await model.scores(after));
		expect(largestDifference(Array.from(scores), expected)).toBeLessThan(1e-6);
		model.addAct(scores, 20, -1);
		const back = Array.from(await model.scores(before));
		expect(largestDifference(Array.from(scores), back)).toBeLessThan(1e-6);
	});

	it('learns without anybody, and knows nothing then', async () => {
		const model = await ease({}, device).fit(sparseRows([], 3), plainRun());
		const { ids } = await model.predict({ histories: sparseRows([[[1, 1]]], 3), count: 3 });
		expect([...ids]).toEqual([0, 2, 0xffff_ffff]);
	});

	it('refuses settings outside of their ranges', () => {
		for (const params of [{ ridge: 0 }, { ridge: NaN }, { dropout: 1 }, { activityPower: -1 }])
			expect(() => ease(params, device)).toThrow(RangeError);
	});

	it('refuses bytes that are torn or hold no numbers', async () => {
		const model = await ease({}, device).fit(plantedTastes(SHAPE), plainRun());
		const bytes = model.toBuffer();
		expect(() => easeFrom(bytes.slice(0, bytes.byteLength - 64))).toThrow(RangeError);
		new Float64Array(bytes, bytes.byteLength - 8, 1)[0] = NaN;
		expect(() => easeFrom(bytes)).toThrow(RangeError);
	});
});

describe('unlearning', () => {
	const settings = { ridge: 10, dropout: 0.3, activityPower: 0.75, popularityPower: 0.1 };
	const everybody = plantedTastes({ ...SHAPE, people: 200 });

	it('of one person leaves what learning from the others gives', async () => {
		const model = await ease(settings, device).fit(everybody, plainRun());
		const untouched = weightsOf(model);
		model.forget(takeRows(everybody, [17]));
		const others = takeRows(everybody, [...range(0, 17), ...range(18, 200)]);
		const without = weightsOf(await ease(settings, device).fit(others, plainRun()));
		expect(largestDifference(weightsOf(model), without)).toBeLessThan(1e-6);
		expect(largestDifference(untouched, without)).toBeGreaterThan(1e-3);
	});

	it('of one act leaves what learning from a history without it gives', async () => {
		const model = await ease(settings, device).fit(everybody, plainRun());
		const whole = takeRows(everybody, [17]);
		const shorter = sparseRows([[...whole.columns.subarray(1)].map((item) => [item, 1])], 32);
		model.forget(whole);
		model.update(shorter);
		const rows = range(0, 200).map((person) => {
			const { columns } = person === 17 ? shorter : takeRows(everybody, [person]);
			return [...columns].map((item) => [item, 1] as const);
		});
		const without = await ease(settings, device).fit(sparseRows(rows, 32), plainRun());
		expect(largestDifference(weightsOf(model), weightsOf(without))).toBeLessThan(1e-6);
	});

	it('of everybody, one after the other, leaves an empty model to four digits', async () => {
		const model = await ease(settings, device).fit(everybody, plainRun());
		model.forget(everybody);
		expect(Math.max(...weightsOf(model).map(Math.abs))).toBeLessThan(1e-3);
	});

	it('goes and comes back to the same weights a hundred times', async () => {
		const model = await ease(settings, device).fit(everybody, plainRun());
		const before = weightsOf(model);
		for (let time = 0; time < 100; time++) {
			const person = takeRows(everybody, [time]);
			model.forget(person);
			model.update(person);
		}
		expect(largestDifference(weightsOf(model), before)).toBeLessThan(1e-5);
	});

	it('refuses somebody who was never there, and leaves the model as it was', async () => {
		const model = await ease({ ...settings, ridge: 1 }, device).fit(everybody, plainRun());
		const before = weightsOf(model);
		const stranger = sparseRows([range(0, 32).map((item) => [item, 50] as const)], 32);
		expect(() => model.forget(stranger)).toThrow(RangeError);
		expect(weightsOf(model)).toEqual(before);
	});

	it('counts an item that stands twice in a history as one sum', async () => {
		const twice = sparseRows(
			[
				[
					[3, 1],
					[3, 1],
					[4, 1],
				],
			],
			32,
		);
		const model = await ease(settings, device).fit(everybody, plainRun());
		const before = weightsOf(model);
		model.update(twice);
		model.forget(twice);
		expect(largestDifference(weightsOf(model), before)).toBeLessThan(1e-6);
	});
});

describe('a cancelled fit', () => {
	it('leaves no tensors behind, wherever it was stopped', async () => {
		const people = plantedTastes({ people: 40, groups: 5, each: 60, own: 0.2, other: 0.05 });
		const before = liveTensors();
		let stopped = 0;
		for (const after of [1, 20, 60, 1e9]) {
			let asked = 0;
			const run = plainRun(1, { cancelled: () => ++asked > after });
			const outcome = await ease({}, device)
				.fit(people, run)
				.catch((error: unknown) => error);
			if (outcome instanceof Error) stopped += Number(outcome.name === 'Cancelled');
			expect(liveTensors()).toBe(before);
		}
		expect(stopped).toBeGreaterThan(0);
	});
});
