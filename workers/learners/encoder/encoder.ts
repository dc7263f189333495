import type { Device, Session } from '$workers/device/device';
import { CancelledError, type Estimator, type Run } from '$workers/learners/contract';
import { hashText, shuffle } from '$workers/math/random';
import { takeRows, type SparseRows } from '$workers/table/sparse';
import { measureAttributes, type AttributeRows, type Attributes } from './attributes';
import { hideAttributes, type Batch } from './batch';
import {
	checkpointFrom,
	checkpointToBuffer,
	type Checkpoint,
	type CheckpointProgress,
} from './checkpoint';
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

/** A run that can be broken off and gone on with. */
export interface EncoderRun extends Run {
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

export interface Encoder extends Estimator<AttributeRows, SparseRows, Float32Array> {
	fit(train: AttributeRows, run: EncoderRun): Promise<FittedEncoder>;
}

/** Rows held out: this share of all, at most so many. */
const HELD_SHARE = 0.1;
const HELD_MOST = 2000;
/** Too few rows to hold any out: the loss is then of the rows trained on. */
const HELD_FROM = 50;
/** Time (ms) from one breath to the next. */
const BREATH = 50;
const CHECKPOINT_EVERY = 2000;
/** A loss this many times that of guessing the usual counts as diverged. */
const DIVERGED = 100;
const MOST_ROLLBACKS = 5;
/** Times that the rows of a step are halved when memory runs out. */
const MOST_HALVINGS = 2;

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
	readonly run: EncoderRun;
}

async function fit(
	train: AttributeRows,
	params: EncoderParams,
	device: Device,
	run: EncoderRun,
): Promise<FittedEncoder> {
	if (run.cancelled()) throw new CancelledError('training was cancelled');
	const plan = makePlan(train, params, run);
	const of = describe(train, params);
	const job = new Training(plan, of, run.resumeFrom);
	await device.use((session) => job.go(session));
	run.onProgress({ done: params.epochs, total: params.epochs });
	return finish(plan, job.checkpoint);
}

function makePlan(train: AttributeRows, params: EncoderParams, run: EncoderRun): Plan {
	const { rows, groups } = train;
	if (rows.count === 0 || groups.length === 0)
		throw new RangeError('encoder: nothing to learn from: no rows or no attributes');
	const order = Uint32Array.from({ length: rows.count }, (_, row) => row);
	shuffle(order, run.random.fork('split'));
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
	const random = run.random.fork('held out');
	const held = chunks(
		count ? order.slice(0, count) : trained.slice(0, HELD_MOST),
		params.batch,
	).map((chunk) => hideAttributes(rows, attributes, chunk, params.hide, random));
	return { params, rows, attributes, shape, layout: layoutOf(shape), trained, held, run };
}

/** One training, over however many sessions it takes. */
class Training {
	checkpoint: Checkpoint;
	readonly #plan: Plan;
	readonly #of: string;
	#savedAt = performance.now();
	#breathAt = performance.now();
	/** Steps since the last breath. */
	#steps = 0;
	#stepsInBreath = 1;
	#rollbacks = 0;
	#halvings = 0;

	constructor(plan: Plan, of: string, resumeFrom?: ArrayBuffer) {
		this.#plan = plan;
		this.#of = of;
		const resumed = resumeFrom && checkpointFrom(resumeFrom, of, plan.layout.length);
		this.checkpoint = resumed || firstCheckpoint(plan);
	}

	/** Trains from the last checkpoint to the end, or until the device fails. */
	async go(session: Session): Promise<void> {
		while (!this.#isDone()) {
			const network = this.#upload();
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

	#upload(): DeviceNetwork {
		const { shape, attributes } = this.#plan;
		return new DeviceNetwork(shape, attributes.groups, this.checkpoint);
	}

	/** One pass over the rows, and a new checkpoint; `false` where it diverged and must be done again. */
	async #epoch(network: DeviceNetwork, session: Session): Promise<boolean> {
		const { rows, attributes, params, trained, run } = this.#plan;
		const { epoch, rate, batch, steps } = this.checkpoint.progress;
		const random = run.random.fork(`epoch ${epoch}`);
		const parts = chunks(shuffle(trained.slice(), random), batch);
		for (const [i, part] of parts.entries()) {
			network.train(
				hideAttributes(rows, attributes, part, params.hide, random),
				rate,
				steps + i + 1,
			);
			await this.#breathe(network, session, (epoch + i / parts.length) / params.epochs);
		}
		const loss = await this.#heldLoss(network, session);
		if (!(loss < DIVERGED)) {
			this.#rollBack();
			return false;
		}
		await this.#save(network, session, loss, steps + parts.length);
		return true;
	}

	async #heldLoss(network: DeviceNetwork, session: Session): Promise<number> {
		const { held, attributes, params } = this.#plan;
		const sums = [];
		for (const batch of held) {
			const guess = network.guess(batch);
			try {
				sums.push(guessLoss(await session.read(guess), batch, attributes));
			} finally {
				guess.dispose();
			}
			await this.#breathe(network, session, (this.checkpoint.progress.epoch + 1) / params.epochs);
		}
		return meanLoss(sums);
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
		const { run } = this.#plan;
		if (performance.now() - this.#savedAt >= (run.checkpointEvery ?? CHECKPOINT_EVERY)) {
			this.#savedAt = performance.now();
			run.onCheckpoint?.(checkpointToBuffer(this.checkpoint, this.#of));
		}
	}

	/** Goes on from the last good checkpoint, in smaller steps. */
	#rollBack(): void {
		if (this.#rollbacks++ === MOST_ROLLBACKS)
			throw new Error(
				'Training diverges however small its steps. Look for odd values in the data.',
			);
		this.#change({ rate: this.checkpoint.progress.rate / 10 });
	}

	#change(change: Partial<CheckpointProgress>): void {
		this.checkpoint = {
			...this.checkpoint,
			progress: { ...this.checkpoint.progress, ...change },
		};
	}

	/**
	 * Waits for the device and lets messages in, some twenty times a second. Counted in steps, since a
	 * GPU only queues them: by the clock alone, seconds of work could lie in its queue.
	 */
	async #breathe(network: DeviceNetwork, session: Session, share: number): Promise<void> {
		if (++this.#steps < this.#stepsInBreath) return;
		const { run, params } = this.#plan;
		await session.read(network.moments.weights);
		const took = performance.now() - this.#breathAt;
		const fitting = Math.floor((this.#steps * BREATH) / took);
		this.#stepsInBreath = Math.max(1, Math.min(2 * this.#steps, fitting));
		await new Promise((resolve) => setTimeout(resolve));
		this.#steps = 0;
		this.#breathAt = performance.now();
		if (run.cancelled()) throw new CancelledError('training was cancelled');
		run.onProgress({ done: share * params.epochs, total: params.epochs });
	}
}

function firstCheckpoint({ attributes, held, layout, params, run, shape }: Plan): Checkpoint {
	const weights = initialWeights(shape, usualOutput(attributes), run.random.fork('weights'));
	const naiveLoss = meanLoss(held.map((batch) => guessLoss(attributes.usual, batch, attributes)));
	return {
		weights,
		first: new Float32Array(layout.length),
		second: new Float32Array(layout.length),
		best: weights,
		progress: {
			epoch: 0,
			steps: 0,
			rate: params.rate,
			batch: params.batch,
			bestEpoch: 0,
			bestLoss: DIVERGED,
			naiveLoss,
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
