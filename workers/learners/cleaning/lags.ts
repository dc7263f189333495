import { numberColumn } from '$workers/table/matrix';
import type { Transform } from '../transform';
import { addColumns } from './columns';
import {
	type History,
	type SeriesColumns,
	historyOf,
	isHistory,
	lookBack,
	requireDaysBack,
} from './series';
import { isListOf, isNumber, isRecord } from './shape';
import { type StepKind, step, stepFrom } from './step';

export interface LagOptions extends SeriesColumns {
	/** Each at least 1. */
	readonly days: readonly number[];
}

interface Lags {
	readonly history: History;
	readonly back: readonly number[];
}

const KIND: StepKind<Lags> = {
	name: 'lags',
	isState: isRecord<Lags>({ history: isHistory, back: isListOf(isNumber) }),
	apply: ({ history, back }, rows) =>
		addColumns(
			rows,
			back.map((days) =>
				numberColumn(
					`${history.series}, ${days} d before`,
					lookBack(history, rows, [days, days], valueAt),
				),
			),
		),
};

/**
 * Adds what a series was so many days before each row's own day, by entity; joined by day, so that a
 * gap in the days shifts nothing, and missing where that day is. Looks up training rows alone: a row
 * further ahead than a lag finds nothing there, so choose lags of at least the horizon.
 * The series itself stays: leave it out afterwards (`dropColumns`) where it is known too late.
 */
export function lags({ days, ...columns }: LagOptions): Transform {
	requireDaysBack(days);
	return step(KIND, { ...columns, days: days.join(', ') }, ({ rows }) => ({
		history: historyOf(rows, columns),
		back: [...days],
	}));
}

export const lagsFrom = stepFrom(KIND);

const valueAt = ({ values }: History, from: number, to: number): number =>
	from < to ? (values[from] as number) : Number.NaN;
