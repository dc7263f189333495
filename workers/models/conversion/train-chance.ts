import type {
	Backtest,
	ChanceAnswer,
	ChanceRow,
	Estimate,
	Missing,
	Share,
	Suspect,
} from '$lib/contracts/insight';
import {
	type BlendMember,
	type FittedBlend,
	blend,
	linearMember,
	treesMember,
} from '$workers/learners/blend';
import { meanAbsoluteShares } from '$workers/learners/boosted-trees';
import { CancelledError, type Run } from '$workers/learners/contract';
import { auc, brier, calibrationBins, logloss } from '$workers/metrics';
import { type Matrix, keepColumns, takeMatrixRows, takeValues } from '$workers/table/matrix';
import { encodePlain } from '$workers/table/plain';
import { suspectsOf } from '../leak-sentinel';
import { aucAlone, groupsOfColumn, ratesOf, tally } from '../leak-sentinel/groups';
import type { CardBody, Trained } from '../trained';
import type { ChanceOptions, ChanceTask } from './chance-task';
import { factorsOf, impactsOf } from './factors';
import { chancesOf, type Tried, tryScores } from './tried';

const FEWEST_ROWS = 200;
const FEWEST_OF_A_CLASS = 25;
const TEST_DAYS = 184;
const TEST_SHARE = 0.25;
const INNER_SHARE = 0.25;
const MOST_SHOWN = 200;
const MOST_EXPLAINED = 400;
const BINS = 10;
const MANY_ROWS = 20_000;
const MONTH = 30;
/** Of a normal distribution, 8 in 10. */
const EIGHT_IN_TEN = 1.2816;

const TREES = {
	loss: 'logistic',
	learningRate: 0.1,
	subsample: 0.7,
	columnsByNode: 0.4,
	lambda: 3,
} as const;

/**
 * Trains on rows whose outcome is known and tests on the last days; columns that the leak sentinel
 * refuses on the training rows are left out of both models. The model that is handed back learned
 * from all decided rows; where there is nothing open, the rows shown are of the test days, with what
 * the tested model says of them.
 */
export async function trainChance(
	task: ChanceTask,
	run: Run,
	options: ChanceOptions = {},
): Promise<Trained<ChanceAnswer>> {
	const split = splitByTime(task, options);
	if ('reason' in split) return { ready: false, missing: split };
	const { train, test, decided } = split;
	const suspects = suspectsOf(takeMatrixRows(task.rows, train), takeValues(task.outcomes, train), {
		days: takeValues(task.days, train),
		dates: task.dates,
	});
	if (run.cancelled()) throw new CancelledError();
	const refused = new Set(
		suspects.filter(({ verdict }) => verdict === 'refused').map(({ column }) => column),
	);
	const rows = keepColumns(task.rows, (name) => !refused.has(name));
	const known = { ...task, rows };
	const tested = await fitOn(known, train, partOf(run, 0, 0.8));
	const scores = (await tested.predict(takeMatrixRows(rows, test))).scores;
	const truth = takeValues(task.outcomes, test);
	const tried = tryScores(scores, truth);
	const final = await fitOn(known, decided, partOf(run, 0.8, 0.95), tested);
	const ahead = task.open.filter((row) => Number.isNaN(task.outcomes[row] as number));
	const shown = ahead.length > 0 ? { rows: ahead, by: final } : { rows: task.open, by: tested };
	const answer = await answerOf(known, shown.by, shown.rows, tried, truth, scores);
	const explained = spread(test, MOST_EXPLAINED);
	const importance = await importanceOf(tested, takeMatrixRows(rows, explained));
	const backtest = backtestOf(known, train, test, scores);
	const card = cardOf(known, final, backtest, suspects, importance, decided);
	const buffer = encodePlain({
		kind: 'chance',
		question: task.question,
		refused: [...refused],
		tried,
		blend: new Uint8Array(final.toBuffer()),
	});
	tested.dispose();
	final.dispose();
	run.onProgress({ done: 1, total: 1 });
	return { ready: true, answer, card, buffer };
}

interface TimeSplit {
	readonly decided: Uint32Array;
	readonly train: Uint32Array;
	readonly test: Uint32Array;
}

