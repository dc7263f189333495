import { getKernel, registerKernel, type KernelConfig } from '@tensorflow/tfjs-core';

/** Registers kernels that are not there yet; TensorFlow.js keeps one registry for the whole realm. */
export function registerKernels(configs: readonly KernelConfig[]): void {
	for (const config of configs)
		if (!getKernel(config.kernelName, config.backendName)) registerKernel(config);
}
