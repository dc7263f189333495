import { weightedQuantile } from './quantile';

export type LossName =
	'squared' | 'absolute' | 'huber' | 'quantile' | 'logistic' | 'poisson' | 'gamma' | 'tweedie';

export interface LossSettings {
	readonly loss: LossName;
	/** Of quantile loss: the share of targets that should lie below, between 0 and 1. */
	readonly quantile: number;
	/** Of Tweedie loss: between 1 (Poisson) and 2 (gamma), both excluded. */
	readonly tweediePower: number;
	/** Of Huber loss: residuals beyond it count linearly. */
	readonly huberWidth: number;
}

/**
 * What is made small, as a function of the score. Losses are those of one row of weight 1, and leave
 * out what does not depend on the score.
 */
export interface Loss {
	loss(target: number, score: number): number;
	/** First derivative by the score. */
	gradient(target: number, score: number): number;
	/**
	 * Second derivative by the score, or the positive curvature that stands in for it. The gradient at
	 * the same place spares some losses an `exp`.
	 */
	hessian(target: number, score: number, gradient: number): number;
	/** From a score to the answer's own unit: the inverse link. */
	value(score: number): number;
	/** The score of a target: the link. Where the base is sought from. */
	readonly link: 'identity' | 'log' | 'logit';
	/** A RangeError where these are no targets of this loss. */
	check(targets: Float64Array): void;
	/** Leaves are set anew to this quantile of their residuals, for losses without curvature. */
	readonly leafQuantile?: number;
	/** Largest sensible step of a leaf. */
	readonly maxStep: number;
}

/** Beyond this, `exp` of a score says nothing new and its square leaves the numbers. */
const LARGEST_SCORE = 300;
const LEAST_HESSIAN = 1e-16;

const anyTargets = () => {};
const exp = (score: number) => Math.exp(Math.max(-LARGEST_SCORE, Math.min(LARGEST_SCORE, score)));

const squared: Loss = {
	loss: (target, score) => (score - target) ** 2 / 2,
	gradient: (target, score) => score - target,
	hessian: () => 1,
	value: (score) => score,
	link: 'identity',
	check: anyTargets,
	maxStep: Infinity,
};

const huber = (width: number): Loss => ({
	...squared,
	loss: (target, score) => {
		const distance = Math.abs(score - target);
		return distance <= width ? distance ** 2 / 2 : width * (distance - width / 2);
	},
	gradient: (target, score) => Math.max(-width, Math.min(width, score - target)),
});

/** Koenker and Bassett 1978. */
const pinball = (share: number): Loss => ({
	...squared,
	loss: (target, score) =>
		target >= score ? share * (target - score) : (1 - share) * (score - target),
	gradient: (target, score) => (score > target ? 1 - share : score < target ? -share : 0),
	leafQuantile: share,
});

const logistic: Loss = {
	// log(1 + e^s) - t·s, without overflow.
	loss: (target, score) =>
		Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - target * score,
	gradient: (target, score) => 1 / (1 + Math.exp(-score)) - target,
	hessian: (target, _, gradient) => {
		const chance = gradient + target;
		return Math.max(chance * (1 - chance), LEAST_HESSIAN);
	},
	value: (score) => 1 / (1 + Math.exp(-score)),
	link: 'logit',
	check(targets) {
		if (!targets.every((target) => target === 0 || target === 1))
			throw new RangeError('logistic loss takes targets of 0 and 1 only');
		if (targets.every((target) => target === targets[0]))
			throw new RangeError('all targets are of one class: both 0 and 1 are needed');
	},
	maxStep: Infinity,
};

const poisson: Loss = {
	loss: (target, score) => exp(score) - target * score,
	gradient: (target, score) => exp(score) - target,
	hessian: (_, score) => exp(score),
	value: exp,
	link: 'log',
	check: (targets) => checkLeast(targets, 'Poisson'),
	maxStep: 2,
};

