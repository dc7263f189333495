import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Device, openDevice } from '$workers/device/device';
import { sequenceTrial } from '$workers/learners/sequence/trial';
import { seededRandom } from '$workers/math/random';

const SHAPE = { items: 30, size: 32, hidden: 64, length: 12, content: 0 };

/** The device that learns sequences in Node: WebAssembly, checked before it is trusted. */
export function openSequenceDevice(): Promise<Device> {
	const files = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
	return openDevice({
		trial: sequenceTrial(SHAPE, 8, seededRandom('trial')),
		wasmUrls: {
			plain: join(files, 'tfjs-backend-wasm.wasm'),
			simd: join(files, 'tfjs-backend-wasm-simd.wasm'),
		},
		prefer: 'wasm',
		now: () => performance.now(),
	});
}
