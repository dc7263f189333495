import type { GuestHomesApi } from '$lib/contracts';
import { BooksRepository } from '$workers/data/books';
import type { ProfileDatabase } from '$workers/data/database';
import type { Behind } from '$workers/door/expose';
import { seededRandom } from '$workers/math/random';

/** Part of the scoring worker, loaded when a manager first asks: which homes for whom. */
export function answerGuestHomes(open: () => Promise<ProfileDatabase>): Behind<GuestHomesApi> {
	const model = () => import('$workers/models/guest-homes');
	const booksNow = async () => new BooksRepository(await open()).read('insight');
	const run = () => ({
		cancelled: () => false,
		onProgress: () => undefined,
		random: seededRandom('guest-homes'),
	});

	return {
		async guestHomes() {
			const books = await booksNow();
			return books && (await model()).guestHomesOf(books);
		},
		async suits(property) {
			const books = await booksNow();
			return books && (await model()).homeSuits(books, property, run());
		},
	};
}
