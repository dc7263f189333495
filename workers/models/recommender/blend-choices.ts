import { cholesky, solveCholesky } from '$workers/math/cholesky';

/** What somebody chose, and homes drawn by lot from those that they did not choose. */
export interface Choice {
	/** Row by row, `size` features each; the first row is what was chosen. */
	readonly rows: Float32Array;
	/** What each row has beside its weighted features; nothing where left out. */
	readonly offsets?: Float64Array;
}

export interface ChoiceOptions {
	/** Features of a home. */
	readonly size: number;
	/** Of the squares of the weights, with every feature on a scale of one deviation. */
	readonly penalty: number;
}

const STEPS = 40;
const HALVINGS = 8;
const ENOUGH = 1e-6;
/** Features that never differ have no scale of their own: a little keeps the curve bent. */
const LEAST_VARIANCE = 1e-6;

/**
 * The weights with which a sum of features makes what was chosen likeliest among all homes: a
 * conditional logit. Where all homes are drawn with the same chance, those drawn alone tell the weights
 * (McFadden 1978, "Modelling the choice of residential location"). Newton's method on a convex loss: the same choices give the same weights.
 *
 * @throws RangeError without a choice, or where rows are not whole
 */
export function fitChoices(choices: readonly Choice[], options: ChoiceOptions): Float64Array {
	const { size, penalty } = options;
	if (choices.length === 0) throw new RangeError('there is no choice to learn from');
	if (choices.some(({ rows }) => rows.length % size !== 0))
		throw new RangeError('the rows of a choice are not whole');
	const variances = variancesOf(choices, size);
	const curve = {
		choices,
		size,
		ridges: variances.map((variance) => penalty * (variance + LEAST_VARIANCE)),
	};
	let weights = new Float64Array(size);
	let loss = lossOf(curve, weights);
	for (let step = 0; step < STEPS; step++) {
		const better = descend(curve, weights, loss);
		const gained = loss - better.loss;
		({ weights, loss } = better);
		if (gained < ENOUGH) break;
	}
	return weights;
}

interface Curve {
	readonly choices: readonly Choice[];
	readonly size: number;
	readonly ridges: Float64Array;
}

interface Point {
	readonly weights: Float64Array<ArrayBuffer>;
	readonly loss: number;
}

/** One step of Newton's, made shorter until it leads down. */
function descend(curve: Curve, weights: Float64Array<ArrayBuffer>, loss: number): Point {
	const { slope, bend } = derivatives(curve, weights);
	const step = solveCholesky(cholesky(bend, curve.size), curve.size, slope);
	for (let halving = 0; halving < HALVINGS; halving++) {
		const next = weights.map((weight, k) => weight - (step[k] as number) * 0.5 ** halving);
		const lower = lossOf(curve, next);
		if (lower < loss) return { weights: next, loss: lower };
	}
	return { weights, loss };
}

function lossOf(curve: Curve, weights: Float64Array): number {
	let loss = 0;
	for (const choice of curve.choices) {
		const { logarithm } = chancesOf(choice, curve.size, weights);
		loss -= logarithm;
	}
	return weights.reduce(
		(sum, weight, k) => sum + ((curve.ridges[k] as number) / 2) * weight * weight,
		loss,
	);
}

function derivatives(curve: Curve, weights: Float64Array) {
	const { choices, size, ridges } = curve;
	const slope = Float64Array.from(weights, (weight, k) => weight * (ridges[k] as number));
	const bend = new Float64Array(size * size);
	ridges.forEach((ridge, k) => (bend[k * size + k] = ridge));
	const mean = new Float64Array(size);
	for (const choice of choices) {
		const { rows } = choice;
		const { chances } = chancesOf(choice, size, weights);
		mean.fill(0);
		chances.forEach((chance, i) => {
			const at = i * size;
			for (let k = 0; k < size; k++) {
				const part = chance * (rows[at + k] as number);
				mean[k] = (mean[k] as number) + part;
				for (let l = 0; l <= k; l++)
					bend[k * size + l] = (bend[k * size + l] as number) + part * (rows[at + l] as number);
			}
		});
		for (let k = 0; k < size; k++) {
			slope[k] = (slope[k] as number) + (mean[k] as number) - (rows[k] as number);
			for (let l = 0; l <= k; l++)
				bend[k * size + l] =
					(bend[k * size + l] as number) - (mean[k] as number) * (mean[l] as number);
		}
	}
	return { slope, bend };
}

/** How likely each row is the one chosen, and the logarithm of it for the one that was. */
function chancesOf({ offsets, rows }: Choice, size: number, weights: Float64Array) {
	const count = rows.length / size;
	const chances = new Float64Array(count);
	for (let i = 0; i < count; i++) {
		let score = offsets?.[i] ?? 0;
		for (let k = 0; k < size; k++) score += (rows[i * size + k] as number) * (weights[k] as number);
		chances[i] = score;
	}
	const highest = chances.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
	const own = (chances[0] as number) - highest;
	let total = 0;
	for (let i = 0; i < count; i++) {
		chances[i] = Math.exp((chances[i] as number) - highest);
		total += chances[i] as number;
	}
	for (let i = 0; i < count; i++) chances[i] = (chances[i] as number) / total;
	return { chances, logarithm: own - Math.log(total) };
}

function variancesOf(choices: readonly Choice[], size: number): Float64Array {
	const sums = new Float64Array(size);
	const squares = new Float64Array(size);
	let count = 0;
	for (const { rows } of choices) {
		count += rows.length / size;
		rows.forEach((value, at) => {
			const k = at % size;
			sums[k] = (sums[k] as number) + value;
			squares[k] = (squares[k] as number) + value * value;
		});
	}
	return sums.map((sum, k) => Math.max(0, (squares[k] as number) / count - (sum / count) ** 2));
}
