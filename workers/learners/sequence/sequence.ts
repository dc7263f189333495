import type { Device, Session } from '$workers/device/device';
import { hashText, shuffle } from '$workers/math/random';
import { CancelledError, type Estimator, type Run } from '../contract';
import {
	type Checkpoint,
	type CheckpointProgress,
	checkpointFrom,
	checkpointToBuffer,
} from '../encoder/checkpoint';
import type { ItemQuery, RankedItems } from '../interactions';
import { FittedSequence } from './fitted-sequence';
import { initialWeights, layerOf, layoutOf, type Shape } from './layout';
import {
	type Batch,
	type Sequences,
	type Window,
	batchOf,
	checkSequences,
	chunksOf,
	windowsOf,
} from './sequences';
import { DeviceNetwork } from './step';

/** Sequences, and what is known of their items. */
export interface SequenceExamples {
	readonly sequences: Sequences;
	/** Fixed numbers of each item, equally many each, item after item; absent where nothing is known. */
	readonly content?: Float32Array;
}

export interface SequenceParams {
	/** Numbers of an item. */
	readonly size: number;
	/** Units between the two layers that follow attention. */
	readonly hidden: number;
	/** The longest memory, in steps. */
	readonly length: number;
	/** At most so many passes over the sequences. */
	readonly epochs: number;
	/** At most so many steps of sequences a step of the optimiser; fewer where there are many items. */
	readonly batch: number;
	/** Adam's step size. */
	readonly rate: number;
	/** Chance that a number is left out; below 1. */
	readonly dropout: number;
	/** Stops after so many epochs without a better loss. */
	readonly patience: number;
}

const USUAL: SequenceParams = {
	size: 32,
	hidden: 64,
	length: 50,
	epochs: 60,
	batch: 512,
	rate: 0.003,
	dropout: 0.2,
	patience: 5,
};

/** A run that can be broken off and gone on with. */
export interface SequenceRun extends Run {
	/** Given a checkpoint after an epoch, at most every `checkpointEvery`. */
	onCheckpoint?(checkpoint: ArrayBuffer): void;
	/** Milliseconds; two seconds if left out. */
	readonly checkpointEvery?: number;
	/** Where the same training, with the same seed, was broken off; one of another training is left. */
	readonly resumeFrom?: ArrayBuffer;
}

export interface SequenceEstimator extends Estimator<SequenceExamples, ItemQuery, RankedItems> {
	fit(train: SequenceExamples, run: SequenceRun): Promise<FittedSequence>;
}

/** Sequences held out: this share of all, at most so many; none of fewer than `HELD_FROM`. */
const HELD_SHARE = 0.1;
const HELD_MOST = 2000;
const HELD_FROM = 50;
/** Numbers of a batch's guesses: bounds memory, and the time until a training hears of its end. */
const MOST_GUESSES = 2 ** 21;
/** Time (ms) from one breath to the next. */
const BREATH = 50;
const CHECKPOINT_EVERY = 2000;
const MOST_ROLLBACKS = 5;
/** Times that batches are halved when memory runs out. */
const MOST_HALVINGS = 2;
/** An item never seen to follow counts as half a time. */
const UNSEEN = 0.5;
/** A probability is not believed below this; keeps a logarithm finite. */
const LEAST = 1e-12;

/**
 * Learns which item follows which: see `Network`. The loss is the full softmax over all items. Keeps the
 * weights of the epoch with the least loss on sequences held out. With one seed the CPU backend gives
 * the same bytes at each fit; backends agree to about 1e-3.
 */
export function sequenceModel(params: Partial<SequenceParams>, device: Device): SequenceEstimator {
	const all = { ...USUAL, ...params };
	return {
		name: 'sequence',
		params: { ...all },
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			const plan = planOf(train, all, run);
			const training = new Training(plan);
			await device.use((session) => training.go(session));
			run.onProgress({ done: 1, total: 1 });
			const { best, progress } = training.checkpoint;
			return FittedSequence.trained(plan.shape, withoutUnseen(best, plan), plan.content, {
				sequences: train.sequences.count,
				epochs: progress.epoch,
				bestEpoch: progress.bestEpoch,
				loss: progress.bestLoss,
				naiveLoss: progress.naiveLoss,
			});
		},
	};
}

