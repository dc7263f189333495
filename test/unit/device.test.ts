import { getBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { DeviceReport } from '$lib/contracts';
import { liveTensors } from '$workers/device/device';
import { relativeError, type Trial } from '$workers/device/trial';
import { openNodeDevice, smallTrial } from '../support/node-device';

describe('relativeError', () => {
	it('is none between equal numbers', () => {
		expect(relativeError({ a: [1, -2] }, { a: [1, -2] })).toBe(0);
	});

	it('is measured by the largest number of each array', () => {
		const expected = { large: [100, 50], small: [0.001, 0.002] };
		expect(relativeError({ large: [101, 50], small: [0.001, 0.002] }, expected)).toBeCloseTo(0.01);
		expect(relativeError({ large: [100, 50], small: [0.002, 0.002] }, expected)).toBeCloseTo(0.5);
	});

	it('is infinite where numbers lack or are not finite', () => {
		expect(relativeError({}, { a: [1] })).toBe(Infinity);
		expect(relativeError({ a: [Number.NaN] }, { a: [1] })).toBe(Infinity);
		expect(relativeError({ a: [1, 2] }, { a: [1] })).toBe(Infinity);
	});
});

describe('openDevice', () => {
	it('chooses the fastest backend, and says why the others were left', async () => {
		const { report } = await openNodeDevice({ now: () => 1234 });
		const trial = (name: string) => report.trials.find(({ backend }) => backend === name);
		expect(trial('webgpu')).toMatchObject({ verdict: 'absent', milliseconds: Number.NaN });
		expect(trial(report.chosen)).toMatchObject({ verdict: 'chosen', note: '' });
		expect(Math.min(trial('wasm')?.milliseconds ?? 0, trial('cpu')?.milliseconds ?? 0)).toBe(
			trial(report.chosen)?.milliseconds,
		);
		expect(report).toMatchObject({ measuredAt: 1234, adapter: '' });
	});

	it('finds both backends right to rounding, against float64', async () => {
		const { report } = await openNodeDevice();
		const errors = report.trials.filter(({ backend }) => backend !== 'webgpu');
		expect(errors.map(({ error }) => error < 1e-5)).toEqual([true, true]);
	});

	it('takes the backend that is asked for, without a race', async () => {
		const { report } = await openNodeDevice({ prefer: 'cpu' });
		expect(report.chosen).toBe('cpu');
		expect(report.trials.map(({ backend }) => backend)).toEqual(['cpu']);
	});

	it('leaves a backend whose numbers are wrong', async () => {
		const { report } = await openNodeDevice({ trial: wrongOn(['wasm']) });
		expect(report.chosen).toBe('cpu');
		expect(report.trials.find(({ backend }) => backend === 'wasm')?.verdict).toBe('wrong');
	});

	it('refuses to compute where every backend is wrong', async () => {
		await expect(openNodeDevice({ trial: wrongOn(['wasm', 'cpu']) })).rejects.toMatchObject({
			name: 'NoBackend',
		});
	});

	it('falls to another where the one asked for is not there', async () => {
		const { report } = await openNodeDevice({ prefer: 'webgpu' });
		expect(['wasm', 'cpu']).toContain(report.chosen);
	});

	it('keeps a remembered choice that still computes right', async () => {
		const remembered = reportOf('cpu', '');
		const { report } = await openNodeDevice({ remembered });
		expect(report).toBe(remembered);
	});

	it('races again when the remembered choice is wrong now, or was made on another GPU', async () => {
		const wrong = { trial: wrongOn(['wasm']), remembered: reportOf('wasm', '') };
		expect((await openNodeDevice(wrong)).report.chosen).toBe('cpu');
		const elsewhere = reportOf('cpu', 'another GPU');
		expect((await openNodeDevice({ remembered: elsewhere })).report).not.toBe(elsewhere);
	});

	it('leaves no tensor behind', async () => {
		const before = liveTensors();
		const device = await openNodeDevice();
		device.close();
		expect(liveTensors()).toBe(before);
	});
});

describe('use', () => {
	it('works on the chosen backend and hands back what the work gave', async () => {
		const device = await openNodeDevice({ prefer: 'cpu' });
		expect(await device.use(async ({ backend }) => [backend, getBackend()])).toEqual([
			'cpu',
			'cpu',
		]);
	});

	it("hands on the work's own errors", async () => {
		const device = await openNodeDevice({ prefer: 'cpu' });
		const failing = device.use(() => Promise.reject(new RangeError('of the work')));
		await expect(failing).rejects.toThrow('of the work');
	});
});

function reportOf(chosen: 'cpu' | 'wasm', adapter: string): DeviceReport {
	return { chosen, trials: [], measuredAt: 1, adapter };
}

/** A real step whose numbers come back altered on these backends, as from a faulty driver. */
function wrongOn(backends: readonly string[]): Trial {
	const trial = smallTrial();
	return {
		expected: () => trial.expected(),
		begin() {
			const run = trial.begin();
			const wrong = backends.includes(getBackend());
			return {
				step: () => run.step(),
				read: async () => {
					const numbers = await run.read();
					const first = Float32Array.from(numbers.first ?? [], (value) => value * 1.01);
					return wrong ? { ...numbers, first } : numbers;
				},
				dispose: () => run.dispose(),
			};
		},
	};
}
