import type { FirstThree, SuitedGuest } from '$lib/contracts';
import type { Run } from '$workers/learners/contract';
import { type FittedItemKnn, itemKnn } from '$workers/learners/item-knn';
import { topPlaces } from '$workers/math/top';
import type { Books } from '$workers/table/bookings';
import { type SparseRows, sparseRows } from '$workers/table/sparse';
import { firstThree } from './segment-homes';
import type { Stays } from './stays';

const GUESTS_TOLD = 20;
const BECAUSE_TOLD = 2;
const FIRST = 3;
/** Guests who went somewhere new, at least so many, before anything is said of how well this does. */
const FEWEST_TRIED = 20;

/** Where each guest was: what homes have in common is learned from it, and who suits which. */
export interface GuestHistories {
	readonly knn: FittedItemKnn;
	/** Row i is guest i. */
	readonly rows: SparseRows;
	/** How often and when last each guest came; civil days. */
	readonly stays: Uint32Array;
	readonly lastStay: Float64Array;
}

export async function learnHistories(
	books: Books,
	stays: Stays,
	to: number,
	run: Run,
): Promise<GuestHistories> {
	const guests = books.guests.count;
	const homes = Array.from({ length: guests }, () => new Set<number>());
	const count = new Uint32Array(guests);
	const lastStay = new Float64Array(guests).fill(Number.NEGATIVE_INFINITY);
	for (let stay = 0; stay < to; stay++) {
		const guest = stays.guest[stay] as number;
		homes[guest]?.add(stays.property[stay] as number);
		count[guest] = (count[guest] as number) + 1;
		lastStay[guest] = Math.max(lastStay[guest] as number, stays.arrivesOn[stay] as number);
	}
	const rows = sparseRows(
		homes.map((own) => [...own].map((home) => [home, 1] as const)),
		books.properties.count,
	);
	return { knn: await itemKnn().fit(rows, run), rows, stays: count, lastStay };
}

/** Guests who were not there yet and whose stays speak most for it; of equals, who came last. */
export function guestsFor(
	property: number,
	{ knn, lastStay, rows, stays }: GuestHistories,
	keyOf: (guest: number) => string,
): SuitedGuest[] {
	const scores = Float64Array.from(stays, (_, guest) => {
		if (homesOf(rows, guest).includes(property)) return Number.NEGATIVE_INFINITY;
		const score = knn.shares(rows, guest, property).reduce((sum, part) => sum + part, 0);
		return score > 0 ? score : Number.NEGATIVE_INFINITY;
	});
	const order = [...scores.keys()]
		.filter((guest) => scores[guest] !== Number.NEGATIVE_INFINITY)
		.sort(
			(a, b) =>
				(scores[b] as number) - (scores[a] as number) ||
				(lastStay[b] as number) - (lastStay[a] as number) ||
				a - b,
		);
	return order.slice(0, GUESTS_TOLD).map((guest) => {
		const shares = knn.shares(rows, guest, property);
		const strongest = topPlaces(shares, BECAUSE_TOLD);
		return {
			key: keyOf(guest),
			stays: stays[guest] as number,
			lastStay: lastStay[guest] as number,
			score: scores[guest] as number,
			because: Array.from(strongest, (place) => ({
				property: homesOf(rows, guest)[place] as number,
				part: shares[place] as number,
			})).filter(({ part }) => part > 0),
		};
	});
}

/** Guests who later went where they had not been: was it among the first three of their own list? */
export async function tryGuests(
	stays: Stays,
	learned: GuestHistories,
	from: number,
): Promise<FirstThree | null> {
	const { knn, rows } = learned;
	const usual = popularity(rows);
	const went = new Map<number, number>();
	for (let stay = from; stay < stays.count; stay++) {
		const guest = stays.guest[stay] as number;
		const before = homesOf(rows, guest);
		const home = stays.property[stay] as number;
		if (before.length > 0 && !before.includes(home) && !went.has(guest)) went.set(guest, home);
	}
	if (went.size < FEWEST_TRIED) return null;
	const all = await knn.scores(rows);
	const hits = (scores: ArrayLike<number>, guest: number, home: number) => {
		const open = Float64Array.from(scores);
		for (const own of homesOf(rows, guest)) open[own] = Number.NEGATIVE_INFINITY;
		return topPlaces(open, FIRST).includes(home);
	};
	return firstThree(
		[...went].map(([guest, home]) => ({
			hit: hits(all.subarray(guest * knn.items, (guest + 1) * knn.items), guest, home),
			usualHit: hits(usual, guest, home),
		})),
	);
}

function popularity({ columns, width }: SparseRows): Float64Array {
	const counts = new Float64Array(width);
	for (const home of columns) counts[home] = (counts[home] as number) + 1;
	return counts;
}

const homesOf = ({ columns, starts }: SparseRows, guest: number) =>
	columns.subarray(starts[guest], starts[guest + 1]);
