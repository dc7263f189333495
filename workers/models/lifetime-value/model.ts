import type { Share } from '$lib/contracts/insight';
import { guestFeatures } from '$workers/features/guest-features';
import { type FittedTrees, boostedTrees } from '$workers/learners/boosted-trees';
import { CancelledError, type Run } from '$workers/learners/contract';
import { type FittedPurchases, purchaseModel } from '$workers/learners/lifetime';
import type { Books } from '$workers/table/bookings';
import type { CivilDay } from '$workers/table/civil';
import { type Matrix, takeMatrixRows } from '$workers/table/matrix';
import { type AveragedBuyers, averageBuyers, forecastAverage, simulateAverage } from './average';
import { firstBooking, keptShare, purchasesBefore, revenueBetween } from './bookings';
import type { BuyerRecipe } from './buyers';
import { type CustomerStates, WEEK, statesOn } from './purchase-log';
import { type Factors, addShares, sharesOfMean, sharesOfProduct } from './shares';

/** `purchases`: who comes back, how often, for how much. `blend`: the mean of both. */
export const LEARNERS = ['purchases', 'boosted-trees', 'blend'] as const;
export type Learner = (typeof LEARNERS)[number];

/** All that was learned from what was known when a day began. */
export interface LifetimeModel {
	readonly day: CivilDay;
	readonly average: Pick<AveragedBuyers, 'parts' | 'levels'>;
	/**
	 * MBG/NBD for the chance that a guest has left: BG/NBD, which may have more weight in the average,
	 * takes everybody who came once to be there still.
	 */
	readonly leaving: FittedPurchases;
	/** Of the money booked, the share that is neither cancelled nor missed. */
	readonly kept: number;
	/** Undefined where the past is too short to learn from. */
	readonly trees: TreesOfYear | undefined;
}

/** Trees that say what a guest brings in some days to come. */
export interface TreesOfYear {
	readonly fitted: FittedTrees;
	readonly days: number;
}

/** So that a year's value can be learned from several days of the past. */
const STEP = 91;
const MOST_DAYS = 4;
/** Guests must have had some time to show what they do. */
const LEAST_PAST = 182;
const FEWEST_EXAMPLES = 200;

const RECIPES: readonly BuyerRecipe[] = [
	{ kind: 'mbgnbd', spendTells: true },
	{ kind: 'bgnbd', spendTells: true },
];

/**
 * Learns from the books as they were when a day began. `days`: how much future the trees are to learn
 * at once; the purchase models know any horizon.
 */
export async function fitLifetime(
	books: Books,
	day: CivilDay,
	days: number,
	run: Run,
): Promise<LifetimeModel> {
	const log = purchasesBefore(books, day);
	const average = await averageBuyers(log, day - 1, run, RECIPES);
	const quiet = { ...run, onProgress: () => undefined };
	return {
		day,
		average,
		leaving: await purchaseModel('mbgnbd').fit(statesOn(log, day - 1), quiet),
		kept: keptShare(books, day),
		trees: await fitTrees(books, day, days, quiet),
	};
}

/** Guests with a booking before the model's day, and what is known of them. */
export interface KnownGuests {
	readonly states: CustomerStates;
	/** The twelve features, row by row beside the states. */
	readonly features: Matrix;
}

export function guestsOn(books: Books, day: CivilDay): KnownGuests {
	const states = statesOn(purchasesBefore(books, day), day - 1);
	const { guests, matrix } = guestFeatures(books, day);
	const rows = Array.from(guests.keys()).filter((row) =>
		isIn(states.customers, guests[row] as number),
	);
	return { states, features: takeMatrixRows(matrix, rows) };
}

/** What each guest brings in some days to come, by each learner that there is. */
export async function valuesOf(
	model: LifetimeModel,
	{ states, features }: KnownGuests,
	days: number,
): Promise<ReadonlyMap<Learner, Float64Array>> {
	const money = (horizon: number) =>
		forecastAverage(model.average, states, horizon / WEEK).spend.map((spend) => spend * model.kept);
	const purchases = money(days);
	const values = new Map<Learner, Float64Array>([['purchases', purchases]]);
	if (model.trees) {
		const { fitted, days: learned } = model.trees;
		const longer = learned === days ? 1 : sum(purchases) / sum(money(learned));
		const predicted = (await fitted.predict(features)).values.map((value) => value * longer);
		values.set('boosted-trees', predicted);
		values.set(
			'blend',
			predicted.map((value, row) => (value + (purchases[row] as number)) / 2),
		);
	}
	return values;
}

const BREATH = 8;

/** Futures of each guest's money, by the purchase models. */
export async function drawFutures(
	{ average, kept }: LifetimeModel,
	{ states }: KnownGuests,
	days: number,
	draws: number,
	run: Run,
): Promise<Float64Array[]> {
	const random = run.random.fork('futures');
	const futures: Float64Array[] = [];
	while (futures.length < draws) {
		if (futures.length % BREATH === 0) await new Promise((resolve) => setTimeout(resolve));
		if (run.cancelled()) throw new CancelledError();
		const future = simulateAverage(average, states, days / WEEK, random);
		futures.push(future.map((money) => money * kept));
	}
	return futures;
}

