import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Device, TOLERANCE } from '$workers/device/device';
import { check } from '$workers/device/trial';
import { network, networkFrom, networkTrial } from '$workers/learners/network';
import { type Batch, batchOf } from '$workers/learners/network/batch';
import { initialWeights, layoutOf } from '$workers/learners/network/layout';
import { referenceStep } from '$workers/learners/network/reference';
import { DeviceNetwork } from '$workers/learners/network/step';
import { seededRandom } from '$workers/math/random';
import { auc, r2 } from '$workers/metrics';
import { fullRows } from '$workers/table/sparse';
import { categoryColumn, matrix, numberColumn, takeMatrixRows } from '$workers/table/matrix';
import { plainRun } from '../conformance/learner';
import { openNodeDevice } from '../support/node-device';

let device: Device;
beforeAll(async () => {
	device = await openNodeDevice({ prefer: 'wasm' });
});
afterAll(() => device.close());

const shape = { columns: 4, hidden: [5, 3] };
const random = seededRandom('network');
const weights = initialWeights(shape, 4, 0.3, random);
const none = new Float32Array(layoutOf(shape).length);
const from = { weights, first: none, second: none };
const batch: Batch = batchOf(
	{
		rows: fullRows(
			Float32Array.from({ length: 40 }, () => random.normal()),
			5,
		),
		targets: Float64Array.from({ length: 8 }, (_, row) => row % 2),
		weights: Float64Array.from({ length: 8 }, (_, row) => 0.5 + row / 7),
	},
	Uint32Array.from({ length: 8 }, (_, row) => row),
	shape,
	0.3,
	random,
);

describe('a step of the network', () => {
	for (const task of ['classes', 'values'] as const) {
		const settings = { task, rate: 0.01, decay: 0.1, number: 1 };

		it(`for ${task} has the gradient that small changes of the weights give`, () => {
			const { gradient } = referenceStep(shape, from, batch, settings);
			// A power of two, so that float32 weights move by exactly this.
			const small = 2 ** -12;
			const lossAt = (i: number, change: number) => {
				const moved = weights.with(i, (weights[i] as number) + change);
				return referenceStep(shape, { ...from, weights: moved }, batch, settings).loss;
			};
			const differences = gradient.map((slope, i) =>
				Math.abs((lossAt(i, small) - lossAt(i, -small)) / (2 * small) - slope),
			);
			expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.01);
			expect(Math.max(...differences)).toBeLessThan(1e-3);
		});

		it(`for ${task} is the reference's on the device`, async () => {
			const expected = referenceStep(shape, from, batch, settings);
			const found = await device.use(async (session) => {
				const own = new DeviceNetwork(shape, from);
				try {
					own.train(batch, settings);
					return {
						weights: await session.read(own.moments.weights),
						first: await session.read(own.moments.first),
					};
				} finally {
					own.dispose();
				}
			});
			expected.weights.forEach((weight, i) => expect(found.weights[i]).toBeCloseTo(weight, 5));
			expected.first.forEach((value, i) => expect(found.first[i]).toBeCloseTo(value, 5));
		});
	}

	it('can be raced for on any shape', async () => {
		const trial = networkTrial({ columns: 7, hidden: [6] }, 10, seededRandom('trial'));
		const error = await device.use(() => check(trial, trial.expected()));
		expect(error).toBeLessThan(TOLERANCE);
	});
});

describe('the network learns what no weighted sum can', () => {
	const COUNT = 600;
	const draw = seededRandom('crossed');
	const x = Float64Array.from({ length: COUNT }, () => draw.normal());
	const side = Float64Array.from({ length: COUNT }, () => draw.integer(2));
	const rows = matrix([numberColumn('x', x), categoryColumn('side', side, ['left', 'right'])]);
	const crossed = x.map((value, row) => (side[row] === 1 ? value : -value));
	const train = takeMatrixRows(rows, [...Array(400).keys()]);
	const rest = Array.from({ length: 200 }, (_, i) => 400 + i);
	const sizes = { units: 12, secondUnits: 0, epochs: 40, batch: 32, rate: 0.01, dropout: 0 };

	it('crossed classes', async () => {
		const targets = crossed.map((value) => Number(value > 0));
		const learner = network({ task: 'classes', ...sizes }, device);
		const fitted = await learner.fit({ rows: train, targets: targets.slice(0, 400) }, plainRun());
		const { scores } = await fitted.predict(takeMatrixRows(rows, rest));
		expect(auc(targets.slice(400), scores)).toBeGreaterThan(0.97);
	});

	it('crossed values, in their own unit', async () => {
		const targets = crossed.map((value) => 1000 + 50 * value);
		const learner = network({ task: 'values', ...sizes }, device);
		const fitted = await learner.fit({ rows: train, targets: targets.slice(0, 400) }, plainRun());
		const { values } = await fitted.predict(takeMatrixRows(rows, rest));
		expect(r2(targets.slice(400), values)).toBeGreaterThan(0.95);
	});

	it('and refuses bytes that are not its own', async () => {
		const learner = network({ task: 'values', ...sizes, epochs: 1 }, device);
		const fitted = await learner.fit({ rows: train, targets: crossed.slice(0, 400) }, plainRun());
		expect(() => networkFrom(fitted.toBuffer().slice(0, 300))).toThrow(RangeError);
	});
});
