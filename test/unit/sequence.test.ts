import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, type Device } from '$workers/device/device';
import { epochOf } from '$workers/learners/training/checkpoint';
import type { Interactions, ScoresItems } from '$workers/learners/interactions';
import { itemKnn } from '$workers/learners/item-knn';
import { popularity } from '$workers/learners/popularity';
import { FittedSequence, sequenceModel } from '$workers/learners/sequence';
import type { TrainingRun } from '$workers/learners/training/run';
import { sparseRows, takeRows } from '$workers/table/sparse';
import { plainRun } from '../conformance/learner';
import { openNodeDevice } from '../support/node-device';
import { drawSequences, plantedChain } from '../support/planted-chain';

const ITEMS = 20;
const SURE = 0.7;
const CHAIN = plantedChain(ITEMS, SURE);
const TRAIN = drawSequences(CHAIN, new Array<number>(250).fill(12), 'train');
const TEST = drawSequences(CHAIN, new Array<number>(400).fill(8), 'test');
const SMALL = { size: 16, hidden: 16, length: 8, epochs: 12, batch: 256, rate: 0.01, dropout: 0.1 };

/** A run that keeps a checkpoint of every epoch. */
const keeping = (checkpoints: ArrayBuffer[]): TrainingRun => ({
	...plainRun(),
	checkpointEvery: 0,
	onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
});

/** Share of the sequences whose last item scores best, given those before it. */
async function accuracyOf(model: ScoresItems): Promise<number> {
	const { count, starts, columns, width } = TEST;
	const before = sparseRows(
		Array.from({ length: count }, (_, row) =>
			[...columns.subarray(starts[row]!, starts[row + 1]! - 1)].map((item) => [item, 1] as const),
		),
		width,
	);
	const scores = await model.scores(before);
	const right = Array.from({ length: count }, (_, row) => {
		const own = scores.subarray(row * width, (row + 1) * width);
		return own.indexOf(Math.max(...own)) === columns[starts[row + 1]! - 1];
	});
	return right.filter(Boolean).length / count;
}

