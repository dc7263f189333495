import type { Run } from '../contract';

/** A run that can be broken off and gone on with. */
export interface TrainingRun extends Run {
	/** Given a checkpoint after an epoch, at most every `checkpointEvery`. */
	onCheckpoint?(checkpoint: ArrayBuffer): void;
	/** Milliseconds; two seconds if left out. */
	readonly checkpointEvery?: number;
	/**
	 * Where an earlier run of the same training, with the same seed, was broken off. One that is torn,
	 * or of other data or parameters, is left: training starts over.
	 */
	readonly resumeFrom?: ArrayBuffer;
}
