import { seededRandom } from '$workers/math/random';
import type { Books } from '$workers/table/bookings';
import { weekday } from '$workers/table/calendar';
import { categories, numbers, texts } from '$workers/table/column';
import { emptyBooks } from '$workers/table/empty-books';
import { table } from '$workers/table/table';

/**
 * Homes whose nights are let by a law that is known: the log-odds fall with the logarithm of the price
 * over the base price. Prices stray from the base by season (which moves demand too) and by a trial
 * that knows nothing of demand.
 */
export interface SimulatedMarket {
	readonly books: Books;
	/** Chance of a night being let at a price. */
	chance(home: number, day: number, price: number): number;
	readonly base: readonly number[];
}

export interface MarketOptions {
	readonly homes?: number;
	readonly days?: number;
	readonly sensitivity?: number;
	/** Log-odds of being let at the base price on an average day. */
	readonly level?: number;
	/** Standard deviation of the trial, in logarithms. */
	readonly trial?: number;
	readonly seed?: number;
}

/** Nobody books more days before. */
export const FURTHEST_BOOKED = 45;
const AHEAD = 90;
const START = 19_000;

export function simulatedMarket({
	homes = 12,
	days = 730,
	sensitivity = 2.2,
	level = 1.3,
	trial = 0.14,
	seed = 1,
}: MarketOptions = {}): SimulatedMarket {
	const random = seededRandom(seed);
	const base = Array.from({ length: homes }, () => 80 + random.integer(120));
	const appeal = base.map(() => 0.3 * random.normal());
	const season = (day: number) => Math.sin((2 * Math.PI * day) / 365.25);
	const weekend = (day: number) => Number(weekday(START + day) >= 5);
	const chance = (home: number, day: number, price: number) => {
		const priceEffect = sensitivity * Math.log(price / (base[home] as number));
		const score = level + (appeal[home] as number) + 0.8 * season(day) + 0.5 * weekend(day);
		return 1 / (1 + Math.exp(-(score - priceEffect)));
	};
	const rows = { property: [], day: [], price: [], taken: [] } as Record<string, number[]>;
	const stays = { property: [], arrives: [], made: [], price: [] } as Record<string, number[]>;
	for (let home = 0; home < homes; home++) {
		let trialNow = 0;
		for (let day = 0; day < days + AHEAD; day++) {
			if (day % 7 === 0) trialNow = trial * random.normal();
			const habit = 0.1 * season(day) + 0.08 * weekend(day);
			const price = Math.round((base[home] as number) * Math.exp(habit + trialNow));
			const isLet = random.next() < chance(home, day, price);
			// Somebody decides some days before; the last nights of the books may still be open.
			const made = day - 1 - random.integer(FURTHEST_BOOKED);
			const known = isLet && made < days;
			rows.property?.push(home);
			rows.day?.push(START + day);
			rows.price?.push(price);
			rows.taken?.push(Number(known));
			if (!known) continue;
			stays.property?.push(home);
			stays.arrives?.push(START + day);
			stays.made?.push(START + made);
			stays.price?.push(price);
		}
	}
	return { books: booksOf(base, rows, stays, START + days), chance: atDay(chance), base };
}

const atDay =
	(chance: SimulatedMarket['chance']): SimulatedMarket['chance'] =>
	(home, day, price) =>
		chance(home, day - START, price);

function booksOf(
	base: readonly number[],
	rows: Record<string, number[]>,
	stays: Record<string, number[]>,
	asOf: number,
): Books {
	const empty = emptyBooks('USD');
	const all = (value: number) => numbers(Float64Array.from(base, () => value));
	const column = (values: readonly number[] = []) => numbers(Float64Array.from(values));
	const constant = (value: number) => column((stays.price ?? []).map(() => value));
	const word = (value: string) => categories((stays.price ?? []).map(() => value));
	return {
		...empty,
		asOf,
		properties: table({
			...empty.properties.columns,
			key: texts(base.map((_, i) => `simulated:${i}`)),
			title: texts(base.map((_, i) => `Home ${i + 1}`)),
			property_type: categories(base.map(() => 'flat')),
			destination: categories(base.map(() => '')),
			country: categories(base.map(() => '')),
			bedrooms: all(1),
			max_guests: all(2),
			base_price: column(base),
			rating: all(4.5),
			photos_count: all(5),
			latitude: all(0),
			longitude: all(0),
			amenities_count: all(3),
			units: all(1),
			opened_on: all(START),
		}),
		bookings: table({
			...empty.bookings.columns,
			booking_id: column((stays.price ?? []).map((_, i) => i + 1)),
			property: column(stays.property),
			guest: constant(0),
			booked_on: column(stays.made),
			arrives_on: column(stays.arrives),
			nights: constant(1),
			adults: constant(2),
			nightly_price: column(stays.price),
			total: column(stays.price),
			channel: word('direct'),
			deposit: word('none'),
			status: word('confirmed'),
			cancelled_on: constant(Number.NaN),
			lead_time: column((stays.arrives ?? []).map((day, i) => day - (stays.made?.[i] ?? 0))),
		}),
		daily: table({
			property: column(rows.property),
			day: column(rows.day),
			price: column(rows.price),
			let: column(rows.taken),
		}),
	};
}