describe('the sequence model', () => {
	let device: Device;
	beforeAll(async () => {
		device = await openNodeDevice({ prefer: 'wasm' });
	});
	afterAll(() => device.close());

	const fit = (sequences: Interactions, params = {}, run: TrainingRun = plainRun()) =>
		sequenceModel({ ...SMALL, ...params }, device).fit({ sequences }, run);

	it('comes near a planted chain, far from popularity and item-kNN', async () => {
		const days = new Float64Array(TRAIN.values.length);
		const popular = await popularity({ halfLifeDays: 1, asOf: 0 }).fit(
			{ interactions: TRAIN, days },
			plainRun(),
		);
		const near = await itemKnn({ shrinkage: 0 }).fit(TRAIN, plainRun());
		const learned = await fit(TRAIN);
		// Knowing the chain, one is right with probability SURE; .06 are 2.6 standard errors of 400.
		expect(await accuracyOf(learned)).toBeGreaterThan(SURE - 0.06);
		expect(await accuracyOf(popular)).toBeLessThan(0.2);
		expect(await accuracyOf(near)).toBeLessThan(0.4);
	});

	it('comes near the entropy of the chain, and says so of sequences held out', async () => {
		const { summary } = await fit(TRAIN);
		const rest = (1 - SURE) / (ITEMS - 1);
		const entropy = -SURE * Math.log(SURE) - (1 - SURE) * Math.log(rest);
		expect(summary.naiveLoss).toBeCloseTo(Math.log(ITEMS), 1);
		expect(summary.loss).toBeLessThan(entropy + 0.2);
		expect(summary.loss).toBeGreaterThan(entropy - 0.2);
	});

	it('remembers two steps: what comes after the last may hang on the one before', async () => {
		// After 0 comes what the item before it was paired with: 1 → 3 and 2 → 4.
		const rows = Array.from({ length: 200 }, (_, row) =>
			(row % 2 ? [1, 0, 3] : [2, 0, 4]).map((item) => [item, 1] as const),
		);
		const fitted = await fit(sparseRows(rows, 5), { epochs: 30 });
		const histories = sparseRows([rows[1]!.slice(0, 2), rows[0]!.slice(0, 2)], 5);
		const { ids } = await fitted.predict({ histories, count: 1 });
		expect([...ids]).toEqual([3, 4]);
	});

	it('scores by the logarithm of probabilities that sum to 1', async () => {
		const fitted = await fit(TRAIN, { epochs: 1 });
		const scores = await fitted.scores(takeRows(TEST, [0, 1]));
		for (const from of [0, ITEMS]) {
			const sum = scores.slice(from, from + ITEMS).reduce((all, score) => all + Math.exp(score), 0);
			expect(sum).toBeCloseTo(1, 5);
		}
	});

	it('gives an empty history the shares of the items', async () => {
		const always = Array.from({ length: 60 }, () =>
			[0, 1, 0, 1, 0].map((item) => [item, 1] as const),
		);
		const fitted = await fit(sparseRows(always, 3), { epochs: 1, rate: 1e-6 });
		const scores = await fitted.scores(sparseRows([[]], 3));
		expect(scores[0]).toBeCloseTo(Math.log(0.5), 2);
		expect(scores[2]).toBeLessThan(-5);
	});

	it('tells items that never occurred by their content', async () => {
		// Items of even and odd number follow each other; the last two never occur in training.
		const random = plainRun('content').random;
		const rows = Array.from({ length: 150 }, (_, row) =>
			Array.from({ length: 8 }, (__, i) => [2 * random.integer(5) + ((row + i) % 2), 1] as const),
		);
		const sequences = sparseRows(rows, 12);
		const content = Float32Array.from({ length: 24 }, (_, i) => +(i % 2 === (i >> 1) % 2));
		const fitted = await sequenceModel({ ...SMALL, epochs: 20 }, device).fit(
			{ sequences, content },
			plainRun(),
		);
		const scores = await fitted.scores(sparseRows([[[10, 1]], [[11, 1]]], 12));
		const mean = (row: number, parity: number) =>
			[0, 2, 4, 6, 8].reduce((sum, item) => sum + scores[row * 12 + item + parity]!, 0) / 5;
		expect(mean(0, 1)).toBeGreaterThan(mean(0, 0) + 1);
		expect(mean(1, 0)).toBeGreaterThan(mean(1, 1) + 1);
	});

	it('goes on from a checkpoint to the same weights', async () => {
		const checkpoints: ArrayBuffer[] = [];
		const params = { epochs: 4 };
		const watched = keeping(checkpoints);
		const whole = await fit(TRAIN, params, watched);
		expect(checkpoints.map(epochOf)).toEqual([1, 2, 3, 4]);
		const resumed = await fit(TRAIN, params, { ...plainRun(), resumeFrom: checkpoints[1]! });
		expect(resumed.toBuffer()).toEqual(whole.toBuffer());
	});

	it('leaves a checkpoint of another training', async () => {
		const checkpoints: ArrayBuffer[] = [];
		await fit(TRAIN, { epochs: 1, rate: 0.1 }, keeping(checkpoints));
		const fresh = await fit(TRAIN, { epochs: 1 });
		const resumed = await fit(TRAIN, { epochs: 1 }, { ...plainRun(), resumeFrom: checkpoints[0]! });
		expect(resumed.toBuffer()).toEqual(fresh.toBuffer());
	});

	it('leaves no tensor behind when it is cancelled in the midst of an epoch', async () => {
		const alive = liveTensors();
		let asked = 0;
		const run = plainRun(1, { cancelled: () => ++asked > 4 });
		await expect(fit(TRAIN, {}, run)).rejects.toThrow(
			expect.objectContaining({ name: 'Cancelled' }),
		);
		expect(liveTensors()).toBe(alive);
	});

	it('refuses sequences that say nothing, and items that are not there', async () => {
		await expect(fit(sparseRows([[[0, 1]], []], 3))).rejects.toThrow(RangeError);
		const outside = { ...takeRows(TRAIN, [0]), width: 3 };
		await expect(fit(outside)).rejects.toThrow(RangeError);
	});

	it('refuses bytes that are not its own', () => {
		expect(() => FittedSequence.from(new ArrayBuffer(4))).toThrow(RangeError);
	});
});