/** Shares of the value of some guests (rows of `guests`), in money; they sum to it. */
export async function explainValues(
	model: LifetimeModel,
	guests: KnownGuests,
	learner: Learner,
	values: ReadonlyMap<Learner, Float64Array>,
	days: number,
	rows: readonly number[],
): Promise<Share[][]> {
	const purchases = learner === 'boosted-trees' ? [] : explainPurchases(model, guests, days, rows);
	const trees = learner === 'purchases' ? [] : await explainTrees(model, guests, rows);
	const weight = learner === 'blend' ? 0.5 : 1;
	return rows.map((row, i) =>
		addShares(
			[
				{ shares: purchases[i] ?? [], of: values.get('purchases') },
				{ shares: trees[i] ?? [], of: values.get('boosted-trees') },
			].flatMap(({ shares, of }) => {
				const total = shares.reduce((all, { share }) => all + share, 0);
				// Rounding, and what a longer horizon adds, spread in proportion.
				const scale = total > 0 ? ((of?.[row] ?? 0) * weight) / total : 0;
				return shares.length ? [{ shares, weight: scale }] : [];
			}),
		),
	);
}

function explainPurchases(
	{ average, leaving, kept }: LifetimeModel,
	{ states }: KnownGuests,
	days: number,
	rows: readonly number[],
): Share[][] {
	const { purchases, spend } = forecastAverage(average, states, days / WEEK);
	const { alive } = leaving.forecast({ ...states, horizon: 0 });
	const factorsOf = (row: number): Factors => {
		const there = alive[row] as number;
		const count = purchases[row] as number;
		return [there, count / there, (kept * (spend[row] as number)) / count];
	};
	const usual = meanFactors(Array.from(alive.keys(), factorsOf));
	return rows.map((row) => sharesOfProduct(factorsOf(row), usual));
}

function meanFactors(all: readonly Factors[]): Factors {
	const mean = (i: 0 | 1 | 2) => all.reduce((total, factors) => total + factors[i], 0) / all.length;
	return [mean(0), mean(1), mean(2)];
}

async function explainTrees(
	{ trees }: LifetimeModel,
	{ features }: KnownGuests,
	rows: readonly number[],
): Promise<Share[][]> {
	if (!trees) return [];
	const { names, values } = await trees.fitted.explain(takeMatrixRows(features, rows));
	return rows.map((_, i) =>
		sharesOfMean(
			names.map((feature, j) => ({ feature, share: values[i * names.length + j] as number })),
		),
	);
}

/**
 * Boosted trees with Tweedie loss (many guests bring nothing, some a lot) on the twelve features as
 * of several past days, each with what the days after it brought.
 */
async function fitTrees(
	books: Books,
	day: CivilDay,
	days: number,
	run: Run,
): Promise<TreesOfYear | undefined> {
	const first = firstBooking(books, day);
	const rows: Matrix[] = [];
	const targets: Float64Array[] = [];
	for (let step = 0; step < MOST_DAYS; step++) {
		const past = day - days - step * STEP;
		if (past - first < LEAST_PAST) break;
		const { states, features } = guestsOn(books, past);
		const revenue = revenueBetween(books, past, past + days, day);
		rows.push(features);
		targets.push(Float64Array.from(states.customers, (guest) => revenue[guest] as number));
	}
	const examples = { rows: joinMatrices(rows), targets: joinValues(targets) };
	const some = examples.targets.some((revenue) => revenue > 0);
	if (examples.rows.count < FEWEST_EXAMPLES || !some) return undefined;
	return { days, fitted: await boostedTrees(TREES).fit(examples, run) };
}

/** Few and shallow: the same guests stand in several days, and most of what they do is chance. */
const TREES = {
	loss: 'tweedie',
	tweediePower: 1.5,
	rounds: 80,
	learningRate: 0.06,
	maxDepth: 3,
	minChildWeight: 30,
	lambda: 10,
	subsample: 0.7,
	columnsByTree: 0.7,
	maxBins: 63,
} as const;

export const treeSettings: Readonly<Record<string, number | string>> = TREES;

/** Matrices of the same columns, one below the other. */
function joinMatrices(parts: readonly Matrix[]): Matrix {
	const [first] = parts;
	if (!first) return { count: 0, columns: [] };
	return {
		count: parts.reduce((count, part) => count + part.count, 0),
		columns: first.columns.map((column, i) => ({
			...column,
			values: joinValues(parts.map(({ columns }) => columns[i]?.values ?? new Float64Array())),
		})),
	};
}

function joinValues(parts: readonly Float64Array[]): Float64Array {
	const joined = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

/** Whether a sorted list holds a number. */
function isIn(sorted: Uint32Array, wanted: number): boolean {
	let [from, to] = [0, sorted.length];
	while (from < to) {
		const middle = (from + to) >> 1;
		if ((sorted[middle] as number) < wanted) from = middle + 1;
		else to = middle;
	}
	return sorted[from] === wanted;
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
