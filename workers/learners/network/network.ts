import type { Device } from '$workers/device/device';
import { type Random, shuffle } from '$workers/math/random';
import { takeValues } from '$workers/table/matrix';
import { takeRows } from '$workers/table/sparse';
import type { AdamStep } from '../adam';
import { CancelledError, type Run } from '../contract';
import { requireClasses, requireExamples, weightsOf } from '../examples';
import { type Design, fitDesign } from '../linear';
import type { Examples, TabularEstimator } from '../tabular';
import { type Lesson, train as trainNetwork } from '../training/training';
import { type NetworkRows, batchOf } from './batch';
import { FittedNetwork, inputRows, networkScores } from './fitted-network';
import { type Shape, initialWeights } from './layout';
import { lossOf } from './reference';
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
			const plan = planOf(train, params, run.random);
			const { best: weights } = await trainNetwork(lessonOf(plan, run.random), device, run);
			const { design, mean, deviation, shape } = plan;
			const { task } = params;
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
}

function planOf(train: Examples, params: NetworkOptions, random: Random): Plan {
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
		random.fork('held out'),
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

function lessonOf(plan: Plan, drawn: Random): Lesson<DeviceNetwork> {
	const { data, params, shape, trained } = plan;
	const { task, epochs, patience, rate, batch, decay, dropout } = params;
	return {
		name: 'network',
		epochs,
		patience,
		diverged: Number.MAX_VALUE,
		begin: () => ({ weights: firstWeights(plan, drawn), rate, batch, naiveLoss: 0 }),
		upload: (from) => new DeviceNetwork(shape, from),
		pass(most, random) {
			const order = shuffle(trained.slice(), random);
			return Array.from({ length: Math.ceil(order.length / most) }, (_, i) => {
				const rows = order.subarray(i * most, (i + 1) * most);
				return (network: DeviceNetwork, step: AdamStep) =>
					network.train(batchOf(data, rows, shape, dropout, random), { task, decay, ...step });
			});
		},
		heldLoss: ({ weights }) => heldLoss(plan, weights),
	};
}

/** Such that the first guess is the usual. */
function firstWeights({ data, design, params, shape }: Plan, random: Random): Float32Array {
	const { weights, targets } = data;
	const share =
		targets.reduce((sum, target, row) => sum + target * (weights[row] as number), 0) /
		targets.length;
	const usual = params.task === 'classes' ? Math.log(share / (1 - share)) : 0;
	const active = Math.max(1, design.columns.length);
	return initialWeights(shape, active, usual, random.fork('weights'));
}

function heldLoss({ held, params, shape }: Plan, weights: Float32Array): number {
	return networkScores(held.rows, shape.hidden, weights).reduce(
		(sum, score, row) =>
			sum + (held.weights[row] as number) * lossOf(params.task, score, held.targets[row] as number),
		0,
	);
}
