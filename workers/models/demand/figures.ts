import type { Backtest, Figure } from '$lib/contracts/insight';
import type { Run } from '$workers/learners/contract';
import type { CivilDay } from '$workers/table/civil';
import { breathing } from '../on-the-books/breath';
import { type DayForecast, type Interval, intervalsOn } from '../on-the-books/intervals';

/** Days ahead that are measured; nearer ones are too late to act on. */
const NEAREST = 7;
const FURTHEST = 30;

export interface DemandErrors {
	/** Mean of the series' own. */
	readonly rmse: number;
	readonly pooledRmse: number;
	readonly mae: number;
	/** Of each series. */
	readonly bySeries: Float64Array;
	/** Mean over the series of each origin's. */
	readonly byOrigin: Float64Array;
}

/** Errors of the days 7 to 30 after the origins; a series' own is over all origins together. */
export function errorsOf(
	series: readonly (readonly DayForecast[])[],
	origins: readonly CivilDay[],
	counted: readonly boolean[],
): DemandErrors {
	const measured = series.map((all) =>
		all.filter(
			({ made, ahead }) => ahead >= NEAREST && ahead <= FURTHEST && origins.includes(made),
		),
	);
	const bySeries = Float64Array.from(measured, rootMeanSquare);
	const taken = measured.filter((_, i) => counted[i]);
	const pooled = taken.flat();
	const byOrigin = Float64Array.from(origins, (origin) =>
		mean(taken.map((all) => rootMeanSquare(all.filter(({ made }) => made === origin)))),
	);
	return {
		rmse: mean(taken.map(rootMeanSquare)),
		pooledRmse: rootMeanSquare(pooled),
		mae: mean(pooled.map(({ truth, forecast }) => Math.abs(truth - forecast))),
		bySeries,
		byOrigin,
	};
}

const mean = (values: readonly number[]) =>
	values.reduce((sum, value) => sum + value, 0) / values.length;
const rootMeanSquare = (all: readonly DayForecast[]) =>
	Math.sqrt(mean(all.map(({ truth, forecast }) => (truth - forecast) ** 2)));

/** How many of the measured days lie within the interval that was known at their origin. */
export async function coverageOf(
	series: readonly (readonly DayForecast[])[],
	origins: readonly CivilDay[],
	counted: readonly boolean[],
	run: Run,
): Promise<Backtest['coverage']> {
	const all = series.filter((_, i) => counted[i]).flat();
	const breathe = breathing(run);
	let held = 0;
	let count = 0;
	for (const origin of origins) {
		await breathe(1, 1);
		const own = all.filter(
			({ made, ahead }) => made === origin && ahead >= NEAREST && ahead <= FURTHEST,
		);
		intervalsOn(all, origin, own).forEach(({ low, high }: Interval, i) => {
			const { truth } = own[i] as DayForecast;
			if (truth >= low && truth <= high) held++;
			count++;
		});
	}
	return { promised: 0.8, held: held / count, count };
}

const FIGURES = ['rmse', 'pooledRmse', 'mae'] as const;
/** The founding target: fewer than three bookings. */
const TARGET = 3;

/** A RangeError where a figure is not a number. */
export function backtestOf(
	model: DemandErrors,
	naive: DemandErrors,
	coverage: Backtest['coverage'],
	origins: readonly CivilDay[],
	calendar?: DemandErrors,
): Backtest {
	const shown = calendar ?? model;
	return {
		protocol: 'rolling-origin',
		naive: 'same-weekday-last-year',
		figures: [
			...FIGURES.map((name) => figure(name, model[name], naive[name])),
			...(calendar ? [figure('calendarRmse', calendar.rmse, naive.rmse)] : []),
		],
		beatsNaive: shown.rmse < naive.rmse,
		points: origins.map((at, i) => ({
			at,
			model: model.byOrigin[i] as number,
			naive: naive.byOrigin[i] as number,
		})),
		coverage,
		rows: coverage.count,
	};
}

function figure(name: string, value: number, naive: number): Figure {
	if (!Number.isFinite(value) || !Number.isFinite(naive))
		throw new RangeError(`${name} is not a number: no series has enough arrivals`);
	return { name, value, naive, target: name === 'rmse' ? TARGET : Number.NaN, better: 'lower' };
}
