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

/** A factorisation costs about as much as this share of `size` updates of it. */
const UPDATES_A_FACTORISATION = 8;

/**
 * The posterior: precision = prior + Σ w·x·xᵀ and moments = Σ w·y·x, where x is the row less the mean
 * row. Kept as sums, so that what was added can be taken away; sums of whole rows, centred when a
 * factor is made of them, because rows have few values and centred rows have all.
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
	readonly #noise: number;
	#asOf: number;
	/** Σ w·row·rowᵀ of the columns together (lower triangle), Σ w·row, Σ w·y·row, and [Σ w, Σ w·y]. */
	readonly #products: Float64Array;
	readonly #sums: Float64Array;
	readonly #pulls: Float64Array;
	readonly #totals: Float64Array;
	/** Of the columns alone: Σ w·x². */
	readonly #squares: Float64Array;
	#factor: Float64Array;
	#weights: Float64Array | undefined;

	constructor(prior: LinearPrior, { halfLifeDays, asOf, noise = 1 }: LinearOptions) {
		if (!(halfLifeDays > 0)) throw new RangeError('the half-life is not positive');
		this.#prior = prior;
		this.#halfLifeDays = halfLifeDays;
		this.#noise = noise;
		this.#asOf = asOf;
		this.#products = new Float64Array(prior.precision.length);
		this.#squares = new Float64Array(prior.means.length);
		this.#sums = new Float64Array(prior.means.length);
		this.#pulls = new Float64Array(prior.means.length);
		this.#totals = new Float64Array(2);
		this.#factor = prior.factor.slice();
	}

	/** Civil day from which age is counted. */
	get asOf(): number {
		return this.#asOf;
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
		return this.#deviation(this.#vector(rows, row), alonePart(this.#prior, rows, row));
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
		return this.#deviation(together, alone);
	}

	/** One standard deviation of a sum of weights, each times the number beside its column. */
	directionDeviation(direction: Iterable<readonly [column: number, value: number]>): number {
		const { together, places } = this.#prior;
		const vector = new Float64Array(together.length);
		const alone = new Map<number, number>();
		for (const [column, value] of direction) {
			const place = places[column] as number;
			if (place >= 0) vector[place] = value;
			else alone.set(column, value);
		}
		return this.#deviation(vector, alone);
	}

	/**
	 * A row's score as its mean plus independent standard normal numbers, each times a loading: pairs
	 * of what names the number and its loading. Rows that share a number are uncertain together, so
	 * that scores of several rows can be drawn jointly without drawing all weights.
	 */
	*directions(rows: SparseRows, row: number): Iterable<readonly [name: number, loading: number]> {
		const { together } = this.#prior;
		const loadings = solveLower(this.#factor, together.length, this.#vector(rows, row));
		for (const [i, column] of together.entries())
			yield [column, this.#noise * (loadings[i] as number)];
		for (const [column, value] of alonePart(this.#prior, rows, row))
			yield [column, (this.#noise * value) / Math.sqrt(this.#alonePrecision(column))];
	}

	/**
	 * Covariance of a row's score with the weight of every column, and with the score of the mean row,
	 * in units of the noise: what an observation of another row moves this one by.
	 */
	covariances(rows: SparseRows, row: number): { columns: Float64Array; usual: number } {
		const { together, means } = this.#prior;
		const columns = new Float64Array(means.length);
		const solved = solveCholesky(this.#factor, together.length, this.#vector(rows, row));
		let usual = 0;
		together.forEach((column, i) => {
			columns[column] = solved[i] as number;
			usual += (solved[i] as number) * (means[column] as number);
		});
		for (const [column, value] of alonePart(this.#prior, rows, row))
			columns[column] = value / this.#alonePrecision(column);
		return { columns, usual };
	}

	/** The same posterior, to be changed apart from this one. */
	copy(): FittedLinear {
		const copied = new FittedLinear(this.#prior, {
			halfLifeDays: this.#halfLifeDays,
			asOf: this.#asOf,
			noise: this.#noise,
		});
		const own = this.#allSums();
		copied.#allSums().forEach((sums, i) => sums.set(own[i] as Float64Array));
		copied.#factor.set(this.#factor);
		return copied;
	}

	/** Weights drawn from the posterior. */
	sample(random: Random): Float64Array {
		const { together } = this.#prior;
		const drawn = this.weights().map(
			(mean, column) =>
				mean + (this.#noise * random.normal()) / Math.sqrt(this.#alonePrecision(column)),
		);
		const noise = solveUpper(
			this.#factor,
			together.length,
			Float64Array.from(together, () => this.#noise * random.normal()),
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
		for (const sums of this.#allSums())
			for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) * faded;
		this.#asOf = asOf;
		this.#factorise();
		this.#weights = undefined;
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
				sums: this.#sums,
				pulls: this.#pulls,
				totals: this.#totals,
				squares: this.#squares,
				factor: this.#factor,
			},
			metadata: {
				learner: 'bayesian-linear',
				halfLifeDays: String(this.#halfLifeDays),
				asOf: String(this.#asOf),
				noise: String(this.#noise),
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
			noise: Number(metadata['noise']),
		});
		const sums = ['products', 'sums', 'pulls', 'totals', 'squares'].map(read);
		fitted.#allSums().forEach((own, i) => own.set(sums[i] as Float64Array));
		fitted.#factor.set(read('factor'));
		return fitted;
	}

	dispose(): void {
		this.#weights = undefined;
	}

	#absorb({ rows, targets, weights, days }: LinearObservations, sign: 1 | -1): void {
		checkObservations(rows, targets, weights, days);
		const size = this.#prior.together.length;
		const many = rows.count > size / UPDATES_A_FACTORISATION;
		for (let row = 0; row < rows.count; row++) {
			const age = this.#asOf - (days[row] as number);
			const weight = sign * (weights[row] as number) * 2 ** (-age / this.#halfLifeDays);
			if (weight === 0) continue;
			if (!many) updateCholesky(this.#factor, size, this.#vector(rows, row), weight);
			this.#addRow(rows, row, weight, targets[row] as number);
		}
		if (many) this.#factorise();
		this.#weights = undefined;
	}

	#addRow(rows: SparseRows, row: number, weight: number, target: number): void {
		const { places, together } = this.#prior;
		const size = together.length;
		add(this.#totals, 0, weight);
		add(this.#totals, 1, weight * target);
		const end = rows.starts[row + 1] as number;
		for (let at = rows.starts[row] as number; at < end; at++) {
			const column = rows.columns[at] as number;
			const weighted = weight * (rows.values[at] as number);
			add(this.#sums, column, weighted);
			add(this.#pulls, column, weighted * target);
			const i = places[column] as number;
			if (i < 0) add(this.#squares, column, weighted * (rows.values[at] as number));
			else
				for (let other = rows.starts[row] as number; other < end; other++) {
					const j = places[rows.columns[other] as number] as number;
					if (j >= 0 && j <= i)
						add(this.#products, i * size + j, weighted * (rows.values[other] as number));
				}
		}
	}

	#allSums(): readonly Float64Array[] {
		return [this.#products, this.#sums, this.#pulls, this.#totals, this.#squares];
	}

	#factorise(): void {
		const { together, precision, means } = this.#prior;
		const size = together.length;
		const [total = 0] = this.#totals;
		const posterior = precision.slice();
		for (let i = 0; i < size; i++) {
			const meanI = means[together[i] as number] as number;
			const sumI = this.#sums[together[i] as number] as number;
			for (let j = 0; j <= i; j++) {
				const meanJ = means[together[j] as number] as number;
				const sumJ = this.#sums[together[j] as number] as number;
				const centred =
					(this.#products[i * size + j] as number) -
					sumI * meanJ -
					meanI * sumJ +
					total * meanI * meanJ;
				add(posterior, i * size + j, centred);
			}
		}
		this.#factor = cholesky(posterior, size);
	}

	#solve(): Float64Array {
		const { together, means } = this.#prior;
		const [, pull = 0] = this.#totals;
		const weights = this.#pulls.map((moment, column) => moment / this.#alonePrecision(column));
		const moments = Float64Array.from(
			together,
			(column) => (this.#pulls[column] as number) - pull * (means[column] as number),
		);
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

	#deviation(together: Float64Array, alone: ReadonlyMap<number, number>): number {
		let variance = 0;
		for (const value of solveLower(this.#factor, together.length, together))
			variance += value * value;
		for (const [column, value] of alone) variance += (value * value) / this.#alonePrecision(column);
		return this.#noise * Math.sqrt(variance);
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

function add(sums: Float64Array, at: number, value: number): void {
	sums[at] = (sums[at] as number) + value;
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
