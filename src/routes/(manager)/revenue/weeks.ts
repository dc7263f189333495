import type { RevenueAnswer } from '$lib/contracts';
import type { ForecastPoint, PastPoint } from '$lib/ui/charts/forecast';

const WEEK = 7;
const WEEKS_PAST = 12;

/** The answer by the week, as a chart of a quarter shows it. */
export function pastWeeks({ past }: RevenueAnswer): PastPoint[] {
	const weeks = Math.min(WEEKS_PAST, Math.floor(past.days.length / WEEK));
	return Array.from({ length: weeks }, (_, i) => {
		const from = past.days.length - (weeks - i) * WEEK;
		return { day: past.days[from] ?? 0, value: sum(past.revenue, from) };
	});
}

export function comingWeeks(answer: RevenueAnswer): ForecastPoint[] {
	const { forecast, knows, onBooks } = answer;
	const shared = sharedErrors(answer);
	return Array.from({ length: Math.floor(forecast.ds.length / WEEK) }, (_, week) => {
		const from = week * WEEK;
		const value = sum(forecast.yhat, from);
		const off = (ends: Float64Array) => together(ends, forecast.yhat, from, WEEK, shared);
		return {
			day: forecast.ds[from] ?? 0,
			value,
			low: Math.max(0, value - off(forecast.yhat_lower)),
			high: value + off(forecast.yhat_upper),
			lowHalf: Math.max(0, value - off(forecast.lowerHalf)),
			highHalf: value + off(forecast.upperHalf),
			...(knows === 'books' && { onBooks: sum(onBooks, from) }),
		};
	});
}

/**
 * How much of what two days miss they miss together, 0 to 1: what makes the intervals of the first 30
 * days as wide as that of their total, which the model measured by itself.
 */
function sharedErrors({ forecast, totals }: RevenueAnswer): number {
	const thirty = totals.find(({ days }) => days === 30)?.total;
	if (!thirty) return 0;
	const { added, squared } = misses(forecast.yhat_upper, forecast.yhat, 0, 30);
	const between = added * added - squared;
	if (!(between > 0)) return 0;
	return Math.max(0, Math.min(1, ((thirty.high - thirty.value) ** 2 - squared) / between));
}

/** Half the width of the interval of some days' sum. */
function together(
	ends: Float64Array,
	means: Float64Array,
	from: number,
	days: number,
	shared: number,
): number {
	const { added, squared } = misses(ends, means, from, days);
	return Math.sqrt(squared + shared * (added * added - squared));
}

function misses(ends: Float64Array, means: Float64Array, from: number, days: number) {
	let added = 0;
	let squared = 0;
	for (let day = from; day < from + days; day++) {
		const off = Math.abs((ends[day] ?? 0) - (means[day] ?? 0));
		added += off;
		squared += off * off;
	}
	return { added, squared };
}

function sum(values: Float64Array, from: number): number {
	return values.subarray(from, from + WEEK).reduce((all, value) => all + value, 0);
}
