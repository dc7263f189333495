import type { HomeTable } from './homes';

const METRES_PER_DEGREE = 111_320;

/** The neighbourhoods of a catalogue: which homes stand there, and where their middle is. */
export class Places {
	readonly names: readonly string[];
	/** Rows of each. */
	readonly rows: readonly (readonly number[])[];
	readonly #latitudes: Float64Array;
	readonly #longitudes: Float64Array;

	constructor({ columns, count }: HomeTable) {
		const { codes, names } = columns.neighbourhood;
		const rows: number[][] = names.map(() => []);
		for (let row = 0; row < count; row++) rows[codes[row] as number]?.push(row);
		this.names = names;
		this.rows = rows;
		this.#latitudes = middles(rows, columns.latitude.values);
		this.#longitudes = middles(rows, columns.longitude.values);
	}

	/** Metres between the middles of two; NaN where one of them is not known. */
	distance(one: number, other: number): number {
		const north = (this.#latitudes[one] as number) - (this.#latitudes[other] as number);
		const east = (this.#longitudes[one] as number) - (this.#longitudes[other] as number);
		const narrowed = Math.cos(((this.#latitudes[one] as number) * Math.PI) / 180);
		return METRES_PER_DEGREE * Math.hypot(north, east * narrowed);
	}
}

/** The mean of what is known of each place; NaN where nothing is. */
function middles(places: readonly (readonly number[])[], values: ArrayLike<number>): Float64Array {
	return Float64Array.from(places, (rows) => {
		const known = rows.map((row) => values[row] as number).filter(Number.isFinite);
		return known.reduce((sum, value) => sum + value, 0) / known.length;
	});
}
