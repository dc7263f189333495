import { cholesky, solveCholesky } from '$workers/math/cholesky';
import type { History } from './history';
import { rankFourUpdate } from './rank-four';

export interface FoldInOptions {
	/** What each item, seen or not, weighs as a zero, beside the weights of those seen. */
	readonly unseenWeight: number;
	readonly ridge: number;
	/** 0: the same ridge for all; 1: a ridge in proportion to how much was seen. */
	readonly frequencyPower: number;
}

/**
 * Finds a row's factor from the factors of the columns: the one kernel that trains people, trains items
 * and takes in new people. It minimises
 *
 *     Σ seen v·(1 - w·h)² + unseenWeight · Σ all (w·h)² + ridge · (Σ v + unseenWeight · columns)^power · |w|²
 *
 * (Hu, Koren and Volinsky 2008; the scaling of the ridge by Rendle, Krichene, Zhang and Koren 2021,
 * "Revisiting the performance of iALS on item recommendation benchmarks"). The sum over all columns
 * is one matrix, made once, so that a row costs what it has seen. Sums are float64.
 */
export class FoldIn {
	readonly #factors: Float64Array;
	readonly #size: number;
	readonly #options: FoldInOptions;
	/** unseenWeight · Σ h·hᵀ, size × size. */
	readonly #everything: Float64Array;

	/** @param factors those of the columns, row by row; kept, not copied */
	constructor(factors: Float64Array, size: number, options: FoldInOptions) {
		this.#factors = factors;
		this.#size = size;
		this.#options = options;
		this.#everything = gramOf(factors, size).map((value) => value * options.unseenWeight);
	}

	/** The best factor for a history; zeros where nothing was seen. */
	fold(history: History): Float64Array {
		const factor = new Float64Array(this.#size);
		this.improve(history, factor, this.#size);
		return factor;
	}

	/**
	 * Improves a factor in place, `block` numbers of it at a time: each block is the best given the
	 * others, at a cost of seen × size × block + size × block² (Rendle, Krichene, Zhang and Koren 2021,
	 * "iALS++"). One block of the whole size gives the best factor, from wherever it starts.
	 */
	improve(history: History, factor: Float64Array, block: number): void {
		if (history.columns.length === 0) {
			factor.fill(0);
			return;
		}
		const ridge = this.ridgeOf(history);
		const scores = this.#scores(history, factor);
		for (let from = 0; from < this.#size; from += block) {
			const width = Math.min(block, this.#size - from);
			const tile = this.#tile(history, from, width);
			const slope = this.#slope(history, factor, scores, tile, { from, width, ridge });
			const bend = this.#bend(history, tile, { from, width, ridge });
			const step = solveCholesky(cholesky(bend, width), width, slope);
			for (let j = 0; j < width; j++)
				factor[from + j] = (factor[from + j] as number) - (step[j] as number);
			for (let i = 0; i < scores.length; i++)
				scores[i] = (scores[i] as number) - dotAt(tile, i * width, step);
		}
	}

	/** The ridge of a row that has seen this much. */
	ridgeOf({ values }: History): number {
		const { ridge, unseenWeight, frequencyPower } = this.#options;
		const columns = this.#factors.length / this.#size;
		let seen = 0;
		for (let i = 0; i < values.length; i++) seen += values[i] as number;
		return ridge * (seen + unseenWeight * columns) ** frequencyPower;
	}

	/** The factor of the matrix whose inverse tells how near two items are to this person. */
	system(history: History): Float64Array {
		const whole = { from: 0, width: this.#size, ridge: this.ridgeOf(history) };
		return cholesky(this.#bend(history, this.#tile(history, 0, this.#size), whole), this.#size);
	}

	#scores({ columns }: History, factor: Float64Array): Float64Array {
		const scores = new Float64Array(columns.length);
		for (let i = 0; i < columns.length; i++)
			scores[i] = dotAt(this.#factors, (columns[i] as number) * this.#size, factor);
		return scores;
	}

	/** A block of the factors of the columns seen, side by side; filled up to fours with zeros. */
	#tile({ columns }: History, from: number, width: number): Float64Array {
		const tile = new Float64Array(Math.ceil(columns.length / 4) * 4 * width);
		for (let i = 0; i < columns.length; i++) {
			const at = (columns[i] as number) * this.#size + from;
			for (let j = 0; j < width; j++) tile[i * width + j] = this.#factors[at + j] as number;
		}
		return tile;
	}

	/** Half the gradient of a block. */
	#slope(
		{ values }: History,
		factor: Float64Array,
		scores: Float64Array,
		tile: Float64Array,
		{ from, width, ridge }: Block,
	): Float64Array {
		const slope = new Float64Array(width);
		for (let j = 0; j < width; j++)
			slope[j] =
				dotAt(this.#everything, (from + j) * this.#size, factor) +
				ridge * (factor[from + j] as number);
		for (let i = 0; i < scores.length; i++) {
			const wrong = (values[i] as number) * ((scores[i] as number) - 1);
			for (let j = 0; j < width; j++)
				slope[j] = (slope[j] as number) + wrong * (tile[i * width + j] as number);
		}
		return slope;
	}

	/** Half the second derivative of a block: width × width, lower triangle. */
	#bend({ values }: History, tile: Float64Array, { from, width, ridge }: Block): Float64Array {
		const bend = new Float64Array(width * width);
		for (let j = 0; j < width; j++) {
			const at = (from + j) * this.#size + from;
			for (let k = 0; k <= j; k++) bend[j * width + k] = this.#everything[at + k] as number;
			bend[j * width + j] = (bend[j * width + j] as number) + ridge;
		}
		rankFourUpdate(bend, width, tile, values);
		return bend;
	}
}

interface Block {
	readonly from: number;
	readonly width: number;
	readonly ridge: number;
}

/** Σ h·hᵀ over all rows, both triangles. */
function gramOf(factors: Float64Array, size: number): Float64Array {
	const gram = new Float64Array(size * size);
	const rows = factors.length / size;
	const tile = new Float64Array(Math.ceil(rows / 4) * 4 * size);
	tile.set(factors);
	rankFourUpdate(gram, size, tile, new Float64Array(rows).fill(1));
	for (let j = 0; j < size; j++)
		for (let k = 0; k < j; k++) gram[k * size + j] = gram[j * size + k] as number;
	return gram;
}

/** The product of `vector` with the numbers of `matrix` from a place on. */
function dotAt(matrix: Float64Array, at: number, vector: Float64Array): number {
	let sum = 0;
	for (let k = 0; k < vector.length; k++) sum += (matrix[at + k] as number) * (vector[k] as number);
	return sum;
}
