import { seededRandom } from '$workers/math/random';
import { bettingInterval } from './betting';
import { type BootstrapInterval, bootstrapInterval } from './bootstrap';
import { meanOf, requireFinite } from './check';

/*
 * What another way of choosing would have been worth, from what one way of choosing showed, what
 * came of it, and how likely it had been to show that. It holds where the log could have shown all
 * that the other way would show; `meanWeight` is near 1 then.
 */

/** What was shown, a row each, in the order in which it happened. */
export interface LoggedChoices {
	/** What came of it, 0 to 1. */
	readonly rewards: ArrayLike<number>;
	/** The chance with which it was shown; above 0, at most 1. */
	readonly propensities: ArrayLike<number>;
	/** The chance with which the other way of choosing shows the same; 0 to 1. */
	readonly targets: ArrayLike<number>;
}

/** What a simple model expects of each row, from the rows before it alone. */
export interface ModelledRewards {
	/** Of what was shown; 0 to 1. */
	readonly shown: ArrayLike<number>;
	/** Of what the other way of choosing shows, on average. */
	readonly target: ArrayLike<number>;
	/** Of whatever might have been shown, at most. */
	readonly most: ArrayLike<number>;
}

/** A value with two intervals at 95 %. */
export interface Estimated {
	readonly value: number;
	/** By resampling: near 95 %, less where few rows count. */
	readonly bootstrap: BootstrapInterval;
	/** By betting: at least 95 %, however few rows count. */
	readonly bound: { readonly low: number; readonly high: number };
}

export interface OffPolicyValue {
	/** Inverse propensity score: unbiased (Horvitz and Thompson 1952). */
	readonly ips: Estimated;
	/** The same over the sum of weights: less spread, a small bias (Swaminathan and Joachims 2015). */
	readonly snips: Estimated;
	/** The model, corrected by the weighted errors of what was shown (Dudík, Langford and Li 2011). */
	readonly doublyRobust: Estimated;
	/** What was shown, as it was. */
	readonly shown: Estimated;
	readonly rows: number;
	/** Sum of rewards: how much there is to go by. */
	readonly rewards: number;
	/** Rows that this would be if all weighed alike: (Σw)²/Σw² (Kish 1965). */
	readonly effectiveRows: number;
	/** 1 on average where the log could have shown all that the other way shows. */
	readonly meanWeight: number;
	readonly largestWeight: number;
}

export interface OffPolicyOptions {
	readonly seed: number;
	/** Resamples. */
	readonly samples?: number;
	/** The most that a weight can be; what the log has, where left out. Rows above it count as it: that is a bias downwards. */
	readonly mostWeight?: number;
}

/** Throws a RangeError for what is empty, not finite, or no chance. */
export function offPolicyValue(
	logged: LoggedChoices,
	modelled: ModelledRewards,
	{ seed, samples = 1000, mostWeight }: OffPolicyOptions,
): OffPolicyValue {
	const weights = weightsOf(logged, mostWeight);
	const { rewards } = logged;
	requireFinite(rewards, modelled.shown, modelled.target, modelled.most);
	requireShares(modelled);
	const count = rewards.length;
	const gains = Float64Array.from(weights, (weight, row) => weight * (rewards[row] as number));
	const corrected = correctedRewards(logged, weights, modelled);
	const most = Math.max(mostWeight ?? 0, largest(weights));
	if (most === 0) throw new RangeError('nothing that was shown would be shown: nothing to weigh');
	const scaled = gains.map((gain) => gain / most);
	const scales = weights.map((weight) => weight / most);
	const resampled = (figure: (rows: Uint32Array) => number, name: string) =>
		bootstrapInterval(count, figure, seededRandom(`${seed}/${name}`), samples);
	const ips = bettingInterval(scaled);
	return {
		ips: {
			value: meanOf(count, (row) => gains[row] as number),
			bootstrap: resampled((rows) => meanAt(gains, rows), 'ips'),
			bound: { low: ips.low * most, high: Math.min(1, ips.high * most) },
		},
		snips: {
			value: sum(gains) / sum(weights),
			bootstrap: resampled((rows) => ratioAt(gains, weights, rows), 'snips'),
			bound: bettingInterval(scaled, { scales, meanScale: Math.min(1, 1 / most) }),
		},
		doublyRobust: {
			value: meanOf(count, (row) => corrected[row] as number),
			bootstrap: resampled((rows) => meanAt(corrected, rows), 'doubly robust'),
			bound: correctedBound(corrected, modelled, most),
		},
		shown: shownValue(rewards, resampled),
		rows: count,
		rewards: sum(rewards),
		effectiveRows: sum(weights) ** 2 / sum(weights.map((weight) => weight ** 2)),
		meanWeight: sum(weights) / count,
		largestWeight: largest(weights),
	};
}

/** The mean reward of a log as it is, with its intervals. */
export function onPolicyValue(
	rewards: ArrayLike<number>,
	{ seed, samples = 1000 }: OffPolicyOptions,
): Estimated {
	requireFinite(rewards);
	return shownValue(rewards, (figure, name) =>
		bootstrapInterval(rewards.length, figure, seededRandom(`${seed}/${name}`), samples),
	);
}

function shownValue(
	rewards: ArrayLike<number>,
	resampled: (figure: (rows: Uint32Array) => number, name: string) => BootstrapInterval,
): Estimated {
	return {
		value: meanOf(rewards.length, (row) => rewards[row] as number),
		bootstrap: resampled((rows) => meanAt(rewards, rows), 'shown'),
		bound: bettingInterval(rewards),
	};
}

