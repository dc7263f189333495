import { type Matrix, keepColumns, takeMatrixRows } from '$workers/table/matrix';
import { quantile } from '$workers/math/quantile';
import { check } from '../boosted-trees/settings';
import type { Run } from '../contract';
import { isolationForest } from '../isolation-forest';
import { breathing } from '../linear';
import type { Transform } from '../transform';
import {
	type ColumnChoice,
	choiceParams,
	chosenColumns,
	mapKnown,
	replaceColumns,
} from './columns';
import { isListOf, isNumber, isRecord, isText } from './shape';
import { mean, sortedKnown, standardDeviation } from './statistics';
import { type StepKind, step, stepFrom } from './step';

export type CapOptions = ColumnChoice &
	(
		| {
				readonly by: 'z';
				/** Standard deviations from the mean; 3 if left out. */
				readonly limit?: number;
		  }
		| {
				readonly by: 'iqr';
				/** Quartile ranges beyond the quartiles (Tukey 1977); 1.5 if left out. */
				readonly whiskers?: number;
		  }
		| {
				readonly by: 'isolation';
				/** Share of training rows that are taken for outliers; 0.01 if left out. */
				readonly share?: number;
		  }
	);

/** Least and largest number of a column that stays as it is. */
export interface Bounds {
	readonly name: string;
	readonly low: number;
	readonly high: number;
}

interface Caps {
	readonly columns: readonly Bounds[];
}

const KIND: StepKind<Caps> = {
	name: 'cap-outliers',
	isState: isRecord<Caps>({
		columns: isListOf(isRecord({ name: isText, low: isNumber, high: isNumber })),
	}),
	apply: ({ columns }, rows) =>
		replaceColumns(rows, 'number', columns, (column, { low, high }) => [
			mapKnown(column, (value) => Math.min(high, Math.max(low, value))),
		]),
};

/**
 * Moves numbers beyond the bounds of usual ones to the bounds (winsorising), so that no row is lost.
 * `z`: so many standard deviations about the mean. `iqr`: so many quartile ranges beyond the quartiles;
 * a column whose quartiles are equal (a flag, say) is left alone. `isolation`: the range of each
 * column over the rows that an isolation forest finds usual, looking at all columns together.
 */
export function capOutliers(options: CapOptions): Transform {
	const params = { by: options.by, ...choiceParams(options), ...limitOf(options) };
	return step(KIND, params, async ({ rows }, run) => ({
		columns: await outlierBounds(rows, options, run),
	}));
}

export const capOutliersFrom = stepFrom(KIND);

/** By column: what the chosen method takes for usual, for showing beside other methods. */
export async function outlierBounds(
	rows: Matrix,
	options: CapOptions,
	run: Run,
): Promise<readonly Bounds[]> {
	const usual =
		options.by === 'isolation' ? await usualRows(rows, limitOf(options).limit, options, run) : rows;
	return chosenColumns(usual, 'number', options).map(({ name, values }) => ({
		name,
		...boundsOf(sortedKnown(values), options),
	}));
}

function limitOf(options: CapOptions): { readonly limit: number } {
	switch (options.by) {
		case 'z':
			return { limit: checked('limit', options.limit ?? 3, Number.MAX_VALUE) };
		case 'iqr':
			return { limit: checked('whiskers', options.whiskers ?? 1.5, Number.MAX_VALUE) };
		case 'isolation':
			return { limit: checked('share', options.share ?? 0.01, 0.5) };
	}
}

function checked(name: string, value: number, most: number): number {
	check(name, value, 0, most);
	return value;
}

function boundsOf(sorted: Float64Array, options: CapOptions): Omit<Bounds, 'name'> {
	const { limit } = limitOf(options);
	if (sorted.length === 0) return OPEN;
	switch (options.by) {
		case 'z': {
			const centre = mean(sorted);
			const width = limit * standardDeviation(sorted);
			return { low: centre - width, high: centre + width };
		}
		case 'iqr': {
			const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
			const width = limit * (high - low);
			return high > low ? { low: low - width, high: high + width } : OPEN;
		}
		case 'isolation':
			return { low: sorted[0] as number, high: sorted.at(-1) as number };
	}
}

/** Scored at once, so that messages come in between. */
const ROWS_A_BREATH = 4096;

const OPEN = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** All rows but the share that is isolated soonest, among the chosen columns. */
async function usualRows(
	rows: Matrix,
	share: number,
	choice: ColumnChoice,
	run: Run,
): Promise<Matrix> {
	const names = new Set(chosenColumns(rows, 'number', choice).map(({ name }) => name));
	const seen = keepColumns(rows, (name) => names.has(name));
	if (seen.columns.length === 0) return rows;
	const forest = await isolationForest().fit(seen, run);
	const breathe = breathing({ ...run, onProgress: () => {} });
	const scores = new Float64Array(rows.count);
	for (let from = 0; from < rows.count; from += ROWS_A_BREATH) {
		await breathe(from / rows.count);
		const some = sliceRows(seen, from, from + ROWS_A_BREATH);
		scores.set(await forest.predict(some), from);
	}
	forest.dispose();
	const order = Uint32Array.from(scores.keys()).sort(
		(a, b) => (scores[a] as number) - (scores[b] as number),
	);
	return takeMatrixRows(seen, order.slice(0, rows.count - Math.floor(share * rows.count)));
}

function sliceRows({ count, columns }: Matrix, from: number, to: number): Matrix {
	return {
		count: Math.min(count, to) - from,
		columns: columns.map((column) => ({ ...column, values: column.values.subarray(from, to) })),
	};
}
