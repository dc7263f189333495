import type { Backtest, Lift, PriceAnswer, Share } from '$lib/contracts/insight';
import { type FittedTrees, meanAbsoluteShares } from '$workers/learners/boosted-trees';
import type { Run } from '$workers/learners/contract';
import { logloss, poissonDeviance } from '$workers/metrics';
import type { Books } from '$workers/table/bookings';
import { type Matrix, takeMatrixRows, takeValues } from '$workers/table/matrix';
import type { CardBody, Trained } from '../trained';
import { pricedProperties } from './answer';
import { bestPrice, demandAt, type Market, usualRules } from './curve';
import { fitDemand, outOfFoldScores, placesWhere } from './demand-model';
import { comingNights, earlyLooks, type History, historyOf } from './history';
import { estimateLift } from './lift';
import { encodeMarkets, type Markets } from './markets';
import { type Panel, panelOf } from './panel';
import { type PriceEffect, priceEffect } from './price-effect';
import { demandReasons } from './reasons';
import { describe, type Situations } from './situations';
import { type UsualPrice, usualPrices } from './usual-price';

const AHEAD = 90;
const LEAST_DAYS = 120;
const FOLDS = 3;
const WEEK = 7;
/** The last fifth of the past judges the demand model. */
const HELD_SHARE = 0.2;
/** Prices are judged within this many standard deviations of what was asked. */
const SUPPORT = 1.5;
const TARGET_LIFT = 0.05;

interface Study {
	readonly books: Books;
	readonly panel: Panel;
	readonly usual: UsualPrice;
	readonly holidays: ReadonlySet<number>;
	readonly titles: readonly string[];
	readonly link: Market['link'];
	readonly run: Run;
}

/**
 * What prices do to demand, and which to ask on the days to come.
 *
 * A model of demand at the usual price (boosted trees on calendar and books), and the effect of
 * straying from it, told apart from season and weekday. The gain is never the model's own word: it is
 * estimated off policy on past nights.
 */
export async function trainPrice(books: Books, run: Run): Promise<Trained<PriceAnswer>> {
	const panel = panelOf(books);
	if (!panel) return { ready: false, missing: { reason: 'NoBookings' } };
	if (panel.known < LEAST_DAYS)
		return { ready: false, missing: { reason: 'TooShort', have: panel.known, need: LEAST_DAYS } };
	const study = studyOf(books, panel, run);
	const history = historyOf(panel, run.random.fork('looks'));
	if (history.looks.count === 0) return { ready: false, missing: { reason: 'NoPrices' } };
	if (new Set(history.outcomes).size < 2) return { ready: false, missing: { reason: 'OneClass' } };
	const steps = progressOf(run, 5);
	const offsets = await nuisance(study, history, steps.next());
	const effect = effectOf(study, history, offsets);
	const backtest = await holdOut(study, history, offsets, steps.next());
	const fitted = await servingModel(study, history, effect, steps.next());
	const markets = await marketsToCome(study, fitted, effect);
	const lift = await liftOf(study, steps.next());
	const properties = pricedProperties(books, markets);
	const importance = await importanceOf(study, fitted, history, effect);
	fitted.dispose();
	steps.next();
	return {
		ready: true,
		answer: { properties, lift },
		card: cardOf(study, history, effect, withLift(backtest, lift), importance),
		buffer: encodeMarkets(markets),
	};
}

function studyOf(books: Books, panel: Panel, run: Run): Study {
	const holidays = new Set<number>(books.holidays.columns.day.values);
	return {
		books,
		panel,
		usual: usualPrices(panel, holidays),
		holidays,
		titles: books.properties.columns.key.values,
		link: panel.kind === 'nights' ? 'logit' : 'log',
		run,
	};
}

/** Runs for the parts of a training, each a share of the whole. */
function progressOf(run: Run, parts: number) {
	let part = 0;
	return {
		next(): Run {
			const before = part++;
			run.onProgress({ done: before, total: parts });
			return {
				...run,
				onProgress: ({ done, total }) =>
					run.onProgress({ done: before + Math.min(1, done / total) * 0.99, total: parts }),
			};
		},
	};
}

const matrixOf = (
	{ holidays, panel, titles }: Study,
	looks: Situations,
	use: 'to-learn-price' | 'to-predict',
): Matrix => describe(panel, looks, holidays, titles, use);

