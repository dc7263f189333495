import type { Device } from '$workers/device/device';
import { hashText, type Random, shuffle } from '$workers/math/random';
import { CancelledError, type Estimator } from '../contract';
import type { ItemQuery, RankedItems } from '../interactions';
import type { TrainingRun } from '../training/run';
import { type Lesson, train as trainNetwork } from '../training/training';
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

export interface SequenceEstimator extends Estimator<SequenceExamples, ItemQuery, RankedItems> {
	fit(train: SequenceExamples, run: TrainingRun): Promise<FittedSequence>;
}

/** Sequences held out: this share of all, at most so many; none of fewer than `HELD_FROM`. */
const HELD_SHARE = 0.1;
const HELD_MOST = 2000;
const HELD_FROM = 50;
/** Numbers of a batch's guesses: bounds memory, and the time until a training hears of its end. */
const MOST_GUESSES = 2 ** 21;
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
			const plan = planOf(train, all, run.random);
			const lesson = lessonOf(plan, run.random);
			const { best, progress } = await trainNetwork(lesson, device, run);
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
}

function planOf(train: SequenceExamples, params: SequenceParams, random: Random): Plan {
	const { sequences, content = null } = train;
	checkSequences(sequences);
	checkContent(content, sequences.width);
	const order = Uint32Array.from({ length: sequences.count }, (_, row) => row);
	shuffle(order, random.fork('held out'));
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

function lessonOf(plan: Plan, drawn: Random): Lesson<DeviceNetwork> {
	const { name, sequences, windows, held, params, shape, content, shares } = plan;
	const { epochs, patience, rate, size, dropout } = params;
	const fitting = Math.floor(MOST_GUESSES / shape.items);
	return {
		name,
		epochs,
		patience,
		// Not infinite: a checkpoint is written as JSON.
		diverged: Number.MAX_VALUE,
		begin: () => ({
			weights: initialWeights(shape, shares, drawn.fork('weights')),
			rate,
			batch: Math.max(1, Math.min(params.batch, fitting)),
			naiveLoss: naiveLoss(sequences, held, shares),
		}),
		upload: (from) => new DeviceNetwork(shape, content, from),
		pass: (most, random) =>
			shuffle(chunksOf(shuffle([...windows], random), most), random).map(
				(chunk) => (network, step) =>
					network.train(batchOf(sequences, chunk, size, dropout, random), step),
			),
		async heldLoss({ network, batch, take }) {
			let loss = 0;
			for (const chunk of chunksOf(held, batch)) {
				const filled = batchOf(sequences, chunk, size, 0, drawn);
				loss += lossOf(await take(network.likelihood(filled)), filled);
			}
			return loss / stepsOf(held);
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
