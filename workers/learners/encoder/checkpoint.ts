import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Moments } from './step';

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

/** A RangeError where the checkpoint is of another training: start over then. */
export function checkpointFrom(buffer: ArrayBuffer, of: string, length: number): Checkpoint {
	const { arrays, metadata } = decodeTensors(buffer);
	if (metadata.format !== FORMAT || metadata.of !== of)
		throw new RangeError('encoder: this checkpoint belongs to another training');
	const array = (name: string): Float32Array => {
		const found = arrays[name];
		if (!(found instanceof Float32Array) || found.length !== length)
			throw new RangeError(`encoder: the checkpoint's "${name}" does not fit`);
		return found;
	};
	return {
		weights: array('weights'),
		first: array('first'),
		second: array('second'),
		best: array('best'),
		progress: JSON.parse(metadata.progress ?? '{}') as CheckpointProgress,
	};
}

/** The epoch that training would go on from. */
export function epochOf(checkpoint: ArrayBuffer): number {
	const { progress = '{}' } = decodeTensors(checkpoint).metadata;
	return (JSON.parse(progress) as Partial<CheckpointProgress>).epoch ?? 0;
}
