import { addConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Add';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Cast';
import { clipByValueConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/ClipByValue';
import { concatConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Concat';
import { expConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Exp';
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity';
import { multiplyConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Multiply';
import { oneHotConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/OneHot';
import { realDivConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/RealDiv';
import { reluConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape';
import { sliceConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Slice';
import { sqrtConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sqrt';
import { stepConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Step';
import { subConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Sub';
import { transposeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
import createModule from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { env, findBackendFactory, registerBackend } from '@tensorflow/tfjs-core';
import { registerKernels } from './register';

/**
 * Where the two builds of the WASM backend lie: absolute addresses of our own origin, since a worker
 * that was started from a blob has no root to be relative to; paths of files in Node.
 */
export interface WasmUrls {
	readonly plain: string;
	readonly simd: string;
}

const kernels = [
	addConfig,
	batchMatMulConfig,
	castConfig,
	clipByValueConfig,
	concatConfig,
	expConfig,
	identityConfig,
	multiplyConfig,
	oneHotConfig,
	realDivConfig,
	reluConfig,
	reshapeConfig,
	sliceConfig,
	sqrtConfig,
	stepConfig,
	subConfig,
	transposeConfig,
];

export function registerWasm(urls: WasmUrls): void {
	registerKernels(kernels);
	if (!findBackendFactory('wasm')) registerBackend('wasm', () => openWasm(urls));
}

/**
 * The single-threaded half of tfjs-backend-wasm's own `init`. Threads gain nothing on two cores and
 * are started in a way that the policy forbids; without `init`, their code is not even bundled.
 */
async function openWasm(urls: WasmUrls): Promise<BackendWasm> {
	const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
	const module = await createModule({ locateFile: () => (simd ? urls.simd : urls.plain) });
	const { cwrap } = module as unknown as Emscripten;
	module.tfjs = {
		init: cwrap('init', null, []),
		initWithThreadsCount: cwrap('init_with_threads_count', null, ['number']),
		getThreadsCount: cwrap('get_threads_count', 'number', []) as () => number,
		registerTensor: cwrap('register_tensor', null, ['number', 'number', 'number']),
		disposeData: cwrap('dispose_data', null, ['number']),
		dispose: cwrap('dispose', null, []),
	};
	return new BackendWasm(module);
}

interface Emscripten {
	cwrap(name: string, returns: 'number' | null, takes: string[]): (...values: number[]) => unknown;
}
