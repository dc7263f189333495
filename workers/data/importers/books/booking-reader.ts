import type { BringNote, BringRefusal, Mapping } from '$lib/contracts';
import { BOOKING_STATUSES } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { numbers } from '$workers/table/column';
import { table } from '$workers/table/table';
import { BooksCurrency } from './books-currency';
import { derivedGuests, derivedProperties } from './derived';
import { FieldReader, type NumberField } from './field-reader';
import type { Frame } from './frame';
import { RowIdentities } from './identity';
import { KeptColumns } from './kept-columns';
import type { KeyIndex } from './key-index';
import { isMissing } from './missing';
import { range } from './range';
import type { ReadBookingColumns, RowsRead, RowsReader } from './read-books';
import { NOT_READ } from './read-number';
import type { RefusedRows } from './refused-rows';
import { RowLists } from './row-lists';
import { guestKey, propertyKey } from './keys';
import { usualCurrency } from './sources';
import { readCancelled, readStatus } from './statuses';

const CANCELLED = BOOKING_STATUSES.indexOf('cancelled');
const CONFIRMED = BOOKING_STATUSES.indexOf('confirmed');
const CHECKED_OUT = BOOKING_STATUSES.indexOf('checked out');
const NO_SHOW = BOOKING_STATUSES.indexOf('no-show');
const MOST_NIGHTS = 3650;
const HIGHEST_PRICE = 1e9;
const FARTHEST_AHEAD = 731;
const MOST_ADULTS = 255;

/** Columns of numbers as they are read, and the arrays that they become. */
const KINDS = {
	property: Uint32Array,
	guest: Uint32Array,
	booked_on: Int32Array,
	arrives_on: Int32Array,
	nights: Uint16Array,
	adults: Uint8Array,
	nightly_price: Float64Array,
	total: Float64Array,
	status: Uint16Array,
	cancelled_on: Float64Array,
	identity_high: Uint32Array,
	identity_low: Uint32Array,
} as const;
/** Reads bookings, whatever their source calls its columns. */
export class BookingReader implements RowsReader {
	readonly #fields: FieldReader;
	readonly #mapping: Mapping;
	readonly #today: CivilDay;
	readonly #lists = new RowLists(KINDS);
	readonly #currency: BooksCurrency;
	readonly #identities: RowIdentities;
	readonly #property: KeyIndex;
	readonly #guest: KeyIndex;
	readonly #guestCountry: string[] = [];
	readonly #guestType: string[] = [];
	readonly #at: Record<BookingNumber, NumberField>;
	readonly #nightly: ReturnType<FieldReader['money']>;
	readonly #total: ReturnType<FieldReader['money']>;
	readonly #kept: KeptColumns;
	#knownUntil = Number.NaN;
	#repeated = 0;

	constructor(frame: Frame, mapping: Mapping, refused: RefusedRows, today: CivilDay) {
		const fields = new FieldReader(frame, mapping, refused);
		this.#fields = fields;
		this.#mapping = mapping;
		this.#today = today;
		this.#currency = new BooksCurrency(mapping.currency, usualCurrency(mapping.source));
		this.#at = bookingNumbers(fields);
		this.#nightly = fields.money('nightly_price');
		this.#total = fields.money('total');
		this.#property = fields.key('property', (parts) => propertyKey(mapping.source, parts));
		this.#guest = fields.key('guest', (parts) => guestKey(mapping.source, parts));
		this.#kept = new KeptColumns(fields, mapping, ['channel', 'deposit']);
		this.#identities = new RowIdentities(mapping.source, frame.used);
	}

	get count(): number {
		return this.#lists.count;
	}

