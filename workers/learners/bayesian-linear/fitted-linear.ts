import {
	cholesky,
	solveCholesky,
	solveLower,
	solveUpper,
	updateCholesky,
} from '$workers/math/cholesky';
import type { Random } from '$workers/math/random';
import { type SparseRows, dotAll } from '$workers/table/sparse';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { Contributions, Explains, Fitted, Forgets, Updates } from '../contract';
import type { LinearObservations, LinearOptions } from './bayesian-linear';
import type { LinearPrior } from './prior';

/**
 * The posterior: precision = prior + Σ w·x·xᵀ and moments = Σ w·y·x, kept as sums, so that what was
 * added can be taken away. x is the row less the mean row.
 */
export class FittedLinear
	implements
		Fitted<SparseRows, Float64Array>,
		Explains<SparseRows>,
		Updates<LinearObservations>,
		Forgets<LinearObservations>
{
	readonly #prior: LinearPrior;
	readonly #halfLifeDays: number;
	#asOf: number;
	/** Σ w·x·xᵀ of the columns together, and of each column alone. */
	readonly #products: Float64Array;
	readonly #squares: Float64Array;
	readonly #moments: Float64Array;
	#factor: Float64Array;
	#weights: Float64Array | undefined;

	constructor(prior: LinearPrior, { halfLifeDays, asOf }: LinearOptions) {
		if (!(halfLifeDays > 0)) throw new RangeError('the half-life is not positive');
		this.#prior = prior;
		this.#halfLifeDays = halfLifeDays;
		this.#asOf = asOf;
		this.#products = new Float64Array(prior.precision.length);
		this.#squares = new Float64Array(prior.means.length);
		this.#moments = new Float64Array(prior.means.length);
		this.#factor = prior.factor.slice();
	}

	async predict(query: SparseRows): Promise<Float64Array> {
		return this.scores(query);
	}

	/** The expected score of each row; the mean row has 0. */
	scores(rows: SparseRows): Float64Array {
		const weights = this.weights();
		const usual = dot(weights, this.#prior.means);
		return dotAll(rows, weights).map((score) => score - usual);
	}

	/** The posterior mean of every column's weight; not to be written to. */
	weights(): Float64Array {
		this.#weights ??= this.#solve();
		return this.#weights;
	}

	/** One standard deviation of the score of a row. */
	deviation(rows: SparseRows, row: number): number {
		return Math.sqrt(this.#variance(this.#vector(rows, row), alonePart(this.#prior, rows, row)));
	}

	/** One standard deviation of the difference between the scores of two rows. */
	differenceDeviation(rows: SparseRows, left: number, right: number): number {
		const together = this.#vector(rows, left);
		this.#vector(rows, right).forEach(
			(value, i) => (together[i] = (together[i] as number) - value),
		);
		const alone = alonePart(this.#prior, rows, left);
		for (const [column, value] of alonePart(this.#prior, rows, right))
			alone.set(column, (alone.get(column) ?? 0) - value);
		return Math.sqrt(this.#variance(together, alone));
	}

	/** One standard deviation of every column's weight; costs size³. */
	weightDeviations(): Float64Array {
		const { together } = this.#prior;
		const deviations = this.#squares.map((_, column) =>
			Math.sqrt(1 / this.#alonePrecision(column)),
		);
		const unit = new Float64Array(together.length);
		together.forEach((column, i) => {
			unit.fill(0)[i] = 1;
			deviations[column] = Math.hypot(...solveLower(this.#factor, together.length, unit));
		});
		return deviations;
	}

	/** Weights drawn from the posterior. */
	sample(random: Random): Float64Array {
		const { together } = this.#prior;
		const drawn = this.weights().map(
			(mean, column) => mean + random.normal() / Math.sqrt(this.#alonePrecision(column)),
		);
		const noise = solveUpper(
			this.#factor,
			together.length,
			Float64Array.from(together, () => random.normal()),
		);
		together.forEach((column, i) => {
			drawn[column] = (this.weights()[column] as number) + (noise[i] as number);
		});
		return drawn;
	}

	/** Shares by column: weight × (value - mean value). For few rows and columns: rows × columns numbers. */
	async explain(query: SparseRows): Promise<Contributions> {
		const weights = this.weights();
		const { means } = this.#prior;
		const names = Array.from(means.keys(), String);
		const usual = weights.map((weight, column) => -weight * (means[column] as number));
		const values = new Float64Array(query.count * names.length);
		for (let row = 0; row < query.count; row++) {
			values.set(usual, row * names.length);
			for (let at = query.starts[row] as number; at < (query.starts[row + 1] as number); at++) {
				const column = query.columns[at] as number;
				const place = row * names.length + column;
				values[place] =
					(values[place] as number) + (weights[column] as number) * (query.values[at] as number);
			}
		}
		return { names, values };
	}

	update(more: LinearObservations): void {
		this.#absorb(more, 1);
	}

	forget(some: LinearObservations): void {
		this.#absorb(some, -1);
	}

	/** Lets time pass: what was observed fades. Costs size³, whatever was observed. */
	advance(asOf: number): void {
		if (asOf === this.#asOf) return;
		const faded = 2 ** (-(asOf - this.#asOf) / this.#halfLifeDays);
		for (const sums of [this.#products, this.#squares, this.#moments])
			for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) * faded;
		this.#asOf = asOf;
		const precision = this.#prior.precision.map(
			(value, i) => value + (this.#products[i] as number),
		);
		this.#factor = cholesky(precision, this.#prior.together.length);
		this.#weights = undefined;
	}

	/** The same beliefs, apart: what is done to one is not done to the other. */
	copy(): FittedLinear {
		const copied = new FittedLinear(this.#prior, {
			halfLifeDays: this.#halfLifeDays,
			asOf: this.#asOf,
		});
		copied.#products.set(this.#products);
		copied.#squares.set(this.#squares);
		copied.#moments.set(this.#moments);
		copied.#factor.set(this.#factor);
		return copied;
	}

	toBuffer(): ArrayBuffer {
		const { means, together, precision, alone } = this.#prior;
		return encodeTensors({
			arrays: {
				means,
				together,
				precision,
				alone,
				products: this.#products,
				squares: this.#squares,
				moments: this.#moments,
				factor: this.#factor,
			},
			metadata: {
				learner: 'bayesian-linear',
				halfLifeDays: String(this.#halfLifeDays),
				asOf: String(this.#asOf),
			},
		});
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not of this learner. */
	static from(buffer: ArrayBuffer): FittedLinear {
		const { arrays, metadata } = decodeTensors(buffer);
		const read = (name: string): Float64Array => {
			const array = arrays[name];
			if (!(array instanceof Float64Array))
				throw new RangeError(`linear model: ${name} is missing`);
			return array.slice();
		};
		const together = arrays['together'];
		if (metadata['learner'] !== 'bayesian-linear' || !(together instanceof Uint32Array))
			throw new RangeError('the bytes are not those of a linear model');
		const means = read('means');
		const precision = read('precision');
		const places = new Int32Array(means.length).fill(-1);
		together.forEach((column, place) => (places[column] = place));
		const factor = cholesky(precision, together.length);
		const prior = {
			means,
			together: together.slice(),
			places,
			precision,
			factor,
			alone: read('alone'),
		};
		const fitted = new FittedLinear(prior, {
			halfLifeDays: Number(metadata['halfLifeDays']),
			asOf: Number(metadata['asOf']),
		});
		fitted.#products.set(read('products'));
		fitted.#squares.set(read('squares'));
		fitted.#moments.set(read('moments'));
		fitted.#factor.set(read('factor'));
		return fitted;
	}

	dispose(): void {
		this.#weights = undefined;
	}

	#absorb({ rows, targets, weights, days }: LinearObservations, sign: 1 | -1): void {
		checkObservations(rows, targets, weights, days);
		const size = this.#prior.together.length;
		for (let row = 0; row < rows.count; row++) {
			const age = this.#asOf - (days[row] as number);
			const weight = sign * (weights[row] as number) * 2 ** (-age / this.#halfLifeDays);
			if (weight === 0) continue;
			const pull = weight * (targets[row] as number);
			const vector = this.#vector(rows, row);
			updateCholesky(this.#factor, size, vector, weight);
			addOuter(this.#products, vector, weight);
			this.#prior.together.forEach((column, i) => {
				this.#moments[column] = (this.#moments[column] as number) + pull * (vector[i] as number);
			});
			for (const [column, value] of alonePart(this.#prior, rows, row)) {
				this.#moments[column] = (this.#moments[column] as number) + pull * value;
				this.#squares[column] = (this.#squares[column] as number) + weight * value * value;
			}
		}
		this.#weights = undefined;
	}

	#solve(): Float64Array {
		const { together } = this.#prior;
		const weights = this.#moments.map((moment, column) => moment / this.#alonePrecision(column));
		const moments = Float64Array.from(together, (column) => this.#moments[column] as number);
		const solved = solveCholesky(this.#factor, together.length, moments);
		together.forEach((column, i) => (weights[column] = solved[i] as number));
		return weights;
	}

	#alonePrecision(column: number): number {
		return (this.#prior.alone[column] as number) + (this.#squares[column] as number);
	}

	/** A row's columns together, less their means. */
	#vector(rows: SparseRows, row: number): Float64Array {
		const { together, places, means } = this.#prior;
		const vector = Float64Array.from(together, (column) => -(means[column] as number));
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
			const place = places[rows.columns[at] as number] as number;
			if (place >= 0) vector[place] = (vector[place] as number) + (rows.values[at] as number);
		}
		return vector;
	}

	#variance(together: Float64Array, alone: ReadonlyMap<number, number>): number {
		let variance = 0;
		for (const value of solveLower(this.#factor, together.length, together))
			variance += value * value;
		for (const [column, value] of alone) variance += (value * value) / this.#alonePrecision(column);
		return variance;
	}
}

/** A row's columns that are learned alone. */
function alonePart({ places }: LinearPrior, rows: SparseRows, row: number): Map<number, number> {
	const part = new Map<number, number>();
	for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
		const column = rows.columns[at] as number;
		if ((places[column] as number) < 0) part.set(column, rows.values[at] as number);
	}
	return part;
}

function addOuter(sums: Float64Array, vector: Float64Array, weight: number): void {
	const size = vector.length;
	for (let i = 0; i < size; i++) {
		const scaled = weight * (vector[i] as number);
		for (let j = 0; j < size; j++)
			sums[i * size + j] = (sums[i * size + j] as number) + scaled * (vector[j] as number);
	}
}

function dot(left: Float64Array, right: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < left.length; i++) sum += (left[i] as number) * (right[i] as number);
	return sum;
}

function checkObservations(
	rows: SparseRows,
	targets: Float64Array,
	weights: Float64Array,
	days: Float64Array,
): void {
	if ([targets, weights, days].some((column) => column.length !== rows.count))
		throw new RangeError('observations need one target, weight and day a row');
	if ([targets, weights, days, rows.values].some((column) => !column.every(Number.isFinite)))
		throw new RangeError('an observation is not a finite number');
	if (weights.some((weight) => weight < 0)) throw new RangeError('a weight is negative');
}
