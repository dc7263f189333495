import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { afterEach, describe, expect, it } from 'vitest';
import { liveTensors, openDevice, type Device, type DeviceOptions } from '$workers/device/device';
import { encoder } from '$workers/learners/encoder/encoder';
import type { TrainingRun } from '$workers/learners/training/run';
import type { FittedEncoder } from '$workers/learners/encoder/fitted';
import { encoderTrial } from '$workers/learners/encoder/trial';
import { seededRandom } from '$workers/math/random';
import { plantedAttributes, plantedGroups } from '../support/planted-attributes';

const SIZES = { size: 4, hidden: 8, batch: 16 };
const trial = encoderTrial(plantedGroups, SIZES, seededRandom('trial'));
const wasmUrls = {
	plain: new URL(plain, location.href).href,
	simd: new URL(simd, location.href).href,
};

let device: Device | undefined;
afterEach(() => device?.close());

async function open(options: Partial<DeviceOptions> = {}): Promise<Device> {
	device = await openDevice({ trial, wasmUrls, now: () => 0, ...options });
	return device;
}

const train = plantedAttributes(48);

function fit(on: Device, change: Partial<TrainingRun> = {}) {
	const run = { cancelled: () => false, random: seededRandom(1), onProgress: () => {}, ...change };
	return encoder({ ...SIZES, epochs: 4, rate: 0.002 }, on).fit(train, {
		...run,
		checkpointEvery: 0,
	});
}

describe('the device in a browser whose GPU is computed by the processor', () => {
	it('is chosen by measurement, without the software GPU', async () => {
		const { report } = await open();
		expect(['wasm', 'cpu']).toContain(report.chosen);
		expect(report.trials.map(({ backend, verdict }) => `${backend} ${verdict}`)).toContain(
			'webgpu software',
		);
		expect(report.trials.find(({ backend }) => backend === 'wasm')?.error).toBeLessThan(1e-5);
		expect(report.adapter).toMatch(/swiftshader/i);
	});

	it('is the software GPU when asked for, and learns there what it learns on the processor', async () => {
		const onCpu = await fit(await open({ prefer: 'cpu' }));
		const before = liveTensors();
		const gpu = await open({ prefer: 'webgpu' });
		expect(gpu.report.trials).toMatchObject([{ backend: 'webgpu', verdict: 'chosen', note: '' }]);
		expect(gpu.report.trials[0]?.error).toBeLessThan(1e-4);

		const onGpu = await fit(gpu);
		expect(liveTensors()).toBe(before);
		expect(onGpu.summary.loss).toBeCloseTo(onCpu.summary.loss, 3);
		expect(await difference(onGpu, onCpu)).toBeLessThan(1e-3);
	});

	it('goes on with a new GPU when one is lost, and leaves it when lost twice within a minute', async () => {
		const unbroken = await fit(await open({ prefer: 'cpu' }));
		const before = liveTensors();
		const gpu = await open({ prefer: 'webgpu' });
		const lost: (GPUDevice | null)[] = [];
		const fitted = await fit(gpu, {
			onCheckpoint: () => {
				if (lost.length === 2) return;
				lost.push(gpu.gpu);
				gpu.gpu?.destroy();
			},
		});
		expect(lost[0]).toBeInstanceOf(GPUDevice);
		expect(lost[1]).toBeInstanceOf(GPUDevice);
		expect(lost[1]).not.toBe(lost[0]);
		expect(['wasm', 'cpu']).toContain(gpu.report.chosen);
		expect(gpu.report.trials.find(({ backend }) => backend === 'webgpu')).toMatchObject({
			verdict: 'failed',
			note: 'it was lost',
		});
		expect(liveTensors()).toBe(before);
		expect(await difference(fitted, unbroken)).toBeLessThan(1e-3);
	});
});

async function difference(left: FittedEncoder, right: FittedEncoder): Promise<number> {
	const [a, b] = await Promise.all([left.predict(train.rows), right.predict(train.rows)]);
	return Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));
}
