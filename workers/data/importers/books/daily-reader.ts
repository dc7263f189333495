import type { BringRefusal, Mapping } from '$lib/contracts';
import type { CivilDay } from '$workers/table/civil';
import { table } from '$workers/table/table';
import { BooksCurrency } from './books-currency';
import { bareGuests, bareProperties } from './derived';
import { FieldReader, type NumberField } from './field-reader';
import type { Frame } from './frame';
import type { KeyIndex } from './key-index';
import { KeptColumns } from './kept-columns';
import { propertyKey } from './keys';
import type { RowsRead, RowsReader } from './read-books';
import { range } from './range';
import { NOT_READ } from './read-number';
import { readYesNo } from './read-yes-no';
import type { RefusedRows } from './refused-rows';
import { RowLists } from './row-lists';
import { usualCurrency } from './sources';

const KINDS = { property: Uint32Array, day: Int32Array, price: Float64Array, let: Uint8Array };
const HIGHEST_PRICE = 1e9;
const FARTHEST_AHEAD = 731;

/** Reads nights: what was asked for them, and whether they were let. */
export class DailyReader implements RowsReader {
	readonly #fields: FieldReader;
	readonly #today: CivilDay;
	readonly #lists = new RowLists(KINDS);
	readonly #property: KeyIndex;
	readonly #day: NumberField;
	readonly #price: ReturnType<FieldReader['money']>;
	readonly #isLet: NumberField;
	readonly #currency: BooksCurrency;
	readonly #kept: KeptColumns;
	/** Days that were read, of each property. */
	readonly #days: Set<number>[] = [];
	readonly #calendar: boolean;

	constructor(frame: Frame, mapping: Mapping, refused: RefusedRows, today: CivilDay) {
		const fields = new FieldReader(frame, mapping, refused);
		this.#fields = fields;
		this.#today = today;
		this.#calendar = mapping.source === 'inside-airbnb-calendar';
		this.#property = fields.key('property', (parts) => propertyKey(mapping.source, parts));
		this.#day = fields.day('day');
		this.#price = fields.money('price');
		this.#isLet = letField(fields);
		this.#currency = new BooksCurrency(mapping.currency, usualCurrency(mapping.source));
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
		const rows = table(this.#lists.columns());
		const { keys } = this.#property;
		const { from, to } = range(rows.columns.day.values);
		const { currency, assumed } = this.#currency.result();
		return {
			rows,
			propertyKeys: keys,
			guestKeys: [],
			extras: this.#kept.extras(),
			properties: bareProperties(keys),
			guests: bareGuests([], new Int32Array(0)),
			// A calendar is of the days to come, as they stood on the first of them.
			asOf: this.#calendar ? from : Math.min(to, this.#today) + 1,
			currency,
			from,
			to,
			notes: [...(assumed ? (['CurrencyAssumed'] as const) : []), ...this.#kept.notes()],
		};
	}

	#takeRow(row: number): boolean {
		const { row: read } = this.#lists;
		read.day = this.#day.at(row);
		read.price = this.#price.at(row);
		const isLet = this.#isLet.at(row);
		const [field, reason] = this.#whyNot(row, read.day, read.price, isLet);
		if (reason) return this.#fields.refuse(row, field, reason);
		read.let = isLet;
		read.property = this.#property.at(row);
		if (read.property < 0) return this.#fields.refuse(row, 'property', 'NoKey');
		const days = (this.#days[read.property] ??= new Set());
		if (days.size === days.add(read.day).size) return this.#fields.refuse(row, 'day', 'Repeated');
		this.#lists.push();
		return true;
	}

	#whyNot(row: number, day: number, price: number, isLet: number): [string, BringRefusal | null] {
		const whyNoDay = this.#fields.whyNoDay(day, row, 'day');
		if (whyNoDay) return ['day', whyNoDay];
		if (day < 0) return ['day', 'OutOfRange'];
		if (day > this.#today + FARTHEST_AHEAD) return ['day', 'TooFarAhead'];
		if (price === NOT_READ) return ['price', 'NotANumber'];
		if (price < 0 || price > HIGHEST_PRICE) return ['price', 'OutOfRange'];
		const place = this.#fields.frame.rowNumber(row);
		if (!this.#currency.fits(this.#price.currencyAt(row), place, 'price'))
			return ['price', 'OtherCurrency'];
		return ['let', isLet === 0 || isLet === 1 ? null : 'OutOfRange'];
	}
}

function letField(fields: FieldReader): NumberField {
	if (fields.has('let')) return fields.meaning('let', readYesNo);
	return fields.meaning('available', (text) => 1 - readYesNo(text));
}
