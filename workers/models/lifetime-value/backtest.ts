import type { Backtest, Figure, Share } from '$lib/contracts/insight';
import type { Run } from '$workers/learners/contract';
import {
	type GroupTotals,
	deciles,
	groupWape,
	mae,
	normalisedGini,
	spearman,
	totalError,
} from '$workers/metrics';
import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { revenueBetween } from './bookings';
import {
	LEARNERS,
	type Learner,
	drawFutures,
	explainValues,
	fitLifetime,
	guestsOn,
	valuesOf,
} from './model';
import { quantilesOf } from './quantiles';
import { addShares } from './shares';

/** What each learner reached on days that it had not seen. */
export interface Tried {
	readonly learner: Learner;
	readonly decileWape: number;
	readonly totalError: number;
}

export interface LifetimeBacktest {
	/** Best first. */
	readonly tried: readonly [Tried, ...Tried[]];
	readonly backtest: Backtest;
	readonly deciles: GroupTotals;
	readonly importance: readonly Share[];
}

/** As the project was founded on: an error under 20 %. */
const TARGET = 0.2;
const PROMISED = 0.8;
/** Rows that are explained for the importance of features. */
const EXPLAINED = 500;

/**
 * Forecasts the last `days` from what was known before them, by every learner, and takes the one
 * whose ten groups of guests by predicted value come out nearest. The baseline is what each guest
 * spent in as many days before.
 */
export async function backtestLifetime(
	books: Books,
	now: CivilDay,
	days: number,
	draws: number,
	run: Run,
): Promise<LifetimeBacktest> {
	const origin = now - days;
	const model = await fitLifetime(books, origin, days, run);
	const guests = guestsOn(books, origin);
	const pick = (revenue: Float64Array) =>
		Float64Array.from(guests.states.customers, (guest) => revenue[guest] as number);
	const actual = pick(revenueBetween(books, origin, now, now));
	const naive = pick(revenueBetween(books, origin - days, origin, origin));
	const values = await valuesOf(model, guests, days);
	const tried = LEARNERS.flatMap((learner) => {
		const own = values.get(learner);
		return own ? [{ learner, ...errorsOf(actual, own) }] : [];
	}).sort((a, b) => a.decileWape - b.decileWape) as [Tried, ...Tried[]];
	const best = tried[0].learner;
	const chosen = values.get(best) as Float64Array;
	const futures = await drawFutures(model, guests, days, draws, run);
	const { low, high } = quantilesOf(futures, values.get('purchases') as Float64Array, chosen);
	const held = actual.filter(
		(money, row) => money >= (low[row] as number) && money <= (high[row] as number),
	).length;
	const rows = Array.from(actual.keys()).slice(-EXPLAINED);
	const shares = await explainValues(model, guests, best, values, days, rows);
	model.trees?.fitted.dispose();
	const figures = figuresOf(actual, chosen, naive);
	return {
		tried,
		deciles: deciles(actual, chosen),
		importance: importanceOf(shares),
		backtest: {
			protocol: 'hold-out',
			naive: 'past-spend',
			figures,
			beatsNaive: (figures[0] as Figure).value < (figures[0] as Figure).naive,
			points: [
				{ at: origin, model: errorsOf(actual, chosen).decileWape, naive: wapeOf(actual, naive) },
			],
			coverage: { promised: PROMISED, held: held / actual.length, count: actual.length },
			rows: actual.length,
		},
	};
}

const wapeOf = (actual: Float64Array, guess: Float64Array) => groupWape(deciles(actual, guess));

function errorsOf(actual: Float64Array, guess: Float64Array) {
	return { decileWape: wapeOf(actual, guess), totalError: Math.abs(totalError(actual, guess)) };
}

/** The first decides. */
function figuresOf(actual: Float64Array, own: Float64Array, naive: Float64Array): Figure[] {
	const figure = (
		name: string,
		of: (actual: Float64Array, guess: Float64Array) => number,
		better: Figure['better'],
		target = Number.NaN,
	) => ({ name, value: of(actual, own), naive: safely(() => of(actual, naive)), target, better });
	return [
		figure('decileWape', wapeOf, 'lower', TARGET),
		figure('totalError', (a, b) => Math.abs(totalError(a, b)), 'lower', TARGET),
		figure('mae', mae, 'lower'),
		figure('spearman', spearman, 'higher'),
		figure('gini', normalisedGini, 'higher'),
	];
}

/** A baseline may be constant, so that it has no order: then there is no figure. */
function safely(compute: () => number): number {
	try {
		return compute();
	} catch (error) {
		if (error instanceof RangeError) return Number.NaN;
		throw error;
	}
}

function importanceOf(shares: readonly (readonly Share[])[]): Share[] {
	const sizes = shares.map((own) => ({
		shares: own
			.filter(({ feature }) => feature !== 'base')
			.map((share) => ({ ...share, share: Math.abs(share.share) })),
		weight: 1 / shares.length,
	}));
	return addShares(sizes);
}
