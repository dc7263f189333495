import type { ReleasedCell, ReleasePreview, ReleaseRequest } from '$lib/contracts';
import type { ExactNoise } from '$workers/privacy/noise/exact-noise';
import type { Books } from '$workers/table/bookings';
import { thousandthsOf } from './accountant';
import { amountOf, countedStays } from './counted-stays';
import { boundsOf, keyOf, releaseCells, type TrueCell } from './gate';
import { cellOf, isListed, layoutOf } from './layout';

/** The figures of a release: everything between the books and what may leave. */
export function drawRelease(
	books: Books,
	request: ReleaseRequest,
	leftOut: ReadonlySet<string>,
	noise: ExactNoise,
): { readonly cells: readonly ReleasedCell[]; readonly withheld: number | null } {
	const groups = layoutOf(books, request.grouping, request.year);
	const bounds = boundsOf(request.figure, thousandthsOf(request.epsilon));
	const cells = releaseCells(groups, trueCells(books, request, leftOut), bounds, noise);
	const looked = groups.reduce((count, group) => count + group.cells.length, 0);
	return { cells, withheld: isListed(request.grouping) ? looked - cells.length : null };
}

/** What can be told of a release before it is drawn: nothing that depends on a guest. */
export function previewOf(
	books: Books,
	{ epsilon, figure, grouping, year }: ReleaseRequest,
): Pick<ReleasePreview, 'cells' | 'hardlyBelow' | 'within'> {
	const { enough, within } = boundsOf(figure, thousandthsOf(epsilon));
	const groups = layoutOf(books, grouping, year);
	return {
		cells: isListed(grouping) ? groups.flatMap(({ cells }) => cells) : null,
		hardlyBelow: enough,
		within,
	};
}

/** Whom and how much each cell has, by its key. */
export function trueCells(
	books: Books,
	{ figure, grouping, year }: ReleaseRequest,
	leftOut: ReadonlySet<string>,
): ReadonlyMap<string, TrueCell> {
	const byHome = new Map<
		string,
		{ name: readonly string[]; people: number; homes: Map<number, number> }
	>();
	for (const row of countedStays(books, year, leftOut)) {
		const name = cellOf(books, row, grouping, year);
		const cell = byHome.get(keyOf(name)) ?? { name, people: 0, homes: new Map<number, number>() };
		const home = books.bookings.columns.property.values[row] as number;
		cell.people++;
		cell.homes.set(home, (cell.homes.get(home) ?? 0) + amountOf(books, row, figure));
		byHome.set(keyOf(name), cell);
	}
	return new Map(
		[...byHome].map(([key, { homes, name, people }]) => {
			const amounts = [...homes.values()];
			const total = amounts.reduce((sum, amount) => sum + amount, 0);
			return [key, { name, people, total, largest: Math.max(...amounts) }];
		}),
	);
}
