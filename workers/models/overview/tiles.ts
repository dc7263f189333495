import type { Estimate, Tile } from '$lib/contracts/insight';
import type { Random } from '$workers/math/random';
import { weekday } from '$workers/table/calendar';
import type { Months } from './months';

/** A day of all properties together. */
export interface DayFigures {
	/** Nights let, nights that could have been, money, bookings made. */
	readonly taken: number;
	readonly units: number;
	readonly revenue: number;
	readonly made: number;
}

export type DayReader = (day: number) => DayFigures;

const DRAWS = 400;

const MEASURES: Readonly<Record<Tile['name'], (sum: DayFigures) => number>> = {
	occupancy: ({ taken, units }) => taken / units,
	adr: ({ revenue, taken }) => revenue / taken,
	revpar: ({ revenue, units }) => revenue / units,
	revenue: ({ revenue }) => revenue,
	bookings: ({ made }) => made,
};

/**
 * The five figures of some months beside those of a year before. Their interval (8 in 10) and whether
 * the change is more than noise (19 in 20) come from a bootstrap of days within weekdays: what the
 * same months could have brought with other days of the same kind.
 */
export function tiles(
	read: DayReader,
	now: Months,
	before: Months | null,
	trend: readonly Months[],
	random: Random,
): Tile[] {
	const drawnNow = redraw(read, now, random.fork('now'));
	const drawnBefore = before && redraw(read, before, random.fork('before'));
	return (Object.keys(MEASURES) as Tile['name'][]).map((name) => {
		const measure = MEASURES[name];
		const values = drawnNow.map(measure).sort((a, b) => a - b);
		return {
			name,
			now: { value: measure(sumOf(daysIn(now).map(read))), ...band(values) },
			before: before ? measure(sumOf(daysIn(before).map(read))) : Number.NaN,
			moreThanNoise: drawnBefore !== null && differ(drawnNow, drawnBefore, measure),
			trend: Float64Array.from(trend, (months) => measure(sumOf(daysIn(months).map(read)))),
		};
	});
}

function redraw(read: DayReader, months: Months, random: Random): DayFigures[] {
	const days = daysIn(months);
	const alike = days.map((day) => days.filter((other) => weekday(other) === weekday(day)));
	return Array.from({ length: DRAWS }, () =>
		sumOf(alike.map((group) => read(group[random.integer(group.length)] as number))),
	);
}

function differ(
	now: readonly DayFigures[],
	before: readonly DayFigures[],
	measure: (sum: DayFigures) => number,
): boolean {
	const differences = now
		.map((drawn, i) => measure(drawn) - measure(before[i] as DayFigures))
		.sort((a, b) => a - b);
	return quantile(differences, 0.025) > 0 || quantile(differences, 0.975) < 0;
}

const band = (sorted: readonly number[]): Pick<Estimate, 'low' | 'high'> => ({
	low: quantile(sorted, 0.1),
	high: quantile(sorted, 0.9),
});

const quantile = (sorted: readonly number[], share: number): number =>
	sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

const daysIn = ({ from, to }: Months): number[] =>
	Array.from({ length: to - from }, (_, i) => from + i);

function sumOf(days: readonly DayFigures[]): DayFigures {
	const sum = { taken: 0, units: 0, revenue: 0, made: 0 };
	for (const day of days) {
		sum.taken += day.taken;
		sum.units += day.units;
		sum.revenue += day.revenue;
		sum.made += day.made;
	}
	return sum;
}
