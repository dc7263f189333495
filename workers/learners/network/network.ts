import type { Device, Session } from '$workers/device/device';
import { shuffle } from '$workers/math/random';
import { takeValues } from '$workers/table/matrix';
import { takeRows } from '$workers/table/sparse';
import { CancelledError, type Run } from '../contract';
import { requireClasses, requireExamples, weightsOf } from '../examples';
import { type Design, fitDesign } from '../linear';
import type { Examples, TabularEstimator } from '../tabular';
import { type NetworkRows, batchOf } from './batch';
import { FittedNetwork, inputRows, networkScores } from './fitted-network';
import { type Shape, initialWeights } from './layout';
import { lossOf } from './reference';
import type { Moments } from '../adam';
import { DeviceNetwork } from './step';

export interface NetworkEstimator extends TabularEstimator {
	fit(train: Examples, run: Run): Promise<FittedNetwork>;
}

export interface NetworkOptions {
	/** Two classes, of which the chance is told, or values. */
	readonly task: 'classes' | 'values';
	/** Units of the first and of the second layer; 0 leaves the second out. */
	readonly units: number;
	readonly secondUnits: number;
	/** At most so many passes over the rows. */
	readonly epochs: number;
	/** Rows of a step. */
	readonly batch: number;
	/** Adam's step size. */
	readonly rate: number;
	/** Shrinking of weights (AdamW). */
	readonly decay: number;
	/** Chance that a hidden unit is left out of a step; below 1. */
	readonly dropout: number;
	/** Stops after so many epochs without a better loss on rows held out. */
	readonly patience: number;
}

const USUAL: Omit<NetworkOptions, 'task'> = {
	units: 64,
	secondUnits: 32,
	epochs: 60,
	batch: 128,
	rate: 0.001,
	decay: 0.01,
	dropout: 0.2,
	patience: 6,
};

/** Share of rows held out to stop early, and the most; none of fewer rows than `HELD_FROM`. */
const HELD_SHARE = 0.15;
const HELD_MOST = 5000;
const HELD_FROM = 50;
/** Time (ms), and steps, from one breath to the next. */
const BREATH = 50;
const STEPS_A_BREATH = 16;
const MOST_ROLLBACKS = 5;

/**
 * A multilayer perceptron on the device: standardised numbers and one column a level (whose weights in
 * the first layer are an embedding of the level) → one or two layers of rectified units, with dropout →
 * a log-odds or a value. Keeps the weights of the epoch with the least loss on rows held out of the
 * training rows. With one seed the CPU backend gives the same bytes at each fit.
 */
export function network(
	options: Partial<NetworkOptions> & Pick<NetworkOptions, 'task'>,
	device: Device,
): NetworkEstimator {
	const params = { ...USUAL, ...options };
	return {
		name: 'network',
		params,
		async fit(train, run) {
			if (run.cancelled()) throw new CancelledError();
			if (params.task === 'classes') requireClasses(train);
			else requireExamples(train);
			const plan = planOf(train, params, run);
			const training = new Training(plan);
			await device.use((session) => training.go(session));
			run.onProgress({ done: 1, total: 1 });
			const { design, mean, deviation, shape } = plan;
			const { task } = params;
			const weights = training.best;
			return new FittedNetwork({ task, design, hidden: shape.hidden, weights, mean, deviation });
		},
	};
}

/** What stays the same during a training. */
interface Plan {
	readonly params: NetworkOptions;
	readonly design: Design;
	readonly shape: Shape;
	readonly data: NetworkRows;
	readonly mean: number;
	readonly deviation: number;
	readonly trained: Uint32Array;
	readonly held: NetworkRows;
	readonly run: Run;
}

function planOf(train: Examples, params: NetworkOptions, run: Run): Plan {
	const rowWeights = weightsOf(train);
	const design = fitDesign(train.rows, rowWeights);
	const rows = inputRows(design, train.rows);
	const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
	const { mean, deviation } = scaleOf(train.targets, rowWeights, total, params.task);
	const data = {
		rows,
		targets: train.targets.map((target) => (target - mean) / deviation),
		weights: rowWeights.map((weight) => (weight * rows.count) / total),
	};
	const order = shuffle(
		Uint32Array.from({ length: rows.count }, (_, row) => row),
		run.random.fork('held out'),
	);
	const count =
		rows.count < HELD_FROM ? 0 : Math.min(HELD_MOST, Math.round(rows.count * HELD_SHARE));
	const trained = order.slice(count);
	const hidden = [params.units, params.secondUnits].filter((units) => units > 0);
	return {
		params,
		design,
		shape: { columns: design.width - 1, hidden },
		data,
		mean,
		deviation,
		trained,
		held: takeData(data, count ? order.slice(0, count) : trained),
		run,
	};
}

