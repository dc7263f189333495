import { topPlaces } from '$workers/math/top';
import type { Others } from '../others';
import type { Likeness } from './likeness';

/** Of what others chose beside a home, so many are looked at. */
const ALSO = 80;

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
	const also = others?.known[row] ? alsoOf(others, row, now) : new Map<number, number>();
	const most = Math.max(Number.EPSILON, ...also.values());
	const content = also.size > 0 ? likeness.toAll(row) : undefined;
	for (const [other, value] of also)
		scores.set(other, (scores.get(other) ?? content?.[other] ?? 0) + value / most);
	return [...scores]
		.map(([other, score]) => ({ row: other, score, also: also.has(other) }))
		.sort((a, b) => b.score - a.score || a.row - b.row);
}

/** What others chose beside a home, by how much that says. */
function alsoOf(others: Others, row: number, now: number): Map<number, number> {
	const history = [{ row, weight: 1, instant: now }];
	const usual = others.fits([]);
	const fits = others.fits(history).map((fit, other) => fit - (usual[other] as number));
	fits[row] = Number.NEGATIVE_INFINITY;
	return new Map(
		Array.from(topPlaces(fits, ALSO), (other): [number, number] => [
			other,
			others.shares(history, other).also[0] ?? 0,
		]).filter(([, share]) => share > 0),
	);
}
