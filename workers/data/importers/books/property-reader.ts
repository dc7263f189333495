import type { BringRefusal, Mapping } from '$lib/contracts';
import { type NumberColumn, categories, texts } from '$workers/table/column';
import { table } from '$workers/table/table';
import { readAmenities } from '../amenities';
import { detach, readTitle } from '../cells';
import { BooksCurrency } from './books-currency';
import { bareGuests } from './derived';
import { FieldReader, type NumberField } from './field-reader';
import type { Frame } from './frame';
import type { KeyIndex } from './key-index';
import { KeptColumns } from './kept-columns';
import { propertyKey } from './keys';
import type { RowsRead, RowsReader } from './read-books';
import { NOT_READ } from './read-number';
import type { RefusedRows } from './refused-rows';
import { RowLists } from './row-lists';
import { usualCurrency } from './sources';

/** The bounds within which a number of a property makes sense; null for an empty cell's NaN. */
const BOUNDS = {
	bedrooms: [0, 500],
	max_guests: [0, 1000],
	base_price: [0, 1e9],
	rating: [0, 100],
	photos_count: [0, 10_000],
	latitude: [-90, 90],
	longitude: [-180, 180],
	amenities_count: [0, 10_000],
	units: [1, 100_000],
	opened_on: [-36_525, 36_525],
} as const;
type NumberName = keyof typeof BOUNDS;
const NAMES = Object.keys(BOUNDS) as NumberName[];
const TEXTS = ['property_type', 'destination', 'country'] as const;

/** Reads properties: a row each. */
export class PropertyReader implements RowsReader {
	readonly #fields: FieldReader;
	readonly #lists = new RowLists(
		Object.fromEntries(NAMES.map((name) => [name, Float64Array])) as Record<
			NumberName,
			typeof Float64Array
		>,
	);
	readonly #key: KeyIndex;
	readonly #at: Record<NumberName, NumberField>;
	readonly #price: ReturnType<FieldReader['money']>;
	readonly #currency: BooksCurrency;
	readonly #titles: string[] = [];
	readonly #names: Record<(typeof TEXTS)[number], string[]> = {
		property_type: [],
		destination: [],
		country: [],
	};
	readonly #kept: KeptColumns;

	constructor(frame: Frame, mapping: Mapping, refused: RefusedRows) {
		const fields = new FieldReader(frame, mapping, refused);
		this.#fields = fields;
		this.#key = fields.key('key', (parts) => propertyKey(mapping.source, parts));
		this.#price = fields.money('base_price');
		this.#currency = new BooksCurrency(mapping.currency, usualCurrency(mapping.source));
		this.#at = Object.fromEntries(NAMES.map((name) => [name, fields.number(name)])) as Record<
			NumberName,
			NumberField
		>;
		this.#at.base_price = this.#price;
		this.#at.opened_on = fields.day('opened_on');
		if (fields.has('amenities') && !fields.has('amenities_count'))
			this.#at.amenities_count = fields.meaning('amenities', countAmenities);
		this.#kept = new KeptColumns(fields, mapping, []);
	}

	get count(): number {
		return this.#lists.count;
	}

	take(rows: readonly number[]): void {
		this.#fields.update();
		this.#kept.append(rows.filter((row) => this.#takeRow(row)));
	}

	finish(): RowsRead {
		const { keys } = this.#key;
		const columns: Record<NumberName, NumberColumn> = this.#lists.columns();
		const titles = detach(this.#titles);
		const properties = table({
			...columns,
			key: texts(keys),
			title: texts(titles.map((title, i) => title || (keys[i] ?? ''))),
			property_type: categories(this.#names.property_type),
			destination: categories(this.#names.destination),
			country: categories(this.#names.country),
		});
		const { currency, assumed } = this.#currency.result();
		const priced = this.#fields.has('base_price');
		return {
			rows: properties,
			propertyKeys: keys,
			guestKeys: [],
			extras: this.#kept.extras(),
			properties,
			guests: bareGuests([], new Int32Array(0)),
			asOf: Number.NaN,
			currency: priced ? currency : '',
			from: Number.NaN,
			to: Number.NaN,
			notes: [...(assumed && priced ? (['CurrencyAssumed'] as const) : []), ...this.#kept.notes()],
		};
	}

	#takeRow(row: number): boolean {
		const { row: read } = this.#lists;
		for (const name of NAMES) {
			read[name] = this.#at[name].at(row);
			const why = this.#whyNot(row, name, read[name]);
			if (why) return this.#fields.refuse(row, name, why);
		}
		if (Number.isNaN(read.units)) read.units = 1;
		const before = this.#titles.length;
		const key = this.#key.at(row);
		if (key < 0) return this.#fields.refuse(row, 'key', 'NoKey');
		if (key < before) return this.#fields.refuse(row, 'key', 'Repeated');
		this.#titles.push(readTitle(this.#fields.text('title', row)));
		for (const field of TEXTS) this.#names[field].push(readTitle(this.#fields.text(field, row)));
		this.#lists.push();
		return true;
	}

	#whyNot(row: number, name: NumberName, value: number): BringRefusal | null {
		if (Number.isNaN(value)) return null;
		if (name === 'opened_on') {
			const why = this.#fields.whyNoDay(value, row, name);
			if (why) return why;
		}
		if (value === NOT_READ) return 'NotANumber';
		const [lowest, highest] = BOUNDS[name];
		if (value < lowest || value > highest) return 'OutOfRange';
		if (name !== 'base_price') return null;
		const place = this.#fields.frame.rowNumber(row);
		return this.#currency.fits(this.#price.currencyAt(row), place, name) ? null : 'OtherCurrency';
	}
}

/** Names in a cell, as listings write them or between commas. */
function countAmenities(text: string): number {
	if (text === '') return Number.NaN;
	const listed = readAmenities(text).length;
	return listed || text.split(/[,;|]/).filter((name) => name.trim() !== '').length;
}