/** What stays the same during a training. */
interface Plan {
	readonly params: SequenceParams;
	readonly sequences: Sequences;
	readonly content: Float32Array | null;
	readonly shape: Shape;
	/** Of each item among those that follow. */
	readonly shares: Float32Array;
	readonly windows: readonly Window[];
	readonly held: readonly Window[];
	/** Says which training a checkpoint belongs to, without saying anything of its rows. */
	readonly name: string;
	readonly run: SequenceRun;
}

function planOf(train: SequenceExamples, params: SequenceParams, run: SequenceRun): Plan {
	const { sequences, content = null } = train;
	checkSequences(sequences);
	checkContent(content, sequences.width);
	const order = Uint32Array.from({ length: sequences.count }, (_, row) => row);
	shuffle(order, run.random.fork('held out'));
	const count =
		order.length < HELD_FROM ? 0 : Math.min(HELD_MOST, Math.round(order.length * HELD_SHARE));
	const windows = windowsOf(sequences, order.slice(count), params.length);
	if (windows.length === 0)
		throw new RangeError('nothing follows anything in the sequences to learn from');
	const held = windowsOf(sequences, order.slice(0, count), params.length);
	const { size, hidden, length } = params;
	const width = content ? content.length / sequences.width : 0;
	const data = [sequences.count, sequences.width, sequences.columns.length, width];
	return {
		params,
		sequences,
		content,
		shape: { items: sequences.width, size, hidden, length, content: width },
		shares: sharesOf(sequences, windows),
		windows,
		held: held.length > 0 ? held : windows,
		name: `sequence ${hashText(JSON.stringify([data, params]))}`,
		run,
	};
}

function checkContent(content: Float32Array | null, items: number): void {
	if (items < 2) throw new RangeError('a sequence model needs at least two items');
	if (!content) return;
	if (content.length === 0 || content.length % items !== 0)
		throw new RangeError('the content does not have equally many numbers an item');
	if (!content.every(Number.isFinite)) throw new RangeError('the content is not finite');
}

function sharesOf({ columns, width }: Sequences, windows: readonly Window[]): Float32Array {
	const shares = new Float32Array(width).fill(UNSEEN);
	for (const { at, length } of windows)
		for (const item of columns.subarray(at + 1, at + 1 + length))
			shares[item] = (shares[item] as number) + 1;
	const total = shares.reduce((sum, share) => sum + share, 0);
	return shares.map((share) => share / total);
}

/**
 * An item that never occurred is known by its content alone: what it has of its own was only ever learned
 * from its absence.
 */
function withoutUnseen(weights: Float32Array, { sequences, shape, windows }: Plan): Float32Array {
	const seen = new Uint8Array(shape.items);
	for (const { at, length } of windows)
		for (const item of sequences.columns.subarray(at, at + 1 + length)) seen[item] = 1;
	const own = weights.slice();
	const layer = layerOf(own, layoutOf(shape).layers.item);
	for (let item = 0; item < shape.items; item++)
		if (!seen[item]) layer.fill(0, item * shape.size, (item + 1) * shape.size);
	return own;
}

/** One training, over however many sessions it takes: it goes on from its last checkpoint. */
class Training {
	checkpoint: Checkpoint;
	readonly #plan: Plan;
	#savedAt = performance.now();
	#breathAt = performance.now();
	/** Steps since the last breath. */
	#steps = 0;
	#stepsInBreath = 1;
	#rollbacks = 0;
	#halvings = 0;

	constructor(plan: Plan) {
		this.#plan = plan;
		const { resumeFrom } = plan.run;
		const resumed =
			resumeFrom && checkpointFrom(resumeFrom, plan.name, layoutOf(plan.shape).length);
		this.checkpoint = resumed || firstCheckpoint(plan);
	}

	async go(session: Session): Promise<void> {
		const { shape, content } = this.#plan;
		while (!this.#isDone()) {
			const network = new DeviceNetwork(shape, content, this.checkpoint);
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
		const { epochs, patience } = this.#plan.params;
		return epoch >= epochs || epoch - bestEpoch >= patience;
	}

	/** One pass, and a new checkpoint; `false` where it diverged and must be done again in smaller steps. */
	async #epoch(network: DeviceNetwork, session: Session): Promise<boolean> {
		const { sequences, windows, params, run } = this.#plan;
		const { epoch, rate, batch, steps } = this.checkpoint.progress;
		const random = run.random.fork(`epoch ${epoch}`);
		const chunks = shuffle(chunksOf(shuffle([...windows], random), batch), random);
		for (const [i, chunk] of chunks.entries()) {
			const filled = batchOf(sequences, chunk, params.size, params.dropout, random);
			network.train(filled, rate, steps + i + 1);
			await this.#breathe(network, session, (epoch + i / chunks.length) / params.epochs);
		}
		const loss = await this.#heldLoss(network, session);
		if (!Number.isFinite(loss)) return this.#rollBack();
		await this.#save(network, session, loss, steps + chunks.length);
		return true;
	}

