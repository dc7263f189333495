import type { Mapping } from '$lib/contracts';
import type { CivilDay } from '$workers/table/civil';
import { table } from '$workers/table/table';
import { bareGuests, bareProperties } from './derived';
import { FieldReader, type NumberField } from './field-reader';
import type { Frame } from './frame';
import type { KeyIndex } from './key-index';
import { KeptColumns } from './kept-columns';
import { guestKey, propertyKey } from './keys';
import type { RowsRead, RowsReader } from './read-books';
import { range } from './range';
import type { RefusedRows } from './refused-rows';
import { RowLists } from './row-lists';

/**
 * Reads feature tables that were computed elsewhere (Spark, Databricks): a row for each property or
 * guest, or for each and day. Every other column is kept by its own name.
 */
export class FeatureReader implements RowsReader {
	readonly #fields: FieldReader;
	readonly #lists: RowLists<'key' | 'day'>;
	readonly #ofGuests: boolean;
	readonly #key: KeyIndex;
	readonly #day: NumberField;
	readonly #kept: KeptColumns;
	readonly #today: CivilDay;
	readonly #seen: Set<number>[] = [];

	constructor(frame: Frame, mapping: Mapping, refused: RefusedRows, today: CivilDay) {
		const fields = new FieldReader(frame, mapping, refused);
		const keyOf = mapping.source === 'user-features' ? guestKey : propertyKey;
		this.#fields = fields;
		this.#today = today;
		this.#ofGuests = mapping.source === 'user-features';
		this.#key = fields.key('key', (parts) => keyOf(mapping.source, parts));
		this.#day = fields.day('date');
		this.#lists = new RowLists({ key: Uint32Array, day: Float64Array });
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
		const { key, day } = this.#lists.columns();
		const { keys } = this.#key;
		const [properties, guests] = this.#ofGuests ? [[], keys] : [keys, []];
		const { from, to } = range(Array.from(day.values).filter((value) => !Number.isNaN(value)));
		const dated = Number.isFinite(to);
		return {
			rows: table({ [this.#ofGuests ? 'guest' : 'property']: key, day }),
			propertyKeys: properties,
			guestKeys: guests,
			extras: this.#kept.extras(),
			properties: bareProperties(properties),
			guests: bareGuests(guests, new Int32Array(guests.length)),
			asOf: dated ? to + 1 : Number.NaN,
			currency: '',
			from: dated ? from : Number.NaN,
			to: dated ? to : Number.NaN,
			notes: this.#kept.notes(),
		};
	}

	#takeRow(row: number): boolean {
		const { row: read } = this.#lists;
		read.day = this.#day.at(row);
		const why = this.#fields.has('date') ? this.#whyNoDay(row, read.day) : null;
		if (why) return this.#fields.refuse(row, 'date', why);
		read.key = this.#key.at(row);
		if (read.key < 0) return this.#fields.refuse(row, 'key', 'NoKey');
		const days = (this.#seen[read.key] ??= new Set());
		if (days.size === days.add(read.day).size) return this.#fields.refuse(row, 'key', 'Repeated');
		this.#lists.push();
		return true;
	}

	#whyNoDay(row: number, day: number) {
		const why = this.#fields.whyNoDay(day, row, 'date');
		return why ?? (day < 0 ? 'OutOfRange' : day > this.#today + 731 ? 'TooFarAhead' : null);
	}
}
