import { type Random, shuffle } from '$workers/math/random';
import type { Matrix, MatrixColumn } from '$workers/table/matrix';

/**
 * How far rows lie apart, as SMOTE-NC has it (Chawla et al. 2002, section 6.1): numbers by their
 * difference in standard deviations, a missing one standing at the mean, and each category that differs
 * counting as one standard deviation.
 */
export class Space {
	/** Row by row, `#width` each, numbers first. */
	readonly #values: Float64Array;
	readonly #width: number;
	readonly #numbers: number;

	constructor({ columns, count }: Matrix) {
		const numbers = columns.filter(({ kind }) => kind === 'number').map(standardised);
		const categories = columns.filter(({ kind }) => kind === 'category').map(levelsOf);
		this.#numbers = numbers.length;
		this.#width = columns.length;
		this.#values = new Float64Array(count * columns.length);
		[...numbers, ...categories].forEach((values, column) => {
			for (let row = 0; row < count; row++)
				this.#values[row * this.#width + column] = values[row] as number;
		});
	}

	/** Once beyond `most`, some number beyond it. */
	squaredDistance(left: number, right: number, most = Number.POSITIVE_INFINITY): number {
		const values = this.#values;
		let a = left * this.#width;
		let b = right * this.#width;
		const endOfNumbers = a + this.#numbers;
		const end = a + this.#width;
		let sum = 0;
		for (; a < endOfNumbers && sum <= most; a++, b++) {
			const difference = (values[a] as number) - (values[b] as number);
			sum += difference * difference;
		}
		for (; a < end && sum <= most; a++, b++) if (values[a] !== values[b]) sum++;
		return sum;
	}

	/** The `count` candidates nearest to a row, nearest first, itself left out; ties in their order. */
	nearest(row: number, candidates: ArrayLike<number>, count: number): Neighbour[] {
		const found: Neighbour[] = [];
		let farthest = Number.POSITIVE_INFINITY;
		for (let i = 0; i < candidates.length; i++) {
			const candidate = candidates[i] as number;
			if (candidate === row) continue;
			const distance = this.squaredDistance(row, candidate, farthest);
			if (distance >= farthest) continue;
			let place = found.length;
			while (place > 0 && (found[place - 1] as Neighbour).distance > distance) place--;
			found.splice(place, 0, { row: candidate, distance });
			if (found.length > count) found.pop();
			if (found.length === count) farthest = (found[count - 1] as Neighbour).distance;
		}
		return found;
	}
}

export interface Neighbour {
	readonly row: number;
	/** Squared. */
	readonly distance: number;
}

/** More rows than this are not searched for neighbours, but as many drawn from them. */
const MOST_CANDIDATES = 2000;

export function candidatesOf(rows: Uint32Array, random: Random): Uint32Array {
	return rows.length <= MOST_CANDIDATES
		? rows
		: shuffle(rows.slice(), random).slice(0, MOST_CANDIDATES).sort();
}

/** A missing category is a level of its own, which NaN would not be. */
function levelsOf({ values }: MatrixColumn): Float64Array {
	return values.map((level) => (Number.isNaN(level) ? -1 : level));
}

function standardised({ values }: MatrixColumn): Float64Array {
	const known = values.filter((value) => !Number.isNaN(value));
	const mean = known.reduce((sum, value) => sum + value / known.length, 0);
	const variance = known.reduce((sum, value) => sum + (value - mean) ** 2 / known.length, 0);
	const deviation = Math.sqrt(variance);
	return values.map((value) =>
		Number.isNaN(value) || deviation <= 1e-12 * Math.abs(mean) ? 0 : (value - mean) / deviation,
	);
}
