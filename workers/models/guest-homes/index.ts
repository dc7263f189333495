import type { GuestHomes, HomeSuits } from '$lib/contracts';
import type { Run } from '$workers/learners/contract';
import type { Books } from '$workers/table/bookings';
import { countHomes, homesOf, segmentHomes, tryFirstThree } from './segment-homes';
import { segmentations } from './segments';
import { splitAt, staysOf } from './stays';
import { guestsFor, learnHistories, tryGuests } from './suits';

/** Which homes go well with which kinds of guests, against what everybody books. */
export function guestHomesOf(books: Books): GuestHomes {
	const stays = staysOf(books);
	const split = splitAt(stays);
	const homes = books.properties.count;
	const ways = segmentations(books, stays);
	return {
		from: stays.bookedOn[0] ?? Number.NaN,
		to: stays.bookedOn.at(-1) ?? Number.NaN,
		bookings: stays.count,
		names: books.properties.columns.title.values,
		segments: ways.flatMap((way) => segmentHomes(countHomes(stays, way, homes, stays.count), way)),
		tried: ways.map((way) => ({ by: way.by, ...tryFirstThree(stays, way, homes, split) })),
		triedFrom: stays.bookedOn[split] ?? Number.NaN,
	};
}

/** Whom one home suits: kinds of guests, and guests who were elsewhere. */
export async function homeSuits(books: Books, property: number, run: Run): Promise<HomeSuits> {
	const stays = staysOf(books);
	const homes = books.properties.count;
	const segments = segmentations(books, stays).flatMap((way) => {
		const counts = countHomes(stays, way, homes, stays.count);
		return segmentHomes(counts, way).flatMap(({ by, key }) => {
			const home = homesOf(counts, way.keys.indexOf(key))[property];
			return home && home.low > 1 ? [{ ...home, by, key }] : [];
		});
	});
	const told = segments.sort((a, b) => b.low - a.low);
	if (books.guests.count === 0) return { property, segments: told, guests: [], tried: null };
	const split = splitAt(stays);
	const [earlier, all] = [
		await learnHistories(books, stays, split, run),
		await learnHistories(books, stays, stays.count, run),
	];
	const keys = books.guests.columns.key.values;
	return {
		property,
		segments: told,
		guests: guestsFor(property, all, (guest) => keys[guest] as string),
		tried: await tryGuests(stays, earlier, split),
	};
}