/** Demand at the usual price by models that saw other weeks. */
function nuisance(study: Study, history: History, run: Run): Promise<Float64Array> {
	const rows = matrixOf(study, history.looks, 'to-learn-price');
	const fold = history.looks.day.map((day) => Math.floor(day / WEEK) % FOLDS);
	return outOfFoldScores(study.panel.kind, rows, history.outcomes, Uint8Array.from(fold), FOLDS, {
		...run,
		onProgress: () => {},
	});
}

/** How far each price strayed from the usual one, as a logarithm. */
const residuals = ({ panel, usual }: Study, places: Uint32Array): Float64Array =>
	Float64Array.from(
		places,
		(at) => Math.log(panel.price[at] as number) - (usual.log[at] as number),
	);

function effectOf(
	study: Study,
	{ looks, outcomes, place }: History,
	offsets: Float64Array,
	rows: Uint32Array = Uint32Array.from(place, (_, i) => i),
): PriceEffect {
	const residual = residuals(study, place);
	const pick = (values: ArrayLike<number>) =>
		Float64Array.from(rows, (row) => values[row] as number);
	return priceEffect({
		offsets: pick(offsets),
		residuals: pick(residual),
		outcomes: pick(outcomes),
		property: Uint32Array.from(rows, (row) => looks.property[row] as number),
		cluster: Uint32Array.from(rows, (row) => clusterOf(study.panel, looks, row)),
		properties: study.panel.properties,
		link: study.link,
	});
}

/** A property's week. */
function clusterOf({ days }: Panel, { day, property }: Situations, row: number): number {
	const weeks = Math.ceil(days / WEEK);
	return (property[row] as number) * weeks + Math.floor((day[row] as number) / WEEK);
}

/** What the price adds to the score of each row. */
function priceScores(study: Study, { looks, place }: History, effect: PriceEffect): Float64Array {
	return residuals(study, place).map(
		(residual, row) => residual * (effect.own[looks.property[row] as number] as number),
	);
}

function servingModel(
	study: Study,
	history: History,
	effect: PriceEffect,
	run: Run,
): Promise<FittedTrees> {
	const rows = matrixOf(study, history.looks, 'to-predict');
	const offsets = priceScores(study, history, effect);
	return fitDemand(study.panel.kind, rows, history.outcomes, run, offsets);
}

/** The last part of the past, told by a model of the part before it. */
async function holdOut(
	study: Study,
	history: History,
	offsets: Float64Array,
	run: Run,
): Promise<Backtest> {
	const from = Math.floor(study.panel.known * (1 - HELD_SHARE));
	const before = placesWhere(history.looks.day, (day) => day < from);
	const held = placesWhere(history.looks.day, (day) => day >= from);
	const effect = effectOf(study, history, offsets, before);
	const rows = matrixOf(study, history.looks, 'to-predict');
	const scores = priceScores(study, history, effect);
	const fitted = await fitDemand(
		study.panel.kind,
		takeMatrixRows(rows, before),
		takeValues(history.outcomes, before),
		run,
		takeValues(scores, before),
	);
	const predicted = await fitted.predict(takeMatrixRows(rows, held));
	fitted.dispose();
	const own = predicted.scores.map((score, i) =>
		meanOf(study.link, score + (scores[held[i] as number] as number)),
	);
	const truth = takeValues(history.outcomes, held);
	const naive = ratesBefore(study.panel.properties, history, before, held);
	return judged(study, truth, own, naive);
}

const meanOf = (link: Market['link'], score: number): number =>
	link === 'logit' ? 1 / (1 + Math.exp(-score)) : Math.exp(score);

/** Each property's own rate in the part before; the overall rate weighs as ten nights. */
function ratesBefore(
	properties: number,
	{ looks, outcomes }: History,
	before: Uint32Array,
	held: Uint32Array,
): Float64Array {
	const sums = new Float64Array(properties);
	const counts = new Float64Array(properties);
	for (const row of before) {
		const of = looks.property[row] as number;
		sums[of] = (sums[of] as number) + (outcomes[row] as number);
		counts[of] = (counts[of] as number) + 1;
	}
	const total = sums.reduce((sum, value) => sum + value, 0) / Math.max(1, before.length);
	return Float64Array.from(held, (row) => {
		const of = looks.property[row] as number;
		return ((sums[of] as number) + 10 * total) / ((counts[of] as number) + 10);
	});
}

