import type { Matrix } from '$workers/table/matrix';
import type { Split } from '$workers/table/splits';
import type { BlendLoss } from './member';

/** What a blend does where rows of tomorrow are not quite like those of yesterday. */

/**
 * The last share of the rows, by their days, against those before. A RangeError where rows have no
 * day.
 */
export function lastSplit(days: Float64Array | undefined, count: number, share: number): Split {
	if (!days || days.length !== count || !days.every(Number.isFinite))
		throw new RangeError('a blend that is weighed on the last rows needs the day of each row');
	const sorted = days.slice().sort();
	const from = sorted[Math.floor(days.length * (1 - share))] as number;
	const order = Uint32Array.from(days.keys());
	return {
		train: order.filter((row) => (days[row] as number) < from),
		test: order.filter((row) => (days[row] as number) >= from),
	};
}

/**
 * Names of the columns of which all rows of a day have the same value: they say no more than when a
 * row was, and days to come have values that no row has shown.
 */
export function calendarColumns({ columns }: Matrix, days: Float64Array): string[] {
	const repeated = days.length > new Set(days).size;
	if (!repeated) return [];
	return columns
		.filter(({ values }) => {
			const ofDay = new Map<number, number>();
			return values.every((value, row) => {
				const day = days[row] as number;
				const first = ofDay.get(day);
				if (first === undefined) ofDay.set(day, value);
				return first === undefined || Object.is(first, value);
			});
		})
		.map(({ name }) => name);
}

/** Weights of which half is lost in so many days. */
export function agedBy(weights: Float64Array, days: Float64Array, halfLife: number): Float64Array {
	const last = days.reduce((latest, day) => Math.max(latest, day), Number.NEGATIVE_INFINITY);
	return weights.map((weight, row) => weight * 0.5 ** ((last - (days[row] as number)) / halfLife));
}

export function meanLoss(scores: Float64Array, targets: Float64Array, loss: BlendLoss): number {
	const each = scores.map((score, row) => {
		const target = targets[row] as number;
		if (loss === 'squared') return (score - target) ** 2;
		return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - score * target;
	});
	return each.reduce((sum, value) => sum + value, 0) / each.length;
}
