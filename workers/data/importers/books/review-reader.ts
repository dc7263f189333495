import type { Mapping } from '$lib/contracts';
import type { CivilDay } from '$workers/table/civil';
import { table } from '$workers/table/table';
import { bareGuests, bareProperties, firstDays } from './derived';
import { FieldReader, type NumberField } from './field-reader';
import type { Frame } from './frame';
import { RowIdentities } from './identity';
import type { KeyIndex } from './key-index';
import { KeptColumns } from './kept-columns';
import { guestKey, propertyKey } from './keys';
import { isMissing } from './missing';
import type { RowsRead, RowsReader } from './read-books';
import { range } from './range';
import type { RefusedRows } from './refused-rows';
import { RowLists } from './row-lists';

const KINDS = {
	property: Uint32Array,
	guest: Int32Array,
	day: Int32Array,
	identity_high: Uint32Array,
	identity_low: Uint32Array,
};

/** Reads reviews: that somebody stayed, where, and before which day; never a name or what was written. */
export class ReviewReader implements RowsReader {
	readonly #fields: FieldReader;
	readonly #today: CivilDay;
	readonly #source: Mapping['source'];
	readonly #lists = new RowLists(KINDS);
	readonly #property: KeyIndex;
	readonly #guest: KeyIndex;
	readonly #day: NumberField;
	readonly #kept: KeptColumns;
	readonly #identities: RowIdentities;

	constructor(frame: Frame, mapping: Mapping, refused: RefusedRows, today: CivilDay) {
		const fields = new FieldReader(frame, mapping, refused);
		this.#fields = fields;
		this.#today = today;
		this.#source = mapping.source;
		this.#property = fields.key('property', (parts) => propertyKey(mapping.source, parts));
		this.#guest = fields.key('guest', (parts) => guestKey(mapping.source, parts));
		this.#day = fields.day('day');
		this.#kept = new KeptColumns(fields, mapping, []);
		this.#identities = new RowIdentities(mapping.source, frame.used);
	}

	get count(): number {
		return this.#lists.count;
	}

	take(rows: readonly number[]): void {
		this.#fields.update();
		this.#identities.update(this.#fields.frame.rows);
		this.#kept.append(rows.filter((row) => this.#takeRow(row)));
	}

	finish(): RowsRead {
		const rows = table(this.#lists.columns());
		const { from, to } = range(rows.columns.day.values);
		const [properties, guests] = [this.#property.keys, this.#guest.keys];
		const firstSeen = firstDays(rows.columns.guest.values, rows.columns.day.values, guests.length);
		return {
			rows,
			propertyKeys: properties,
			guestKeys: guests,
			extras: this.#kept.extras(),
			properties: bareProperties(properties),
			guests: bareGuests(guests, firstSeen),
			asOf: to + 1,
			currency: '',
			from,
			to,
			notes: [...(guests.length ? [] : (['NoGuestIds'] as const)), ...this.#kept.notes()],
		};
	}

	#takeRow(row: number): boolean {
		const { row: read } = this.#lists;
		read.day = this.#day.at(row);
		const why =
			this.#fields.whyNoDay(read.day, row, 'day') ??
			(read.day < 0 ? 'OutOfRange' : null) ??
			(read.day > this.#today + 1 ? 'TooFarAhead' : null);
		if (why) return this.#fields.refuse(row, 'day', why);
		read.property = this.#property.at(row);
		if (read.property < 0) return this.#fields.refuse(row, 'property', 'NoKey');
		const id = this.#fields.text('review_id', row);
		const ordinal = isMissing(id)
			? this.#identities.ofRow(row)
			: this.#identities.ofKey(`${this.#source}:${id}`);
		if (ordinal > 0 && !isMissing(id)) return this.#fields.refuse(row, 'review_id', 'Repeated');
		read.identity_high = this.#identities.high;
		read.identity_low = this.#identities.low;
		read.guest = this.#guest.at(row);
		this.#lists.push();
		return true;
	}
}
