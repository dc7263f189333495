import type { CivilDay } from '$workers/table/civil';
import { type RowsTable, firstRow } from './rows-table';

/** Days ahead up to which weights are shared. */
const GROUPS = [14, 45, Number.POSITIVE_INFINITY];
/** Of the trees, before anything is known of how they do. */
const PRIOR_WEIGHT = 0.5;
/** The prior weighs as much as the forecasts of so many days. */
const PRIOR_DAYS = 20;

/** Rule of thumb and trees together. */
export interface Blend {
	/** NaN where the trees have no forecast. */
	readonly forecast: Float64Array;
	/** Weight of the trees in each row. */
	readonly weight: Float64Array;
}

/**
 * Weighs trees against the rule of thumb by how forecasts did that were made before and are over: the
 * least squares of a convex combination (Bates and Granger 1969), pulled to half and half, which is
 * hard to beat where errors are few (Smith and Wallis 2009).
 */
export function blend(rows: RowsTable, base: Float64Array, trees: Float64Array): Blend {
	const forecast = new Float64Array(trees.length).fill(Number.NaN);
	const weight = new Float64Array(trees.length).fill(Number.NaN);
	const { seriesCount, horizon } = rows;
	rows.days.forEach((day, place) => {
		const start = firstRow(rows, place);
		if (Number.isNaN(trees[start] as number)) return;
		const weights = weightsOn(rows, base, trees, day, place);
		for (let i = 0; i < seriesCount * horizon; i++) {
			const row = start + i;
			const own = weights[groupOf((i % horizon) + 1)] as number;
			weight[row] = own;
			forecast[row] = (1 - own) * (base[row] as number) + own * (trees[row] as number);
		}
	});
	return { forecast, weight };
}

const groupOf = (ahead: number) => GROUPS.findIndex((last) => ahead <= last);

function weightsOn(
	rows: RowsTable,
	base: Float64Array,
	trees: Float64Array,
	today: CivilDay,
	place: number,
): number[] {
	const products = GROUPS.map(() => 0);
	const squares = GROUPS.map(() => 0);
	const counts = GROUPS.map(() => 0);
	const { seriesCount, horizon } = rows;
	for (let past = 0; past < place; past++) {
		const start = firstRow(rows, past);
		if (Number.isNaN(trees[start] as number)) continue;
		const over = Math.min(horizon, today - (rows.days[past] as number));
		for (let ahead = 1; ahead <= over; ahead++) {
			const group = groupOf(ahead);
			counts[group] = (counts[group] as number) + 1 / horizon;
			for (let series = 0; series < seriesCount; series++) {
				const row = start + series * horizon + ahead - 1;
				const scale = rows.parts.scale[row] as number;
				const apart = ((trees[row] as number) - (base[row] as number)) / scale;
				const error = ((rows.truth[row] as number) - (base[row] as number)) / scale;
				products[group] = (products[group] as number) + apart * error;
				squares[group] = (squares[group] as number) + apart * apart;
			}
		}
	}
	return GROUPS.map((_, group) => {
		const days = counts[group] as number;
		if (days === 0) return PRIOR_WEIGHT;
		const square = squares[group] as number;
		const prior = (square / days) * PRIOR_DAYS;
		const found = ((products[group] as number) + PRIOR_WEIGHT * prior) / (square + prior || 1);
		return Math.min(1, Math.max(0, found));
	});
}