	take(rows: readonly number[]): void {
		this.#fields.update();
		this.#identities.update(this.#fields.frame.rows);
		const fit = rows.filter((row) => this.#takeRow(row));
		this.#kept.append(fit);
	}

	finish(): RowsRead {
		const asOf = this.#asOf();
		this.#settle(asOf);
		const rows = table(this.#columns());
		const { keys } = this.#property;
		const { currency, assumed } = this.#currency.result();
		const { from, to } = range(rows.columns.arrives_on.values);
		return {
			rows,
			propertyKeys: keys,
			guestKeys: this.#guest.keys,
			extras: this.#kept.extras(),
			properties: derivedProperties(rows, keys, this.#mapping.source),
			guests: derivedGuests(rows, this.#guest.keys, this.#guestCountry, this.#guestType),
			asOf,
			currency,
			from,
			to,
			notes: this.#notes(assumed, to, asOf),
		};
	}

	/** Takes a row into the lists, or counts it as refused. */
	#takeRow(row: number): boolean {
		return (
			this.#readDays(row) && this.#readStatus(row) && this.#readPrice(row) && this.#readRest(row)
		);
	}

	#readDays(row: number): boolean {
		const arrives = this.#at.arrives_on.at(row);
		const why = this.#fields.whyNoDay(arrives, row, 'arrives_on');
		if (why) return this.#fields.refuse(row, 'arrives_on', why);
		if (arrives < 0) return this.#fields.refuse(row, 'arrives_on', 'OutOfRange');
		if (arrives > this.#today + FARTHEST_AHEAD)
			return this.#fields.refuse(row, 'arrives_on', 'TooFarAhead');
		this.#lists.row.arrives_on = arrives;
		return this.#readNights(row, arrives) && this.#readBooked(row, arrives);
	}

	#readNights(row: number, arrives: CivilDay): boolean {
		const departs = this.#at.departs_on.at(row);
		const byDays = !Number.isNaN(departs);
		const field = byDays ? 'departs_on' : 'nights';
		const why = byDays ? this.#fields.whyNoDay(departs, row, field) : null;
		if (why) return this.#fields.refuse(row, field, why);
		const nights = byDays ? departs - arrives : this.#at.nights.at(row);
		const whyNot = this.#whyNoNights(nights, byDays);
		if (whyNot) return this.#fields.refuse(row, field, whyNot);
		this.#lists.row.nights = nights;
		return true;
	}

	#whyNoNights(nights: number, byDays: boolean): BringRefusal | null {
		if (nights === NOT_READ) return 'NotANumber';
		if (Number.isNaN(nights)) return 'NoNights';
		if (nights < 0) return byDays ? 'LeavesBeforeArrival' : 'OutOfRange';
		// The hotels' published file has rooms that were let by day.
		if (nights === 0) return this.#mapping.source === 'hotel-booking-demand' ? null : 'NoNights';
		return nights > MOST_NIGHTS || !Number.isInteger(nights) ? 'OutOfRange' : null;
	}

	#readBooked(row: number, arrives: CivilDay): boolean {
		const lead = this.#at.lead_time.at(row);
		const byLead = !this.#fields.has('booked_on');
		const field = byLead ? 'lead_time' : 'booked_on';
		if (byLead && lead === NOT_READ) return this.#fields.refuse(row, field, 'NotANumber');
		const booked = byLead ? arrives - Math.round(lead) : this.#at.booked_on.at(row);
		if (Number.isNaN(booked)) {
			this.#lists.row.booked_on = arrives;
			return true;
		}
		const why = this.#fields.whyNoDay(booked, row, field);
		if (why) return this.#fields.refuse(row, field, why);
		if (booked > this.#today + 1) return this.#fields.refuse(row, field, 'TooFarAhead');
		if (booked > arrives) return this.#fields.refuse(row, field, 'BookedAfterArrival');
		if (booked < arrives - 0xffff) return this.#fields.refuse(row, field, 'OutOfRange');
		this.#lists.row.booked_on = booked;
		this.#knows(booked);
		return true;
	}

	#readStatus(row: number): boolean {
		const said = this.#at.cancelled_on.at(row);
		const changed = this.#at.status_on.at(row);
		const whyNot =
			Number.isNaN(said) || this.#fields.whyNoDay(said, row, 'cancelled_on') === null
				? null
				: 'NotADate';
		if (whyNot) return this.#fields.refuse(row, 'cancelled_on', whyNot);
		const status = this.#statusAt(row, said);
		this.#lists.row.status = status;
		this.#lists.row.cancelled_on = Number.NaN;
		if (Number.isFinite(changed)) this.#knows(changed);
		if (status === CHECKED_OUT) this.#knows(this.#lists.row.arrives_on + this.#lists.row.nights);
		if (status === NO_SHOW) this.#knows(this.#lists.row.arrives_on);
		return status === CANCELLED ? this.#readCancellation(row, said, changed) : true;
	}