function splitByTime(
	{ outcomes, days }: ChanceTask,
	{ testDays }: ChanceOptions,
): TimeSplit | Missing {
	const all = Uint32Array.from(outcomes.keys());
	const decided = all.filter((row) => !Number.isNaN(outcomes[row] as number));
	if (decided.length < FEWEST_ROWS)
		return { reason: 'TooFewBookings', have: decided.length, need: FEWEST_ROWS };
	const own = takeValues(days, decided).sort();
	const [first, last] = [own[0] as number, own.at(-1) as number];
	const from = last - (testDays ?? usualTestDays(first, last)) + 1;
	const train = decided.filter((row) => (days[row] as number) < from);
	const test = decided.filter((row) => (days[row] as number) >= from);
	const rarest = Math.min(rarer(takeValues(outcomes, train)), rarer(takeValues(outcomes, test)));
	if (rarest < FEWEST_OF_A_CLASS)
		return { reason: 'OneClass', have: rarest, need: FEWEST_OF_A_CLASS };
	return { decided, train, test };
}

/** Days at the end of a span that are tested on. */
export const usualTestDays = (first: number, last: number): number =>
	Math.min(TEST_DAYS, Math.floor((last - first + 1) * TEST_SHARE));

/** Rows of the class that has fewer. */
function rarer(targets: Float64Array): number {
	const positives = targets.reduce((sum, target) => sum + target, 0);
	return Math.min(positives, targets.length - positives);
}

/** Chosen by its last quarter, or as another fit has it. */
function fitOn(
	{ rows, outcomes, days }: ChanceTask,
	own: Uint32Array,
	run: Run,
	like?: FittedBlend,
): Promise<FittedBlend> {
	const inner = like
		? ({ by: 'plan', plan: like.plan } as const)
		: ({ by: 'last', share: INNER_SHARE } as const);
	return blend({
		loss: 'logistic',
		members: membersFor(own.length),
		inner,
	}).fit(
		{
			rows: takeMatrixRows(rows, own),
			targets: takeValues(outcomes, own),
			days: takeValues(days, own),
		},
		run,
	);
}

/** Few rows leave much to chance: shallow trees, steadied by a linear learner. */
function membersFor(rows: number): BlendMember[] {
	if (rows > MANY_ROWS)
		return [treesMember('trees', { ...TREES, maxDepth: 6, minChildWeight: 10 })];
	return [
		treesMember('trees', { ...TREES, maxDepth: 3, minChildWeight: 3 }),
		linearMember('linear', 'logistic'),
	];
}

async function answerOf(
	task: ChanceTask,
	model: FittedBlend,
	open: Uint32Array,
	tried: Tried,
	truth: Float64Array,
	testScores: Float64Array,
): Promise<ChanceAnswer> {
	const { scores } = await model.predict(takeMatrixRows(task.rows, open));
	const { low, chances, high } = chancesOf(tried, scores);
	const worth = Array.from(open, (row, i) => {
		const { amount } = task.describe(row);
		return (chances[i] as number) * (Number.isNaN(amount) ? 1 : amount);
	});
	const first = Array.from(open.keys())
		.sort((a, b) => (worth[b] as number) - (worth[a] as number))
		.slice(0, MOST_SHOWN);
	const shown = Uint32Array.from(first, (i) => open[i] as number);
	const shares = await model.explain(takeMatrixRows(task.rows, shown));
	const tested = chancesOf(tried, testScores).chances;
	const bins = calibrationBins(truth, tested, BINS);
	return {
		question: task.question,
		rows: first.map((i, place): ChanceRow => {
			const row = open[i] as number;
			const factors = factorsOf(shares, place, task.rows, row);
			return {
				...task.describe(row),
				day: task.days[row] as number,
				chance: {
					value: chances[i] as number,
					low: low[i] as number,
					high: high[i] as number,
				},
				factors,
				impacts: impactsOf(factors, chances[i] as number),
			};
		}),
		rate: truth.reduce((sum, value) => sum + value, 0) / truth.length,
		expected: meanOf(chances),
		calibration: {
			predicted: Float64Array.from(bins, ({ chance }) => chance),
			observed: Float64Array.from(bins, ({ rate }) => rate),
			counts: Uint32Array.from(bins, ({ count }) => count),
		},
	};
}

/** The mean chance, with what chance alone makes of it in so many rows. */
function meanOf(chances: Float64Array): Estimate {
	const count = Math.max(1, chances.length);
	const value = chances.reduce((sum, chance) => sum + chance, 0) / count;
	const variance = chances.reduce((sum, chance) => sum + chance * (1 - chance), 0);
	const margin = (EIGHT_IN_TEN * Math.sqrt(variance)) / count;
	return { value, low: Math.max(0, value - margin), high: Math.min(1, value + margin) };
}

