import type { Backtest, Lift } from '$lib/contracts/insight';
import type { Run } from '$workers/learners/contract';
import { logloss, poissonDeviance } from '$workers/metrics';
import { takeMatrixRows, takeValues } from '$workers/table/matrix';
import type { Market } from './curve';
import { fitDemand, placesWhere } from './demand-model';
import type { History } from './history';
import { effectOf, matrixOf, priceScores, type Study } from './study';

/** The last fifth of the past judges the demand model. */
const HELD_SHARE = 0.2;

const TARGET_LIFT = 0.05;

/** Days at the end that are held out of so many. */
export const heldDays = (known: number): number => known - Math.floor(known * (1 - HELD_SHARE));

/** The last part of the past, told by a model of the part before it. */
export async function holdOut(
	study: Study,
	history: History,
	offsets: Float64Array,
	run: Run,
	testDays = heldDays(study.panel.known),
): Promise<Backtest> {
	const from = study.panel.known - testDays;
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
	return judged(study, truth, own, naive, from);
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
	from: number,
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
				at: panel.first + from,
				model: value,
				naive: reference,
			},
		],
		coverage: { promised: Number.NaN, held: Number.NaN, count: 0 },
		rows: truth.length,
	};
}

/** The seed's target is a lift: it stands beside the model's own figures, as measured off policy. */
export function withLift(backtest: Backtest, { revenue }: Lift): Backtest {
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
