import { topPlaces } from '$workers/math/top';
import type { Others, OwnStay } from '../others';
import type { Likeness } from './likeness';

/** Of what others chose beside a home, so many are looked at. */
const ALSO = 80;
/** Of so many homes it is kept; the one asked about longest ago goes first. */
const KEPT = 24;

/** A home that is alike to another, before it has a number. */
export interface AlikeRow {
	readonly row: number;
	/** Likeness by content, and what others' choices add: at most 2. */
	readonly score: number;
	readonly also: boolean;
}

/**
 * Homes like one, best first: by content, and by whom else those who chose it chose, as far as a model
 * pack knows. The strongest of what others chose counts as much as full likeness.
 */
export function alikeTo(
	row: number,
	likeness: Likeness,
	others: Others | undefined,
	now: number,
): readonly AlikeRow[] {
	const { likeness: values, rows } = likeness.nearest(row);
	const scores = new Map(Array.from(rows, (other, i) => [other, values[i] as number]));
	const also = others?.known[row] ? keptAlso(others, row, now) : new Map<number, number>();
	const most = Math.max(Number.EPSILON, ...also.values());
	const content = likeness.toSome(row, [...also.keys()]);
	for (const [i, [other, value]] of [...also].entries())
		scores.set(other, (scores.get(other) ?? (content[i] as number)) + value / most);
	return [...scores]
		.map(([other, score]) => ({ row: other, score, also: also.has(other) }))
		.sort((a, b) => b.score - a.score || a.row - b.row);
}

/** What was found of the homes asked about last: it hangs on the pack alone. */
interface Kept {
	/** Of every row, for somebody without a history. */
	readonly usual: Float64Array;
	readonly also: Map<number, ReadonlyMap<number, number>>;
}

const kept = new WeakMap<Others, Kept>();

/**
 * What others chose beside a home; searched for once while it is asked about again and again. A single
 * home speaks the same whenever it was chosen.
 */
function keptAlso(others: Others, row: number, now: number): ReadonlyMap<number, number> {
	const own = kept.get(others) ?? { usual: others.fits([]), also: new Map() };
	kept.set(others, own);
	const found = own.also.get(row) ?? alsoOf(others, [{ row, weight: 1, instant: now }], own.usual);
	own.also.delete(row);
	own.also.set(row, found);
	const [oldest] = own.also.keys();
	if (own.also.size > KEPT && oldest !== undefined) own.also.delete(oldest);
	return found;
}

/** What others chose beside a home, by how much that says. */
function alsoOf(
	others: Others,
	history: readonly [OwnStay],
	usual: Float64Array,
): ReadonlyMap<number, number> {
	const fits = others.fits(history);
	for (let other = 0; other < fits.length; other++)
		fits[other] = (fits[other] as number) - (usual[other] as number);
	fits[history[0].row] = Number.NEGATIVE_INFINITY;
	return new Map(
		Array.from(topPlaces(fits, ALSO), (other): [number, number] => [
			other,
			others.shares(history, other).also[0] ?? 0,
		]).filter(([, share]) => share > 0),
	);
}
