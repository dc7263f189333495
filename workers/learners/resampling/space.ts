import { type Random, shuffle } from '$workers/math/random';
import type { Matrix, MatrixColumn } from '$workers/table/matrix';

/**
 * How far rows lie apart, as SMOTE-NC has it (Chawla et al. 2002, section 6.1): numbers by their
 * difference in standard deviations, a missing one standing at the mean, and each category that differs
 * counting as one standard deviation.
 */
export class Space {
	readonly #numbers: readonly Float64Array[];
	readonly #categories: readonly Float64Array[];

	constructor({ columns }: Matrix) {
		this.#numbers = columns.filter(({ kind }) => kind === 'number').map(standardised);
		this.#categories = columns
			.filter(({ kind }) => kind === 'category')
			// A missing category is a level of its own, which NaN would not be.
			.map(({ values }) => values.map((level) => (Number.isNaN(level) ? -1 : level)));
	}

	squaredDistance(left: number, right: number): number {
		let sum = 0;
		for (const values of this.#numbers) {
			const difference = (values[left] as number) - (values[right] as number);
			sum += difference * difference;
		}
		for (const levels of this.#categories) if (levels[left] !== levels[right]) sum++;
		return sum;
	}

	/** The `count` candidates nearest to a row, nearest first, itself left out; ties in their order. */
	nearest(row: number, candidates: ArrayLike<number>, count: number): Neighbour[] {
		const found: Neighbour[] = [];
		for (let i = 0; i < candidates.length; i++) {
			const candidate = candidates[i] as number;
			if (candidate === row) continue;
			const distance = this.squaredDistance(row, candidate);
			if (found.length === count && distance >= (found.at(-1) as Neighbour).distance) continue;
			let place = found.length;
			while (place > 0 && (found[place - 1] as Neighbour).distance > distance) place--;
			found.splice(place, 0, { row: candidate, distance });
			if (found.length > count) found.pop();
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
const MOST_CANDIDATES = 4000;

export function candidatesOf(rows: Uint32Array, random: Random): Uint32Array {
	return rows.length <= MOST_CANDIDATES
		? rows
		: shuffle(rows.slice(), random).slice(0, MOST_CANDIDATES).sort();
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
