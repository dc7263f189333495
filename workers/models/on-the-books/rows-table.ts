import { type DayRows, type Known, ROW_FEATURES, outcomeAt, rowsOn } from '$workers/features/books';
import type { Run } from '$workers/learners/contract';
import type { CivilDay } from '$workers/table/civil';
import type { Random } from '$workers/math/random';
import { breathing } from './breath';

/**
 * Rows of many days together: the one of `days[i]`, a series and days ahead (from 1) stands at
 * `(i · seriesCount + series) · horizon + ahead - 1`.
 */
export interface RowsTable {
	readonly days: readonly CivilDay[];
	readonly seriesCount: number;
	readonly horizon: number;
	/** As `ROW_FEATURES`. */
	readonly columns: readonly Float64Array[];
	readonly parts: Readonly<Record<RowPart, Float64Array>>;
	/** What came; NaN on days after `end`. */
	readonly truth: Float64Array;
}

export type RowPart = 'onBooks' | 'expected' | 'pickup' | 'calendar' | 'naive' | 'scale';
const PARTS: readonly RowPart[] = ['onBooks', 'expected', 'pickup', 'calendar', 'naive', 'scale'];

/** Rows of `days`, ascending; `end` is the last day of which all is known. */
export async function rowsTable(
	known: Known,
	days: readonly CivilDay[],
	horizon: number,
	end: CivilDay,
	run: Run,
): Promise<RowsTable> {
	const { seriesCount } = known.ledger;
	const width = seriesCount * horizon;
	const fill = () => new Float64Array(days.length * width);
	const columns = ROW_FEATURES.map(fill);
	const parts = Object.fromEntries(PARTS.map((name) => [name, fill()])) as Record<
		RowPart,
		Float64Array
	>;
	const truth = fill().fill(Number.NaN);
	const breathe = breathing(run);
	for (const [i, day] of days.entries()) {
		const rows = rowsOn(known, day, horizon);
		put(rows, i * width, columns, parts);
		for (let series = 0; series < seriesCount; series++)
			for (let ahead = 1; ahead <= horizon && day + ahead <= end; ahead++)
				truth[i * width + series * horizon + ahead - 1] = outcomeAt(
					known.outcomes,
					series,
					day + ahead,
				);
		await breathe(i, days.length);
	}
	return { days, seriesCount, horizon, columns, parts, truth };
}

function put(
	rows: DayRows,
	start: number,
	columns: readonly Float64Array[],
	parts: Readonly<Record<RowPart, Float64Array>>,
): void {
	rows.columns.forEach((values, i) => (columns[i] as Float64Array).set(values, start));
	for (const name of PARTS) parts[name].set(rows[name], start);
}

/** First row of a day of the table, by its place in `days`. */
export const firstRow = ({ seriesCount, horizon }: RowsTable, place: number) =>
	place * seriesCount * horizon;

/** Rows from which a fit on the evening of `cut` may learn: whose target day is over by then. */
export function knownRows(
	rows: RowsTable,
	cut: CivilDay,
	most: number,
	random: Random,
): Uint32Array {
	const { days, seriesCount, horizon, truth } = rows;
	const known: number[] = [];
	days.forEach((day, place) => {
		const over = Math.min(horizon, cut - day);
		for (let series = 0; over > 0 && series < seriesCount; series++) {
			const start = firstRow(rows, place) + series * horizon;
			for (let ahead = 1; ahead <= over; ahead++)
				if (!Number.isNaN(truth[start + ahead - 1] as number)) known.push(start + ahead - 1);
		}
	});
	if (known.length <= most) return Uint32Array.from(known);
	const share = most / known.length;
	return Uint32Array.from(known.filter(() => random.next() < share));
}
