import { MISSING } from './bins';
import type { Histogram } from './histogram';
import { type Units, unpackSums } from './packed-pairs';
import type { TreeSettings } from './settings';
import { SET_WORDS } from './tree';

/** A gain must be greater than the best by this share: sums of equal rows differ by rounding. */
const CLEARLY = 1 + 1e-9;
/** Sums of hessians are exact: one of no rows is 0. */
const LEAST_HESSIAN = Number.MIN_VALUE;

/** What a node has to be told about itself before it can be split. */
export interface NodeSums {
	readonly gradient: number;
	readonly hessian: number;
	/** Bounds of the value of its leaves. */
	readonly lower: number;
	readonly upper: number;
}

/** The best split that was found so far; one object is used again and again. */
export class BestSplit {
	/** Loss before less loss after, times two. */
	gain = 0;
	column = -1;
	bin = 0;
	missingLeft = false;
	/** At a split of categories, the bins that go left. */
	readonly set = new Uint32Array(SET_WORDS);
	byCategory = false;
	leftGradient = 0;
	leftHessian = 0;

	clear(): void {
		this.gain = 0;
		this.column = -1;
	}

	take(column: number, gain: number, leftGradient: number, leftHessian: number): void {
		this.gain = gain;
		this.column = column;
		this.leftGradient = leftGradient;
		this.leftHessian = leftHessian;
	}
}

/** The value that makes a leaf's loss least (Chen and Guestrin 2016, eq. 5), with a lasso. */
export function leafValue(
	gradient: number,
	hessian: number,
	{ lambda, alpha }: Pick<TreeSettings, 'lambda' | 'alpha'>,
	lower: number,
	upper: number,
): number {
	const pull = gradient > alpha ? gradient - alpha : gradient < -alpha ? gradient + alpha : 0;
	const value = -pull / (hessian + lambda);
	return value < lower ? lower : value > upper ? upper : value;
}

/** By how much a leaf of this value lowers the loss, times two. */
export function leafGain(
	gradient: number,
	hessian: number,
	{ lambda, alpha }: Pick<TreeSettings, 'lambda' | 'alpha'>,
	value: number,
): number {
	return -2 * (gradient * value + alpha * Math.abs(value)) - (hessian + lambda) * value * value;
}

/** Finds the best split of a column in a node, if it is better than the best so far. */
export class SplitFinder {
	readonly #settings: TreeSettings;
	readonly #order = new Uint16Array(256);
	readonly #rank = new Float64Array(256);
	/** Of the bins of the column that is looked at. */
	readonly #gradients = new Float64Array(256);
	readonly #hessians = new Float64Array(256);
	/** What the sums of all histograms are counted in. */
	units: Units = { gradient: 1, hessian: 1 };

	constructor(settings: TreeSettings) {
		this.#settings = settings;
	}

