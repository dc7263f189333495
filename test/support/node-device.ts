import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openDevice, type Device, type DeviceOptions } from '$workers/device/device';
import { encoderTrial } from '$workers/learners/encoder/trial';
import { seededRandom } from '$workers/math/random';
import { plantedGroups } from './planted-attributes';

const files = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

export const wasmFiles = {
	plain: join(files, 'tfjs-backend-wasm.wasm'),
	simd: join(files, 'tfjs-backend-wasm-simd.wasm'),
};

/** A step of a small encoder on the planted attributes. */
export const smallTrial = () =>
	encoderTrial(plantedGroups, { hidden: 8, size: 4, batch: 16 }, seededRandom('trial'));

/** The device that tests and tools in Node compute on. */
export function openNodeDevice(options: Partial<DeviceOptions> = {}): Promise<Device> {
	return openDevice({ trial: smallTrial(), wasmUrls: wasmFiles, now: () => 0, ...options });
}
