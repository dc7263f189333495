import { addConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Add';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cast';
import { clipByValueConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/ClipByValue';
import { concatConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Concat';
import { expConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Exp';
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity';
import { multiplyConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply';
import { oneHotConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/OneHot';
import { realDivConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv';
import { reluConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape';
import { sliceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Slice';
import { sqrtConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sqrt';
import { stepConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Step';
import { subConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sub';
import { transposeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Transpose';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import { findBackendFactory, registerBackend } from '@tensorflow/tfjs-core';
import { registerKernels } from './register';

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

/** Plain JavaScript: slow, and everywhere. */
export function registerCpu(): void {
	registerKernels(kernels);
	if (!findBackendFactory('cpu')) registerBackend('cpu', () => new MathBackendCPU());
}
