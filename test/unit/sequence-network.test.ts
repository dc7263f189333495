import { describe, expect, it } from 'vitest';
import { liveTensors, TOLERANCE } from '$workers/device/device';
import { check } from '$workers/device/trial';
import { initialWeights, layoutOf, LAYERS } from '$workers/learners/sequence/layout';
import { referenceGradient, referenceNetwork } from '$workers/learners/sequence/reference';
import { batchOf, chunksOf, windowsOf } from '$workers/learners/sequence/sequences';
import { sequenceTrial } from '$workers/learners/sequence/trial';
import { seededRandom } from '$workers/math/random';
import { openNodeDevice } from '../support/node-device';

const SHAPE = { items: 7, size: 4, hidden: 5, length: 6, content: 3 };
const SEQUENCES = {
	count: 4,
	width: 7,
	starts: Uint32Array.of(0, 6, 7, 7, 11),
	columns: Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 6, 1, 6, 2),
};
const ALL = Uint32Array.of(0, 1, 2, 3);

function example(dropout = 0.3) {
	const random = seededRandom('example');
	const shares = new Float32Array(SHAPE.items).fill(1 / SHAPE.items);
	const windows = windowsOf(SEQUENCES, ALL, SHAPE.length);
	return {
		weights: Float64Array.from(initialWeights(SHAPE, shares, random)).map(
			(value) => value + 0.3 * random.normal(),
		),
		content: Float32Array.from({ length: SHAPE.items * SHAPE.content }, () => random.normal()),
		batch: batchOf(SEQUENCES, windows, SHAPE.size, dropout, random),
	};
}

describe('windows of sequences', () => {
	it('cover every step that has a next one, once', () => {
		for (const length of [1, 2, 3, 6]) {
			const steps = windowsOf(SEQUENCES, ALL, length).flatMap((window) =>
				Array.from({ length: window.length }, (_, i) => window.at + i),
			);
			expect(steps.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 7, 8, 9]);
		}
	});

	it('make batches of at most so many steps, whose weights sum to 1', () => {
		const chunks = chunksOf(windowsOf(SEQUENCES, ALL, 2), 4);
		expect(chunks.map((chunk) => chunk.length)).toEqual([2, 2, 1]);
		const batch = batchOf(SEQUENCES, chunks[0]!, 2, 0, seededRandom(1));
		expect(batch.weight.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
	});
});

describe('the sequence network', () => {
	it('has the gradient that finite differences have, in every layer', () => {
		const { weights, content, batch } = example();
		const lossAt = (at: ArrayLike<number>) => {
			const { values } = referenceNetwork(SHAPE, at, content).likelihood(batch);
			return values.reduce((sum, value, i) => sum - batch.weight[i]! * Math.log(value), 0);
		};
		const gradient = referenceGradient(referenceNetwork(SHAPE, weights, content), batch);
		const { layers } = layoutOf(SHAPE);
		for (const name of LAYERS) {
			const { at, rows, columns } = layers[name];
			for (let i = at; i < at + rows * columns; i++) {
				const [more, less] = [1e-5, -1e-5].map((step) => {
					const moved = weights.slice();
					moved[i]! += step;
					return lossAt(moved);
				}) as [number, number];
				expect(gradient[i], `${name} ${i - at}`).toBeCloseTo((more - less) / 2e-5, 7);
			}
		}
	});

	it('guesses probabilities: over all next items they sum to 1', () => {
		const { weights, content, batch } = example();
		const network = referenceNetwork(SHAPE, weights, content);
		const sums = new Float64Array(batch.items.length);
		for (let item = 0; item < SHAPE.items; item++) {
			const next = new Int32Array(batch.next.length).fill(item);
			network.likelihood({ ...batch, next }).values.forEach((value, i) => (sums[i]! += value));
		}
		sums.forEach((sum) => expect(sum).toBeCloseTo(1, 12));
	});

	it('does not see what comes later', () => {
		const { weights, content, batch } = example(0);
		const network = referenceNetwork(SHAPE, weights, content);
		const before = network.outlook(batch).values;
		const items = batch.items.slice();
		items[batch.length - 1] = (items[batch.length - 1]! + 1) % SHAPE.items;
		const after = network.outlook({ ...batch, items }).values;
		const last = (batch.length - 1) * SHAPE.size;
		expect([...after.slice(0, last)]).toEqual([...before.slice(0, last)]);
		expect(after[last]).not.toBe(before[last]);
	});
});

describe('a step of the sequence model', () => {
	for (const prefer of ['cpu', 'wasm'] as const)
		it(`is right on ${prefer}, and leaves no tensor behind`, async () => {
			const trial = sequenceTrial(SHAPE, 3, seededRandom('trial'));
			const device = await openNodeDevice({ prefer, trial });
			const alive = liveTensors();
			await device.use(async () => {
				expect(await check(trial, trial.expected())).toBeLessThan(TOLERANCE);
			});
			expect(device.report.chosen).toBe(prefer);
			expect(liveTensors()).toBe(alive);
			device.close();
		});
});
