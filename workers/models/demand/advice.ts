import type { DemandSeries, Estimate, StayAdvice } from '$lib/contracts/insight';
import type { CivilDay } from '$workers/table/civil';
import type { OpenStays } from './occupancy';

/** At most so much advice, what is worth most first. */
const MOST = 60;
/** Nights in a row with less than this share of the usual occupancy are weak. */
const WEAK = 0.6;
/** Nights in a row with more than this are strong. */
const STRONG = 0.9;
const SHORTEST_RUN = 3;
/** A minimum stay that is advised for strong nights. */
const LONG_STAY = 3;

/**
 * What a different minimum stay may bring in the nights to come: stays short enough for a gap between
 * two bookings, short stays on weak nights, longer stays on strong ones. Estimates take short stays to
 * come as often as they do in all properties of the books; they are no experiment.
 */
export function stayAdvice(
	series: readonly DemandSeries[],
	stays: readonly OpenStays[],
	origin: CivilDay,
): StayAdvice[] {
	const all = series.flatMap((one, i) => {
		const own = stays[i];
		return own
			? [...gaps(one, own, origin), ...weak(one, own, origin), ...strong(one, own, origin)]
			: [];
	});
	return all.sort((a, b) => b.nights.value - a.nights.value).slice(0, MOST);
}

/** Of a home: nights between two stays on the books that are fewer than its usual minimum. */
function gaps(one: DemandSeries, own: OpenStays, origin: CivilDay): StayAdvice[] {
	if (own.units !== 1 || own.minimum < 2) return [];
	const taken = one.expected.map((_, night) => ((own.inHouse[night] as number) > 0 ? 1 : 0));
	for (const { ahead, nights } of own.coming) taken.fill(1, ahead, ahead + nights);
	return runs(taken, (night) => night === 0)
		.filter(({ from, to }) => from > 0 && to < taken.length && to - from < own.minimum)
		.map(({ from, to }) => {
			const nights = to - from;
			const chance = 1 - Math.exp(-Math.max(0.01, own.shortArrivals(nights) * nights));
			return {
				...of(one),
				from: origin + from,
				to: origin + to - 1,
				do: 'shorten-stay',
				minimumNights: nights,
				nights: allOrNothing(nights, chance),
				because: 'gap-between-bookings',
			};
		});
}

function weak(one: DemandSeries, own: OpenStays, origin: CivilDay): StayAdvice[] {
	if (own.minimum < 2) return [];
	return runs(one.occupancy, (share) => share < WEAK * own.usual)
		.filter(({ from, to }) => to - from >= SHORTEST_RUN)
		.map(({ from, to }) => {
			const shorter = own.minimum - 1;
			const stays = own.shortArrivals(shorter) * own.units * (to - from);
			return {
				...of(one),
				from: origin + from,
				to: origin + to - 1,
				do: 'shorten-stay',
				minimumNights: shorter,
				nights: counted(stays, shorter),
				because: 'weak-days',
			};
		});
}

/** Those who would stay shorter stay longer or leave the nights, which are asked for, to others. */
function strong(one: DemandSeries, own: OpenStays, origin: CivilDay): StayAdvice[] {
	const minimum = Math.max(LONG_STAY, own.minimum + 1);
	return runs(one.occupancy, (share) => share > STRONG)
		.filter(({ from, to }) => to - from >= SHORTEST_RUN)
		.flatMap(({ from, to }): StayAdvice[] => {
			let late = 0;
			let free = 0;
			for (let night = from; night < to; night++)
				late += Math.max(0, (one.expected[night] as number) - (one.booked[night] as number));
			for (const night of [from - 1, to]) free += 1 - (one.occupancy[night] ?? 1);
			const short = 1 - (own.longer[minimum - 1] as number);
			const stays = (late * short * free) / 2;
			if (stays < 0.1) return [];
			return [
				{
					...of(one),
					from: origin + from,
					to: origin + to - 1,
					do: 'lengthen-stay',
					minimumNights: minimum,
					nights: counted(stays, 1),
					because: 'strong-days',
				},
			];
		});
}

const of = ({ property, title }: DemandSeries) => ({ property, title });

/** Stretches of places whose value passes; `to` is after the last. */
function runs(
	values: ArrayLike<number>,
	pass: (value: number) => boolean,
): { readonly from: number; readonly to: number }[] {
	const found: { from: number; to: number }[] = [];
	for (let i = 0; i < values.length; i++) {
		if (!pass(values[i] as number)) continue;
		const last = found.at(-1);
		if (last?.to === i) last.to = i + 1;
		else found.push({ from: i, to: i + 1 });
	}
	return found;
}

/** `nights` with this chance, or none; where one of both is all but certain the mean bounds it. */
function allOrNothing(nights: number, chance: number): Estimate {
	const value = nights * chance;
	return { value, low: chance > 0.9 ? value : 0, high: chance > 0.1 ? nights : value };
}

/** So many stays expected, of so many nights each; bounds from the normal approximation of Poisson. */
function counted(stays: number, nights: number): Estimate {
	const margin = 1.2816 * Math.sqrt(stays);
	return {
		value: stays * nights,
		low: Math.max(0, stays - margin) * nights,
		high: (stays + margin) * nights,
	};
}
