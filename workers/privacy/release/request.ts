import type { BooksSummary, ReleaseFigure, ReleaseGrouping, ReleaseRequest } from '$lib/contracts';
import { yearOf } from '$workers/table/calendar';
import { type Charge, thousandthsOf } from './accountant';

const GROUPINGS: readonly ReleaseGrouping[] = ['month', 'month-and-kind', 'country', 'lead-time'];
const FIGURES: readonly ReleaseFigure[] = ['stays', 'nights'];

/** Whether a request is one that the gate knows: it comes from a page, and a page can be changed. */
export function isSound(request: ReleaseRequest): boolean {
	const { edition, epsilon, figure, grouping, year } = request;
	return (
		GROUPINGS.includes(grouping) &&
		FIGURES.includes(figure) &&
		Number.isInteger(year) &&
		year >= 1900 &&
		year <= 2199 &&
		Number.isInteger(edition) &&
		edition >= 1 &&
		!Number.isNaN(thousandthsOf(epsilon))
	);
}

/** Years of the books up to the day on which they were taken, and those that something was charged to; newest first. */
export function yearsOf(books: BooksSummary | null, charges: readonly Charge[]): readonly number[] {
	const years = new Set(charges.map(({ year }) => year));
	if (books && Number.isFinite(books.from))
		for (let year = yearOf(books.from); year <= yearOf(Math.min(books.to, books.asOf)); year++)
			years.add(year);
	return [...years].sort((a, b) => b - a);
}
