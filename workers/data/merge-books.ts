import type { Books, EngagementTable } from '$workers/table/bookings';
import { ENGAGEMENT_KINDS } from '$workers/table/bookings';
import { categories, type Column, type NumberColumn, numbers } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { pickRows, pickTableRows } from '$workers/table/pick';
import { joinTables, type Table, table } from '$workers/table/table';
import { FaultError } from './fault';
import type { ReadBooks } from './importers/books';
import { joinExtras, sameRow } from './merge-columns';

/** The books with what was read, and how many rows are new, changed, or were known already. */
export interface Merged {
	readonly books: Books;
	readonly added: number;
	readonly changed: number;
	readonly known: number;
}

/**
 * Adds what a file gave to the books. A row is known by its identity (a booking's id, or the row's
 * hash and its ordinal among equal rows), so that opening a file again adds nothing and a newer
 * export changes what has changed. Fact tables carry `identity_high` and `identity_low`.
 *
 * @throws FaultError MixedCurrencies
 */
export function mergeBooks(stored: Books | null, read: ReadBooks): Merged {
	const before = stored ?? emptyBooks(read.currency);
	requireOneCurrency(before, read);
	if (read.table === 'features') return beside(stored, read);
	const properties = mergeProperties(before, read);
	const guests = mergeGuests(before, read);
	const renumbered = renumber(read, properties.numbers, guests.numbers);
	const books: Books = {
		...before,
		properties: properties.table,
		guests: guests.table,
		currency: before.currency || read.currency,
		asOf: knownUntil(before, read),
		sample: false,
	};
	switch (read.table) {
		case 'bookings':
			return mergeBookings(books, renumbered, read.extras);
		case 'engagement':
			return mergeEngagement(books, renumbered);
		case 'reviews':
			return mergeEngagement(books, reviewsAsEvents(renumbered));
		case 'daily':
			return mergeDaily(books, renumbered);
		case 'properties':
			return { books, ...properties.counts };
	}
}

/** Features stand beside the books and change nothing in them. */
function beside(stored: Books | null, read: ReadBooks): Merged {
	if (stored) return { books: stored, added: read.rows.count, changed: 0, known: 0 };
	throw new FaultError({
		name: 'NotReady',
		message: 'This is a table of features, and there are no books yet that they belong to.',
		kept: 'Nothing was there to keep.',
		next: 'Bring in bookings first, then this file.',
	});
}

/** Bookings say up to when the books know; other tables only where there are none. */
function knownUntil({ asOf, bookings }: Books, read: ReadBooks): number {
	const told = read.table === 'bookings' || bookings.count === 0;
	return told && (Number.isNaN(asOf) || read.asOf > asOf) ? read.asOf : asOf;
}

function requireOneCurrency(before: Books, read: ReadBooks): void {
	if (!before.currency || !read.currency || before.currency === read.currency) return;
	throw new FaultError({
		name: 'MixedCurrencies',
		message: `Your books are in ${before.currency}; this file is in ${read.currency}.`,
		kept: 'Your books, as they were.',
		next: 'Open a file in the currency of your books. Amounts are never converted here.',
	});
}

/** New keys get the next numbers; a file of properties also brings known ones up to date. */
function mergeProperties({ properties: before }: Books, read: ReadBooks) {
	const { numbers: numberOf, fresh } = numberKeys(before.columns.key.values, read.propertyKeys);
	const joined = joinTables([before, pickTableRows(read.properties, fresh)] as Table[]);
	const own = Object.fromEntries(
		Object.keys(before.columns).map((name) => [name, joined.columns[name]]),
	) as Books['properties']['columns'];
	const known = read.propertyKeys.length - fresh.length;
	const told = read.table === 'properties';
	return {
		table: table(told ? overwrite(own, read.properties.columns, numberOf) : own),
		numbers: numberOf,
		counts: { added: fresh.length, changed: 0, known },
	};
}

/** What the file says of a property counts; what it does not say stays. */
function overwrite(
	before: Books['properties']['columns'],
	told: Books['properties']['columns'],
	numberOf: Uint32Array,
): Books['properties']['columns'] {
	const changed = Object.entries(before).map(([name, column]) => {
		const news = told[name as keyof typeof told] as Column | undefined;
		if (!news || column.type !== news.type || name === 'key') return [name, column];
		return [name, overwriteColumn(column, news, numberOf)];
	});
	return Object.fromEntries(changed) as Books['properties']['columns'];
}

