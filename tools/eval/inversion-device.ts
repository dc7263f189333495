import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Device, openDevice } from '$workers/device/device';
import { inversionTrial } from '$workers/learners/ease';
import { seededRandom } from '$workers/math/random';

/** The device that inverts in Node: WebAssembly, checked before it is trusted. */
export function openInversionDevice(): Promise<Device> {
	const files = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
	return openDevice({
		trial: inversionTrial(seededRandom('inversion')),
		wasmUrls: {
			plain: join(files, 'tfjs-backend-wasm.wasm'),
			simd: join(files, 'tfjs-backend-wasm-simd.wasm'),
		},
		prefer: 'wasm',
		now: () => performance.now(),
	});
}