/**
 * What a cell (an item, a kind of home) is worth by the rows so far: its mean reward, drawn to that of
 * all rows as by the rows in which one reward is expected.
 */
export class RunningMeans {
	readonly #sums: Float64Array;
	readonly #rows: Float64Array;
	#rewards = 0;
	#all = 0;

	/** @param cells how many there are */
	constructor(cells: number) {
		this.#sums = new Float64Array(cells);
		this.#rows = new Float64Array(cells);
	}

	/** What each cell is worth; 0 before the first row. */
	expected(): Float64Array {
		const mean = this.#all > 0 ? this.#rewards / this.#all : 0;
		const strength = mean > 0 ? Math.min(this.#all, 1 / mean) : Math.max(1, this.#all);
		return this.#sums.map(
			(total, cell) => (total + strength * mean) / ((this.#rows[cell] as number) + strength),
		);
	}

	learn(cell: number, reward: number): void {
		this.#sums[cell] = (this.#sums[cell] as number) + reward;
		this.#rows[cell] = (this.#rows[cell] as number) + 1;
		this.#rewards += reward;
		this.#all++;
	}
}

/**
 * The rewards that a model of the rows before expects of each row.
 *
 * @param cells of what was shown: whole numbers below `count`
 * @param target of a row, what the other way of choosing is worth by what each cell is
 */
export function modelledByCell(
	rewards: ArrayLike<number>,
	cells: ArrayLike<number>,
	count: number,
	target: (row: number, expected: Float64Array) => number,
): ModelledRewards {
	requireFinite(rewards, cells);
	const means = new RunningMeans(count);
	const modelled = {
		shown: new Float64Array(rewards.length),
		target: new Float64Array(rewards.length),
		most: new Float64Array(rewards.length),
	};
	for (let row = 0; row < rewards.length; row++) {
		const expected = means.expected();
		modelled.shown[row] = expected[cells[row] as number] as number;
		modelled.target[row] = target(row, expected);
		modelled.most[row] = largest(expected);
		means.learn(cells[row] as number, rewards[row] as number);
	}
	return modelled;
}

function correctedRewards(
	{ rewards }: LoggedChoices,
	weights: Float64Array,
	{ shown, target }: ModelledRewards,
): Float64Array {
	return weights.map(
		(weight, row) =>
			(target[row] as number) + weight * ((rewards[row] as number) - (shown[row] as number)),
	);
}

/**
 * By betting on corrected rewards, as on those of IPS (Waudby-Smith, Wu, Ramdas, Karampatziakis and
 * Mineiro 2022): a model of the rows before leaves each row's average, given those before, the
 * value. What a corrected reward can be
 * hangs on the largest weight and the most expected, known before the row.
 */
function correctedBound(
	corrected: Float64Array,
	{ target, most }: ModelledRewards,
	weight: number,
): Estimated['bound'] {
	const unit = Math.max(1, weight);
	const floors = corrected.map((_, row) => (-weight * (most[row] as number)) / unit);
	const ceilings = corrected.map((_, row) =>
		Math.max(1, (weight + Math.max(target[row] as number, most[row] as number)) / unit),
	);
	const scaled = corrected.map((reward) => reward / unit);
	const { low, high } = bettingInterval(scaled, { floors, ceilings });
	return { low: Math.min(1, low * unit), high: Math.min(1, high * unit) };
}

function requireShares({ shown, target, most }: ModelledRewards): void {
	for (let row = 0; row < most.length; row++) {
		const least = Math.min(shown[row] as number, target[row] as number);
		if (!(
			least >= 0 &&
			(shown[row] as number) <= (most[row] as number) &&
			(most[row] as number) <= 1
		))
			throw new RangeError('a model expects less than 0, or more than its most or than 1');
	}
}

function weightsOf(
	{ rewards, propensities, targets }: LoggedChoices,
	most = Number.POSITIVE_INFINITY,
): Float64Array {
	requireFinite(rewards, propensities, targets);
	return Float64Array.from(rewards, (reward, row) => {
		const [propensity, target] = [propensities[row] as number, targets[row] as number];
		if (!(reward >= 0 && reward <= 1)) throw new RangeError('a reward is not between 0 and 1');
		if (!(propensity > 0 && propensity <= 1))
			throw new RangeError('a propensity is not above 0 and at most 1: such a row says nothing');
		if (!(target >= 0 && target <= 1))
			throw new RangeError('a chance of the target is not between 0 and 1');
		return Math.min(most, target / propensity);
	});
}

const sum = (values: ArrayLike<number>) =>
	meanOf(values.length, (row) => values[row] as number) * values.length;

function meanAt(values: ArrayLike<number>, rows: Uint32Array): number {
	let total = 0;
	for (const row of rows) total += values[row] as number;
	return total / rows.length;
}

/** A RangeError where no row of the sample weighs anything: it is drawn again. */
function ratioAt(gains: Float64Array, weights: Float64Array, rows: Uint32Array): number {
	const whole = meanAt(weights, rows);
	if (whole === 0) throw new RangeError('a sample without weight');
	return meanAt(gains, rows) / whole;
}

const largest = (values: Float64Array) => values.reduce((most, value) => Math.max(most, value), 0);
