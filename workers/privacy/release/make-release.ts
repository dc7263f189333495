import type { Release, ReleaseRequest } from '$lib/contracts';
import { ExactNoise } from '$workers/privacy/noise/exact-noise';
import type { Books } from '$workers/table/bookings';
import { deltaOf, thousandthsOf } from './accountant';
import { MOST_NIGHTS, unitOf } from './counted-stays';
import { drawRelease } from './draw';
import { MINIMUM_PEOPLE, MINIMUM_PROPERTIES } from './minimums';

/** A release with all that is to be known of it. Drawn here; charged and kept by `workers/data`. */
export function makeRelease(
	books: Books,
	request: ReleaseRequest,
	leftOut: ReadonlySet<string>,
	{ id, releasedAt }: Pick<Release, 'id' | 'releasedAt'>,
	noise = new ExactNoise(),
): Release {
	const { edition, epsilon, figure, grouping, year } = request;
	return {
		id,
		releasedAt,
		grouping,
		figure,
		year,
		edition,
		epsilon: thousandthsOf(epsilon) / 1_000,
		delta: deltaOf(thousandthsOf(epsilon)),
		...drawRelease(books, request, leftOut, noise),
		unit: unitOf(books),
		minimumPeople: MINIMUM_PEOPLE,
		minimumProperties: MINIMUM_PROPERTIES,
		mostNights: MOST_NIGHTS,
		sample: books.sample,
	};
}
