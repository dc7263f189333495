import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { WasmUrls } from './wasm';

/**
 * Where the build put the WASM files. Absolute: a worker's own address is a blob's, and addresses that
 * begin with a slash fail in it. Apart from `wasm.ts`, since Node knows no `?url`.
 */
export const wasmFiles: WasmUrls = {
	plain: new URL(plain, import.meta.url).href,
	simd: new URL(simd, import.meta.url).href,
};
