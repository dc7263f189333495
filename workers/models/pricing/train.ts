import type { Backtest, PriceAnswer, Share } from '$lib/contracts/insight';
import { type FittedTrees, meanAbsoluteShares } from '$workers/learners/boosted-trees';
import type { Run } from '$workers/learners/contract';
import type { Books } from '$workers/table/bookings';
import { takeMatrixRows, takeValues } from '$workers/table/matrix';
import type { CardBody, Trained } from '../trained';
import { pricedProperties } from './answer';
import { AHEAD, marketsToCome } from './coming';
import { fitDemand, placesWhere } from './demand-model';
import { type History, historyOf } from './history';
import { holdOut, withLift } from './hold-out';
import { encodeMarkets } from './markets';
import { panelOf } from './panel';
import { liftOf } from './past-lift';
import type { PriceEffect } from './price-effect';
import { effectOf, matrixOf, nuisance, priceScores, type Study, studyOf } from './study';

const LEAST_DAYS = 120;

export interface PriceOptions {
	/** Days at the end that are tested on; the last fifth unless told otherwise. */
	readonly testDays?: number;
}

/**
 * What prices do to demand, and which to ask on the days to come.
 *
 * A model of demand at the usual price (boosted trees on calendar and books), and the effect of
 * straying from it, told apart from season and weekday. The gain is never the model's own word: it is
 * estimated off policy on past nights.
 */
export async function trainPrice(
	books: Books,
	run: Run,
	{ testDays }: PriceOptions = {},
): Promise<Trained<PriceAnswer>> {
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
	const backtest = await holdOut(study, history, offsets, steps.next(), testDays);
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