	#statusAt(row: number, cancelledOn: number): number {
		const status = this.#at.status.at(row);
		if (Number.isNaN(status)) return Number.isNaN(cancelledOn) ? CONFIRMED : CANCELLED;
		return status;
	}

	#readCancellation(row: number, said: number, changed: number): boolean {
		const on = Number.isNaN(said) ? changed : said;
		if (!Number.isFinite(on)) return true;
		const field = Number.isNaN(said) ? 'status_on' : 'cancelled_on';
		if (on < this.#lists.row.booked_on)
			return this.#fields.refuse(row, field, 'CancelledBeforeBooked');
		if (on > this.#today + 1) return this.#fields.refuse(row, field, 'TooFarAhead');
		this.#lists.row.cancelled_on = Math.min(on, this.#lists.row.arrives_on);
		this.#knows(on);
		return true;
	}

	#readPrice(row: number): boolean {
		const total = this.#total.at(row);
		const byTotal = !Number.isNaN(total);
		const money = byTotal ? this.#total : this.#nightly;
		const field = byTotal || !this.#fields.has('nightly_price') ? 'total' : 'nightly_price';
		const amount = this.#known(byTotal ? total : this.#nightly.at(row));
		if (amount === NOT_READ) return this.#fields.refuse(row, field, 'NotANumber');
		if (Number.isNaN(amount)) return this.#fields.refuse(row, field, 'NoPrice');
		if (amount < 0 || amount > HIGHEST_PRICE) return this.#fields.refuse(row, field, 'OutOfRange');
		const currency = this.#fields.text('currency', row).toUpperCase() || money.currencyAt(row);
		if (!this.#currency.fits(currency, this.#fields.frame.rowNumber(row), field))
			return this.#fields.refuse(row, field, 'OtherCurrency');
		const nights = this.#lists.row.nights;
		this.#lists.row.nightly_price = byTotal ? amount / Math.max(1, nights) : amount;
		this.#lists.row.total = byTotal ? amount : amount * nights;
		return true;
	}

	/**
	 * What did not take place may have no price: 0 then. The hotels' published file has one correction
	 * below 0, which is no price either: 0, while the source's own column keeps it.
	 */
	#known(amount: number): number {
		if (Number.isNaN(amount) && [CANCELLED, NO_SHOW].includes(this.#lists.row.status)) return 0;
		const corrected = this.#mapping.source === 'hotel-booking-demand' && amount > NOT_READ;
		return corrected ? Math.max(0, amount) : amount;
	}

	#readRest(row: number): boolean {
		const adults = this.#at.adults.at(row);
		if (adults === NOT_READ) return this.#fields.refuse(row, 'adults', 'NotANumber');
		if (adults < 0 || adults > MOST_ADULTS) return this.#fields.refuse(row, 'adults', 'OutOfRange');
		this.#lists.row.adults = adults || 0;
		const property = this.#property.at(row);
		if (property < 0) return this.#fields.refuse(row, 'property', 'NoKey');
		this.#lists.row.property = property;
		if (!this.#identify(row)) return this.#fields.refuse(row, 'booking_id', 'Repeated');
		this.#readGuest(row);
		this.#lists.push();
		return true;
	}

	/** False where the same booking stands in the file before. */
	#identify(row: number): boolean {
		const id = this.#fields.text('booking_id', row);
		const identities = this.#identities;
		const ordinal = isMissing(id)
			? identities.ofRow(row)
			: identities.ofKey(`${this.#mapping.source}:${id}`);
		this.#lists.row.identity_high = identities.high;
		this.#lists.row.identity_low = identities.low;
		if (ordinal > 0) this.#repeated++;
		return ordinal === 0 || isMissing(id);
	}

	#readGuest(row: number): void {
		const guest = this.#guest.at(row);
		this.#lists.row.guest = Math.max(0, guest);
		if (guest < 0) return;
		this.#guestCountry[guest] ||= this.#fields.text('guest_country', row);
		this.#guestType[guest] ||= this.#fields.text('guest_type', row);
	}

	#knows(day: CivilDay): void {
		if (!(day <= this.#knownUntil) && day <= this.#today + 1) this.#knownUntil = day;
	}

	/** The first day of which the file knows nothing; by its arrivals where it has no other days. */
	#asOf(): CivilDay {
		if (!Number.isNaN(this.#knownUntil)) return this.#knownUntil + 1;
		const { to } = range(this.#lists.lists.arrives_on.toArray(Int32Array));
		return Math.min(to, this.#today) + 1;
	}

	/** Stays that are over are over, and what was cancelled was so at the latest on arrival. */
	#settle(asOf: CivilDay): void {
		const { status, arrives_on, nights, booked_on, cancelled_on } = this.#lists.lists;
		for (let i = 0; i < status.count; i++) {
			const arrives = arrives_on.at(i);
			if (status.at(i) === CONFIRMED && arrives + nights.at(i) < asOf) status.set(i, CHECKED_OUT);
			if (status.at(i) === CANCELLED && Number.isNaN(cancelled_on.at(i)))
				cancelled_on.set(i, Math.max(booked_on.at(i), Math.min(arrives, asOf - 1)));
		}
	}

	#columns(): ReadBookingColumns {
		const { status, ...columns } = this.#lists.columns();
		const [booked, arrives] = [columns.booked_on.values, columns.arrives_on.values];
		const lead = Uint16Array.from(arrives, (day, i) => day - (booked[i] as number));
		return {
			...columns,
			booking_id: numbers(Uint32Array.from(booked, (_, i) => i + 1)),
			channel: this.#kept.category('channel', this.count),
			deposit: this.#kept.category('deposit', this.count),
			status: {
				type: 'category',
				codes: status.values as Uint16Array,
				names: BOOKING_STATUSES,
			},
			lead_time: numbers(lead),
		};
	}

	#notes(assumed: boolean, to: CivilDay, asOf: CivilDay): BringNote[] {
		const fields = this.#fields;
		const ids = fields.has('booking_id');
		const notes: [BringNote, boolean][] = [
			['NoGuestIds', !fields.has('guest')],
			['NoBookingIds', !ids],
			['NoBookingDates', !fields.has('booked_on') && !fields.has('lead_time')],
			['EndsWithLastArrival', to < asOf],
			['CurrencyAssumed', assumed],
			['RealDuplicates', !ids && this.#repeated > 0],
		];
		const held = notes.filter(([, holds]) => holds).map(([note]) => note);
		return [...held, ...this.#kept.notes()];
	}
}

type BookingNumber =
	| 'arrives_on'
	| 'departs_on'
	| 'nights'
	| 'booked_on'
	| 'lead_time'
	| 'status'
	| 'status_on'
	| 'cancelled_on'
	| 'adults';

function bookingNumbers(fields: FieldReader): Record<BookingNumber, NumberField> {
	const [status] = fields.columns('status');
	const yesOrNo = /cancel|storn|annul/i.test(status?.name ?? '');
	const read = yesOrNo ? readCancelled : readStatus;
	return {
		arrives_on: fields.day('arrives_on'),
		departs_on: fields.day('departs_on'),
		nights: fields.number('nights'),
		booked_on: fields.day('booked_on'),
		lead_time: fields.number('lead_time'),
		status: fields.meaning('status', (text) => (isMissing(text) ? Number.NaN : read(text))),
		status_on: fields.day('status_on'),
		cancelled_on: fields.day('cancelled_on'),
		adults: fields.number('adults'),
	};
}
