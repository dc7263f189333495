import { decodeTensors, encodeTensors, type Tensors } from '$workers/table/tensors';
import type { Moments } from '../adam';

/** All that training needs to go on as if nothing had happened; it holds no row. */
export interface Checkpoint extends Moments {
	/** The weights of the best epoch so far. */
	readonly best: Float32Array;
	readonly progress: CheckpointProgress;
}

export interface CheckpointProgress {
	/** Epochs done. Randomness needs no other position: each epoch draws from its own named stream. */
	readonly epoch: number;
	/** Steps of the optimiser done. */
	readonly steps: number;
	readonly rate: number;
	/** Rows of a step. */
	readonly batch: number;
	readonly bestEpoch: number;
	readonly bestLoss: number;
	readonly naiveLoss: number;
}

const FORMAT = 'encoder-checkpoint-1';

/** @param of what was trained on, and how: only the same training may go on from here */
export function checkpointToBuffer(checkpoint: Checkpoint, of: string): ArrayBuffer {
	const { progress, ...arrays } = checkpoint;
	return encodeTensors({
		arrays,
		metadata: { format: FORMAT, of, progress: JSON.stringify(progress) },
	});
}

/** `null` where the bytes are torn or belong to another training: start over then. */
export function checkpointFrom(buffer: ArrayBuffer, of: string, length: number): Checkpoint | null {
	const stored = decodeOrNull(buffer);
	if (stored?.metadata.format !== FORMAT || stored.metadata.of !== of) return null;
	const { weights, first, second, best } = stored.arrays;
	for (const array of [weights, first, second, best])
		if (!(array instanceof Float32Array) || array.length !== length) return null;
	return {
		...({ weights, first, second, best } as Moments & { best: Float32Array }),
		progress: JSON.parse(stored.metadata.progress ?? '{}') as CheckpointProgress,
	};
}

function decodeOrNull(buffer: ArrayBuffer): Tensors | null {
	try {
		return decodeTensors(buffer);
	} catch {
		return null;
	}
}

/** The epoch that training would go on from; 0 where it would start over. */
export function epochOf(checkpoint: ArrayBuffer): number {
	const { progress = '{}' } = decodeOrNull(checkpoint)?.metadata ?? {};
	return (JSON.parse(progress) as Partial<CheckpointProgress>).epoch ?? 0;
}
