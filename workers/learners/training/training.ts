import type { Tensor } from '@tensorflow/tfjs-core';
import type { Device, Session } from '$workers/device/device';
import type { Random } from '$workers/math/random';
import type { AdamStep, Moments } from '../adam';
import { Breath } from './breath';
import {
	type Checkpoint,
	type CheckpointProgress,
	checkpointFrom,
	checkpointToBuffer,
} from './checkpoint';
import type { MomentTensors } from './device-adam';
import type { TrainingRun } from './run';

/** A network on the device. */
export interface TrainedNetwork {
	readonly moments: MomentTensors;
	dispose(): void;
}

/** One step of the optimiser. */
export type Step<Network> = (network: Network, step: AdamStep) => void;

/** What the loss on rows held out is made of. */
export interface Held<Network> {
	readonly network: Network;
	/** Of the network, as they were read. */
	readonly weights: Float32Array;
	/** Rows or steps that fit together on the device. */
	readonly batch: number;
	/** Reads a tensor and disposes it; lets messages in. */
	take(tensor: Tensor): Promise<Float32Array>;
}

/** What differs from one network to another. */
export interface Lesson<Network extends TrainedNetwork> {
	/** Says which training a checkpoint belongs to, without saying anything of its rows. */
	readonly name: string;
	/** At most so many passes. */
	readonly epochs: number;
	/** Stops after so many epochs without a better loss. */
	readonly patience: number;
	/** A loss that is not below counts as diverged. */
	readonly diverged: number;
	/** Weights before any learning, and what is known before the first step. */
	begin(): Beginning;
	upload(from: Moments): Network;
	/** The steps of one pass, of at most so many rows or steps each. */
	pass(batch: number, random: Random): readonly Step<Network>[];
	heldLoss(held: Held<Network>): number | Promise<number>;
}

export interface Beginning extends Pick<CheckpointProgress, 'batch' | 'naiveLoss' | 'rate'> {
	readonly weights: Float32Array;
}

const CHECKPOINT_EVERY = 2000;
const MOST_ROLLBACKS = 5;
/** Times that batches are halved when memory runs out. */
const MOST_HALVINGS = 2;

/**
 * Trains a network with Adam and gives the last checkpoint, whose `best` are the weights of the epoch
 * with the least loss. Each epoch draws from its own named stream, so that a training that goes on from
 * a checkpoint gives the same bytes. An epoch that diverged is done again from the last checkpoint with
 * a tenth of the rate; one that ran out of memory with half the batch. Progress is told in epochs.
 *
 * A CancelledError where the run was cancelled, an Error where it diverges at any rate.
 */
export async function train<Network extends TrainedNetwork>(
	lesson: Lesson<Network>,
	device: Device,
	run: TrainingRun,
): Promise<Checkpoint> {
	const training = new Training(lesson, run);
	await device.use((session) => training.go(session));
	run.onProgress({ done: lesson.epochs, total: lesson.epochs });
	return training.checkpoint;
}

/** One training, over however many sessions it takes: it goes on from its last checkpoint. */
class Training<Network extends TrainedNetwork> {
	checkpoint: Checkpoint;
	readonly #lesson: Lesson<Network>;
	readonly #run: TrainingRun;
	readonly #breath: Breath;
	#savedAt = performance.now();
	#rollbacks = 0;
	#halvings = 0;

	constructor(lesson: Lesson<Network>, run: TrainingRun) {
		this.#lesson = lesson;
		this.#run = run;
		this.#breath = new Breath(run, lesson.epochs);
		const first = firstCheckpoint(lesson);
		const resumed =
			run.resumeFrom && checkpointFrom(run.resumeFrom, lesson.name, first.weights.length);
		this.checkpoint = resumed || first;
	}

	/** Trains to the end, or until the device fails. */
	async go(session: Session): Promise<void> {
		while (!this.#isDone()) {
			const network = this.#lesson.upload(this.checkpoint);
			try {
				while (!this.#isDone()) if (!(await this.#epoch(network, session))) break;
			} catch (error) {
				if (!(error instanceof RangeError) || this.#halvings++ === MOST_HALVINGS) throw error;
				this.#change({ batch: Math.ceil(this.checkpoint.progress.batch / 2) });
			} finally {
				network.dispose();
			}
		}
	}

	#isDone(): boolean {
		const { epoch, bestEpoch } = this.checkpoint.progress;
		const { epochs, patience } = this.#lesson;
		return epoch >= epochs || epoch - bestEpoch >= patience;
	}

	/** One pass, and a new checkpoint; `false` where it diverged and must be done again. */
	async #epoch(network: Network, session: Session): Promise<boolean> {
		const { epoch, rate, batch, steps } = this.checkpoint.progress;
		const pass = this.#lesson.pass(batch, this.#run.random.fork(`epoch ${epoch}`));
		const breathe = (done: number) =>
			this.#breath.after(network.moments.weights, session, epoch + done);
		for (const [i, step] of pass.entries()) {
			step(network, { rate, number: steps + i + 1 });
			await breathe(i / pass.length);
		}
		const moments = await read(network, session);
		const take = async (tensor: Tensor) => {
			const values = await session.read(tensor).finally(() => tensor.dispose());
			await breathe(1);
			return values;
		};
		const { weights } = moments;
		const loss = await this.#lesson.heldLoss({ network, weights, batch, take });
		if (!(loss < this.#lesson.diverged)) return this.#rollBack();
		this.#save(moments, loss, steps + pass.length);
		return true;
	}

	#save(moments: Moments, loss: number, steps: number): void {
		const { progress, best } = this.checkpoint;
		const epoch = progress.epoch + 1;
		const better = loss < progress.bestLoss;
		this.checkpoint = {
			...moments,
			best: better ? moments.weights : best,
			progress: {
				...progress,
				epoch,
				steps,
				...(better && { bestEpoch: epoch, bestLoss: loss }),
			},
		};
		const { checkpointEvery = CHECKPOINT_EVERY } = this.#run;
		if (performance.now() - this.#savedAt < checkpointEvery) return;
		this.#savedAt = performance.now();
		this.#run.onCheckpoint?.(checkpointToBuffer(this.checkpoint, this.#lesson.name));
	}

	/** Goes on from the last good checkpoint, in smaller steps. */
	#rollBack(): false {
		if (this.#rollbacks++ === MOST_ROLLBACKS)
			throw new Error(
				'Training diverges however small its steps. Look for odd values in the data.',
			);
		this.#change({ rate: this.checkpoint.progress.rate / 10 });
		return false;
	}

	#change(change: Partial<CheckpointProgress>): void {
		const progress = { ...this.checkpoint.progress, ...change };
		this.checkpoint = { ...this.checkpoint, progress };
	}
}

function firstCheckpoint<Network extends TrainedNetwork>(lesson: Lesson<Network>): Checkpoint {
	const { weights, ...known } = lesson.begin();
	const progress = { epoch: 0, steps: 0, bestEpoch: 0, bestLoss: lesson.diverged, ...known };
	const none = () => new Float32Array(weights.length);
	return { weights, first: none(), second: none(), best: weights, progress };
}

async function read({ moments }: TrainedNetwork, session: Session): Promise<Moments> {
	return {
		weights: await session.read(moments.weights),
		first: await session.read(moments.first),
		second: await session.read(moments.second),
	};
}
