import { beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, type Device } from '$workers/device/device';
import type { AttributeGroup } from '$workers/learners/encoder/attributes';
import { epochOf } from '$workers/learners/training/checkpoint';
import { encoder, type EncoderParams } from '$workers/learners/encoder/encoder';
import type { TrainingRun } from '$workers/learners/training/run';
import { encoderFrom, type FittedEncoder } from '$workers/learners/encoder/fitted';
import { seededRandom } from '$workers/math/random';
import { sparseRows } from '$workers/table/sparse';
import { openNodeDevice } from '../support/node-device';
import { plantedAttributes } from '../support/planted-attributes';

const SMALL: Partial<EncoderParams> = { size: 4, hidden: 8, epochs: 6, batch: 16, rate: 0.01 };

let device: Device;
beforeAll(async () => {
	device = await openNodeDevice({ prefer: 'cpu' });
});

function run(change: Partial<TrainingRun> = {}): TrainingRun {
	return {
		cancelled: () => false,
		random: seededRandom(1),
		onProgress: () => {},
		checkpointEvery: 0,
		...change,
	};
}

const bytes = (fitted: FittedEncoder) => new Uint8Array(fitted.toBuffer());

describe('what the encoder learns', () => {
	it('guesses hidden attributes far better than the usual values do', async () => {
		const fitted = await encoder({ ...SMALL, epochs: 30 }, device).fit(
			plantedAttributes(240),
			run(),
		);
		const { loss, naiveLoss, rows } = fitted.summary;
		expect(rows).toBe(216);
		// Guessing the usual costs 1 by construction, but for chance in the rows held out.
		expect(naiveLoss).toBeCloseTo(1, 0);
		expect(loss).toBeLessThan(0.35 * naiveLoss);
	});

	it('lays rows of one kind together', async () => {
		const fitted = await encoder({ ...SMALL, epochs: 30 }, device).fit(
			plantedAttributes(240),
			run(),
		);
		const embeddings = await fitted.predict(plantedAttributes(30, 2).rows);
		const nearest = Array.from({ length: 30 }, (_, row) => nearestTo(row, embeddings, 4) % 3);
		expect(nearest).toEqual(Array.from({ length: 30 }, (_, row) => row % 3));
	});

	it('centres embeddings at unit variance', async () => {
		const { rows, groups } = plantedAttributes(240);
		const fitted = await encoder(SMALL, device).fit({ rows, groups }, run());
		const embeddings = await fitted.predict(rows);
		const mean = embeddings.reduce((sum, value) => sum + value, 0) / embeddings.length;
		const square = embeddings.reduce((sum, value) => sum + value ** 2, 0) / embeddings.length;
		expect(mean).toBeCloseTo(0, 1);
		expect(square).toBeCloseTo(1, 1);
	});

	it('is the same on WASM as on the processor, to 1e-3', async () => {
		const train = plantedAttributes(60);
		const onCpu = await encoder({ ...SMALL, rate: 0.002 }, device).fit(train, run());
		const wasm = await openNodeDevice({ prefer: 'wasm' });
		const onWasm = await encoder({ ...SMALL, rate: 0.002 }, wasm).fit(train, run());
		expect(onWasm.summary.loss).toBeCloseTo(onCpu.summary.loss, 3);
		const [left, right] = await Promise.all([
			onCpu.predict(train.rows),
			onWasm.predict(train.rows),
		]);
		expect(Math.max(...left.map((value, i) => Math.abs(value - (right[i] ?? 0))))).toBeLessThan(
			1e-3,
		);
	});

	it('stops when it learns no more, and keeps the best epoch', async () => {
		const params = { ...SMALL, epochs: 400, patience: 3, rate: 0.05 };
		const { summary } = await encoder(params, device).fit(plantedAttributes(60), run());
		expect(summary.epochs).toBe(summary.bestEpoch + 3);
		expect(summary.epochs).toBeLessThan(400);
	});

	it('learns from rows that never vary, or know no category, without a number that is none', async () => {
		const groups: AttributeGroup[] = [
			{ name: 'same', kind: 'binary', from: 0, to: 1 },
			{ name: 'steady', kind: 'number', from: 1, to: 2 },
			{ name: 'unknown', kind: 'category', from: 2, to: 4 },
			{ name: 'half', kind: 'binary', from: 4, to: 5 },
		];
		const rows = sparseRows(
			Array.from({ length: 20 }, (_, i) => [[0, 1], [1, 7], ...(i % 2 ? ([[4, 1]] as const) : [])]),
			5,
		);
		const fitted = await encoder(SMALL, device).fit({ rows, groups }, run());
		expect((await fitted.predict(rows)).every(Number.isFinite)).toBe(true);
		expect(Number.isFinite(fitted.summary.loss)).toBe(true);
	});
});

