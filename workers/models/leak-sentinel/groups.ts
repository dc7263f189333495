import type { MatrixColumn } from '$workers/table/matrix';

/** Rows of a column by like value: group of each row from 0, and what the groups count. */
export interface Groups {
	readonly of: Uint32Array;
	readonly count: number;
	/** Of missing values; -1 where none is missing. */
	readonly missing: number;
}

/** More different numbers than this are put into bins of about equal count. */
const MOST_VALUES = 256;
const BINS = 64;

/** Levels, different numbers, or bins of numbers; what is missing is a group of its own. */
export function groupsOf(values: Float64Array): Groups {
	const edges = fewValues(values) ?? distinct(quantiles(knownInOrder(values)));
	const of = new Uint32Array(values.length);
	let anyMissing = false;
	for (let row = 0; row < values.length; row++) {
		const value = values[row] as number;
		const isMissing = Number.isNaN(value);
		of[row] = isMissing ? edges.length : placeOf(edges, value);
		anyMissing ||= isMissing;
	}
	return {
		of,
		count: edges.length + Number(anyMissing),
		missing: anyMissing ? edges.length : -1,
	};
}

/** The different values in order, where they are few: found without sorting all rows. */
function fewValues(values: Float64Array): Float64Array | undefined {
	const found = new Set<number>();
	for (const value of values) {
		if (Number.isNaN(value)) continue;
		found.add(value);
		if (found.size > MOST_VALUES) return undefined;
	}
	return Float64Array.from(found).sort();
}

const knownInOrder = (values: Float64Array): Float64Array =>
	values.filter((value) => !Number.isNaN(value)).sort();

export const groupsOfColumn = ({ values }: MatrixColumn): Groups => groupsOf(values);

/** Rows and positive rows of each group, over the rows that pass. */
export interface Tally {
	readonly rows: Float64Array;
	readonly positives: Float64Array;
}

export function tally(
	{ of, count }: Groups,
	targets: Float64Array,
	keep: (row: number) => boolean = () => true,
): Tally {
	const rows = new Float64Array(count);
	const positives = new Float64Array(count);
	for (let row = 0; row < of.length; row++) {
		if (!keep(row)) continue;
		const group = of[row] as number;
		rows[group] = (rows[group] as number) + 1;
		positives[group] = (positives[group] as number) + (targets[row] as number);
	}
	return { rows, positives };
}

const FOLDS = 5;
/** Rows of the overall rate that each group's own rate is mixed with. */
const PRIOR_ROWS = 10;

/**
 * How well a column alone ranks the rows: AUC of the rate of each row's group, learned from the other
 * folds, so that a key with a group for each row tells nothing.
 */
export function aucAlone(groups: Groups, targets: Float64Array): number {
	const { count } = groups;
	const cells = { ...groups, of: groups.of.map((group, row) => group + (row % FOLDS) * count) };
	const counted = tally({ ...cells, count: FOLDS * count }, targets);
	const all = tally(groups, targets);
	const rates = new Float64Array(FOLDS * count);
	for (let fold = 0; fold < FOLDS; fold++) {
		const less = (whole: Float64Array, part: Float64Array) =>
			whole.map((value, group) => value - (part[fold * count + group] as number));
		const others = {
			rows: less(all.rows, counted.rows),
			positives: less(all.positives, counted.positives),
		};
		rates.set(ratesOf(others), fold * count);
	}
	return aucOfGroups(counted, rates);
}

/** AUC of a score for each group (Mann and Whitney 1947), ties counting half. */
export function aucOfGroups({ rows, positives }: Tally, scores: Float64Array): number {
	const order = Uint32Array.from(rows.keys()).filter((group) => (rows[group] as number) > 0);
	order.sort((a, b) => (scores[a] as number) - (scores[b] as number));
	let below = 0;
	let wins = 0;
	for (let from = 0; from < order.length;) {
		const score = scores[order[from] as number];
		let positive = 0;
		let negative = 0;
		for (; from < order.length && scores[order[from] as number] === score; from++) {
			const group = order[from] as number;
			positive += positives[group] as number;
			negative += (rows[group] as number) - (positives[group] as number);
		}
		wins += positive * (below + negative / 2);
		below += negative;
	}
	return wins / (sum(positives) * below);
}

/** The rate of each group, drawn towards the rate of all. */
export function ratesOf({ rows, positives }: Tally): Float64Array {
	const overall = sum(positives) / sum(rows);
	return rows.map(
		(count, group) => ((positives[group] as number) + PRIOR_ROWS * overall) / (count + PRIOR_ROWS),
	);
}

export const sum = (values: Float64Array): number =>
	values.reduce((total, value) => total + value, 0);

/** Of ascending values. */
const distinct = (sorted: Float64Array): Float64Array =>
	sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);

const quantiles = (sorted: Float64Array): Float64Array =>
	Float64Array.from(
		{ length: BINS },
		(_, bin) => sorted[Math.floor((bin * sorted.length) / BINS)] as number,
	);

/** The last edge at or below the value. */
function placeOf(edges: Float64Array, value: number): number {
	let low = 0;
	let high = edges.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((edges[middle] as number) <= value) low = middle;
		else high = middle - 1;
	}
	return low;
}