function overwriteColumn(before: Column, told: Column, numberOf: Uint32Array): Column {
	const values = plainValues(before);
	const news = plainValues(told);
	numberOf.forEach((number, row) => {
		const said = news[row];
		if (said !== undefined && said !== '' && !Number.isNaN(said)) values[number] = said;
	});
	if (before.type === 'number') return numbers(Float64Array.from(values as number[]));
	if (before.type === 'text') return { type: 'text', values: values as string[] };
	return categories(values as string[]);
}

function plainValues(column: Column): (string | number)[] {
	if (column.type === 'category')
		return Array.from(column.codes, (code) => column.names[code] ?? '');
	return column.type === 'set' ? [] : Array.from<string | number>(column.values);
}

function mergeGuests({ guests: before }: Books, read: ReadBooks) {
	const { numbers: numberOf, fresh } = numberKeys(before.columns.key.values, read.guestKeys);
	const joined = joinTables([before, pickTableRows(read.guests, fresh)]);
	return { table: joined, numbers: numberOf };
}

/** The number of each key, and places of those that are new. */
function numberKeys(known: readonly string[], keys: readonly string[]) {
	const numberOf = new Map(known.map((key, number) => [key, number]));
	const fresh: number[] = [];
	const numbered = Uint32Array.from(keys, (key, place) => {
		const number = numberOf.get(key);
		if (number !== undefined) return number;
		fresh.push(place);
		numberOf.set(key, numberOf.size);
		return numberOf.size - 1;
	});
	return { numbers: numbered, fresh };
}

/** Rows with the books' own numbers in place of the file's. */
function renumber(read: ReadBooks, properties: Uint32Array, guests: Uint32Array): Table {
	const { guest, property, ...rest } = read.rows.columns;
	return table({
		...rest,
		...(property && { property: numbered(property as NumberColumn, properties, 0) }),
		...(guest && { guest: numbered(guest as NumberColumn, guests, -1) }),
	});
}

/** `none`: what stands for nobody, and stays. */
function numbered({ values }: NumberColumn, numberOf: Uint32Array, none: number): NumberColumn {
	const given = Array.from(values, (place) =>
		place < 0 ? none : (numberOf[place] ?? Math.max(0, none)),
	);
	return numbers(values instanceof Int32Array ? Int32Array.from(given) : Uint32Array.from(given));
}

function mergeBookings(
	books: Books,
	rows: Table,
	extras: Readonly<Record<string, Column>>,
): Merged {
	const known = books.bookings as unknown as Table;
	const { changed, fresh, replaced } = compare(known, rows);
	const kept = Array.from({ length: known.count }, (_, row) => row);
	const places = kept.map((row) => replaced.get(row) ?? -1);
	// Rows of the books and of the file one below the other; a changed booking takes the file's row.
	const order = byBookingDay(known, rows, [
		...kept.map((row, i) =>
			(places[i] as number) < 0 ? row : known.count + (places[i] as number),
		),
		...fresh.map((row) => known.count + row),
	]);
	const whole = joinTables([withIdentity(known), pickColumns(rows, withIdentity(known))]);
	const joinedExtras = joinExtras(books.extras, known.count, extras, rows.count);
	const bookings = pickTableRows(whole, order);
	return {
		books: {
			...books,
			bookings: table({
				...bookings.columns,
				booking_id: numbers(Uint32Array.from(order, (_, i) => i + 1)),
			}) as unknown as Books['bookings'],
			extras: Object.fromEntries(
				Object.entries(joinedExtras).map(([name, column]) => [name, pickRows(column, order)]),
			),
		},
		added: fresh.length,
		changed,
		known: rows.count - fresh.length - changed,
	};
}

/** Books that never came from a file have no identities yet. */
function withIdentity(known: Table): Table {
	if (known.columns.identity_high) return known;
	const none = () => numbers(new Uint32Array(known.count));
	return table({ ...known.columns, identity_high: none(), identity_low: none() });
}

/** The columns of one table in the shape of another. */
function pickColumns(rows: Table, like: Table): Table {
	const blank = () => numbers(new Uint32Array(rows.count));
	return table(
		Object.fromEntries(
			Object.keys(like.columns).map((name) => [name, rows.columns[name] ?? blank()]),
		),
	);
}

