import { hashText } from '$workers/math/random';
import { type GuestHistory, guestHistories, HELD_OUT_OF } from '$workers/models/item-pack';
import type { Books } from '$workers/table/bookings';
import { readColumns } from './files';

/** Whom packs are made from and measured on. */
export interface PackTown {
	readonly homes: number;
	readonly guests: number;
	/** Everybody, with this fifth of them held out. */
	fold(fold: number): readonly GuestHistory[];
}

export const townOfBooks = (books: Books): PackTown => ({
	homes: books.properties.count,
	guests: books.guests.count,
	fold: (fold) => guestHistories(books, new Set(), fold).guests,
});

/** Real people and the places they went to: a row a visit, in the file's columns `userID`, `poiID` and `startTime`. */
export function townOfVisits(path: string): PackTown {
	const { poiID, startTime, userID } = readColumns(path, ['userID', 'poiID', 'startTime']);
	const placeOf = new Map([...new Set(poiID)].map((place, i) => [place, i]));
	const visits = new Map<string, number[]>();
	const inTime = [...poiID.keys()].sort((a, b) => Number(startTime[a]) - Number(startTime[b]));
	for (const row of inTime) {
		const person = userID[row] as string;
		const own = visits.get(person) ?? [];
		own.push(placeOf.get(poiID[row] as string) as number);
		visits.set(person, own);
	}
	return {
		homes: placeOf.size,
		guests: visits.size,
		fold: (fold) =>
			[...visits].map(([person, homes]) => ({
				homes,
				heldOut: hashText(`pack/${person}`) % HELD_OUT_OF === fold,
			})),
	};
}
