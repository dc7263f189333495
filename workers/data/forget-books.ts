import type { Books } from '$workers/table/bookings';
import { type Column, type NumberColumn, numbers } from '$workers/table/column';
import { pickRows, pickTableRows } from '$workers/table/pick';
import { type Table, table } from '$workers/table/table';
import type { TableName } from '$workers/privacy/tables';
import { derivedProperties } from './importers/books/derived';

/** Books without what was forgotten, and what that was. */
export interface ForgottenBooks {
	readonly books: Books;
	readonly removed: readonly { readonly table: TableName; readonly rows: number }[];
	/** Identities of the bookings that went: where the books have them. */
	readonly identities: readonly string[];
}

/** The row of a guest; -1 where nobody has that key. */
export const guestOf = ({ guests }: Books, key: string): number =>
	guests.columns.key.values.indexOf(key);

/** The row of a booking; -1 where there is none of that number. */
export const rowOfBooking = ({ bookings }: Books, booking: number): number =>
	bookings.columns.booking_id.values.indexOf(booking);

/** Rows of a guest's bookings. */
export const bookingsOf = ({ bookings }: Books, guest: number): number[] =>
	rowsWhere(bookings.count, (row) => bookings.columns.guest.values[row] === guest);

/**
 * Rows of what a guest did on the homes' pages: signed in, or before that in the same visit. A visit
 * in which somebody else signed in too counts only where it is the guest's own.
 */
export function engagementOf({ engagement }: Books, guest: number): number[] {
	const { guest: own, session } = engagement.columns;
	const visits = new Set<number>();
	const shared = new Set<number>();
	for (let row = 0; row < engagement.count; row++) {
		const who = own.values[row] as number;
		if (who >= 0) (who === guest ? visits : shared).add(session.values[row] as number);
	}
	return rowsWhere(engagement.count, (row) => {
		const visit = session.values[row] as number;
		if (own.values[row] !== -1) return own.values[row] === guest;
		return visits.has(visit) && !shared.has(visit);
	});
}

/**
 * The books as if this guest had never booked: without the guest, the bookings and the visits; those
 * who stay are numbered anew. Asked prices and let nights name nobody and stay.
 *
 * @throws RangeError where nobody has that key
 */
export function forgetGuest(books: Books, key: string): ForgottenBooks {
	const guest = guestOf(books, key);
	if (guest < 0) throw new RangeError('no guest has this key');
	const seen = engagementOf(books, guest);
	const { books: left, identities, removed } = withoutBookings(books, bookingsOf(books, guest));
	const numberOf = (own: number) => (own > guest ? own - 1 : own);
	const guests = rowsWhere(books.guests.count, (row) => row !== guest);
	return {
		books: {
			...left,
			guests: withoutRows(left.guests, guests),
			bookings: renumbered(left.bookings, numberOf),
			engagement: renumbered(
				withoutRows(left.engagement, others(left.engagement.count, seen)),
				numberOf,
			),
		},
		identities,
		removed: [
			...removed,
			{ table: 'dim_user', rows: 1 },
			{ table: 'fact_property_engagement', rows: seen.length },
		],
	};
}

/**
 * The books without one booking. The guest stays, and was first seen on the next day there is.
 *
 * @throws RangeError where there is no booking of that number
 */
export function forgetBooking(books: Books, booking: number): ForgottenBooks {
	const row = rowOfBooking(books, booking);
	if (row < 0) throw new RangeError('no booking has this number');
	const { guest, booked_on } = books.bookings.columns;
	const forgotten = withoutBookings(books, [row]);
	return {
		...forgotten,
		books: firstSeenAgain(
			forgotten.books,
			guest.values[row] as number,
			booked_on.values[row] as number,
		),
	};
}

/** Rows of an imported table of features without those under a guest's key. */
export function withoutKey(features: Table, key: string): Table {
	const { key: keys } = features.columns;
	if (keys?.type !== 'text') return features;
	return withoutRows(
		features,
		rowsWhere(features.count, (row) => keys.values[row] !== key),
	);
}

