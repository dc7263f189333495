import type { Books } from '$workers/table/bookings';
import { type Column, type NumberColumn, numbers } from '$workers/table/column';
import { pickRows, pickTableRows } from '$workers/table/pick';
import { type Table, table } from '$workers/table/table';

/**
 * The books as models may read them where some guests are not to be read: without their rows, their
 * bookings and what they did on the homes' pages, before they signed in too. Those who stay are
 * numbered anew. Asked prices and let nights name nobody, and stand as the source gave them.
 */
export function withoutGuests(books: Books, keys: ReadonlySet<string>): Books {
	const { bookings, engagement, extras, guests } = books;
	const names = guests.columns.key.values;
	const stay = rowsWhere(guests.count, (row) => !keys.has(names[row] as string));
	if (stay.length === guests.count) return books;
	const numberOf = new Int32Array(guests.count).fill(-1);
	stay.forEach((row, place) => (numberOf[row] = place));
	const gone = (guest: number) => guest >= 0 && numberOf[guest] === -1;

	const made = bookings.columns.guest.values;
	const booked = rowsWhere(bookings.count, (row) => !gone(made[row] as number));
	const theirs = visitsOf(engagement, gone);
	const seen = rowsWhere(engagement.count, (row) => {
		const { guest, session } = engagement.columns;
		const who = guest.values[row] as number;
		return who < 0 ? !theirs.has(session.values[row] as number) : !gone(who);
	});

	return {
		...books,
		guests: pickTableRows(guests, stay),
		bookings: renumbered(pickTableRows(bookings, booked), numberOf),
		engagement: renumbered(pickTableRows(engagement, seen), numberOf),
		extras: Object.fromEntries(
			Object.entries(extras).map(([name, column]) => [name, pickRows(column, booked)]),
		),
	};
}

/**
 * Visits in which one of these guests signed in and nobody who stays did: a source without visits
 * (reviews) gives all its rows one number.
 */
function visitsOf(engagement: Books['engagement'], gone: (guest: number) => boolean): Set<number> {
	const { guest, session } = engagement.columns;
	const theirs = new Set<number>();
	const others = new Set<number>();
	for (let row = 0; row < engagement.count; row++) {
		const who = guest.values[row] as number;
		if (who >= 0) (gone(who) ? theirs : others).add(session.values[row] as number);
	}
	for (const visit of others) theirs.delete(visit);
	return theirs;
}

/** The books as a source has them that names no guests: nobody can be told from anybody else. */
export function withoutAnyGuest(books: Books): Books {
	const { bookings, engagement, guests } = books;
	const nobody = (whole: Table<{ guest: NumberColumn } & Record<string, Column>>, as: number) =>
		table({ ...whole.columns, guest: numbers(whole.columns.guest.values.slice().fill(as)) });
	return {
		...books,
		guests: pickTableRows(guests, []),
		bookings: nobody(bookings, 0) as unknown as Books['bookings'],
		engagement: nobody(engagement, -1) as unknown as Books['engagement'],
	};
}

/** Rows of guests under their new numbers; -1 (nobody) stays. */
function renumbered<Columns extends { guest: NumberColumn } & Record<string, Column>>(
	whole: Table<Columns>,
	numberOf: Int32Array,
): Table<Columns> {
	const values = whole.columns.guest.values.map((guest) =>
		guest < 0 ? guest : (numberOf[guest] as number),
	);
	return table({ ...whole.columns, guest: numbers(values) }) as Table<Columns>;
}

function rowsWhere(count: number, stays: (row: number) => boolean): Uint32Array {
	const rows = new Uint32Array(count);
	let kept = 0;
	for (let row = 0; row < count; row++) if (stays(row)) rows[kept++] = row;
	return rows.subarray(0, kept);
}
