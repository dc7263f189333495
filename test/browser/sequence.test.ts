import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { describe, expect, it } from 'vitest';
import { liveTensors, openDevice } from '$workers/device/device';
import { check } from '$workers/device/trial';
import { encoderTrial } from '$workers/learners/encoder/trial';
import { sequenceModel } from '$workers/learners/sequence';
import { sequenceTrial } from '$workers/learners/sequence/trial';
import { seededRandom } from '$workers/math/random';
import { plantedGroups } from '../support/planted-attributes';
import { drawSequences, plantedChain } from '../support/planted-chain';

const CHAIN = plantedChain(8, 0.8);
const sequences = drawSequences(CHAIN, new Array<number>(30).fill(9), 'train');
/** A step of the model, checked without the race's limit of time: a software GPU builds its programs slowly. */
const step = sequenceTrial(
	{ items: 8, size: 4, hidden: 6, length: 5, content: 2 },
	3,
	seededRandom('trial'),
);
const SIZES = { size: 4, hidden: 8, batch: 16 };

async function fitOn(prefer: 'cpu' | 'webgpu') {
	const device = await openDevice({
		trial: encoderTrial(plantedGroups, SIZES, seededRandom('trial')),
		wasmUrls: {
			plain: new URL(plain, location.href).href,
			simd: new URL(simd, location.href).href,
		},
		now: () => 0,
		prefer,
	});
	const before = liveTensors();
	const error = await device.use(() => check(step, step.expected()));
	const params = { size: 4, hidden: 6, length: 5, epochs: 1, batch: 128 };
	const fitted = await sequenceModel(params, device).fit(
		{ sequences },
		{ cancelled: () => false, random: seededRandom(1), onProgress: () => {} },
	);
	const { chosen } = device.report;
	const left = liveTensors() - before;
	device.close();
	return { fitted, chosen, error, left };
}

describe('the sequence model on a software GPU', () => {
	it('is computed right, and learns there what it learns on the processor', async () => {
		const cpu = await fitOn('cpu');
		const gpu = await fitOn('webgpu');
		expect(gpu.chosen).toBe('webgpu');
		expect(gpu.error).toBeLessThan(1e-4);
		expect(gpu.left).toBe(0);
		const scores = await gpu.fitted.scores(sequences);
		const wanted = await cpu.fitted.scores(sequences);
		scores.forEach((score, i) => expect(Math.abs(score - wanted[i]!)).toBeLessThan(1e-2));
	});
});