describe('going on with a training', () => {
	it('gives the same bytes from any checkpoint as without a break', async () => {
		const train = plantedAttributes(60);
		const checkpoints: ArrayBuffer[] = [];
		const whole = await encoder(SMALL, device).fit(
			train,
			run({ onCheckpoint: (checkpoint) => checkpoints.push(checkpoint) }),
		);
		expect(checkpoints.map(epochOf)).toEqual([1, 2, 3, 4, 5, 6]);
		for (const resumeFrom of checkpoints) {
			const resumed = await encoder(SMALL, device).fit(train, run({ resumeFrom }));
			expect(bytes(resumed)).toEqual(bytes(whole));
		}
	});

	it('goes on from the last epoch when its worker died', async () => {
		const train = plantedAttributes(60);
		const whole = await encoder(SMALL, device).fit(train, run());
		let last: ArrayBuffer | undefined;
		const broken = encoder(SMALL, device).fit(
			train,
			run({
				onCheckpoint(checkpoint) {
					last = checkpoint;
					if (epochOf(checkpoint) === 3) throw new Error('the worker died');
				},
			}),
		);
		await expect(broken).rejects.toThrow('the worker died');
		const resumed = await encoder(SMALL, device).fit(train, run({ resumeFrom: last }));
		expect(bytes(resumed)).toEqual(bytes(whole));
	});

	it('starts over where the checkpoint is torn, or of other data or parameters', async () => {
		let checkpoint = new ArrayBuffer(0);
		const onCheckpoint = (made: ArrayBuffer) => (checkpoint = made);
		const train = plantedAttributes(60);
		const whole = await encoder(SMALL, device).fit(train, run({ onCheckpoint }));
		await encoder(SMALL, device).fit(plantedAttributes(61), run({ onCheckpoint }));
		const ofOtherData = checkpoint;
		await encoder({ ...SMALL, epochs: 2 }, device).fit(train, run({ onCheckpoint }));
		const ofOtherParameters = checkpoint;
		const torn = checkpoint.slice(0, 1000);
		for (const resumeFrom of [ofOtherData, ofOtherParameters, torn]) {
			const fitted = await encoder(SMALL, device).fit(train, run({ resumeFrom }));
			expect(bytes(fitted)).toEqual(bytes(whole));
		}
		expect(epochOf(torn)).toBe(0);
	});

	it('takes smaller steps from the last good weights when it diverges', async () => {
		const steps = { ...SMALL, rate: 1e5, epochs: 3 };
		const before = liveTensors();
		const { summary } = await encoder(steps, device).fit(plantedAttributes(60), run());
		expect(summary.loss).toBeLessThan(100);
		expect(liveTensors()).toBe(before);
	});
});

describe('memory', () => {
	it('halves its batch, twice at most, when the device has too little', async () => {
		const train = plantedAttributes(60);
		const fitted = await encoder(SMALL, shortOfMemory(device, 2)).fit(train, run());
		expect(fitted.summary.epochs).toBe(6);
		await expect(encoder(SMALL, shortOfMemory(device, 3)).fit(train, run())).rejects.toThrow(
			'too little memory',
		);
	});
});

describe('bad input', () => {
	const rows = sparseRows([[[0, 1]], [[1, 1]]], 2);
	const refused = (groups: AttributeGroup[], given = rows) =>
		expect(encoder(SMALL, device).fit({ rows: given, groups }, run())).rejects.toThrow(RangeError);

	it('is refused where groups leave columns out, overlap, or are empty', async () => {
		await refused([{ name: 'a', kind: 'binary', from: 0, to: 1 }]);
		await refused([
			{ name: 'a', kind: 'binary', from: 0, to: 2 },
			{ name: 'b', kind: 'binary', from: 1, to: 2 },
		]);
		await refused([
			{ name: 'a', kind: 'binary', from: 0, to: 0 },
			{ name: 'b', kind: 'binary', from: 0, to: 2 },
		]);
		await refused([]);
	});

	it('is refused where there are no rows or a binary is no share', async () => {
		const groups: AttributeGroup[] = [{ name: 'a', kind: 'binary', from: 0, to: 2 }];
		await refused(groups, sparseRows([], 2));
		await refused(groups, sparseRows([[[0, 2]]], 2));
	});

	it('is refused by a fitted encoder, which names the column', async () => {
		const fitted = await encoder(SMALL, device).fit(plantedAttributes(60), run());
		await expect(fitted.predict(rows)).rejects.toThrow('trained on 11 columns, asked with 2');
		const query = plantedAttributes(1).rows;
		query.values[0] = Number.NaN;
		await expect(fitted.predict(query)).rejects.toThrow('column 0');
	});

	it('is refused where bytes are no encoder', async () => {
		const fitted = await encoder(SMALL, device).fit(plantedAttributes(60), run());
		expect(() => encoderFrom(fitted.toBuffer().slice(0, 200))).toThrow();
		expect(() => encoderFrom(new ArrayBuffer(4))).toThrow(RangeError);
	});
});

/** The row nearest to this one, by squared distance. */
function nearestTo(row: number, embeddings: Float32Array, size: number): number {
	const vector = (i: number) => embeddings.subarray(i * size, (i + 1) * size);
	const distances = Array.from({ length: embeddings.length / size }, (_, other) =>
		other === row
			? Infinity
			: vector(row).reduce((sum, value, i) => sum + (value - (vector(other)[i] ?? 0)) ** 2, 0),
	);
	return distances.indexOf(Math.min(...distances));
}

/** The real device, whose first reads fail as a GPU's do when its memory is full. */
function shortOfMemory(real: Device, times: number): Device {
	let left = times;
	return {
		report: real.report,
		gpu: null,
		use: (work) =>
			real.use((session) =>
				work({
					...session,
					read: (tensor) =>
						left-- > 0
							? Promise.reject(new RangeError('the GPU has too little memory'))
							: session.read(tensor),
				}),
			),
		close: () => real.close(),
	};
}
