import type {
	Estimate,
	LifetimeAnswer,
	LifetimeGuest,
	Missing,
	Share,
	ValueSegment,
} from '$lib/contracts/insight';
import { GUEST_FEATURES } from '$workers/features/guest-features';
import type { Run } from '$workers/learners/contract';
import { topPlaces } from '$workers/math/top';
import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { nameAt } from '$workers/table/column';
import type { Matrix } from '$workers/table/matrix';
import type { CardBody, Trained } from '../trained';
import { type LifetimeBacktest, backtestLifetime } from './backtest';
import { LEAST_RETURNED } from './average';
import { firstBooking, isLost, purchasesBefore } from './bookings';
import {
	type KnownGuests,
	type Learner,
	type LifetimeModel,
	drawFutures,
	explainValues,
	fitLifetime,
	guestsOn,
	treeSettings,
	valuesOf,
} from './model';
import { lifetimeToBuffer } from './model-buffer';
import { statesOn } from './purchase-log';
import { quantilesOf, totalOf } from './quantiles';
import { type GuestStanding, actionsFor, churnRisk, segmentOf } from './segments';
import { FACTOR_NAMES } from './shares';

export interface LifetimeOptions {
	/** The first day of which nothing is known; that of the books if left out. */
	readonly now?: CivilDay;
	/** Days at the end that are tested on; a year, or a third of all days where that is less. */
	readonly testDays?: number;
}

const YEAR = 365;
const LEAST_SPAN = 180;
/** The test part is at most a third of what there is. */
const TEST_SHARE = 1 / 3;
const DRAWS = 120;
const BACKTEST_DRAWS = 60;
const SHOWN = 500;
const TOP_SHARE = 0.1;
const SITES = ['booking site', 'partner site'];

/**
 * What each guest will bring in the coming twelve months: money of bookings that they will make and
 * keep. Purchase models and boosted trees are held against the last year, and the one that came
 * nearest is used. Needs half a year of bookings and twenty guests who came back before the last
 * third of it.
 */
export async function trainLifetimeValue(
	books: Books,
	run: Run,
	{ now = books.asOf, testDays }: LifetimeOptions = {},
): Promise<Trained<LifetimeAnswer>> {
	const first = firstBooking(books, now);
	const days = testDays ?? Math.min(YEAR, Math.floor((now - first) * TEST_SHARE));
	const missing = whatIsMissing(books, first, now, days);
	if (missing) return { ready: false, missing };
	const tested = await backtestLifetime(books, now, days, BACKTEST_DRAWS, partOf(run, 0, 0.45));
	const model = await fitLifetime(books, now, days, partOf(run, 0.45, 0.8));
	const learner = tested.tried[0].learner;
	const answer = await answerOf(books, model, tested, learner, run);
	const buffer = lifetimeToBuffer(model);
	model.trees?.fitted.dispose();
	run.onProgress({ done: 1, total: 1 });
	return { ready: true, answer, card: cardOf(books, model, tested, learner, days, first), buffer };
}

function whatIsMissing(
	books: Books,
	first: CivilDay,
	now: CivilDay,
	days: number,
): Missing | undefined {
	const returned = returnedBy(books, now);
	if (returned === 0) return { reason: 'NoGuests', have: 0, need: LEAST_RETURNED };
	if (now - first < LEAST_SPAN)
		return { reason: 'TooShort', have: Math.max(0, now - first), need: LEAST_SPAN };
	const before = returnedBy(books, now - days);
	if (before < LEAST_RETURNED)
		return { reason: 'TooFewBookings', have: before, need: LEAST_RETURNED };
	return undefined;
}

/** Guests with bookings on two days; none where bookings do not tell guests apart. */
function returnedBy(books: Books, day: CivilDay): number {
	if (books.guests.count < 2) return 0;
	const { customers, frequency } = statesOn(purchasesBefore(books, day), day - 1);
	return customers.length > 1 ? frequency.filter((repeats) => repeats > 0).length : 0;
}

/** A run whose progress is a part of another's. */
function partOf(run: Run, from: number, to: number): Run {
	return {
		...run,
		onProgress: ({ done, total }) =>
			run.onProgress({ done: from + ((to - from) * done) / total, total: 1 }),
	};
}

async function answerOf(
	books: Books,
	model: LifetimeModel,
	{ tried, deciles }: LifetimeBacktest,
	learner: Learner,
	run: Run,
): Promise<LifetimeAnswer> {
	const guests = guestsOn(books, model.day);
	const values = await valuesOf(model, guests, YEAR);
	const used = values.has(learner) ? learner : 'purchases';
	const shown = values.get(used) as Float64Array;
	const simulated = values.get('purchases') as Float64Array;
	const futures = await drawFutures(model, guests, YEAR, DRAWS, run);
	const { low, high } = quantilesOf(futures, simulated, shown);
	const alive = model.leaving.forecast({ ...guests.states, horizon: 0 }).alive;
	const standings = standingsOf(books, model.day, guests, alive, shown);
	const rows = rowsToShow(shown, alive);
	const shares = await explainValues(model, guests, used, values, YEAR, rows);
	return {
		guests: rows.map((row, i) => ({
			...describe(books, model.day, guests, row),
			...judge(standings[row] as GuestStanding),
			value: {
				value: shown[row] as number,
				low: low[row] as number,
				high: high[row] as number,
			} satisfies Estimate,
			factors: withValues(shares[i] ?? [], guests.features, row),
		})),
		total: totalOf(futures, simulated, shown),
		segments: segmentTotals(standings, shown),
		deciles,
		candidates: tried,
		count: shown.length,
	};
}

