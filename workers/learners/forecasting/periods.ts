import { autocorrelation, meanOf } from './seasons';

/** Lengths that the calendar gives to hours, days, weeks and months. */
const USUAL = [4, 7, 12, 24, 52, 168, 365];
/** Mean correlation of changes with those a season ago, from which a season is believed. */
const BELIEVED = 0.1;
const MOST = 2;

/**
 * Seasons that a set of like series has, shortest first: those that are known (above 1) and, of the
 * calendar's usual ones beyond them, those whose changes come back.
 */
export function findPeriods(
	set: readonly Float64Array[],
	known: readonly number[] = [],
): readonly number[] {
	const sure = known.filter((period) => period > 1);
	const longest = Math.max(1, ...sure);
	const strong = USUAL.filter((period) => period > longest)
		.map((period) => ({ period, strength: comesBack(set, period) }))
		.filter(({ strength }) => strength > BELIEVED)
		.sort((a, b) => b.strength - a.strength)
		.map(({ period }) => period);
	const found = strong
		.filter((period) => !isRepeat(period, strong[0] as number))
		.slice(0, Math.max(0, MOST - sure.length));
	return [...sure, ...found].sort((a, b) => a - b);
}

/** Whether it is nothing but the strongest season several times: seven years of weeks are 365. */
function isRepeat(period: number, strongest: number): boolean {
	const times = Math.round(period / strongest);
	return times > 1 && Math.abs(period - times * strongest) <= 0.01 * period;
}

function comesBack(set: readonly Float64Array[], period: number): number {
	const longEnough = set.filter((values) => values.length >= 2 * period);
	if (longEnough.length === 0) return 0;
	return meanOf(
		longEnough.map((values) => {
			const changes = values.subarray(1).map((value, i) => value - (values[i] as number));
			return autocorrelation(changes, period);
		}),
	);
}
