import { type Random, shuffle } from '$workers/math/random';
import { type Matrix, type MatrixColumn, takeMatrixRows } from '$workers/table/matrix';
import { findColumn, placesIn } from './columns';
import { mostFrequent, standardOf } from './statistics';

/** Columns that rows are compared by, numbers first, and the rows from which gaps are filled. */
export interface Donors {
	readonly neighbours: number;
	readonly numbers: readonly {
		readonly name: string;
		readonly mean: number;
		readonly deviation: number;
	}[];
	readonly categories: readonly { readonly name: string; readonly levels: readonly string[] }[];
	/** Row by row: numbers in deviations from their mean, then places of levels; NaN is missing. */
	readonly values: Float64Array;
}

/** Drawn without replacement, ascending; all where there are no more. */
export function drawRows(count: number, most: number, random: Random): Uint32Array {
	const all = Uint32Array.from({ length: count }, (_, row) => row);
	return count <= most ? all : shuffle(all, random).slice(0, most).sort();
}

export function donorsFrom(
	rows: Matrix,
	{ neighbours, numbers, categories }: Omit<Donors, 'values'>,
	drawn: Uint32Array,
): Donors {
	const empty = { neighbours, numbers, categories, values: new Float64Array(0) };
	return { ...empty, values: coordinatesOf(empty, takeMatrixRows(rows, drawn)) };
}

/** Rows as `values` of donors has them. */
export function coordinatesOf(
	{ numbers, categories }: Omit<Donors, 'values'>,
	rows: Matrix,
): Float64Array {
	const width = numbers.length + categories.length;
	const columns = [
		...numbers.map(({ name, mean, deviation }) =>
			findColumn(rows, name, 'number').values.map((value) => (value - mean) / deviation),
		),
		...categories.map(({ name, levels }) => placesIn(levels, findColumn(rows, name, 'category'))),
	];
	const coordinates = new Float64Array(rows.count * width);
	columns.forEach((values, column) => {
		for (let row = 0; row < rows.count; row++)
			coordinates[row * width + column] = values[row] as number;
	});
	return coordinates;
}

/**
 * Fills the gaps of one row after the other, in place. The distance of two rows is that of their
 * shared columns, scaled up to all of them: √(columns / shared · Σ difference²), a category that
 * differs counting as one standard deviation.
 */
export class Filler {
	readonly #donors: Donors;
	readonly #width: number;
	readonly #count: number;
	readonly #distances: Float64Array;

	constructor(donors: Donors) {
		this.#donors = donors;
		this.#width = donors.numbers.length + donors.categories.length;
		this.#count = this.#width > 0 ? donors.values.length / this.#width : 0;
		this.#distances = new Float64Array(this.#count);
	}

	get width(): number {
		return this.#width;
	}

	/** `row` holds the coordinates of one row. */
	fill(row: Float64Array): void {
		const gaps = [...row.keys()].filter((column) => Number.isNaN(row[column]));
		if (gaps.length === 0) return;
		this.#measure(row);
		const fills = gaps.map((column) => this.#fillOf(column));
		gaps.forEach((column, i) => (row[column] = fills[i] as number));
	}

	/** Squared, over the number of shared columns; infinite where none is shared. */
	#measure(row: Float64Array): void {
		const { values, numbers } = this.#donors;
		for (let donor = 0, at = 0; donor < this.#count; donor++) {
			let sum = 0;
			let shared = 0;
			for (let column = 0; column < this.#width; column++, at++) {
				const difference = (values[at] as number) - (row[column] as number);
				if (Number.isNaN(difference)) continue;
				shared++;
				if (column < numbers.length) sum += difference * difference;
				else if (difference !== 0) sum++;
			}
			this.#distances[donor] = shared > 0 ? sum / shared : Number.POSITIVE_INFINITY;
		}
	}

	/** The mean (or the most frequent level) of the nearest donors that have the column. */
	#fillOf(column: number): number {
		const found = this.#nearest(column);
		const { numbers } = this.#donors;
		// The mean of a column of deviations is 0.
		if (column < numbers.length)
			return found.reduce((sum, value) => sum + value, 0) / (found.length || 1);
		const counts = new Map<number, number>();
		for (const place of found.sort((a, b) => a - b))
			counts.set(place, (counts.get(place) ?? 0) + 1);
		return mostFrequent(counts) ?? Number.NaN;
	}

	/** What the nearest donors have there, nearest first; ties in their order. */
	#nearest(column: number): number[] {
		const { values, neighbours } = this.#donors;
		const nearest: number[] = [];
		let farthest = Number.POSITIVE_INFINITY;
		for (let donor = 0; donor < this.#count; donor++) {
			const distance = this.#distances[donor] as number;
			if (distance >= farthest || Number.isNaN(values[donor * this.#width + column])) continue;
			let place = nearest.length;
			while (place > 0 && (this.#distances[nearest[place - 1] as number] as number) > distance)
				place--;
			nearest.splice(place, 0, donor);
			if (nearest.length > neighbours) nearest.pop();
			if (nearest.length === neighbours)
				farthest = this.#distances[nearest[neighbours - 1] as number] as number;
		}
		return nearest.map((donor) => values[donor * this.#width + column] as number);
	}
}

export function standardNumbers(columns: readonly MatrixColumn[]): Donors['numbers'] {
	return columns.map(({ name, values }) => ({ name, ...standardOf(values) }));
}