const gamma: Loss = {
	loss: (target, score) => score + target * exp(-score),
	gradient: (target, score) => 1 - target * exp(-score),
	hessian: (target, score) => target * exp(-score),
	value: exp,
	link: 'log',
	check(targets) {
		if (!targets.every((target) => target > 0))
			throw new RangeError('gamma loss takes targets above 0 only');
	},
	maxStep: 2,
};

/** Compound Poisson-gamma deviance (Jørgensen 1987) for amounts of which many are zero. */
const tweedie = (power: number): Loss => ({
	loss: (target, score) =>
		exp((2 - power) * score) / (2 - power) - (target * exp((1 - power) * score)) / (1 - power),
	gradient: (target, score) => exp((2 - power) * score) - target * exp((1 - power) * score),
	hessian: (target, score) =>
		(2 - power) * exp((2 - power) * score) + (power - 1) * target * exp((1 - power) * score),
	value: exp,
	link: 'log',
	check: (targets) => checkLeast(targets, 'Tweedie'),
	maxStep: 2,
});

/** A RangeError where a parameter of the loss is out of its range. */
export function lossOf({ loss, quantile, tweediePower, huberWidth }: LossSettings): Loss {
	if (loss === 'quantile' && !(quantile > 0 && quantile < 1))
		throw new RangeError('quantile must lie between 0 and 1');
	if (loss === 'tweedie' && !(tweediePower > 1 && tweediePower < 2))
		throw new RangeError('tweediePower must lie between 1 and 2');
	if (loss === 'huber' && !(huberWidth > 0)) throw new RangeError('huberWidth must be above 0');
	switch (loss) {
		case 'squared':
			return squared;
		case 'absolute':
			return pinball(0.5);
		case 'huber':
			return huber(huberWidth);
		case 'quantile':
			return pinball(quantile);
		case 'logistic':
			return logistic;
		case 'poisson':
			return poisson;
		case 'gamma':
			return gamma;
		case 'tweedie':
			return tweedie(tweediePower);
		default:
			throw new RangeError('there is no such loss');
	}
}

/** The constant score that makes the loss least: a quantile, or by Newton's method. */
export function baseScore(
	loss: Loss,
	targets: Float64Array,
	weights: Float64Array,
	offsets: Float64Array | undefined,
): number {
	if (loss.leafQuantile !== undefined) {
		const residuals = offsets ? targets.map((t, row) => t - (offsets[row] as number)) : targets;
		return weightedQuantile(residuals, weights, loss.leafQuantile);
	}
	let score = linkOfMean(loss, targets, weights);
	for (let step = 0; step < 50; step++) {
		let slope = 0;
		let curve = 0;
		for (let row = 0; row < targets.length; row++) {
			const at = score + (offsets ? (offsets[row] as number) : 0);
			const target = targets[row] as number;
			const gradient = loss.gradient(target, at);
			slope += (weights[row] as number) * gradient;
			curve += (weights[row] as number) * loss.hessian(target, at, gradient);
		}
		const change = Math.max(-1, Math.min(1, slope / curve));
		if (!(Math.abs(change) > 1e-12 * (1 + Math.abs(score)))) break;
		score -= loss.link === 'identity' ? slope / curve : change;
	}
	return score;
}

/** Never minus infinity where all targets are zero. */
const LEAST_MEAN = 1e-6;

function linkOfMean(loss: Loss, targets: Float64Array, weights: Float64Array): number {
	let sum = 0;
	let total = 0;
	for (let row = 0; row < targets.length; row++) {
		sum += (weights[row] as number) * (targets[row] as number);
		total += weights[row] as number;
	}
	const mean = sum / total;
	if (loss.link === 'identity') return mean;
	if (loss.link === 'log') return Math.log(Math.max(mean, LEAST_MEAN));
	return Math.log(mean / (1 - mean));
}

function checkLeast(targets: Float64Array, name: string): void {
	if (!targets.every((target) => target >= 0))
		throw new RangeError(`${name} loss takes targets of at least 0 only`);
	if (!targets.some((target) => target > 0))
		throw new RangeError(`${name} loss needs a target above 0`);
}