/** The most valuable, and the most valuable of those who may be leaving. */
function rowsToShow(values: Float64Array, alive: Float64Array): number[] {
	const atRisk = values.map((value, row) => value * (1 - (alive[row] as number)));
	const rows = new Set([
		...topPlaces(values, Math.round(SHOWN * 0.6)),
		...topPlaces(atRisk, Math.round(SHOWN * 0.4)),
	]);
	return [...rows].sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
}

function describe(
	{ guests, bookings }: Books,
	day: CivilDay,
	{ states, features }: KnownGuests,
	row: number,
): Pick<LifetimeGuest, 'guest' | 'key' | 'bookings' | 'spend' | 'lastStay'> {
	const guest = states.customers[row] as number;
	return {
		guest,
		key: guests.columns.key.values[guest] ?? '',
		bookings: featureOf(features, 'total_bookings', row),
		spend: featureOf(features, 'total_spend', row),
		lastStay: lastStay(bookings, guest, day),
	};
}

/** Day of the last arrival that was kept; NaN where there was none. */
function lastStay(bookings: Books['bookings'], guest: number, day: CivilDay): number {
	const { columns } = bookings;
	let last = Number.NEGATIVE_INFINITY;
	for (let row = 0; row < bookings.count; row++) {
		const arrives = columns.arrives_on.values[row] as number;
		if (columns.guest.values[row] !== guest || arrives >= day || arrives <= last) continue;
		if (!isLost(bookings, row, day)) last = arrives;
	}
	return Number.isFinite(last) ? last : Number.NaN;
}

function judge(
	standing: GuestStanding,
): Pick<LifetimeGuest, 'segment' | 'churn' | 'churnRisk' | 'actions'> {
	return {
		segment: segmentOf(standing),
		churn: 1 - standing.alive,
		churnRisk: churnRisk(standing.alive),
		actions: actionsFor(standing),
	};
}

function standingsOf(
	{ bookings }: Books,
	day: CivilDay,
	{ states, features }: KnownGuests,
	alive: Float64Array,
	values: Float64Array,
): GuestStanding[] {
	const top = new Set(topPlaces(values, Math.ceil(values.length * TOP_SHARE)));
	const last = lastBookings(bookings, day);
	return Array.from(states.customers, (guest, row) => {
		const booking = last.get(guest) as number;
		return {
			alive: alive[row] as number,
			bookings: featureOf(features, 'total_bookings', row),
			tenure: featureOf(features, 'tenure_days', row),
			isTop: top.has(row),
			throughSite: SITES.includes(nameAt(bookings.columns.channel, booking)),
			lastWasLost: isLost(bookings, booking, day),
		};
	});
}

/** For each guest the row of the booking made last before a day. */
function lastBookings({ count, columns }: Books['bookings'], day: CivilDay): Map<number, number> {
	const last = new Map<number, number>();
	for (let row = 0; row < count; row++) {
		const made = columns.booked_on.values[row] as number;
		const guest = columns.guest.values[row] as number;
		const before = columns.booked_on.values[last.get(guest) ?? -1] ?? Number.NEGATIVE_INFINITY;
		if (made < day && made >= before) last.set(guest, row);
	}
	return last;
}

const SEGMENTS: readonly ValueSegment[] = ['High value', 'Loyal', 'New', 'Fading', 'Gone'];

function segmentTotals(standings: readonly GuestStanding[], values: Float64Array) {
	const own = standings.map(segmentOf);
	return SEGMENTS.map((segment) => {
		const rows = own.flatMap((name, row) => (name === segment ? [row] : []));
		return {
			segment,
			guests: rows.length,
			value: rows.reduce((sum, row) => sum + (values[row] as number), 0),
		};
	});
}

function withValues(shares: readonly Share[], features: Matrix, row: number): Share[] {
	return shares.map((share) => {
		const column = features.columns.find(({ name }) => name === share.feature);
		const value = column?.values[row];
		if (!column || value === undefined || Number.isNaN(value)) return share;
		return { ...share, value: column.kind === 'category' ? (column.levels[value] ?? '') : value };
	});
}

function featureOf({ columns }: Matrix, name: string, row: number): number {
	return columns.find((column) => column.name === name)?.values[row] ?? Number.NaN;
}

function cardOf(
	{ bookings }: Books,
	{ average, kept, trees, day }: LifetimeModel,
	{ backtest, importance }: LifetimeBacktest,
	learner: Learner,
	days: number,
	first: CivilDay,
): CardBody {
	const ofTrees = learner === 'purchases' || !trees ? [] : GUEST_FEATURES.map(({ name }) => name);
	const ofPurchases = learner === 'boosted-trees' ? [] : FACTOR_NAMES;
	const weights = average.parts.map(
		({ model: { recipe }, weight }) => [`weight ${recipe.kind}`, weight] as const,
	);
	return {
		model: 'lifetime-value',
		learner,
		settings: {
			testDays: days,
			keptShare: kept,
			spendLevel: average.levels.spend.factor,
			...Object.fromEntries(weights),
			...(ofTrees.length ? treeSettings : {}),
		},
		features: [...new Set([...ofPurchases, ...ofTrees])],
		backtest,
		importance,
		suspects: [],
		rows: Array.from(bookings.columns.booked_on.values).filter((made) => made < day).length,
		from: first,
		to: day - 1,
	};
}
