import type { Device } from '$workers/device/device';
import { CancelledError, type Estimator } from '../contract';
import type { Checkpoint } from '../training/checkpoint';
import type { TrainingRun } from '../training/run';
import { type Lesson, train as trainNetwork } from '../training/training';
import { hashText, type Random, shuffle } from '$workers/math/random';
import { takeRows, type SparseRows } from '$workers/table/sparse';
import { measureAttributes, type AttributeRows, type Attributes } from './attributes';
import { hideAttributes, type Batch } from './batch';
import { FittedEncoder, type EncoderWeights } from './fitted';
import { guessLoss } from './loss';
import { initialWeights, layerOf, layoutOf, type Layout, type Shape } from './network';
import { DeviceNetwork } from './step';

export interface EncoderParams {
	/** Length of an embedding. */
	readonly size: number;
	/** Units of the hidden layer. */
	readonly hidden: number;
	/** At most so many passes over the rows. */
	readonly epochs: number;
	/** Rows of a step. */
	readonly batch: number;
	/** Adam's step size. */
	readonly rate: number;
	/** Probability that a group of attributes is hidden. */
	readonly hide: number;
	/** Stops after so many epochs without a better loss. */
	readonly patience: number;
}

const USUAL: EncoderParams = {
	size: 32,
	hidden: 96,
	epochs: 40,
	batch: 128,
	rate: 0.003,
	hide: 0.3,
	patience: 5,
};

export interface Encoder extends Estimator<AttributeRows, SparseRows, Float32Array> {
	fit(train: AttributeRows, run: TrainingRun): Promise<FittedEncoder>;
}

/** Rows held out: this share of all, at most so many. */
const HELD_SHARE = 0.1;
const HELD_MOST = 2000;
/** Too few rows to hold any out: the loss is then of the rows trained on. */
const HELD_FROM = 50;
/** A loss this many times that of guessing the usual counts as diverged. */
const DIVERGED = 100;

/**
 * Learns to embed rows by guessing attributes that are hidden from it (self-supervised): what is hidden
 * must be guessed through the embedding, so that rows with like attributes come to lie together. Knows
 * nothing of what the rows are. See `hideAttributes` for the source.
 *
 * With one seed the CPU backend gives the same bytes at each fit; backends agree to about 1e-3.
 */
export function encoder(params: Partial<EncoderParams>, device: Device): Encoder {
	const all = { ...USUAL, ...params };
	return {
		name: 'encoder',
		params: { ...all },
		fit: (train, run) => fit(train, all, device, run),
	};
}

/** What stays the same during a training. */
interface Plan {
	readonly params: EncoderParams;
	readonly rows: SparseRows;
	readonly attributes: Attributes;
	readonly shape: Shape;
	readonly layout: Layout;
	readonly trained: Uint32Array;
	/** Rows held out, in batches, always with the same attributes hidden. */
	readonly held: readonly Batch[];
}

async function fit(
	train: AttributeRows,
	params: EncoderParams,
	device: Device,
	run: TrainingRun,
): Promise<FittedEncoder> {
	if (run.cancelled()) throw new CancelledError('training was cancelled');
	const plan = makePlan(train, params, run.random);
	const lesson = lessonOf(plan, describe(train, params), run.random);
	return finish(plan, await trainNetwork(lesson, device, run));
}

function makePlan(train: AttributeRows, params: EncoderParams, drawn: Random): Plan {
	const { rows, groups } = train;
	if (rows.count === 0 || groups.length === 0)
		throw new RangeError('encoder: nothing to learn from: no rows or no attributes');
	const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
	shuffle(order, drawn.fork('split'));
	const count =
		rows.count < HELD_FROM ? 0 : Math.min(HELD_MOST, Math.round(rows.count * HELD_SHARE));
	const trained = order.slice(count).sort();
	const attributes = measureAttributes(train, trained);
	const shape = {
		columns: rows.width,
		groups: groups.length,
		hidden: params.hidden,
		size: params.size,
	};
	const random = drawn.fork('held out');
	const held = chunks(
		count ? order.slice(0, count) : trained.slice(0, HELD_MOST),
		params.batch,
	).map((chunk) => hideAttributes(rows, attributes, chunk, params.hide, random));
	return { params, rows, attributes, shape, layout: layoutOf(shape), trained, held };
}

