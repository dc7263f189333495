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

export interface RollingOptions extends SeriesColumns {
	/** How many days a window holds, each at least 1. */
	readonly days: readonly number[];
	/** Days from a window's last to the row's own; 1 (the day before) if left out. */
	readonly shift?: number;
}

interface Windows {
	readonly history: History;
	readonly windows: readonly number[];
	readonly shift: number;
}

const KIND: StepKind<Windows> = {
	name: 'rolling-means',
	isState: isRecord<Windows>({
		history: isHistory,
		windows: isListOf(isNumber),
		shift: isNumber,
	}),
	apply: ({ history, windows, shift }, rows) =>
		addColumns(
			rows,
			windows.map((days) =>
				numberColumn(
					`${history.series}, mean of ${days} d until ${shift} d before`,
					lookBack(history, rows, [days + shift - 1, shift], meanOf),
				),
			),
		),
};

/**
 * Adds the mean of a series over windows of days that end before each row's own day, by entity. Days
 * without a value are left out of the mean; missing where all of them are. Looks up training rows
 * alone, as `lags` does: choose a shift of at least the horizon.
 */
export function rollingMeans({ days, shift = 1, ...columns }: RollingOptions): Transform {
	requireDaysBack(days);
	requireDaysBack([shift]);
	return step(KIND, { ...columns, days: days.join(', '), shift }, ({ rows }) => ({
		history: historyOf(rows, columns),
		windows: [...days],
		shift,
	}));
}

export const rollingMeansFrom = stepFrom(KIND);

function meanOf({ values }: History, from: number, to: number): number {
	let sum = 0;
	for (let i = from; i < to; i++) sum += values[i] as number;
	return from < to ? sum / (to - from) : Number.NaN;
}
