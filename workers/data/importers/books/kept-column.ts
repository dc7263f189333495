import { type Column, numbers } from '$workers/table/column';
import { EMPTY, type ColumnCells } from './column-cells';
import { isMissing } from './missing';
import { CodeList, NumberList } from './number-list';
import { readDay } from './read-day';
import { readAnyNumber } from './read-number';

/** How the cells of a file are written where that can be read in two ways. */
export interface Writing {
	readonly dayFirst?: boolean | undefined;
	readonly decimalComma?: boolean | undefined;
}

type Reading = 'number' | 'day';
/** Of a category column. */
const MOST_NAMES = 65_535;

/**
 * A column kept by the source's own name, as reading the table by itself would give it: numbers where
 * every cell is a number, civil days where every cell is a date, otherwise a category. Missing cells
 * are NaN, or the empty name.
 */
export class KeptColumn {
	readonly cells: ColumnCells;
	readonly #writing: Writing;
	readonly #codes = new CodeList();
	#values: NumberList | null = null;
	#leftOut = false;
	#read: (text: string) => number = () => Number.NaN;

	constructor(cells: ColumnCells, writing: Writing) {
		this.cells = cells;
		this.#writing = writing;
	}

	/** More different texts than a category holds: the column is not handed back. */
	get leftOut(): boolean {
		return this.#leftOut;
	}

	/** Takes some rows of the batch that the cells have loaded. */
	append(rows: readonly number[]): void {
		if (this.#leftOut) return;
		const { codes } = this.cells;
		if (this.#values) for (const row of rows) this.#pushValue(codes[row] as number);
		else this.#codes.append(codes, rows);
		// Codes mean nothing once the cells begin anew, which they do above this number.
		if (!this.#values && this.cells.names.length > MOST_NAMES) this.#becomeNumbers();
	}

	/** `null` where the column is left out. */
	build(): Column | null {
		if (this.#leftOut) return null;
		if (this.#values) return numbers(this.#values.toArray(Float64Array));
		const reading = this.#numericReading();
		return reading ? numbers(this.#meanings(reading)) : this.#category();
	}

	/** As a category whatever it holds; an empty one where it was left out. */
	buildCategory(count: number): Column & { readonly type: 'category' } {
		if (!this.#leftOut && !this.#values) return this.#category();
		return { type: 'category', codes: new Uint16Array(count), names: [''] };
	}

	#pushValue(code: number): void {
		const value = this.#read(this.cells.names[code] as string);
		if (Math.abs(value) === Number.POSITIVE_INFINITY) this.#leave();
		else this.#values?.push(value);
	}

	#becomeNumbers(): void {
		const reading = this.#numericReading();
		if (!reading) return this.#leave();
		this.#read = this.#readerOf(reading);
		this.#values = new NumberList();
		for (const value of this.#meanings(reading)) this.#values.push(value);
	}

	/** What the cells that were taken mean. */
	#meanings(reading: Reading): Float64Array {
		const read = this.#readerOf(reading);
		const meanings = Float64Array.from(this.cells.names, (name) => read(name));
		const codes = this.#codes.values;
		const values = new Float64Array(codes.length);
		for (let row = 0; row < codes.length; row++)
			values[row] = meanings[codes[row] as number] as number;
		return values;
	}

	#leave(): void {
		this.#leftOut = true;
		this.#values = null;
	}

	#numericReading(): Reading | null {
		const used = this.#usedNames();
		const fits = (reading: Reading) => {
			const read = this.#readerOf(reading);
			return used.every((name) => Math.abs(read(name)) !== Number.POSITIVE_INFINITY);
		};
		if (fits('number')) return 'number';
		return fits('day') ? 'day' : null;
	}

	#usedNames(): string[] {
		const used = new Uint8Array(this.cells.names.length);
		const codes = this.#codes.values;
		for (let row = 0; row < codes.length; row++) used[codes[row] as number] = 1;
		return this.cells.names.filter((_, code) => used[code] === 1);
	}

	#readerOf(reading: Reading): (text: string) => number {
		const { dayFirst, decimalComma } = this.#writing;
		return reading === 'number'
			? (text) => readAnyNumber(text, decimalComma)
			: (text) => readDay(text, { dayFirst });
	}

	/** Names in order of first appearance. */
	#category(): Column & { readonly type: 'category' } {
		const all = this.#codes.values;
		const place = new Int32Array(this.cells.names.length).fill(-1);
		const names: string[] = [];
		const codes = new Uint16Array(all.length);
		let placeOfMissing = -1;
		all.forEach((code, row) => {
			let own = place[code] as number;
			if (own < 0) {
				const name = this.cells.names[code] as string;
				const missing = code === EMPTY || isMissing(name);
				own = missing && placeOfMissing >= 0 ? placeOfMissing : names.length;
				if (own === names.length) names.push(missing ? '' : name);
				if (missing) placeOfMissing = own;
				place[code] = own;
			}
			codes[row] = own;
		});
		return { type: 'category', codes, names };
	}
}