/** Bookings stand in the order in which they were made; those of one day as they came. */
function byBookingDay(known: Table, rows: Table, places: readonly number[]): Uint32Array {
	const made = (place: number) =>
		place < known.count
			? valuesOf(known, 'booked_on')[place]
			: valuesOf(rows, 'booked_on')[place - known.count];
	const days = Float64Array.from(places, (place) => made(place) as number);
	const order = Uint32Array.from(places, (_, i) => i);
	order.sort((a, b) => (days[a] as number) - (days[b] as number) || a - b);
	return order.map((i) => places[i] as number);
}

function compare(known: Table, rows: Table) {
	const rowOf = identities(known);
	const fresh: number[] = [];
	const replaced = new Map<number, number>();
	for (let row = 0; row < rows.count; row++) {
		const before = rowOf.get(identityAt(rows, row));
		if (before === undefined) fresh.push(row);
		else if (!sameRow(known, before, rows, row, COMPARED)) replaced.set(before, row);
	}
	return { fresh, replaced, changed: replaced.size };
}

/** What may change about a booking between two exports. */
const COMPARED = ['arrives_on', 'nights', 'total', 'status', 'cancelled_on', 'property'] as const;

function mergeEngagement(books: Books, rows: Table): Merged {
	const known = books.engagement as unknown as Table;
	const rowOf = identities(known);
	const fresh: number[] = [];
	for (let row = 0; row < rows.count; row++) if (!rowOf.has(identityAt(rows, row))) fresh.push(row);
	const like = withIdentity(known);
	const joined = joinTables([like, pickTableRows(pickColumns(rows, like), fresh)]);
	const order = Uint32Array.from({ length: joined.count }, (_, i) => i);
	const instants = valuesOf(joined, 'instant');
	order.sort((a, b) => (instants[a] as number) - (instants[b] as number) || a - b);
	const engagement = pickTableRows(joined, order) as unknown as EngagementTable;
	return {
		books: { ...books, engagement },
		added: fresh.length,
		changed: 0,
		known: rows.count - fresh.length,
	};
}

const DAY = 86_400_000;

/** Who reviewed a home has booked it: the least that is known of its bookings. */
function reviewsAsEvents(rows: Table): Table {
	const count = rows.count;
	const days = valuesOf(rows, 'day');
	const none = () => categories(Array.from({ length: count }, () => ''));
	const booking = ENGAGEMENT_KINDS.indexOf('booking');
	return table({
		...rows.columns,
		instant: numbers(Float64Array.from(days, (day) => day * DAY)),
		session: numbers(new Uint32Array(count)),
		kind: {
			type: 'category',
			codes: new Uint16Array(count).fill(booking),
			names: ENGAGEMENT_KINDS,
		},
		device: none(),
		referrer: none(),
		seconds: numbers(new Float32Array(count)),
	});
}

/** A calendar's newer word on a day counts. */
function mergeDaily(books: Books, rows: Table): Merged {
	const known = books.daily as unknown as Table;
	const dayKey = (whole: Table, row: number) =>
		(valuesOf(whole, 'property')[row] as number) * 100_000 +
		(valuesOf(whole, 'day')[row] as number);
	const rowOf = new Map<number, number>();
	for (let row = 0; row < rows.count; row++) rowOf.set(dayKey(rows, row), row);
	const stay: number[] = [];
	let same = 0;
	for (let row = 0; row < known.count; row++) {
		const news = rowOf.get(dayKey(known, row));
		if (news === undefined) stay.push(row);
		else if (sameRow(known, row, rows, news, ['price', 'let'])) same++;
	}
	const last = Array.from(rowOf.values());
	const joined = joinTables([
		pickTableRows(known, stay),
		pickTableRows(pickColumns(rows, known), last),
	]);
	const overlapping = known.count - stay.length;
	return {
		books: { ...books, daily: joined as unknown as Books['daily'] },
		added: last.length - overlapping,
		changed: overlapping - same,
		known: same,
	};
}

function identities(known: Table): Map<string, number> {
	const rowOf = new Map<string, number>();
	if (known.columns.identity_high)
		for (let row = 0; row < known.count; row++) rowOf.set(identityAt(known, row), row);
	return rowOf;
}

/** 64 bits as text: a number would lose some. */
const identityAt = (whole: Table, row: number): string =>
	`${valuesOf(whole, 'identity_high')[row]}.${valuesOf(whole, 'identity_low')[row]}`;

const valuesOf = (whole: Table, name: string): ArrayLike<number> =>
	(whole.columns[name] as NumberColumn).values;
