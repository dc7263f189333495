import type { Lift } from '$lib/contracts/insight';
import type { Run } from '$workers/learners/contract';
import { bestPrice, demandAt, type Market, usualRules } from './curve';
import { placesWhere } from './demand-model';
import { earlyLooks } from './history';
import { estimateLift } from './lift';
import type { PriceEffect } from './price-effect';
import {
	basesOf,
	clusterOf,
	effectOf,
	FOLDS,
	foldOf,
	nuisance,
	residuals,
	type Study,
} from './study';

/** Prices are judged within this many standard deviations of what was asked. */
const SUPPORT = 1.5;

/** What the suggestions would have brought, told by nights of weeks that the models had not seen. */
export async function liftOf(study: Study, run: Run): Promise<Lift> {
	const { panel, usual } = study;
	const early = earlyLooks(panel);
	const offsets = await nuisance(study, early, run);
	const fold = foldOf(early);
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