/** What values are counted from and in; classes stay as they are. */
function scaleOf(
	targets: Float64Array,
	weights: Float64Array,
	total: number,
	task: NetworkOptions['task'],
) {
	if (task === 'classes') return { mean: 0, deviation: 1 };
	const meanOf = (of: (target: number) => number) =>
		targets.reduce((sum, target, row) => sum + (weights[row] as number) * of(target), 0) / total;
	const mean = meanOf((target) => target);
	const deviation = Math.sqrt(meanOf((target) => (target - mean) ** 2));
	return { mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 };
}

function takeData({ rows, targets, weights }: NetworkRows, order: Uint32Array): NetworkRows {
	return {
		rows: takeRows(rows, order),
		targets: takeValues(targets, order),
		weights: takeValues(weights, order),
	};
}

/** One training, over however many sessions of the device it takes: it goes on from its last epoch. */
class Training {
	best: Float32Array;
	readonly #plan: Plan;
	#moments: Moments;
	#epoch = 0;
	#steps = 0;
	#rate: number;
	#bestEpoch = 0;
	#bestLoss = Number.POSITIVE_INFINITY;
	#rollbacks = 0;
	#breathAt = performance.now();

	constructor(plan: Plan) {
		this.#plan = plan;
		this.#rate = plan.params.rate;
		const { data, design, params, run, shape } = plan;
		const { weights: rowWeights, targets } = data;
		const share =
			targets.reduce((sum, target, row) => sum + target * (rowWeights[row] as number), 0) /
			targets.length;
		const usual = params.task === 'classes' ? Math.log(share / (1 - share)) : 0;
		const active = Math.max(1, design.columns.length);
		const weights = initialWeights(shape, active, usual, run.random.fork('weights'));
		const none = () => new Float32Array(weights.length);
		this.#moments = { weights, first: none(), second: none() };
		this.best = weights;
	}

	async go(session: Session): Promise<void> {
		while (!this.#isDone()) {
			const device = new DeviceNetwork(this.#plan.shape, this.#moments);
			try {
				while (!this.#isDone()) if (!(await this.#pass(device, session))) break;
			} finally {
				device.dispose();
			}
		}
	}

	#isDone(): boolean {
		const { epochs, patience } = this.#plan.params;
		return this.#epoch >= epochs || this.#epoch - this.#bestEpoch >= patience;
	}

	/** One pass over the rows; `false` where it diverged and must be done again in smaller steps. */
	async #pass(device: DeviceNetwork, session: Session): Promise<boolean> {
		const { data, params, run, shape, trained } = this.#plan;
		const { task, decay, dropout, batch, epochs } = params;
		const random = run.random.fork(`epoch ${this.#epoch}`);
		const order = shuffle(trained.slice(), random);
		let number = this.#steps;
		for (let from = 0; from < order.length; from += batch) {
			const rows = batchOf(data, order.subarray(from, from + batch), shape, dropout, random);
			device.train(rows, { task, decay, rate: this.#rate, number: ++number });
			const share = (this.#epoch + from / order.length) / epochs;
			if (this.#isBreath(number)) await this.#breathe(device, session, share);
		}
		return this.#save(device, session, number);
	}

	async #save(device: DeviceNetwork, session: Session, steps: number): Promise<boolean> {
		const { weights, first, second } = device.moments;
		const moments = {
			weights: await session.read(weights),
			first: await session.read(first),
			second: await session.read(second),
		};
		const loss = this.#heldLoss(moments.weights);
		if (!Number.isFinite(loss)) return this.#rollBack();
		this.#moments = moments;
		this.#steps = steps;
		this.#epoch++;
		if (loss < this.#bestLoss) {
			this.#bestLoss = loss;
			this.#bestEpoch = this.#epoch;
			this.best = moments.weights;
		}
		return true;
	}

	#heldLoss(weights: Float32Array): number {
		const { held, params, shape } = this.#plan;
		return networkScores(held.rows, shape.hidden, weights).reduce(
			(sum, score, row) =>
				sum +
				(held.weights[row] as number) * lossOf(params.task, score, held.targets[row] as number),
			0,
		);
	}

	#rollBack(): false {
		if (this.#rollbacks++ === MOST_ROLLBACKS)
			throw new RangeError('the network diverges however small its steps: look for odd values');
		this.#rate /= 10;
		return false;
	}

	/** Counted in steps too, since a GPU only queues them. */
	#isBreath(number: number): boolean {
		return number % STEPS_A_BREATH === 0 || performance.now() - this.#breathAt > BREATH;
	}

	/** Waits for the device and lets messages in. */
	async #breathe(device: DeviceNetwork, session: Session, share: number): Promise<void> {
		const { run } = this.#plan;
		await session.read(device.moments.weights);
		if (run.cancelled()) throw new CancelledError();
		run.onProgress({ done: share, total: 1 });
		await new Promise((resolve) => setTimeout(resolve));
		this.#breathAt = performance.now();
	}
}