function lessonOf(plan: Plan, name: string, drawn: Random): Lesson<DeviceNetwork> {
	const { rows, attributes, params, shape, trained, held } = plan;
	const { epochs, patience, rate, batch, hide } = params;
	return {
		name,
		epochs,
		patience,
		diverged: DIVERGED,
		begin: () => ({
			weights: initialWeights(shape, usualOutput(attributes), drawn.fork('weights')),
			rate,
			batch,
			naiveLoss: meanLoss(held.map((part) => guessLoss(attributes.usual, part, attributes))),
		}),
		upload: (from) => new DeviceNetwork(shape, attributes.groups, from),
		pass: (most, random) =>
			chunks(shuffle(trained.slice(), random), most).map(
				(part) => (network, step) =>
					network.train(hideAttributes(rows, attributes, part, hide, random), step),
			),
		async heldLoss({ network, take }) {
			const sums = [];
			for (const part of held)
				sums.push(guessLoss(await take(network.guess(part)), part, attributes));
			return meanLoss(sums);
		},
	};
}

/** Outputs before any learning, such that the guess is the usual value. */
function usualOutput({ groups, columns, usual }: Attributes): Float32Array {
	const output = new Float32Array(columns);
	for (const { kind, from, to } of groups)
		for (let column = from; column < to; column++) {
			const share = Math.min(0.999, Math.max(0.001, usual[column] as number));
			if (kind === 'category') output[column] = Math.log(share);
			else if (kind === 'binary') output[column] = Math.log(share / (1 - share));
		}
	return output;
}

function meanLoss(sums: readonly { readonly loss: number; readonly count: number }[]): number {
	const loss = sums.reduce((sum, part) => sum + part.loss, 0);
	const count = sums.reduce((sum, part) => sum + part.count, 0);
	return count > 0 ? loss / count : 0;
}

/** The encoding half of the best weights, with embeddings centred and of unit variance on average. */
async function finish(plan: Plan, { best, progress }: Checkpoint): Promise<FittedEncoder> {
	const { attributes, layout, shape, rows, trained } = plan;
	const layer = (name: 'input' | 'inputBias' | 'code' | 'codeBias') =>
		layerOf(best, layout.layers[name]).slice();
	const raw: EncoderWeights = {
		columns: shape.columns,
		hidden: shape.hidden,
		size: shape.size,
		input: layer('input'),
		inputBias: layer('inputBias'),
		code: layer('code'),
		codeBias: layer('codeBias'),
		means: attributes.means,
		deviations: attributes.deviations,
	};
	const summary = {
		rows: trained.length,
		epochs: progress.epoch,
		bestEpoch: progress.bestEpoch,
		loss: progress.bestLoss,
		naiveLoss: progress.naiveLoss,
	};
	const sample = takeRows(rows, trained.subarray(0, HELD_MOST));
	const embeddings = await new FittedEncoder(raw, summary).predict(sample);
	return new FittedEncoder(centred(raw, embeddings), summary);
}

function centred(weights: EncoderWeights, embeddings: Float32Array): EncoderWeights {
	const { size } = weights;
	const count = embeddings.length / size;
	const means = new Float64Array(size);
	embeddings.forEach((value, i) => {
		means[i % size] = (means[i % size] as number) + value / count;
	});
	const variance = embeddings.reduce(
		(sum, value, i) => sum + (value - (means[i % size] as number)) ** 2 / embeddings.length,
		0,
	);
	const scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
	return {
		...weights,
		code: weights.code.map((value) => value * scale),
		codeBias: weights.codeBias.map((value, i) => (value - (means[i] as number)) * scale),
	};
}

function chunks(order: Uint32Array, length: number): Uint32Array[] {
	return Array.from({ length: Math.ceil(order.length / length) }, (_, i) =>
		order.subarray(i * length, (i + 1) * length),
	);
}

/** Says which training a checkpoint belongs to, without saying anything of its rows. */
function describe({ rows, groups }: AttributeRows, params: EncoderParams): string {
	const shape = [rows.count, rows.width, rows.values.length, hashText(JSON.stringify(groups))];
	return JSON.stringify({ shape, params });
}