export function withoutBookings(books: Books, gone: readonly number[]): ForgottenBooks {
	const stay = others(books.bookings.count, gone);
	const rest = withoutRows(books.bookings, stay);
	const bookings = table({
		...rest.columns,
		booking_id: numbers(Uint32Array.from(stay, (_, i) => i + 1)),
	}) as Books['bookings'];
	const extras = Object.entries(books.extras).map(([name, column]) => [
		name,
		withoutUnused(column, pickRows(column, stay)),
	]);
	const left = { ...books, bookings, extras: Object.fromEntries(extras) as Books['extras'] };
	return {
		books: { ...left, properties: derivedAgain(books, left) },
		identities: gone.flatMap((row) => identityAt(books.bookings, row) ?? []),
		removed: [{ table: 'fact_booking_detail', rows: gone.length }],
	};
}

/** Of these figures a property has what its bookings say where no file of properties says more. */
const DERIVED = ['base_price', 'units', 'opened_on'] as const;

/** What was derived from the bookings before is derived from those that are left. */
function derivedAgain(before: Books, after: Books): Books['properties'] {
	const { columns } = before.properties;
	const derive = ({ bookings }: Books) =>
		derivedProperties(bookings, columns.key.values, 'other').columns;
	const [was, is] = [derive(before), derive(after)];
	const again = DERIVED.map((name) => {
		const values = Float64Array.from(columns[name].values, (value, row) =>
			Object.is(value, was[name].values[row]) ? known(is[name].values[row]) : value,
		);
		return [name, numbers(values)];
	});
	return table({ ...columns, ...Object.fromEntries(again) }) as Books['properties'];
}

/** Without a booking there is no first arrival. */
const known = (value = Number.NaN): number => (Number.isFinite(value) ? value : Number.NaN);

function firstSeenAgain(books: Books, guest: number, day: number): Books {
	const { columns } = books.guests;
	if (columns.first_seen.values[guest] !== day) return books;
	const left = bookingsOf(books, guest).map(
		(row) => books.bookings.columns.booked_on.values[row] as number,
	);
	if (left.length === 0) return books;
	const first_seen = Int32Array.from(columns.first_seen.values);
	first_seen[guest] = Math.min(...left);
	return { ...books, guests: table({ ...columns, first_seen: numbers(first_seen) }) };
}

/** 64 bits as text, as `mergeBooks` tells rows apart; undefined where the books have no identities. */
export function identityAt(whole: object, row: number): string | undefined {
	const { identity_high: high, identity_low: low } = (whole as Table).columns;
	if (high?.type !== 'number' || low?.type !== 'number') return undefined;
	return `${high.values[row]}.${low.values[row]}`;
}

function renumbered<Columns extends { readonly guest: NumberColumn } & Record<string, Column>>(
	whole: Table<Columns>,
	numberOf: (guest: number) => number,
): Table<Columns> {
	const guest = whole.columns.guest.values;
	return table({ ...whole.columns, guest: numbers(guest.map(numberOf)) });
}

export function withoutRows<Columns extends Record<string, Column>>(
	whole: Table<Columns>,
	stay: readonly number[],
): Table<Columns> {
	const columns = Object.entries(pickTableRows(whole, stay).columns).map(([name, column]) => [
		name,
		FIXED.has(name) ? column : withoutUnused(whole.columns[name] as Column, column),
	]);
	return table(Object.fromEntries(columns) as Columns);
}

/** Their names are a list of our own, and its order means something. */
const FIXED: ReadonlySet<string> = new Set(['status', 'kind']);

/** Names that only the forgotten rows had go with them; a name that no row ever had is the list's own. */
function withoutUnused(before: Column, after: Column): Column {
	if (before.type !== 'category' || after.type !== 'category') return after;
	const had = new Set(before.codes);
	const has = new Set(after.codes);
	const codes = Array.from(before.names.keys());
	const stay = codes.filter((code) => has.has(code) || !had.has(code));
	if (stay.length === codes.length) return after;
	const codeOf = new Map(stay.map((code, i) => [code, i]));
	return {
		type: 'category',
		names: stay.map((code) => before.names[code] ?? ''),
		codes: after.codes.map((code) => codeOf.get(code) ?? 0),
	};
}

const others = (count: number, gone: readonly number[]): number[] => {
	const without = new Set(gone);
	return rowsWhere(count, (row) => !without.has(row));
};

function rowsWhere(count: number, holds: (row: number) => boolean): number[] {
	const rows: number[] = [];
	for (let row = 0; row < count; row++) if (holds(row)) rows.push(row);
	return rows;
}
