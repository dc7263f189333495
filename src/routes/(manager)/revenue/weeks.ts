import type { RevenueAnswer } from '$lib/contracts';
import type { ForecastPoint, PastPoint } from '$lib/ui/charts/forecast';

const WEEK = 7;
const WEEKS_PAST = 12;

/**
 * The answer by the week, as a chart of a quarter shows it. The interval of a week is that of its days
 * added up as if half of what they miss were shared: days of one week err together, though not fully.
 */
export function pastWeeks({ past }: RevenueAnswer): PastPoint[] {
	const weeks = Math.min(WEEKS_PAST, Math.floor(past.days.length / WEEK));
	return Array.from({ length: weeks }, (_, i) => {
		const from = past.days.length - (weeks - i) * WEEK;
		return { day: past.days[from] ?? 0, value: sum(past.revenue, from) };
	});
}

export function comingWeeks({ forecast, knows, onBooks }: RevenueAnswer): ForecastPoint[] {
	const weeks = Math.floor(forecast.ds.length / WEEK);
	return Array.from({ length: weeks }, (_, week) => {
		const from = week * WEEK;
		const value = sum(forecast.yhat, from);
		const end = (ends: Float64Array) => value + together(ends, forecast.yhat, from);
		return {
			day: forecast.ds[from] ?? 0,
			value,
			low: Math.max(0, end(forecast.yhat_lower)),
			high: end(forecast.yhat_upper),
			lowHalf: Math.max(0, end(forecast.lowerHalf)),
			highHalf: end(forecast.upperHalf),
			...(knows === 'books' && { onBooks: sum(onBooks, from) }),
		};
	});
}

/** Between errors that cancel (root of the sum of squares) and errors that add up: their mean. */
function together(ends: Float64Array, means: Float64Array, from: number): number {
	let added = 0;
	let squared = 0;
	for (let day = from; day < from + WEEK; day++) {
		const off = (ends[day] ?? 0) - (means[day] ?? 0);
		added += off;
		squared += off * off;
	}
	return (added + Math.sign(added) * Math.sqrt(squared)) / 2;
}

function sum(values: Float64Array, from: number): number {
	return values.subarray(from, from + WEEK).reduce((all, value) => all + value, 0);
}