function backtestOf(
	{ rows, outcomes, days, target }: ChanceTask,
	train: Uint32Array,
	test: Uint32Array,
	scores: Float64Array,
): Backtest {
	const truth = takeValues(outcomes, test);
	const chances = scores.map((score) => 1 / (1 + Math.exp(-score)));
	const trained = takeValues(outcomes, train);
	const rate = trained.reduce((sum, value) => sum + value, 0) / trained.length;
	const usual = new Float64Array(test.length).fill(rate);
	const single = oneFactor(rows, trained, train, test);
	const area = auc(truth, scores);
	const naiveArea = auc(truth, single);
	return {
		protocol: 'last-months',
		naive: 'one-factor',
		figures: [
			{ name: 'auc', value: area, naive: naiveArea, target, better: 'higher' },
			{
				name: 'logloss',
				value: logloss(truth, chances),
				naive: Math.min(logloss(truth, single), logloss(truth, usual)),
				target: Number.NaN,
				better: 'lower',
			},
			{
				name: 'brier',
				value: brier(truth, chances),
				naive: Math.min(brier(truth, single), brier(truth, usual)),
				target: Number.NaN,
				better: 'lower',
			},
		],
		beatsNaive: area > naiveArea,
		points: byMonth(takeValues(days, test), (own) => ({
			model: logloss(takeValues(truth, own), takeValues(chances, own)),
			naive: logloss(takeValues(truth, own), takeValues(single, own)),
		})),
		coverage: { promised: Number.NaN, held: Number.NaN, count: 0 },
		rows: test.length,
	};
}

/** What the column that tells most by itself, in training, says of the test rows. */
function oneFactor(
	rows: Matrix,
	trained: Float64Array,
	train: Uint32Array,
	test: Uint32Array,
): Float64Array {
	let best = { alone: 0, chances: new Float64Array(test.length) };
	for (const column of rows.columns) {
		const groups = groupsOfColumn(column);
		const own = { ...groups, of: Uint32Array.from(train, (row) => groups.of[row] as number) };
		const alone = aucAlone(own, trained);
		if (alone <= best.alone) continue;
		const rates = ratesOf(tally(own, trained));
		best = {
			alone,
			chances: Float64Array.from(test, (row) => rates[groups.of[row] as number] as number),
		};
	}
	return best.chances;
}

function byMonth(
	days: Float64Array,
	figures: (rows: Uint32Array) => { model: number; naive: number },
): Backtest['points'] {
	const first = days.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
	const months = new Map<number, number[]>();
	days.forEach((day, row) => {
		const month = Math.floor((day - first) / MONTH);
		const rows = months.get(month);
		if (rows) rows.push(row);
		else months.set(month, [row]);
	});
	return [...months]
		.sort(([a], [b]) => a - b)
		.map(([month, rows]) => ({
			at: first + month * MONTH,
			...figures(Uint32Array.from(rows)),
		}));
}

async function importanceOf(model: FittedBlend, rows: Matrix): Promise<Share[]> {
	const shares = meanAbsoluteShares(await model.explain(rows));
	return [...shares]
		.map(([feature, share]) => ({ feature, share }))
		.sort((a, b) => b.share - a.share);
}

function cardOf(
	{ model, rows, days }: ChanceTask,
	fitted: FittedBlend,
	backtest: Backtest,
	suspects: readonly Suspect[],
	importance: readonly Share[],
	decided: Uint32Array,
): CardBody {
	const own = takeValues(days, decided).sort();
	return {
		model,
		learner: Object.keys(fitted.weights).join(' + '),
		settings: {
			...TREES,
			halfLife: fitted.choices.halfLife,
			leftOut: fitted.choices.leftOut.join(', '),
		},
		features: rows.columns.map(({ name }) => name),
		backtest,
		importance,
		suspects,
		rows: decided.length,
		from: own[0] as number,
		to: own.at(-1) as number,
	};
}

/** At most so many of the rows, evenly spread. */
function spread(rows: Uint32Array, most: number): Uint32Array {
	const step = Math.max(1, rows.length / most);
	return Uint32Array.from(
		{ length: Math.min(most, rows.length) },
		(_, i) => rows[Math.floor(i * step)] as number,
	);
}

/** A run whose progress is a part of another's. */
function partOf(run: Run, from: number, to: number): Run {
	return {
		cancelled: run.cancelled,
		random: run.random.fork(`from ${from}`),
		onProgress: ({ done, total }) =>
			run.onProgress({ done: from + ((to - from) * done) / total, total: 1 }),
	};
}
