import type { PlainMethod } from './contract';
import { type Seasonality, seasonality, withSeason, withoutSeason } from './seasons';

/**
 * A method on the series without its seasons, which are put back on the forecast: classical
 * decomposition over the last `seasons` seasons, the shortest season first. A season that has not been
 * seen twice is left in.
 */
export function deseasonalised(method: PlainMethod, seasons = Infinity): PlainMethod {
	return {
		name: `${method.name}, ${Number.isFinite(seasons) ? `last ${seasons} seasons` : 'seasons'} apart`,
		forecast({ values, periods }, horizon) {
			const { rest, parts } = takeApart(values, periods, seasons);
			const forecast = method.forecast({ values: rest, periods: [] }, horizon);
			return putTogether(forecast, parts, values.length);
		},
	};
}

/** What is left of a series without its seasons, and the seasons. */
export function takeApart(values: Float64Array, periods: readonly number[], seasons = Infinity) {
	const parts: Seasonality[] = [];
	let rest = values;
	for (const period of periods) {
		if (period < 2 || values.length < 2 * period) continue;
		const season = seasonality(rest, period, seasons);
		parts.push(season);
		rest = withoutSeason(rest, season);
	}
	return { rest, parts };
}

/** Puts seasons back on a forecast that begins after `from` values. */
export function putTogether(
	forecast: Float64Array,
	parts: readonly Seasonality[],
	from: number,
): Float64Array {
	return parts.reduceRight((future, season) => withSeason(future, season, from), forecast);
}
