import { autoregression, seasonalAutoregression, seasonalShift } from './autoregression';
import type { PlainMethod } from './contract';
import { croston, teunter } from './intermittent';
import { drift, naive, seasonalNaive } from './naive';
import { deseasonalised } from './seasonal';
import { dampedTrend, holt, simpleSmoothing } from './smoothing';
import { dynamicTheta } from './theta';

const RECENT_SEASONS = 5;
/** From this share of zeros on, demand counts as intermittent. */
const MANY_ZEROS = 0.3;

/**
 * Methods worth a try on a series with these seasons: each plain one as it is, and with the seasons
 * taken apart; those that carry the last season on, at the shortest season and at all;
 * and those for intermittent demand where `values` are given and many of them are 0.
 */
export function candidates(
	periods: readonly number[],
	values?: Float64Array,
): readonly PlainMethod[] {
	const plain = [naive, drift(), simpleSmoothing, holt, dampedTrend, dynamicTheta, autoregression];
	const nested = periods.map((_, i) => periods.slice(0, i + 1));
	const zeros = values ? values.filter((value) => value === 0).length / values.length : 0;
	const intermittent = zeros >= MANY_ZEROS ? [croston, teunter] : [];
	return [...plain, ...intermittent, ...nested.flatMap(seasonalCandidates)];
}

function seasonalCandidates(periods: readonly number[]): PlainMethod[] {
	const apart = [simpleSmoothing, dampedTrend, dynamicTheta, autoregression].map((method) =>
		deseasonalised(method, RECENT_SEASONS),
	);
	const lag = wholeSeasons(periods);
	return [
		...[...apart, deseasonalised(autoregression)].map((method) => fixed(method, periods)),
		...[seasonalNaive, seasonalAutoregression, seasonalShift(4)].map((method) =>
			fixed(method, [lag]),
		),
	];
}

/** The longest season in whole shorter ones: a year ago on the same weekday is 364 days ago. */
function wholeSeasons(periods: readonly number[]): number {
	const longest = periods.at(-1) as number;
	const shortest = periods[0] as number;
	return Math.round(longest / shortest) * shortest;
}

/** The method for these seasons, whatever the series says. */
function fixed(method: PlainMethod, periods: readonly number[]): PlainMethod {
	return {
		name: `${method.name} (${periods.join(', ')})`,
		forecast: ({ values }, horizon) => method.forecast({ values, periods }, horizon),
	};
}
