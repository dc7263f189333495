import type { Suspect } from '$lib/contracts/insight';
import type { MatrixColumn } from '$workers/table/matrix';
import { type Groups, type Tally, sum } from './groups';

/**
 * A column that stands at a default (missing, zero, or what most rows have) until something fills it
 * in, where filled-in rows never have one of the outcomes. Causes make an outcome rare; only a record
 * taken after the outcome makes it impossible in dozens of rows that should have had it.
 *
 * One question a column, not one a value: among hundreds of values some never meet an outcome by
 * chance, or because their rows belong to one group booking.
 */

/** Rows with the outcome that the overall rate lets expect, of which none is there. */
const REFUSED_EXPECTED = 30;
const SUSPECT_EXPECTED = 15;
/** With a few odd rows: at most a hundredth as often as elsewhere, with 99 per cent confidence. */
const ALMOST_NEVER = 0.01;
const NORMAL_99 = 2.326;

export function neverWithOutcome(
	column: MatrixColumn,
	groups: Groups,
	counted: Tally,
): Suspect | undefined {
	const found = defaultsOf(column, groups, counted)
		.flatMap((standing) => splitsBy(standing, counted))
		.filter(({ expected }) => expected >= SUSPECT_EXPECTED)
		.filter(({ seen, expected }) => seen === 0 || upperBound(seen) <= ALMOST_NEVER * expected)
		.sort((a, b) => b.expected - a.expected)[0];
	if (!found) return undefined;
	const { rows, seen, expected, outcome, rate } = found;
	return {
		column: column.name,
		verdict: expected >= REFUSED_EXPECTED ? 'refused' : 'suspect',
		reason: 'NeverWithOutcome',
		evidence: { rows, withOutcome: seen, expected: Math.round(expected), outcome, rate },
	};
}

/** Groups that a row stands in until something is filled in. */
function defaultsOf(column: MatrixColumn, groups: Groups, { rows }: Tally): number[] {
	const most = rows.reduce((best, count, group) => (count > (rows[best] ?? 0) ? group : best), 0);
	const usual = 2 * (rows[most] ?? 0) >= sum(rows) ? [most] : [];
	const zero = column.kind === 'number' ? column.values.findIndex((value) => value === 0) : -1;
	const lowest = column.values.every((value) => !(value < 0));
	const none = zero >= 0 && lowest ? [groups.of[zero] as number] : [];
	const missing = groups.missing >= 0 ? [groups.missing] : [];
	return [...new Set([...usual, ...none, ...missing])];
}

interface Side {
	readonly rows: number;
	/** Which outcome, how often it is there, and how often it should be. */
	readonly outcome: 0 | 1;
	readonly seen: number;
	readonly expected: number;
	/** Of the outcome in all rows. */
	readonly rate: number;
}

/** Filled in and not, each with both outcomes. */
function splitsBy(standing: number, { rows, positives }: Tally): Side[] {
	const all = sum(rows);
	const rate = sum(positives) / all;
	const unfilled = rows[standing] ?? 0;
	const unfilledPositives = positives[standing] ?? 0;
	const sides = [
		[all - unfilled, sum(positives) - unfilledPositives],
		[unfilled, unfilledPositives],
	] as const;
	return sides.flatMap(([count, positive]): Side[] => [
		{ rows: count, outcome: 1, seen: positive, expected: count * rate, rate },
		{
			rows: count,
			outcome: 0,
			seen: count - positive,
			expected: count * (1 - rate),
			rate: 1 - rate,
		},
	]);
}

/** Of the mean of a Poisson count above 0, by the square root's normal approximation. */
const upperBound = (seen: number): number => (Math.sqrt(seen + 1) + NORMAL_99 / 2) ** 2;
