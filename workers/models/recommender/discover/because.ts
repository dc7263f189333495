import type { AlikeRow } from './alike';
import type { WantedHome } from './trail';

const ROWS = 3;
const HOMES = 8;
/** Fewer are no row. */
const FEWEST = 3;
/** So many of the most alike are looked at: further down nothing is alike any more. */
const REACH = 64;

/** A row of homes before they have numbers. */
export interface BecauseRows {
	readonly wanted: WantedHome;
	readonly homes: readonly AlikeRow[];
}

export interface BecauseSources {
	readonly wanted: readonly WantedHome[];
	readonly rowOf: (property: number) => number | undefined;
	/** Most alike first. */
	readonly alike: (row: number) => readonly AlikeRow[];
	/** Of every row; the average home stands at 0. */
	readonly fits: Float64Array;
	readonly titleOf: (row: number) => string;
	/** Rows that are not to be shown. */
	readonly hidden: ReadonlySet<number>;
}

/**
 * For the newest homes that a person wants: homes that are alike and fit the taste better than the
 * average home, by both. No home twice, and no title twice in a row.
 */
export function becauseRows(sources: BecauseSources): readonly BecauseRows[] {
	const { alike, fits, hidden, rowOf, titleOf, wanted } = sources;
	const shown = new Set(hidden);
	const rows: BecauseRows[] = [];
	for (const home of wanted) {
		if (rows.length === ROWS) break;
		const row = rowOf(home.property);
		if (row === undefined) continue;
		const near = alike(row).filter((other) => !shown.has(other.row) && fitsAt(fits, other) > 0);
		const titles = new Set([titleOf(row)]);
		const homes = untwinned(byBoth(near.slice(0, REACH), fits), titles, titleOf).slice(0, HOMES);
		if (homes.length < FEWEST) continue;
		for (const other of homes) shown.add(other.row);
		rows.push({ wanted: home, homes });
	}
	return rows;
}

/** One home for each title that is not known yet; homes without a title are no twins. */
export function untwinned(
	homes: readonly AlikeRow[],
	titles: Set<string>,
	titleOf: (row: number) => string,
): AlikeRow[] {
	return homes.filter(({ row }) => {
		const title = titleOf(row);
		if (title === '') return true;
		const fresh = !titles.has(title);
		titles.add(title);
		return fresh;
	});
}

const fitsAt = (fits: Float64Array, { row }: AlikeRow): number => fits[row] as number;

/** By the sum of the places in both orders (Borda): likeness and fit have no common scale. */
function byBoth(homes: readonly AlikeRow[], fits: Float64Array): AlikeRow[] {
	const byFit = [...homes].sort((a, b) => fitsAt(fits, b) - fitsAt(fits, a));
	const places = new Map(byFit.map(({ row }, place) => [row, place]));
	return homes
		.map((home, place) => ({ home, sum: place + (places.get(home.row) as number) }))
		.sort((a, b) => a.sum - b.sum)
		.map(({ home }) => home);
}
