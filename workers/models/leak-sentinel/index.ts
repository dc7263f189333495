import type { Suspect } from '$lib/contracts/insight';
import { type Matrix, type MatrixColumn, takeValues } from '$workers/table/matrix';
import { editedCopies, usualValueStandsOut } from './filled-in-later';
import {
	type Groups,
	aucAlone,
	aucOfGroups,
	groupsOf,
	groupsOfColumn,
	ratesOf,
	tally,
} from './groups';
import { neverWithOutcome } from './never-with-outcome';

export interface SentinelOptions {
	/** The civil day that each row is about (an arrival, say); NaN where unknown. */
	readonly days?: Float64Array;
	/** Names of the columns that hold civil days. */
	readonly dates?: readonly string[];
}

const TELLS_ALL = 0.99;
const TELLS_MUCH = 0.95;
const FEWEST_OF_A_CLASS = 20;
/** A date that tells so much by how far it lies from the row's day was written with the outcome. */
const DATE_TELLS = 0.97;
const AFTER_SHARE = 0.05;
/** Of two dates the later one is refused. */
const MOSTLY_AFTER = 0.5;
const STRONG = 0.65;
const NO_BETTER_THAN_CHANCE = 0.5;

/**
 * Columns that were not known in time, or look so, told by the rows alone: no name of a column is
 * known here. What each rule looks for, and what it found in real files, stands in
 * `docs/models/leak-sentinel.md`. Refused columns first; one entry a column.
 *
 * @param targets 0 or 1 a row. With fewer than 20 rows of a class there is no verdict.
 */
export function suspectsOf(
	rows: Matrix,
	targets: Float64Array,
	options: SentinelOptions = {},
): Suspect[] {
	const positives = targets.reduce((total, target) => total + target, 0);
	if (Math.min(positives, targets.length - positives) < FEWEST_OF_A_CLASS) return [];
	const examined = rows.columns.map((column) => examine(column, targets));
	const alone = new Map(examined.map(({ column, auc: area }) => [column.name, area]));
	const found = [
		...editedCopies(rows, targets, (name) => alone.get(name) ?? 0),
		...examined.flatMap((each) => byItself(each, targets)),
		...datedAfter(rows, targets, options),
		...(options.days ? examined.flatMap(breaksWithTime(targets, options.days)) : []),
	];
	return gravestFirst(found);
}

interface Examined {
	readonly column: MatrixColumn;
	readonly groups: Groups;
	readonly auc: number;
}

function examine(column: MatrixColumn, targets: Float64Array): Examined {
	const groups = groupsOfColumn(column);
	return { column, groups, auc: aucAlone(groups, targets) };
}

function byItself({ column, groups, auc: area }: Examined, targets: Float64Array): Suspect[] {
	const counted = tally(groups, targets);
	const all: Suspect[] =
		area < TELLS_MUCH
			? []
			: [
					{
						column: column.name,
						verdict: area >= TELLS_ALL ? 'refused' : 'suspect',
						reason: 'AloneTellsAll',
						evidence: { auc: area, rows: targets.length },
					},
				];
	const never = neverWithOutcome(column, groups, counted);
	const standsOut = usualValueStandsOut(column, counted);
	return [...all, ...(never ? [never] : []), ...(standsOut ? [standsOut] : [])];
}

/** Dates whose distance from the row's day, or from another date, tells the outcome. */
function datedAfter(
	{ columns }: Matrix,
	targets: Float64Array,
	{ days, dates = [] }: SentinelOptions,
): Suspect[] {
	const dated = columns.filter(({ name }) => dates.includes(name));
	return dated.flatMap((column) => {
		const against = (from: Float64Array, shareNeeded: number) =>
			tellsByDistance(column, from, targets, shareNeeded);
		const others = dated.filter((other) => other !== column);
		return [
			...(days ? against(days, AFTER_SHARE) : []),
			...others.flatMap(({ values }) => against(values, MOSTLY_AFTER)),
		];
	});
}

function tellsByDistance(
	{ name, values }: MatrixColumn,
	from: Float64Array,
	targets: Float64Array,
	shareNeeded: number,
): Suspect[] {
	const distance = values.map((value, row) => value - (from[row] as number));
	const known = distance.filter((value) => !Number.isNaN(value));
	const shareAfter = known.filter((value) => value > 0).length / Math.max(known.length, 1);
	if (shareAfter < shareNeeded) return [];
	const area = aucAlone(groupsOf(distance), targets);
	if (area < DATE_TELLS) return [];
	const evidence = { auc: area, shareAfter, rows: targets.length };
	return [{ column: name, verdict: 'refused', reason: 'DatedAfter', evidence }];
}

/** Tells the outcome in the later half by itself, but not by what it told in the earlier half. */
function breaksWithTime(targets: Float64Array, days: Float64Array) {
	const known = days.filter((day) => !Number.isNaN(day)).sort();
	const middle = known[known.length >> 1] as number;
	const later = Uint32Array.from(days.keys()).filter((row) => (days[row] as number) >= middle);
	const truth = takeValues(targets, later);
	const oneClass = new Set(truth).size < 2;
	return ({ column, groups }: Examined): Suspect[] => {
		if (oneClass) return [];
		const within = aucAlone({ ...groups, of: groups.of.filter((_, row) => isLater(row)) }, truth);
		const early = ratesOf(tally(groups, targets, (row) => !isLater(row)));
		const across = aucOfGroups(tally(groups, targets, isLater), early);
		if (within < STRONG || across > NO_BETTER_THAN_CHANCE) return [];
		const evidence = { auc: within, aucFromEarlier: across, rows: later.length };
		return [{ column: column.name, verdict: 'suspect', reason: 'BreaksWithTime', evidence }];
	};
	function isLater(row: number): boolean {
		return (days[row] as number) >= middle;
	}
}

function gravestFirst(found: readonly Suspect[]): Suspect[] {
	const grave = ({ verdict }: Suspect) => Number(verdict === 'refused');
	const ordered = [...found].sort((a, b) => grave(b) - grave(a));
	return ordered.filter((one, i) => ordered.findIndex(({ column }) => column === one.column) === i);
}