	/** The mean of -ln likelihood over the steps held out. */
	async #heldLoss(network: DeviceNetwork, session: Session): Promise<number> {
		const { sequences, held, params, run } = this.#plan;
		const { epoch, batch } = this.checkpoint.progress;
		let loss = 0;
		for (const chunk of chunksOf(held, batch)) {
			const filled = batchOf(sequences, chunk, params.size, 0, run.random);
			const likelihood = network.likelihood(filled);
			try {
				loss += lossOf(await session.read(likelihood), filled);
			} finally {
				likelihood.dispose();
			}
			await this.#breathe(network, session, (epoch + 1) / params.epochs);
		}
		return loss / stepsOf(held);
	}

	async #save(network: DeviceNetwork, session: Session, loss: number, steps: number) {
		const { weights, first, second } = network.moments;
		const moments = {
			weights: await session.read(weights),
			first: await session.read(first),
			second: await session.read(second),
		};
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
		const { run, name } = this.#plan;
		if (performance.now() - this.#savedAt < (run.checkpointEvery ?? CHECKPOINT_EVERY)) return;
		this.#savedAt = performance.now();
		run.onCheckpoint?.(checkpointToBuffer(this.checkpoint, name));
	}

	#rollBack(): false {
		if (this.#rollbacks++ === MOST_ROLLBACKS)
			throw new Error('Training diverges however small its steps.');
		this.#change({ rate: this.checkpoint.progress.rate / 10 });
		return false;
	}

	#change(change: Partial<CheckpointProgress>): void {
		const progress = { ...this.checkpoint.progress, ...change };
		this.checkpoint = { ...this.checkpoint, progress };
	}

	/**
	 * Waits for the device and lets messages in, some twenty times a second. Counted in steps, since a
	 * GPU only queues them: by the clock alone, seconds of work could lie in its queue.
	 */
	async #breathe(network: DeviceNetwork, session: Session, share: number): Promise<void> {
		if (++this.#steps < this.#stepsInBreath) return;
		const { run } = this.#plan;
		await session.read(network.moments.weights);
		const took = performance.now() - this.#breathAt;
		const fitting = Math.floor((this.#steps * BREATH) / took);
		this.#stepsInBreath = Math.max(1, Math.min(2 * this.#steps, fitting));
		await new Promise((resolve) => setTimeout(resolve));
		this.#steps = 0;
		this.#breathAt = performance.now();
		if (run.cancelled()) throw new CancelledError();
		run.onProgress({ done: share, total: 1 });
	}
}

function firstCheckpoint({ params, sequences, shape, shares, held, run }: Plan): Checkpoint {
	const weights = initialWeights(shape, shares, run.random.fork('weights'));
	const fitting = Math.floor(MOST_GUESSES / shape.items);
	return {
		weights,
		first: new Float32Array(weights.length),
		second: new Float32Array(weights.length),
		best: weights,
		progress: {
			epoch: 0,
			steps: 0,
			rate: params.rate,
			batch: Math.max(1, Math.min(params.batch, fitting)),
			bestEpoch: 0,
			// Not infinite: a checkpoint is written as JSON.
			bestLoss: Number.MAX_VALUE,
			naiveLoss: naiveLoss(sequences, held, shares),
		},
	};
}

/** The loss of always guessing the shares. */
function naiveLoss(
	{ columns }: Sequences,
	windows: readonly Window[],
	shares: Float32Array,
): number {
	let loss = 0;
	for (const { at, length } of windows)
		for (const item of columns.subarray(at + 1, at + 1 + length))
			loss -= Math.log(shares[item] as number);
	return loss / stepsOf(windows);
}

/** A sum over the steps of a batch. */
function lossOf(likelihood: Float32Array, { weight }: Batch): number {
	let loss = 0;
	for (let i = 0; i < weight.length; i++)
		if ((weight[i] as number) > 0) loss -= Math.log(Math.max(LEAST, likelihood[i] as number));
	return loss;
}

const stepsOf = (windows: readonly Window[]) =>
	windows.reduce((sum, { length }) => sum + length, 0);
