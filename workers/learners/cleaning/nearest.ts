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
	/** Column by column: numbers in deviations from their mean, then places of levels; NaN is missing. */
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
	const columns = [
		...numbers.map(({ name, mean, deviation }) =>
			findColumn(rows, name, 'number').values.map((value) => (value - mean) / deviation),
		),
		...categories.map(({ name, levels }) => placesIn(levels, findColumn(rows, name, 'category'))),
	];
	const coordinates = new Float64Array(columns.length * rows.count);
	columns.forEach((values, column) => coordinates.set(values, column * rows.count));
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
	readonly #shared: Float64Array;

	constructor(donors: Donors) {
		this.#donors = donors;
		this.#width = donors.numbers.length + donors.categories.length;
		this.#count = this.#width > 0 ? donors.values.length / this.#width : 0;
		this.#distances = new Float64Array(this.#count);
		this.#shared = new Float64Array(this.#count);
	}

	/** `coordinates` are those of `rows` rows, column by column. */
	fill(coordinates: Float64Array, rows: number, row: number): void {
		const places = Array.from({ length: this.#width }, (_, column) => column * rows + row);
		const gaps = [...places.keys()].filter((column) =>
			Number.isNaN(coordinates[places[column] as number]),
		);
		if (gaps.length === 0) return;
		this.#measure(Float64Array.from(places, (place) => coordinates[place] as number));
		for (const column of gaps) coordinates[places[column] as number] = this.#fillOf(column);
	}

	/** Squared, over the number of shared columns; infinite where none is shared. */
	#measure(row: Float64Array): void {
		const { values, numbers } = this.#donors;
		const distances = this.#distances.fill(0);
		const shared = this.#shared.fill(0);
		for (let column = 0; column < row.length; column++) {
			const own = row[column] as number;
			if (Number.isNaN(own)) continue;
			const isNumber = column < numbers.length;
			const start = column * this.#count;
			for (let donor = 0; donor < this.#count; donor++) {
				const difference = (values[start + donor] as number) - own;
				if (Number.isNaN(difference)) continue;
				shared[donor] = (shared[donor] as number) + 1;
				const square = isNumber ? difference * difference : difference === 0 ? 0 : 1;
				distances[donor] = (distances[donor] as number) + square;
			}
		}
		for (let donor = 0; donor < this.#count; donor++)
			distances[donor] =
				(shared[donor] as number) > 0
					? (distances[donor] as number) / (shared[donor] as number)
					: Number.POSITIVE_INFINITY;
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
		const { neighbours } = this.#donors;
		const values = this.#donors.values.subarray(column * this.#count);
		const nearest: number[] = [];
		let farthest = Number.POSITIVE_INFINITY;
		for (let donor = 0; donor < this.#count; donor++) {
			const distance = this.#distances[donor] as number;
			if (distance >= farthest || Number.isNaN(values[donor])) continue;
			let place = nearest.length;
			while (place > 0 && (this.#distances[nearest[place - 1] as number] as number) > distance)
				place--;
			nearest.splice(place, 0, donor);
			if (nearest.length > neighbours) nearest.pop();
			if (nearest.length === neighbours)
				farthest = this.#distances[nearest[neighbours - 1] as number] as number;
		}
		return nearest.map((donor) => values[donor] as number);
	}
}

export function standardNumbers(columns: readonly MatrixColumn[]): Donors['numbers'] {
	return columns.map(({ name, values }) => ({ name, ...standardOf(values) }));
}