function judged(
	{ link, panel }: Study,
	truth: Float64Array,
	own: Float64Array,
	naive: Float64Array,
): Backtest {
	const measure = link === 'logit' ? logloss : poissonDeviance;
	const [value, reference] = [measure(truth, own), measure(truth, naive)];
	return {
		protocol: 'hold-out',
		naive: 'overall-rate',
		figures: [
			{
				name: link === 'logit' ? 'logloss' : 'poissonDeviance',
				value,
				naive: reference,
				target: Number.NaN,
				better: 'lower',
			},
		],
		beatsNaive: value < reference,
		points: [
			{
				at: panel.first + Math.floor(panel.known * (1 - HELD_SHARE)),
				model: value,
				naive: reference,
			},
		],
		coverage: { promised: Number.NaN, held: Number.NaN, count: 0 },
		rows: truth.length,
	};
}

/** The seed's target is a lift: it stands beside the model's own figures, as measured off policy. */
function withLift(backtest: Backtest, { revenue }: Lift): Backtest {
	if (Number.isNaN(revenue.value)) return backtest;
	const figure = {
		name: 'revenueLift',
		value: revenue.value,
		naive: 0,
		target: TARGET_LIFT,
		better: 'higher',
	} as const;
	return { ...backtest, figures: [...backtest.figures, figure] };
}

async function marketsToCome(
	study: Study,
	fitted: FittedTrees,
	effect: PriceEffect,
): Promise<Markets> {
	const { panel, usual } = study;
	const coming = comingNights(panel, AHEAD);
	const rows = matrixOf(study, coming, 'to-predict');
	const { scores } = await fitted.predict(rows);
	const place = (row: number) =>
		(coming.property[row] as number) * panel.days + (coming.day[row] as number);
	const usualPrice = Float64Array.from(scores, (_, row) =>
		Math.exp(usual.log[place(row)] as number),
	);
	const base = basesOf(study);
	const booked = Float64Array.from(scores, (_, row) => bookedAt(study, place(row), row, coming));
	const units = study.books.properties.columns.units.values;
	return {
		first: panel.first + panel.known,
		days: AHEAD,
		link: study.link,
		offset: scores,
		usual: usualPrice.map((price, row) =>
			Number.isFinite(price) ? price : (base[coming.property[row] as number] as number),
		),
		current: Float64Array.from(scores, (_, row) =>
			currentPrice(study, place(row), base, coming, row),
		),
		free: booked.map((taken, row) =>
			Math.max(0, unitsOf(units[coming.property[row] as number] as number) - taken),
		),
		effect: effect.own,
		effectDeviation: effect.ownDeviation,
		...demandReasons(await fitted.explain(rows), panel.properties, AHEAD),
		booked,
		spread: usual.spread.map((spread) => (Number.isFinite(spread) ? spread : 0)),
		base,
	};
}

const unitsOf = (units: number): number => (units > 0 ? units : 1);

function bookedAt({ panel }: Study, place: number, row: number, { day }: Situations): number {
	const known = (day[row] as number) < panel.days;
	if (!known) return 0;
	if (panel.kind === 'nights')
		return Number(Number.isFinite(panel.madeOn[place] as number) || panel.let[place] === 1);
	return panel.seesAhead ? (panel.let[place] as number) : 0;
}

/** What stands in the calendar; where nothing does, what is usually asked on such a day. */
function currentPrice(
	{ panel, usual }: Study,
	place: number,
	base: Float64Array,
	{ property }: Situations,
	row: number,
): number {
	const asked = panel.kind === 'nights' ? (panel.price[place] as number) : Number.NaN;
	if (asked > 0) return asked;
	const usually = Math.exp(usual.log[place] as number);
	return Number.isFinite(usually) ? Math.round(usually) : (base[property[row] as number] as number);
}

