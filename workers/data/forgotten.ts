import { type NumberColumn, numbers } from '$workers/table/column';
import { pickRows, pickTableRows } from '$workers/table/pick';
import { type Table, table } from '$workers/table/table';
import type { ProfileDatabase } from './database';
import { identityAt } from './forget-books';
import type { ReadBooks } from './importers/books';
import { readRecord, writeRecord } from './records';

const RECORD = 'consent/forgotten';

/**
 * What must not come back when a file is opened again: of guests a salted hash of the key, of
 * bookings the identity of the row, which is a hash already. It says nothing to who does not hold the
 * file, and with the file it says what was forgotten.
 */
export interface Forgotten {
	/** Hexadecimal; drawn once a profile. */
	readonly salt: string;
	/** SHA-256 over salt and key, the first 16 bytes as hexadecimal digits. */
	readonly guests: readonly string[];
	readonly bookings: readonly string[];
}

const NOTHING: Forgotten = { salt: '', guests: [], bookings: [] };

export async function readForgotten(database: ProfileDatabase): Promise<Forgotten> {
	const stored = await readRecord(database.records, RECORD, database.codec);
	return { ...NOTHING, ...(stored as Partial<Forgotten> | undefined) };
}

/** Notes what is about to be forgotten, before it goes: no file brings back what is half gone. */
export async function noteForgotten(
	database: ProfileDatabase,
	guests: readonly string[],
	bookings: readonly string[],
): Promise<void> {
	const before = await readForgotten(database);
	const salt = before.salt || hexadecimal(crypto.getRandomValues(new Uint8Array(16)));
	const hashes = await Promise.all(guests.map((key) => hashOf(salt, key)));
	const after: Forgotten = {
		salt,
		guests: [...new Set([...before.guests, ...hashes])],
		bookings: [...new Set([...before.bookings, ...bookings])],
	};
	await writeRecord(database.records, RECORD, after, database.codec);
}

/** A file's rows without those that were forgotten, and how many that were. */
export async function withoutForgotten(
	read: ReadBooks,
	forgotten: Forgotten,
): Promise<{ readonly read: ReadBooks; readonly skipped: number }> {
	const gone = new Set(forgotten.bookings);
	if (forgotten.guests.length === 0 && gone.size === 0) return { read, skipped: 0 };
	const guests = await forgottenGuests(read, forgotten);
	const own = read.rows.columns.guest as NumberColumn | undefined;
	const stay: number[] = [];
	for (let row = 0; row < read.rows.count; row++) {
		const identity = gone.size ? identityAt(read.rows, row) : undefined;
		if (guests.has(own?.values[row] ?? -1) || (identity && gone.has(identity))) continue;
		stay.push(row);
	}
	return { read: pickRead(read, stay, guests), skipped: read.rows.count - stay.length };
}

/** Places of the file's guests that were forgotten. */
async function forgottenGuests(
	{ guestKeys }: ReadBooks,
	{ guests, salt }: Forgotten,
): Promise<ReadonlySet<number>> {
	const known = new Set(guests);
	if (known.size === 0) return new Set();
	const hashes = await Promise.all(guestKeys.map((key) => hashOf(salt, key)));
	return new Set(hashes.flatMap((hash, place) => (known.has(hash) ? place : [])));
}

/** These rows of what was read, and those guests who were not forgotten, numbered anew. */
function pickRead(read: ReadBooks, stay: readonly number[], gone: ReadonlySet<number>): ReadBooks {
	const rows = pickTableRows(read.rows, stay);
	const places = Array.from(read.guestKeys.keys()).filter((place) => !gone.has(place));
	const extras = Object.entries(read.extras).map(([name, column]) => [
		name,
		pickRows(column, stay),
	]);
	return {
		...read,
		rows: gone.size ? renumbered(rows, places) : rows,
		guestKeys: places.map((place) => read.guestKeys[place] ?? ''),
		guests: pickTableRows(read.guests, places),
		extras: Object.fromEntries(extras) as ReadBooks['extras'],
	};
}

function renumbered(rows: Table, places: readonly number[]): Table {
	const guest = rows.columns.guest as NumberColumn | undefined;
	if (!guest) return rows;
	const numberOf = new Map(places.map((place, number) => [place, number]));
	return table({
		...rows.columns,
		guest: numbers(guest.values.map((place) => numberOf.get(place) ?? place)),
	});
}

async function hashOf(salt: string, key: string): Promise<string> {
	const bytes = new TextEncoder().encode(`${salt}/${key}`);
	return hexadecimal(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 16));
}

const hexadecimal = (bytes: Uint8Array): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
