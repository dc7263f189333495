import type { Suspect } from '$lib/contracts/insight';
import { type Matrix, type MatrixColumn, takeMatrixRows } from '$workers/table/matrix';
import { type Tally, sum } from './groups';

/** Signs that a column was filled in, or put right, once the outcome was known: named, not refused. */

const FEWEST_LEVELS = 10;
const LEVEL_ROWS = 100;
const DEFAULT_SHARE = 0.2;
const BEYOND_SHARE = 0.05;
const FEWEST_AGREEING = 0.6;
const COMMON_VALUES = 5;
const KAPPA = 0.5;
const ODDS = 2;
const CLEAR_Z = 6;

/**
 * The usual value of a column with many levels has a rate that (almost) no other level reaches, and
 * the odds there are at least twice those of the rest. With ten levels or more that is unlikely for
 * a cause, which has no reason to favour the most frequent one; it is what a default does that is
 * kept where nothing better was ever recorded.
 */
export function usualValueStandsOut(column: MatrixColumn, counted: Tally): Suspect | undefined {
	if (column.kind !== 'category') return undefined;
	const { rows, positives } = counted;
	const level = Array.from(rows.keys()).filter(
		(group) => (rows[group] as number) >= LEVEL_ROWS && group < column.levels.length,
	);
	const rate = (group: number) => (positives[group] as number) / (rows[group] as number);
	const usual = level.reduce((a, b) => ((rows[b] as number) > (rows[a] as number) ? b : a), 0);
	const share = (rows[usual] as number) / sum(rows);
	if (level.length < FEWEST_LEVELS || share < DEFAULT_SHARE) return undefined;
	const others = level.filter((group) => group !== usual);
	const higher = others.filter((group) => rate(group) > rate(usual)).length;
	const beyond = Math.min(higher, others.length - higher);
	const restRows = sum(rows) - (rows[usual] as number);
	const restRate = (sum(positives) - (positives[usual] as number)) / restRows;
	const evidence = { share, rate: rate(usual), rateOfRest: restRate, levels: level.length, beyond };
	if (beyond > BEYOND_SHARE * others.length || !farApart(rate(usual), restRate)) return undefined;
	return { column: column.name, verdict: 'suspect', reason: 'FilledInLater', evidence };
}

/**
 * Two columns that mostly say the same of a row (asked for and given, say), where the outcome is far
 * rarer, or far more frequent, in rows in which they differ: one of them was put right later. Named
 * is the one that tells more of the outcome by itself.
 */
export function editedCopies(
	rows: Matrix,
	targets: Float64Array,
	aloneOf: (name: string) => number,
): Suspect[] {
	const { columns } = rows;
	const some = takeMatrixRows(rows, spread(rows.count)).columns;
	return columns.flatMap((first, i) =>
		columns.slice(i + 1).flatMap((second, j) => {
			const glance = sameRows(some[i] as MatrixColumn, some[i + 1 + j] as MatrixColumn);
			const evidence = glance && compare(first, second, targets);
			if (!evidence) return [];
			const later = aloneOf(first.name) > aloneOf(second.name) ? first : second;
			return [{ column: later.name, verdict: 'suspect', reason: 'FilledInLater', evidence }];
		}),
	);
}

/** At most so many rows, evenly spread, tell most pairs of columns apart. */
const GLANCE = 4000;

function spread(count: number): Uint32Array {
	const step = Math.max(1, count / GLANCE);
	return Uint32Array.from({ length: Math.min(count, GLANCE) }, (_, i) => Math.floor(i * step));
}

function compare(
	first: MatrixColumn,
	second: MatrixColumn,
	targets: Float64Array,
): Suspect['evidence'] | undefined {
	const same = sameRows(first, second);
	if (!same) return undefined;
	const agreeing = sum(same);
	const count = same.length;
	const positives = targets.reduce((total, target, row) => total + target * (same[row] ?? 0), 0);
	const differing = count - agreeing;
	if (agreeing < FEWEST_AGREEING * count || differing < LEVEL_ROWS) return undefined;
	const rateWhereSame = positives / agreeing;
	const rateWhereDifferent = (sum(targets) - positives) / differing;
	const pooled = sum(targets) / count;
	const error = Math.sqrt(pooled * (1 - pooled) * (1 / agreeing + 1 / differing));
	const clear = Math.abs(rateWhereSame - rateWhereDifferent) > CLEAR_Z * error;
	if (!clear || !farApart(rateWhereSame, rateWhereDifferent)) return undefined;
	return { rows: differing, agreement: agreeing / count, rateWhereSame, rateWhereDifferent };
}

/** 1 where the columns agree; undefined where they do not speak of the same thing. */
function sameRows(first: MatrixColumn, second: MatrixColumn): Float64Array | undefined {
	if (first.kind !== second.kind) return undefined;
	const translate = translation(first, second);
	if (!translate) return undefined;
	const same = Float64Array.from(first.values, (value, row) =>
		Number(translate(value) === second.values[row]),
	);
	if (sum(same) < FEWEST_AGREEING * same.length) return undefined;
	const { agreement, common } = beyondChance(first, second, same, translate);
	return agreement >= KAPPA && common >= COMMON_VALUES ? same : undefined;
}

/** From a value of the first column to that of the second; undefined without enough in common. */
function translation(
	first: MatrixColumn,
	second: MatrixColumn,
): ((value: number) => number) | undefined {
	if (first.kind === 'number') return (value) => value;
	const places = new Map(second.levels.map((level, place) => [level, place]));
	const shared = first.levels.filter((level) => places.has(level)).length;
	if (shared < COMMON_VALUES) return undefined;
	const table = first.levels.map((level) => places.get(level) ?? Number.NaN);
	return (value) => table[value] ?? Number.NaN;
}

/**
 * Agreement beyond chance (Cohen 1960), as two columns of zeros agree without saying the same; and how
 * many values are in both.
 */
function beyondChance(
	first: MatrixColumn,
	second: MatrixColumn,
	same: Float64Array,
	translate: (value: number) => number,
) {
	const counts = new Map<number, [number, number]>();
	const add = (value: number, side: 0 | 1) => {
		const pair = counts.get(value) ?? [0, 0];
		pair[side]++;
		counts.set(value, pair);
	};
	for (const value of first.values) add(translate(value), 0);
	for (const value of second.values) add(value, 1);
	const count = same.length;
	let chance = 0;
	let common = 0;
	for (const [a, b] of counts.values()) {
		chance += (a / count) * (b / count);
		common += Number(a > 0 && b > 0);
	}
	const agreement = chance < 1 ? (sum(same) / count - chance) / (1 - chance) : 0;
	return { agreement, common };
}

function farApart(rate: number, other: number): boolean {
	const odds = (rate * (1 - other)) / (other * (1 - rate));
	return odds >= ODDS || odds <= 1 / ODDS;
}
