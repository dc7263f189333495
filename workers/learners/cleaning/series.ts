import type { Matrix, MatrixColumn } from '$workers/table/matrix';
import { findColumn } from './columns';
import { type Shape, isFloats, isListOf, isRecord, isSound, isStarts, isText } from './shape';

/** Which columns of a panel are meant: what is measured, of whom, and when. */
export interface SeriesColumns {
	/** Number column that is looked back on. */
	readonly series: string;
	/** Category or number column; a home, say. */
	readonly entity: string;
	/** Number column of civil days. */
	readonly day: string;
}

/** What was measured in training: the mean of each day, by entity and then by day, both ascending. */
export interface History extends SeriesColumns {
	readonly entities: readonly string[];
	/** Days of entity i stand from `starts[i]` to `starts[i + 1]` (excluded). */
	readonly starts: Uint32Array;
	readonly days: Float64Array;
	readonly values: Float64Array;
}

export const isHistory: Shape<History> = isSound(
	isRecord<History>({
		series: isText,
		entity: isText,
		day: isText,
		entities: isListOf(isText),
		starts: isStarts,
		days: isFloats,
		values: isFloats,
	}),
	({ entities, starts, days, values }) =>
		starts.length === entities.length + 1 &&
		starts.every((start, i) => start >= (starts[i - 1] ?? 0)) &&
		starts.at(-1) === days.length &&
		days.length === values.length,
);

/** Rows without a value, an entity or a day are left out; several of one day become their mean. */
export function historyOf(rows: Matrix, { series, entity, day }: SeriesColumns): History {
	const { values } = findColumn(rows, series, 'number');
	const { keys, days } = whoAndWhen(rows, { entity, day });
	const order = Array.from(values.keys()).filter(
		(row) => !Number.isNaN(values[row]) && keys[row] !== undefined && !Number.isNaN(days[row]),
	);
	order.sort((a, b) => compare(keys[a], keys[b]) || (days[a] as number) - (days[b] as number));
	const entities: string[] = [];
	const starts: number[] = [];
	const ownDays: number[] = [];
	const means: number[] = [];
	for (let from = 0, to = 0; from < order.length; from = to) {
		const first = order[from] as number;
		let sum = 0;
		for (; isSame(order[to], first); to++) sum += values[order[to] as number] as number;
		if (keys[first] !== entities.at(-1)) {
			entities.push(keys[first] as string);
			starts.push(means.length);
		}
		ownDays.push(days[first] as number);
		means.push(sum / (to - from));
	}
	return {
		...{ series, entity, day, entities },
		starts: Uint32Array.from([...starts, means.length]),
		days: Float64Array.from(ownDays),
		values: Float64Array.from(means),
	};

	function isSame(row: number | undefined, first: number): boolean {
		return row !== undefined && keys[row] === keys[first] && days[row] === days[first];
	}
}

/** What a look back finds: days and values from `from` to `to` (excluded) of the history. */
export type Look = (history: History, from: number, to: number) => number;

/**
 * For each row, what `look` finds on the days from `first` to `last` days before its own. `last` is at
 * least 1, so that a row never sees its own day or a later one.
 */
export function lookBack(
	history: History,
	rows: Matrix,
	[first, last]: readonly [first: number, last: number],
	look: Look,
): Float64Array {
	const placeOf = new Map(history.entities.map((entity, place) => [entity, place]));
	const { keys, days } = whoAndWhen(rows, history);
	return Float64Array.from({ length: rows.count }, (_, row) => {
		const place = placeOf.get(keys[row] ?? '');
		const day = days[row] as number;
		if (place === undefined || keys[row] === undefined || Number.isNaN(day)) return Number.NaN;
		const start = history.starts[place] as number;
		const end = history.starts[place + 1] as number;
		const from = firstAtLeast(history.days, day - first, start, end);
		const to = firstAtLeast(history.days, day - last + 1, from, end);
		return look(history, from, to);
	});
}

/** A RangeError unless each is a whole number of days before a row's own. */
export function requireDaysBack(days: readonly number[]): void {
	if (days.length === 0 || !days.every((back) => Number.isInteger(back) && back >= 1))
		throw new RangeError('days back must be whole numbers of at least 1: a row never sees its day');
}

/** Entities by name, undefined where missing. */
function whoAndWhen(rows: Matrix, { entity, day }: Pick<SeriesColumns, 'entity' | 'day'>) {
	const column = findColumn(rows, entity);
	const keys = Array.from(column.values, (value) => keyOf(column, value));
	return { keys, days: findColumn(rows, day, 'number').values };
}

function keyOf({ kind, levels }: MatrixColumn, value: number): string | undefined {
	if (Number.isNaN(value)) return undefined;
	return kind === 'category' ? levels[value] : String(value);
}

function compare(left: string | undefined, right: string | undefined): number {
	if (left === right) return 0;
	return (left ?? '') < (right ?? '') ? -1 : 1;
}

/** The first place from `low` to `high` (excluded) whose number is not smaller; `high` where none. */
function firstAtLeast(sorted: Float64Array, least: number, low: number, high: number): number {
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] as number) < least) low = middle + 1;
		else high = middle;
	}
	return low;
}
