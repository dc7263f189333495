import type { PlainMethod } from './contract';
import { isSeasonal, seasonality, withSeason, withoutSeason } from './seasons';

/** The last value again and again. */
export const naive: PlainMethod = {
	name: 'naive',
	forecast: ({ values }, horizon) => new Float64Array(horizon).fill(values.at(-1) as number),
};

/** On along the line from the first of the last `window` values to the last. */
export function drift(window = Infinity): PlainMethod {
	return {
		name: 'drift',
		forecast({ values }, horizon) {
			const back = Math.min(window, values.length) - 1;
			const last = values.at(-1) as number;
			const slope = back > 0 ? (last - (values.at(-1 - back) as number)) / back : 0;
			return Float64Array.from({ length: horizon }, (_, h) => last + slope * (h + 1));
		},
	};
}

/** The last season again; the last value where there is no full season yet. */
export const seasonalNaive: PlainMethod = {
	name: 'seasonal naive',
	forecast({ values, periods }, horizon) {
		const period = usualPeriod(values, periods);
		return Float64Array.from(
			{ length: horizon },
			(_, h) => values[values.length - period + (h % period)] as number,
		);
	},
};

/** M4's yardstick: naive on the seasonally adjusted series, where a test finds seasons. */
export const naive2: PlainMethod = {
	name: 'naive2',
	forecast({ values, periods }, horizon) {
		const period = periods[0] ?? 1;
		if (!isSeasonal(values, period)) return naive.forecast({ values, periods }, horizon);
		const season = seasonality(values, period);
		const adjusted = withoutSeason(values, season);
		return withSeason(
			naive.forecast({ values: adjusted, periods }, horizon),
			season,
			values.length,
		);
	},
};

/** The shortest period that has been seen in full; 1 where none. */
function usualPeriod(values: Float64Array, periods: readonly number[]): number {
	const period = periods[0] ?? 1;
	return period <= values.length ? period : 1;
}