/** The owner's base price, or the usual one where none is said. */
function basesOf({ books, panel, usual }: Study): Float64Array {
	return Float64Array.from({ length: panel.properties }, (_, property) => {
		const said = books.properties.columns.base_price.values[property] as number;
		if (said > 0) return said;
		const own = usual.log.subarray(property * panel.days, (property + 1) * panel.days);
		const mean = Math.exp(own.reduce((sum, log) => sum + log, 0) / panel.days);
		return Number.isFinite(mean) ? mean : 1;
	});
}

/** What the suggestions would have brought, told by nights of weeks that the models had not seen. */
async function liftOf(study: Study, run: Run): Promise<Lift> {
	const { panel, usual } = study;
	const early = earlyLooks(panel);
	const offsets = await nuisance(study, early, run);
	const fold = early.looks.day.map((day) => Math.floor(day / WEEK) % FOLDS);
	const effects = Array.from({ length: FOLDS }, (_, part) =>
		effectOf(
			study,
			early,
			offsets,
			placesWhere(fold, (own) => own !== part),
		),
	);
	const base = basesOf(study);
	const rules = Array.from(base, usualRules);
	const residual = residuals(study, early.place);
	const spread = Float64Array.from(early.looks.property, (of) => usual.spread[of] as number);
	const market = (row: number): Market => {
		const of = early.looks.property[row] as number;
		const effect = effects[fold[row] as number] as PriceEffect;
		const usualPrice = Math.exp(usual.log[early.place[row] as number] as number);
		return {
			offset: offsets[row] as number,
			usual: usualPrice,
			effect: effect.own[of] as number,
			effectDeviation: effect.ownDeviation[of] as number,
			link: study.link,
			spread: spread[row] as number,
			free: Number.POSITIVE_INFINITY,
			base: base[of] as number,
			current: usualPrice * Math.exp(residual[row] as number),
		};
	};
	const wanted = residual.map((_, row) => {
		const here = market(row);
		const best = bestPrice(
			here,
			rules[early.looks.property[row] as number] ?? usualRules(here.base),
		);
		const reach = SUPPORT * (spread[row] as number);
		return Math.max(-reach, Math.min(reach, Math.log(best / here.usual)));
	});
	const revenueAt = (row: number, log: number) => {
		const here = market(row);
		const price = here.usual * Math.exp(log);
		return price * demandAt(here, price);
	};
	return estimateLift(
		{
			residual,
			spread,
			wanted,
			revenue: early.outcomes.map((outcome, row) => outcome * market(row).current),
			expectedAsked: residual.map((log, row) => revenueAt(row, log)),
			expectedWanted: wanted.map((log, row) => revenueAt(row, log)),
			cluster: Uint32Array.from(residual, (_, row) => clusterOf(panel, early.looks, row)),
		},
		run.random.fork('lift'),
	);
}

const MOST_EXPLAINED = 500;

/** Mean absolute share of each feature in the score, price among them. */
async function importanceOf(
	study: Study,
	fitted: FittedTrees,
	history: History,
	effect: PriceEffect,
): Promise<Share[]> {
	const step = Math.max(1, Math.ceil(history.looks.count / MOST_EXPLAINED));
	const some = placesWhere(
		history.looks.day.map((_, row) => row),
		(row) => row % step === 0,
	);
	const rows = takeMatrixRows(matrixOf(study, history.looks, 'to-predict'), some);
	const means = meanAbsoluteShares(await fitted.explain(rows));
	const shares = Array.from(means, ([feature, share]) => ({ feature, share }));
	const price = takeValues(priceScores(study, history, effect), some);
	const meanPrice = price.reduce((sum, share) => sum + Math.abs(share), 0) / price.length;
	return [{ feature: 'price', share: meanPrice }, ...shares].sort((a, b) => b.share - a.share);
}

function cardOf(
	{ panel, link }: Study,
	history: History,
	effect: PriceEffect,
	backtest: Backtest,
	importance: readonly Share[],
): CardBody {
	return {
		model: 'price',
		learner: 'gbdt-partly-linear',
		settings: {
			link,
			priceEffect: effect.mean,
			priceEffectDeviation: effect.deviation,
			horizonDays: AHEAD,
		},
		features: [
			'price',
			...importance.map(({ feature }) => feature).filter((name) => name !== 'price'),
		],
		backtest,
		importance,
		suspects: [],
		rows: history.looks.count,
		from: panel.first,
		to: panel.first + panel.known - 1,
	};
}
