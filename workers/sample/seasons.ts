import type { Random } from '$workers/math/random';
import { seasonOf, weekday } from './calendar';
import { weighted } from './draw';
import { holidaysBetween } from './holidays';
import type { GuestType } from './truth';

/** How much more or less than usual people want to arrive, for each day from `first`. */
export interface Seasons {
	readonly first: number;
	readonly leisure: Float64Array;
	readonly business: Float64Array;
	/** The highest value of each. */
	readonly most: Readonly<Record<GuestType, number>>;
}

/** Sunday first. */
const ARRIVALS: Readonly<Record<GuestType, readonly number[]>> = {
	leisure: [0.6, 0.6, 0.5, 0.7, 1.2, 2.4, 1.5],
	business: [0.8, 2, 1.8, 1.3, 0.5, 0.15, 0.1],
};

export interface Surge {
	readonly from: number;
	readonly to: number;
	readonly lift: number;
}

export function seasonsBetween(first: number, end: number, surges: readonly Surge[]): Seasons {
	const leisure = new Float64Array(end - first);
	const business = new Float64Array(end - first);
	for (let day = first; day < end; day++) {
		const angle = 2 * Math.PI * seasonOf(day);
		// High in late July, a second small crest in midwinter.
		leisure[day - first] = Math.exp(-0.65 * Math.cos(angle - 0.45) + 0.1 * Math.cos(2 * angle));
		business[day - first] = Math.exp(0.12 * Math.cos(2 * angle + 2.2));
	}
	for (const { day, lift } of holidaysBetween(first, end)) {
		leisure[day - first] = (leisure[day - first] as number) * lift;
		business[day - first] = (business[day - first] as number) * 0.35;
	}
	for (const { from, to, lift } of surges)
		for (let day = from; day <= to; day++)
			leisure[day - first] = (leisure[day - first] as number) * lift;
	return {
		first,
		leisure,
		business,
		most: { leisure: Math.max(...leisure), business: Math.max(...business) },
	};
}

/** Moves an arrival to a weekday that suits, by at most three days. */
export function drawArrival(wished: number, type: GuestType, random: Random): number {
	const wanted = weighted(ARRIVALS[type], random);
	return wished + ((wanted - weekday(wished) + 10) % 7) - 3;
}
