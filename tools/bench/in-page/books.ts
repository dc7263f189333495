import { BooksRepository } from '$workers/data/books';
import { ProfileDatabase } from '$workers/data/database';
import { type Random, seededRandom } from '$workers/math/random';
import { BOOKING_STATUSES, type Books } from '$workers/table/bookings';
import { categories, type Column, numbers } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { table } from '$workers/table/table';

/** Runs in the page, beside the app: the books' own code on the browser's own disk. */

export interface BooksTimes {
	/** Milliseconds. */
	readonly written: number[];
	readonly read: number[];
	/** Fewest bookings that a reading found: all of them, or the times mean nothing. */
	readonly found: number;
}

const KEPT_COLUMNS = 12;
const FIRST_DAY = 18_000;

/** Writes so many bookings into empty books and reads them back as columns, round by round. */
export async function timeBooks(bookings: number, rounds: number): Promise<BooksTimes> {
	const whole = drawBooks(bookings);
	const times: BooksTimes = { written: [], read: [], found: 0 };
	let found = Infinity;
	for (let round = 0; round < rounds; round++) {
		const database = new ProfileDatabase('doorstep-bench');
		await database.open();
		const repository = new BooksRepository(database);
		const started = performance.now();
		await repository.replace(whole, 0);
		const written = performance.now();
		const read = await repository.read('insight');
		times.written.push(written - started);
		times.read.push(performance.now() - written);
		found = Math.min(found, read?.bookings.count ?? 0);
		await database.delete();
	}
	return { ...times, found };
}

/** Bookings as a hotel's file leaves them: with identities, and columns of the source beside them. */
function drawBooks(count: number): Books {
	const random = seededRandom('books');
	const whole = (below: number) => () => random.integer(below);
	const draw = (value: () => number) => Float64Array.from({ length: count }, value);
	const names = (all: readonly string[]) =>
		categories(Array.from({ length: count }, () => all[random.integer(all.length)] ?? ''));
	const booked = Int32Array.from({ length: count }, (_, row) => FIRST_DAY + (row * 1_000) / count);
	const lead = Uint16Array.from({ length: count }, whole(365));
	const price = draw(() => 40 + 120 * random.next());
	const nights = Uint16Array.from({ length: count }, () => 1 + random.integer(7));
	const columns = {
		booking_id: numbers(Uint32Array.from({ length: count }, (_, row) => row + 1)),
		property: numbers(Uint32Array.from({ length: count }, whole(20))),
		guest: numbers(new Uint32Array(count)),
		booked_on: numbers(booked),
		arrives_on: numbers(booked.map((day, row) => day + (lead[row] as number))),
		nights: numbers(nights),
		adults: numbers(Uint8Array.from({ length: count }, () => 1 + random.integer(3))),
		nightly_price: numbers(price),
		total: numbers(price.map((each, row) => each * (nights[row] as number))),
		channel: names(['direct', 'agency', 'corporate']),
		deposit: names(['none', 'refundable', 'not refundable']),
		status: names(BOOKING_STATUSES),
		cancelled_on: numbers(draw(() => (random.next() < 0.3 ? FIRST_DAY : Number.NaN))),
		lead_time: numbers(lead),
		identity_high: numbers(identities(count, random)),
		identity_low: numbers(identities(count, random)),
	};
	return {
		...emptyBooks('EUR'),
		bookings: table(columns),
		extras: Object.fromEntries(
			Array.from({ length: KEPT_COLUMNS }, (_, i): [string, Column] => [
				`column ${i + 1}`,
				i % 2 ? names(['A', 'B', 'C', 'D', 'E']) : numbers(draw(whole(300))),
			]),
		),
	};
}

function identities(count: number, random: Random): Uint32Array {
	return Uint32Array.from({ length: count }, () => random.integer(2 ** 32));
}
