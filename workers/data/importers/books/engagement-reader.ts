import type { Mapping } from '$lib/contracts';
import { ENGAGEMENT_KINDS } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { type NumberColumn, numbers } from '$workers/table/column';
import { table } from '$workers/table/table';
import { bareGuests, bareProperties, firstDays } from './derived';
import { FieldReader, type NumberField } from './field-reader';
import type { Frame } from './frame';
import { RowIdentities } from './identity';
import type { KeyIndex } from './key-index';
import { KeptColumns } from './kept-columns';
import { guestKey, propertyKey } from './keys';
import type { RowsRead, RowsReader } from './read-books';
import { range } from './range';
import { readInstant } from './read-instant';
import { NOT_READ } from './read-number';
import type { RefusedRows } from './refused-rows';
import { RowLists } from './row-lists';

const KINDS = {
	instant: Float64Array,
	session: Uint32Array,
	property: Uint32Array,
	guest: Int32Array,
	kind: Uint16Array,
	seconds: Float32Array,
	identity_high: Uint32Array,
	identity_low: Uint32Array,
};
const DAY = 86_400_000;

/** What logs call the kinds of events; the first that fits decides. */
const WORDS: readonly RegExp[] = [
	/view|visit|impression|open|page|detail|seen/,
	/click|tap|photo|select/,
	/save|favo|wish|heart|like|bookmark/,
	/enquir|inquir|contact|message|request/,
	/book|reserv|purchase|checkout|order/,
];
/** `ENGAGEMENT_KINDS` in the order in which their words are tried: `bookmark` is not a booking. */
const TRIED = [2, 3, 4, 1, 0];

/** Reads what visitors did: an event a row. */
export class EngagementReader implements RowsReader {
	readonly #fields: FieldReader;
	readonly #today: CivilDay;
	readonly #lists = new RowLists(KINDS);
	readonly #property: KeyIndex;
	readonly #guest: KeyIndex;
	readonly #session: KeyIndex;
	readonly #instant: NumberField;
	readonly #kind: NumberField;
	readonly #seconds: NumberField;
	readonly #kept: KeptColumns;
	readonly #identities: RowIdentities;

	constructor(frame: Frame, mapping: Mapping, refused: RefusedRows, today: CivilDay) {
		const fields = new FieldReader(frame, mapping, refused);
		this.#fields = fields;
		this.#today = today;
		this.#property = fields.key('property', (parts) => propertyKey(mapping.source, parts));
		this.#guest = fields.key('guest', (parts) => guestKey(mapping.source, parts));
		this.#session = fields.key('session', (parts) => parts.join('/'));
		this.#instant = fields.meaning('instant', (text) => readInstant(text, mapping));
		this.#kind = fields.has('kind') ? fields.meaning('kind', readKind) : { at: () => 0 };
		this.#seconds = fields.number('seconds');
		this.#kept = new KeptColumns(fields, mapping, ['device', 'referrer']);
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
		const { kind, ...columns } = this.#lists.columns();
		const rows = table({
			...columns,
			kind: {
				type: 'category',
				codes: kind.values as Uint16Array,
				names: ENGAGEMENT_KINDS,
			} as const,
			device: this.#kept.category('device', this.count),
			referrer: this.#kept.category('referrer', this.count),
		});
		const days = dayColumn(columns.instant);
		const { from, to } = range(days.values);
		const [properties, guests] = [this.#property.keys, this.#guest.keys];
		return {
			rows,
			propertyKeys: properties,
			guestKeys: guests,
			extras: this.#kept.extras(),
			properties: bareProperties(properties),
			guests: bareGuests(guests, firstDays(columns.guest.values, days.values, guests.length)),
			asOf: to + 1,
			currency: '',
			from,
			to,
			notes: this.#kept.notes(),
		};
	}

	#takeRow(row: number): boolean {
		const { row: read } = this.#lists;
		read.instant = this.#instant.at(row);
		const why =
			this.#fields.whyNoDay(read.instant, row, 'instant') ??
			(read.instant < 0 ? 'OutOfRange' : null) ??
			(read.instant >= (this.#today + 2) * DAY ? 'TooFarAhead' : null);
		if (why) return this.#fields.refuse(row, 'instant', why);
		read.kind = this.#kind.at(row);
		if (read.kind < 0) return this.#fields.refuse(row, 'kind', 'OutOfRange');
		const seconds = this.#seconds.at(row);
		if (seconds === NOT_READ) return this.#fields.refuse(row, 'seconds', 'NotANumber');
		if (seconds < 0 || seconds > 86_400) return this.#fields.refuse(row, 'seconds', 'OutOfRange');
		read.seconds = seconds || 0;
		read.property = this.#property.at(row);
		if (read.property < 0) return this.#fields.refuse(row, 'property', 'NoKey');
		read.session = Math.max(0, this.#session.at(row));
		read.guest = this.#guest.at(row);
		this.#identities.ofRow(row);
		read.identity_high = this.#identities.high;
		read.identity_low = this.#identities.low;
		this.#lists.push();
		return true;
	}
}

/** Number of the kind in `ENGAGEMENT_KINDS`; -1 for a word that is none of them. */
function readKind(text: string): number {
	const plain = text.toLowerCase();
	return TRIED.find((kind) => WORDS[kind]?.test(plain)) ?? -1;
}

const dayColumn = (instants: NumberColumn): NumberColumn =>
	numbers(Int32Array.from(instants.values, (instant) => Math.floor(instant / DAY)));