	/** The gain of leaving the node whole; a split has to be better. */
	wholeGain(node: NodeSums): number {
		const { gradient, hessian, lower, upper } = node;
		const value = leafValue(gradient, hessian, this.#settings, lower, upper);
		return leafGain(gradient, hessian, this.#settings, value);
	}

	/** A number column: bins `start + 1` to `start + count - 1` in order, what is missing on either side. */
	byNumber(
		best: BestSplit,
		histogram: Histogram,
		start: number,
		count: number,
		column: number,
		node: NodeSums,
		constraint: number,
	): void {
		unpackSums(histogram, start, count, this.units, this.#gradients, this.#hessians);
		const hasMissing = (this.#hessians[MISSING] as number) > 0;
		this.#scan(best, count, column, node, constraint, hasMissing, false);
		if (hasMissing) this.#scan(best, count, column, node, constraint, hasMissing, true);
	}

	#scan(
		best: BestSplit,
		count: number,
		column: number,
		node: NodeSums,
		constraint: number,
		hasMissing: boolean,
		missingLeft: boolean,
	): void {
		const settings = this.#settings;
		const { lambda, minChildWeight } = settings;
		const gradients = this.#gradients;
		const hessians = this.#hessians;
		const least = Math.max(minChildWeight, LEAST_HESSIAN);
		const { gradient, hessian, lower, upper } = node;
		const bounded = constraint !== 0 || settings.alpha > 0 || lower > -Infinity || upper < Infinity;
		let leftGradient = missingLeft ? (gradients[MISSING] as number) : 0;
		let leftHessian = missingLeft ? (hessians[MISSING] as number) : 0;
		let bestGain = best.gain;
		let bestBin = -1;
		let bestGradient = 0;
		let bestHessian = 0;
		// Without missing values the last bin leaves nothing on the right; with them it parts them off.
		for (let bin = 1; bin < count; bin++) {
			const added = hessians[bin] as number;
			if (added === 0) continue;
			leftGradient += gradients[bin] as number;
			leftHessian += added;
			if (leftHessian < least) continue;
			const rightHessian = hessian - leftHessian;
			if (rightHessian < least) break;
			const rightGradient = gradient - leftGradient;
			// The gain is a fraction: divided only where it is the best so far.
			let gain: number;
			let divisor = 1;
			if (bounded) {
				const left = leafValue(leftGradient, leftHessian, settings, lower, upper);
				const right = leafValue(rightGradient, rightHessian, settings, lower, upper);
				if (constraint * (right - left) < 0) continue;
				gain =
					leafGain(leftGradient, leftHessian, settings, left) +
					leafGain(rightGradient, rightHessian, settings, right);
			} else {
				const left = leftHessian + lambda;
				const right = rightHessian + lambda;
				gain = leftGradient * leftGradient * right + rightGradient * rightGradient * left;
				divisor = left * right;
			}
			if (gain > bestGain * CLEARLY * divisor) {
				bestGain = gain / divisor;
				bestBin = bin;
				bestGradient = leftGradient;
				bestHessian = leftHessian;
			}
		}
		if (bestBin < 0) return;
		best.take(column, bestGain, bestGradient, bestHessian);
		best.byCategory = false;
		best.bin = bestBin;
		// What training had not missing here goes with the heavier side.
		best.missingLeft = hasMissing ? missingLeft : bestHessian > hessian / 2;
	}

	/**
	 * A category column. Few levels: each against the rest. Many: sorted by their smoothed mean
	 * gradient, then split as if they were numbers (Fisher 1958; LightGBM's smoothing and limits).
	 * What is missing is a level too.
	 */
	byCategory(
		best: BestSplit,
		histogram: Histogram,
		start: number,
		count: number,
		column: number,
		node: NodeSums,
	): void {
		const { maxOneHot, minCategoryWeight } = this.#settings;
		const one = count - 1 <= maxOneHot;
		const order = this.#order;
		unpackSums(histogram, start, count, this.units, this.#gradients, this.#hessians);
		let places = 0;
		for (let bin = 0; bin < count; bin++) {
			const hessian = this.#hessians[bin] as number;
			if (hessian < (one ? LEAST_HESSIAN : Math.max(minCategoryWeight, LEAST_HESSIAN))) continue;
			order[places++] = bin;
		}
		if (one) {
			for (let i = 0; i < places; i++) this.#side(best, count, column, node, i, i + 1, 1, 0);
			return;
		}
		this.#sortLevels(places);
		const { maxCategories, categoryLambda } = this.#settings;
		const longest = Math.min(maxCategories, Math.ceil(places / 2));
		this.#side(best, count, column, node, 0, longest, 1, categoryLambda);
		this.#side(best, count, column, node, places - 1, places - 1 - longest, -1, categoryLambda);
	}

	#sortLevels(places: number): void {
		const rank = this.#rank;
		const order = this.#order;
		for (let i = 0; i < places; i++) {
			const bin = order[i] as number;
			rank[bin] =
				(this.#gradients[bin] as number) /
				((this.#hessians[bin] as number) + this.#settings.categorySmoothing);
		}
		order.subarray(0, places).sort((a, b) => (rank[a] as number) - (rank[b] as number) || a - b);
	}

	/** Levels `order[from]` up to before `order[to]`, one more each time, go left. */
	#side(
		best: BestSplit,
		count: number,
		column: number,
		node: NodeSums,
		from: number,
		to: number,
		step: 1 | -1,
		ridge: number,
	): void {
		const settings = this.#settings;
		const widened = { lambda: settings.lambda + ridge, alpha: settings.alpha };
		const least = Math.max(settings.minChildWeight, LEAST_HESSIAN);
		let leftGradient = 0;
		let leftHessian = 0;
		let bestAt = -1;
		for (let i = from; i !== to; i += step) {
			const bin = this.#order[i] as number;
			leftGradient += this.#gradients[bin] as number;
			leftHessian += this.#hessians[bin] as number;
			if (leftHessian < least) continue;
			const rightHessian = node.hessian - leftHessian;
			if (rightHessian < least) break;
			const rightGradient = node.gradient - leftGradient;
			const left = leafValue(leftGradient, leftHessian, widened, node.lower, node.upper);
			const right = leafValue(rightGradient, rightHessian, widened, node.lower, node.upper);
			const gain =
				leafGain(leftGradient, leftHessian, widened, left) +
				leafGain(rightGradient, rightHessian, widened, right);
			if (!(gain > best.gain * CLEARLY)) continue;
			best.take(column, gain, leftGradient, leftHessian);
			bestAt = i;
		}
		if (bestAt < 0) return;
		best.byCategory = true;
		best.set.fill(0);
		for (let i = from; i !== bestAt + step; i += step) addToSet(best.set, this.#order[i] as number);
		if (best.leftHessian > node.hessian / 2) this.#addUnseen(best.set, count);
	}

	/** Levels that no row of the node has go with the heavier side. */
	#addUnseen(set: Uint32Array, count: number): void {
		for (let bin = MISSING; bin < count; bin++)
			if ((this.#hessians[bin] as number) === 0) addToSet(set, bin);
	}
}

function addToSet(set: Uint32Array, bin: number): void {
	set[bin >> 5] = (set[bin >> 5] as number) | (1 << (bin & 31));
}
